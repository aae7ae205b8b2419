"""The report: one file, nothing from outside, everything escaped, both languages."""

import re
from html.parser import HTMLParser

from tests.unit.engine.city import HOUSING, TODAY, analysed, line, place, places, programs

from rakorsus.engine.report import Source, render

LINES = programs(
    line(1, "Pembangunan PSU <b>RW 05</b> & Taman", agency=HOUSING),
    line(2, "Pembangunan PSU <b>RW 05</b> & Taman", agency=HOUSING),
    line(3, "Belanja Perjalanan Dinas", volume="1 Paket"),
)
WHERE = places(*(place(f"nontender:{i}", rw=["05"], grade=4) for i in (1, 2)))


def html():
    result = analysed(LINES, WHERE)
    assert len(result.findings) == 1
    sources = [Source("rup.json", "paket", 3, 1)]
    return render(result, LINES, title="Kota A & B", today=TODAY, sources=sources)


class Balance(HTMLParser):
    """Every opened element is closed in order."""

    void = frozenset({"meta", "input", "br", "!doctype"})

    def __init__(self):
        super().__init__()
        self.open, self.wrong = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def test_elements_are_balanced_and_texts_escaped():
    page = html()
    parser = Balance()
    parser.feed(page)
    assert (parser.open, parser.wrong) == ([], [])
    assert "<b>RW 05</b>" not in page
    assert "&lt;b&gt;" in page
    assert "<title>Kota A &amp; B</title>" in page


def test_nothing_is_fetched_and_nothing_runs():
    page = html()
    assert not re.search(r"https?://|<script|<link|<img|@import|url\(", page)


def test_words_are_marked_and_both_languages_are_there():
    page = html()
    assert "<mark>" in page
    assert page.count('class="id" lang="id"') == page.count('class="en" lang="en"')
    assert "Duplikasi" in page
    assert "Duplication" in page
    assert "nontender:1" in page
    assert "rup.json" in page
