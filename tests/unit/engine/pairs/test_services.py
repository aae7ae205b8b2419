"""Double entries, overlap of services, fragmentation: what fires and what must stay silent."""

from dataclasses import replace

import polars as pl
import pytest
from tests.unit.engine.city import (
    HEALTH,
    HOUSING,
    WASTE,
    WORKS,
    activity,
    line,
    made,
    place,
    places,
    programs,
)

from rakorsus.engine.pairs import entries, overlap, subjects, themes, twins


def found(rule, *rows, where=None):
    return [f.keys for f in rule.find(made(programs(*rows), where))]


def test_sub_kegiatan_entered_twice_are_one_finding_for_each_agency():
    rows = [
        activity(1, "1.03.02.2.01.0001", "Normalisasi Sungai", budget=900),
        activity(2, "1.03.02.2.01.0001", "NORMALISASI  SUNGAI", budget=700),
        activity(3, "1.03.02.2.01.0002", "Rehabilitasi Tanggul", budget=500),
        activity(4, "1.03.02.2.01.0002", "Rehabilitasi Tanggul", budget=500),
        activity(5, "1.04.02.2.01.0002", "Rumah Khusus", agency=HOUSING, budget=10),
    ]
    result = entries.find(made(programs(*rows)))
    assert [f.keys for f in result] == [tuple(f"subkegiatan:{i}" for i in (1, 2, 3, 4))]
    assert result[0].money == 1200


@pytest.mark.parametrize(
    "second",
    [
        {"budget": 100},  # a part beside its whole
        {"budget": 0},  # a shadow without money
        {"document": "RKA"},  # another document
        {"agency": HOUSING},
    ],
)
def test_a_split_a_shadow_or_another_document_is_no_double_entry(second):
    first = activity(1, "1.03.02.2.01.0001", "Normalisasi Sungai", budget=900)
    other = activity(2, "1.03.02.2.01.0001", "Normalisasi Sungai") | {"budget": 800} | second
    assert found(entries, first, other) == []


def structured(budget, *rows):
    """Findings of `entries` when the agency's own budget structure is known."""
    context = made(programs(*rows))
    agencies = context.agencies.with_columns(
        budget=pl.when(pl.col("code") == WORKS).then(budget).cast(pl.Int64)
    )
    return entries.find(replace(context, agencies=agencies))


def test_the_budget_structure_decides_what_is_counted_twice():
    rows = [
        activity(1, "1.03.02.2.01.0001", "Normalisasi Sungai", budget=900),
        activity(2, "1.03.02.2.01.0001", "Normalisasi Sungai", budget=800),
        activity(3, "1.03.02.2.01.0001", "Normalisasi Sungai", budget=100),
    ]
    (proven,) = structured(900, *rows)
    assert (proven.money, proven.sure) == (900, 0.95)
    assert "struktur anggaran" in proven.reasons.id
    assert structured(1800, *rows) == []  # three sources of funds that add up: no double entry


def test_same_name_description_and_unround_amount_is_a_double_input():
    same = {"budget": 53_317_450, "description": "Sumur dangkal 60 m"}
    rows = [line(1, "Sumur Dangkal", **same), line(2, "Sumur Dangkal", **same)]
    assert found(twins, *rows) == [("nontender:1", "nontender:2")]
    round_amount = [row | {"budget": 53_000_000} for row in rows]
    assert found(twins, *round_amount) == []
    named = [row | {"title": "Sumur Dangkal Desa Sukajadi"} for row in round_amount]
    where = places(*(place(row["key"]) for row in rows))
    assert found(twins, *named, where=where) == [("nontender:1", "nontender:2")]
    other_words = [rows[0], rows[1] | {"description": "Sumur dangkal 80 m"}]
    assert found(twins, *other_words) == []
    accounts = [row | {"title": "Belanja Sosialisasi", "description": None} for row in rows]
    assert found(twins, *accounts) == []


def test_wells_of_two_agencies_in_one_village_overlap_and_in_two_villages_do_not():
    rows = [
        line(1, "Sumur Bumdes Desa Sukajadi", agency=WORKS),
        line(2, "Pembangunan Sumur Dangkal Desa Sukajadi", agency=HOUSING),
        line(3, "Pembangunan Sumur Dangkal Desa Sukarasa", agency=HOUSING),
    ]
    where = places(
        place("nontender:1"),
        place("nontender:2"),
        place("nontender:3", region="99.01.01.2002"),
    )
    result = overlap.find(made(programs(*rows), where))
    assert [f.keys for f in result] == [("nontender:1", "nontender:2")]
    assert result[0].places == ("99.01.01.2001",)


def test_two_agencies_in_one_rw_overlap_when_one_hides_what_it_builds():
    rows = [
        line(1, "Pembangunan PSU Perdesaan RW 05 Desa Sukajadi", agency=HOUSING),
        line(2, "Pembangunan Drainase RW 05 Desa Sukajadi", agency=WORKS),
    ]
    where = places(*(place(f"nontender:{i}", rw=["05"], grade=4) for i in (1, 2)))
    assert found(overlap, *rows, where=where) == [("nontender:1", "nontender:2")]


def test_one_subject_in_two_agencies_overlaps():
    rows = [
        activity(1, "1.03.04.2.01.0015", "Penyusunan Kebijakan Sistem Pengelolaan Persampahan"),
        activity(2, "2.11.11.2.01.0021", "Penyusunan Kebijakan Pengelolaan Sampah", agency=WASTE),
        activity(3, "1.02.02.2.01.0001", "Penyusunan Kebijakan Kesehatan", agency=HEALTH),
    ]
    assert found(subjects, *rows) == [("subkegiatan:1", "subkegiatan:2")]


@pytest.mark.parametrize(
    ("title", "other", "more"),
    [
        ("Koordinasi Pengelolaan Data", "Koordinasi Pengelolaan Data Kepegawaian", {}),
        ("Pengelolaan Sampah", "Pengawasan Urusan Sampah", {"code": "4.02.02.2.03.0001"}),
        ("Pengelolaan Sampah", "Pengelolaan Sampah", {"agency": "7.01.01"}),
        ("Pengelolaan Sampah", "Pengelolaan Sampah", {"budget": 1_000_000}),
        ("Pengelolaan Sampah", "Pengelolaan Sampah", {"code": "2.11.01.2.01.0001"}),
    ],
)
def test_frame_words_oversight_series_small_money_and_support_are_silent(title, other, more):
    rows = [
        activity(1, "1.03.04.2.01.0001", title),
        activity(2, "2.11.11.2.01.0001", other) | {"agency": WASTE} | more,
    ]
    assert found(subjects, *rows) == []


def test_three_houses_on_one_outcome_are_scattered_and_two_are_not():
    rows = [
        activity(1, "1.02.02.2.02.0015", "Penanganan Stunting", agency=HEALTH),
        activity(2, "1.03.03.2.01.0001", "Air Bersih Lokus Stunting", agency=WORKS),
        activity(3, "1.04.05.2.01.0001", "Jamban Keluarga Stunting", agency=HOUSING),
    ]
    result = themes.find(made(programs(*rows)))
    assert [(f.evidence["theme"], len(f.agencies)) for f in result] == [("stunting", 3)]
    assert "Tidak satu pun" in result[0].reasons.id
    assert themes.find(made(programs(*rows[:2]))) == []
    led = [*rows[:2], activity(3, "1.04.05.2.01.0001", "Koordinasi Stunting", agency=HOUSING)]
    assert themes.find(made(programs(*led))) == []
