"""What the documentation says must be there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rakorsus.engine.intake.kinds import KINDS

ROOT = Path(__file__).parents[3]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_to_files(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    local = [t for t in targets if "://" not in t and not t.startswith("mailto:")]
    missing = [t for t in local if not (page.parent / t).exists()]
    assert not missing


@pytest.mark.parametrize(
    ("page", "language"), [("jenis-berkas.id.md", "id"), ("file-kinds.en.md", "en")]
)
def test_every_kind_of_file_is_listed(page: str, language: str) -> None:
    text = (ROOT / "docs" / "reference" / page).read_text(encoding="utf-8")
    rows = [
        f"| {getattr(kind.title, language)} | `{kind.name}` |" in text for kind in KINDS.values()
    ]
    assert all(rows)
    for kind in KINDS.values():
        line = next(x for x in text.splitlines() if f"| `{kind.name}` |" in x)
        assert line.endswith(f"| {len(kind.fields)} |")
