"""Every test and source file that the pages about security name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGES = sorted({
    *ROOT.glob("docs/**/asvs*.md"), *ROOT.glob("docs/**/threat-model*.md"), ROOT / "SECURITY.md",
    *ROOT.glob("docs/**/api*.md"), *ROOT.glob("docs/**/model-ancaman*.md"),
    ROOT / "ARCHITECTURE.md",
})  # fmt: skip
_WORD = re.compile(r"`([^`\s]+)`")
_TEST = re.compile(r"test_\w+")


def named(text: str) -> list[str]:
    return _WORD.findall(text)


def missing(word: str) -> bool:
    """Whether a word names a file or a test that is not there."""
    if word.startswith(("tests/", "src/", "deploy/", "docs/", "benchmarks/", ".ci/")):
        return not (ROOT / word).exists()
    if _TEST.fullmatch(word.removesuffix(".py")):
        if word.endswith(".py"):
            return not list(ROOT.glob(f"tests/**/{word}"))
        return not any(f"def {word}(" in p.read_text() for p in ROOT.glob("tests/**/test_*.py"))
    if re.fullmatch(r"(people|audit|operation|web|cli|hall|documents|stages)/\S+", word):
        return not (ROOT / "src/rakorsus" / word).exists()
    return False


def test_the_pages_are_looked_at():
    assert len(PAGES) >= 4
    assert sum(len(named(page.read_text())) for page in PAGES) > 100


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_names_is_there(page):
    assert [word for word in named(page.read_text()) if missing(word)] == []


@pytest.mark.parametrize(
    "word", ["tests/gone.py", "test_gone.py", "test_gone", "people/gone.py", "src/gone/"]
)
def test_what_is_not_there_is_seen(word):
    assert missing(word)
