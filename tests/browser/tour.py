"""A tour of a running installation: every page, as several people, at desk and phone width.

    python -m tests.browser.tour http://127.0.0.1:8000 --out DIR --user bappeda --password …

Follows the links of each page (one of each kind of address), takes screenshots, and reports what a
careful visitor would: scripts that fail, pages wider than the screen, serious findings of axe,
answers other than 200. Ends with 1 when there is any.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlparse

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (1280, 390)
_SKIP = re.compile(
    r"/(akun/logout|api|[a-z/]*unduh)/|\.(csv|xlsx|json|geojson|jsonl|parquet)\b|format="
)


@dataclass
class Tour:
    base: str
    out: Path
    most: int
    troubles: list[str] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)

    def walk(self, page: Page, first: str = "/") -> None:
        queue = deque([first])
        while queue and len(self.seen) < self.most:
            path = queue.popleft()
            kind = shape(path)
            if kind in self.seen or _SKIP.search(path):
                continue
            self.seen[kind] = path
            queue.extend(self.visit(page, path))

    def visit(self, page: Page, path: str) -> list[str]:
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
        links: list[str] = []
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            answer = page.goto(urljoin(self.base, path), wait_until="networkidle")
            if answer is None or answer.status != 200:
                self.troubles.append(f"{path}: answer {answer.status if answer else None}")
                break
            if "html" not in (answer.headers.get("content-type") or ""):
                break
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                self.troubles.append(f"{path}: {wide} pixels wide at {width}")
            name = re.sub(r"[^a-z0-9]+", "-", shape(path).lower()).strip("-") or "home"
            page.screenshot(path=self.out / f"{name}.{width}.png", full_page=True)
            if width == WIDTHS[0]:
                self.troubles += [f"{path}: {trouble}" for trouble in axe(page)]
                links = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
        self.troubles += [f"{path}: {error}" for error in dict.fromkeys(errors)]
        own = urlparse(self.base).netloc
        return [
            urlparse(link).path + (f"?{urlparse(link).query}" if urlparse(link).query else "")
            for link in links
            if urlparse(link).netloc == own
        ]


def shape(path: str) -> str:
    """The kind of an address: numbers and keys replaced, names of parameters kept."""
    parts = urlparse(path)
    steps = [
        "N" if re.search(r"\d", step) and not step.startswith("v") else step
        for step in parts.path.split("/")
    ]
    names = sorted(pair.split("=")[0] for pair in parts.query.split("&") if pair)
    return "/".join(steps) + ("?" + "&".join(names) if names else "")


def axe(page: Page) -> list[str]:
    """Serious and critical violations of WCAG 2.2 AA, one line each."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa']})"
    )
    return [
        f"axe {v['impact']} {v['id']}: {v['nodes'][0]['html'][:120]}"
        for v in result["violations"]
        if v["impact"] in ("serious", "critical")
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("base")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--user", action="append", default=[])
    parser.add_argument("--password", default="")
    parser.add_argument("--most", type=int, default=120, help="kinds of page per person")
    options = parser.parse_args()
    troubles: dict[str, list[str]] = {}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for user in ["publik", *options.user]:
            folder = options.out / user
            folder.mkdir(parents=True, exist_ok=True)
            page = chromium.new_context().new_page()
            if user != "publik":
                page.goto(urljoin(options.base, "/akun/login/"))
                page.fill("[name=login]", user)
                page.fill("[name=password]", options.password)
                page.press("[name=password]", "Enter")
                page.wait_for_load_state("networkidle")
            tour = Tour(options.base, folder, options.most)
            tour.walk(page)
            troubles[user] = tour.troubles
            print(f"{user}: {len(tour.seen)} kinds of page, {len(tour.troubles)} troubles")
        chromium.close()
    print(json.dumps(troubles, indent=1, ensure_ascii=False))
    return int(any(troubles.values()))


if __name__ == "__main__":
    sys.exit(main())
