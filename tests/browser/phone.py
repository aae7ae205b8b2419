"""A page on an emulated slow phone: what comes over the line, and when it can be read.

    python -m tests.browser.phone http://127.0.0.1:8000/publik/berita/…/ --most 100000

Chromium with an empty cache, 390 by 844 pixels, its own slow 3G (400 kbit/s, 2 s of latency) and a
processor six times slower. Prints one JSON object for each run; bytes are as sent, compressed, with
their headers, pictures apart. Ends with 1 when a page is heavier without them than `--most`.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from typing import Any, Final

from playwright.sync_api import Browser, sync_playwright

_LINE: Final = {
    "offline": False, "latency": 2000,
    "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8,
}  # fmt: skip
_SLOWER: Final = 6
_TIMES: Final = """() => {
  const [shown] = performance.getEntriesByName('first-contentful-paint');
  const [page] = performance.getEntriesByType('navigation');
  return {first_contentful_paint: Math.round(shown.startTime), load: Math.round(page.loadEventEnd),
          html: page.encodedBodySize};
}"""


def measure(browser: Browser, address: str) -> dict[str, Any]:
    """Bytes by kind of resource, and milliseconds from the request on, of one first visit."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    line.send("Network.emulateNetworkConditions", _LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    kinds: dict[str, str] = {}
    sent: dict[str, int] = {}
    line.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))

    def ended(event: dict[str, Any]) -> None:
        kind = kinds.get(event["requestId"], "Other")
        sent[kind] = sent.get(kind, 0) + round(event["encodedDataLength"])

    line.on("Network.loadingFinished", ended)
    page.goto(address, wait_until="networkidle", timeout=120_000)
    told = page.evaluate(_TIMES)
    context.close()
    whole = sum(sent.values())
    return {
        "address": address, "bytes": dict(sorted(sent.items())), "total": whole,
        "without_pictures": whole - sent.get("Image", 0), **told,
    }  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("address", nargs="+")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--most", type=int, default=100_000, help="bytes without pictures")
    options = parser.parse_args()
    heavy = False
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        for address in options.address:
            runs = [measure(browser, address) for _ in range(options.runs)]
            for run in runs:
                print(json.dumps(run))
            heavy |= max(run["without_pictures"] for run in runs) > options.most
            middle = {
                name: statistics.median(run[name] for run in runs)
                for name in ("without_pictures", "first_contentful_paint", "load")
            }
            print(json.dumps({"address": address, "median of runs": middle}))
        browser.close()
    return int(heavy)


if __name__ == "__main__":
    sys.exit(main())
