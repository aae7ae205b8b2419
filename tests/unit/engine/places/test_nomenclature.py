"""The national nomenclature names no village: whatever is found in it is a false place."""

from __future__ import annotations

import pytest
from python_calamine import CalamineWorkbook
from tests.real import DATA, needs_real_files

from rakorsus.engine.places import Gazetteer, parse, regions_of
from rakorsus.engine.records import PlaceGrade

FILE = DATA / "nomenklatur" / "nomenklatur_subkegiatan_2027_1.xlsx"
TEXTS = slice(2, 8)  # program, kegiatan, sub-kegiatan, result, indicator, unit


@needs_real_files
@pytest.mark.parametrize("government", ["32.04", "73.71", "35.78"])
def test_no_village_is_found_in_titles(government: str) -> None:
    rows = CalamineWorkbook.from_path(FILE).get_sheet_by_index(0).to_python()[1:]
    texts = {text for row in rows for text in row[TEXTS] if isinstance(text, str) and " " in text}
    assert len(texts) > 15_000
    gazetteer = Gazetteer.of(regions_of(government))
    false = {
        text
        for text in texts
        if any(place.grade > PlaceGrade.REGENCY for place in parse(text, gazetteer))
    }
    assert false == set()
