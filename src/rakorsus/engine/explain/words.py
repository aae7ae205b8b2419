"""Words that the answers share: grades of evidence, and a line's short name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from rakorsus.engine.pairs.lines import Line
from rakorsus.engine.records import DateGrade, PlaceGrade, Text
from rakorsus.engine.sentences import quoted

PLACE_GRADES: Final = {
    PlaceGrade.NONE: Text("tidak jelas", "unclear"),
    PlaceGrade.REGENCY: Text("hanya kabupaten/kota", "regency only"),
    PlaceGrade.DISTRICT: Text("kecamatan", "kecamatan"),
    PlaceGrade.VILLAGE: Text("desa/kelurahan", "village"),
    PlaceGrade.HAMLET: Text("RW atau kampung", "RW or hamlet"),
    PlaceGrade.STREET: Text("jalan atau nama tempat", "street or named place"),
    PlaceGrade.POINT: Text("titik koordinat", "coordinates"),
}
DATE_GRADES: Final = {
    DateGrade.NONE: Text("tidak ada", "none"),
    DateGrade.YEAR: Text("sepanjang tahun", "whole year"),
    DateGrade.HALF: Text("lebih dari satu triwulan", "more than a quarter"),
    DateGrade.QUARTER: Text("satu triwulan", "a quarter"),
    DateGrade.DATES: Text("tanggal rencana", "planned dates"),
    DateGrade.CONTRACT: Text("tanggal kontrak", "contract dates"),
}


def whose(row: Mapping[str, Any]) -> str:
    """A line by its title, cut short."""
    return quoted(row["title"], 40)


def whose_line(line: Line) -> str:
    """The same for a line as the pair rules see it."""
    return quoted(line.title, 40)


def lowered(sentence: str) -> str:
    """A sentence as it goes on after a colon; acronyms stay."""
    return sentence if sentence[:2].isupper() else sentence[:1].lower() + sentence[1:]
