"""The lines of a finding side by side: marked titles, and facts row by row with what is equal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.utils import formats, translation
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from rakorsus.engine.marks import shared_words
from rakorsus.engine.sentences import rupiah
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.register.models import Program

Cell = str | SafeString


@dataclass(frozen=True)
class Row:
    """One fact of every line; `same` when all say the same and that is worth marking."""

    label: str | Promise
    cells: tuple[Cell, ...]
    same: bool
    mark: str  # class of the mark on equal cells: same | place | date


@dataclass(frozen=True)
class Comparison:
    lines: tuple[tuple[Program, SafeString], ...]  # each with its marked title
    rows: tuple[Row, ...]


def compare(finding: Finding) -> Comparison:
    """The finding's lines with the engine's marks on their titles."""
    lines = [line.program for line in finding.lines.all()]
    return compare_lines(lines, finding.evidence)


def compare_lines(
    lines: Sequence[Program], evidence: Mapping[str, Any] = MappingProxyType({})
) -> Comparison:
    """Any lines side by side; marks and places of the `evidence` where it has them."""
    words = evidence.get("words") or shared_words([(p.key, p.title) for p in lines])
    marks = {w["key"]: w.get("marks", ()) for w in words}
    titled = tuple((line, marked(line.title, marks.get(line.key, ()))) for line in lines)
    return Comparison(titled, tuple(_rows(evidence, lines)))


def marked(text: str, spans: Sequence[Sequence[int]]) -> SafeString:
    """The text with `<mark class="same">` on the spans; everything is escaped."""
    parts: list[tuple[Any]] = []
    at = 0
    for start, end in spans:
        parts += [
            (text[at:start],),
            (format_html('<mark class="same">{}</mark>', text[start:end]),),
        ]
        at = end
    parts.append((text[at:],))
    return format_html_join("", "{}", parts)


def _rows(evidence: Mapping[str, Any], lines: Sequence[Program]) -> list[Row]:
    places = {p["key"]: p for p in evidence.get("places", ())}
    facts: list[tuple[str | Promise, str, Callable[[Program], Cell]]] = [
        (_("Perangkat daerah"), "same", lambda p: str(p.agency.name)),
        (_("Lokasi"), "place", lambda p: _place(p, places.get(p.key))),
        (_("Jadwal"), "date", _period),
        (_("Nilai"), "same", lambda p: _money(p.money)),
        (_("Volume"), "same", lambda p: p.volume),
        (_("Penerima manfaat"), "same", lambda p: p.beneficiaries),
        (_("Sub kegiatan"), "same", lambda p: p.code),
        (_("Sumber dana"), "", lambda p: p.fund),
        (_("Cara pengadaan"), "", lambda p: p.method),
        (_("Keadaan"), "", lambda p: p.get_status_display() if p.status else ""),
        (_("Uraian"), "same", lambda p: p.description[:400]),
        (_("Dokumen"), "", lambda p: p.document),
    ]
    rows = []
    for label, mark, read in facts:
        cells = tuple(read(line) for line in lines)
        if any(cells):
            said = [str(c) for c in cells if c]
            same = bool(mark) and len(lines) > 1 and len(said) == len(lines) and len(set(said)) == 1
            rows.append(Row(label, cells, same, mark))
    return rows


def _place(line: Program, said: dict[str, Any] | None) -> Cell:
    """The place in the register's words, and as the file has it."""
    shown = line.place or (said or {}).get("name") or ""
    text = (said or {}).get("text") or ""
    if text and text != shown:
        return format_html('{}<br><span class="muted small">“{}”</span>', shown, text)
    return shown


def _money(amount: int) -> str:
    if not amount:
        return ""
    said = rupiah(amount)
    return said.en if translation.get_language() == "en" else said.id


def _period(line: Program) -> str:
    if line.begins is None or line.ends is None:
        return ""
    first, last = (formats.date_format(d, "j M Y") for d in (line.begins, line.ends))
    return f"{first} – {last}"
