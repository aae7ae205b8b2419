"""A text that is passed over could not have said more about the place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakorsus.engine.places import Gazetteer, parse, regions_of
from rakorsus.engine.places.details import may_name_more
from rakorsus.engine.places.normal import FACILITIES, LABELS, OPENED
from rakorsus.engine.records import PlaceGrade
from rakorsus.synth.nation import government

_BANDUNG = Gazetteer.of(regions_of("32.04"))
_NAMES = (
    "Sayati",
    "Margahayu",
    "Jelegong",
    "Rancaekek",
    "Mawar",
    "Raya",
    "Melati",
    "02",
    "7",
    "XI",
)
_MARKS = sorted(
    {*LABELS, *FACILITIES, *OPENED, "RW.", "Rt/Rw", "JL.", "Jl", "pembangunan", ",", "-"}
)


def _never_passed_over(text: str) -> None:
    best = max(place.grade for place in parse(text, _BANDUNG))
    for known in PlaceGrade:
        if best > known:
            assert may_name_more(text, known), (text, known, best)


@given(
    st.lists(st.sampled_from((*_NAMES, *_MARKS)), min_size=1, max_size=9),
    st.sampled_from("  /.'’-"),
)
def test_any_words_in_any_order(words, between):
    _never_passed_over(between.join(words))
    _never_passed_over(" ".join(words).upper())


@pytest.mark.parametrize("words", ["train", "test"])
def test_titles_and_places_of_a_government(words):
    lines = government("32.04", 3_000, words=words).programs
    for text in {*lines["title"], *lines["places"].explode().drop_nulls()}:
        _never_passed_over(text)


def test_what_is_passed_over():
    assert not may_name_more("Pelatihan Kader Sehat", PlaceGrade.VILLAGE)
    assert not may_name_more("Penyediaan RW 05", PlaceGrade.HAMLET)
    assert may_name_more("Penyediaan RW 05", PlaceGrade.VILLAGE)
    assert may_name_more("Rehab Jl. Melati", PlaceGrade.HAMLET)
    assert not may_name_more("Rehab Jl. Melati", PlaceGrade.STREET)
