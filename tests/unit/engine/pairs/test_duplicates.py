"""Duplicates on the ground: what is found, and what is life cycle, lots or another place."""

import pytest
from tests.unit.engine.city import HOUSING, WORKS, line, made, place, places, programs

from rakorsus.engine.pairs import duplicates

RW5 = {"rw": ["05"], "grade": 4}


def keys(lines, where):
    return [f.keys for f in duplicates.find(made(programs(*lines), places(*where)))]


def pair(first, second, **more):
    lines = [line(1, first, agency=HOUSING), line(2, second, agency=HOUSING, **more)]
    return lines, [place("nontender:1", **RW5), place("nontender:2", **RW5)]


def test_two_generic_packages_in_one_rw_are_one_finding():
    found = duplicates.find(
        made(
            *(
                make(*rows)
                for make, rows in zip(
                    (programs, places),
                    pair(
                        "Pembangunan PSU Perdesaan RW 05 Desa Sukajadi",
                        "Pembangunan Jalan Setapak Perdesaan RW 05 Desa Sukajadi",
                    ),
                    strict=True,
                )
            )
        )
    )
    assert [f.keys for f in found] == [("nontender:1", "nontender:2")]
    assert found[0].money == 150_000_000
    assert found[0].places == ("99.01.01.2001",)
    assert "RW 5, Desa Sukajadi, Kecamatan Maju" in found[0].reasons.id
    assert [w["key"] for w in found[0].evidence["words"]] == ["nontender:1", "nontender:2"]


@pytest.mark.parametrize(
    ("first", "second", "more"),
    [
        ("Perencanaan Jalan Setapak RW 05", "Pembangunan Jalan Setapak RW 05", {}),
        ("Pengawasan Jalan Setapak RW 05", "Pembangunan Jalan Setapak RW 05", {}),
        ("Pembangunan Sumur Paket 1 RW 05", "Pembangunan Sumur Paket 2 RW 05", {}),
        ("Pembangunan Jalan Setapak RW 05", "Pembangunan Sumur Dangkal RW 05", {}),
        ("Pembangunan Drainase RW 05", "Pembangunan Drainase RW 05", {"status": "cancelled"}),
        ("Pembangunan Drainase RW 05", "Pembangunan Drainase RW 05", {"package": "9001"}),
        ("Pembangunan Drainase RW 05", "Pembangunan Drainase RW 05", {"budget": 0}),
        ("Rehabilitasi Ruang Kelas SDN 1 Maju", "Pembangunan Pagar SDN 1 Maju", {}),
        ("Tenaga Ahli Drainase RW 05", "Tenaga Ahli Drainase RW 05", {}),
    ],
)
def test_steps_lots_repeats_and_other_works_are_no_duplicates(first, second, more):
    assert keys(*pair(first, second, **more)) == []


def test_same_object_of_two_agencies_is_a_duplicate_and_other_rw_is_not():
    lines = [
        line(1, "Pembangunan Drainase RW 05 Desa Sukajadi", agency=HOUSING),
        line(2, "Pembangunan Saluran Drainase RW 05 Desa Sukajadi", agency=WORKS),
        line(3, "Pembangunan Drainase RW 06 Desa Sukajadi", agency=WORKS),
    ]
    where = [
        place("nontender:1", **RW5),
        place("nontender:2", **RW5),
        place("nontender:3", rw=["06"], grade=4),
    ]
    assert keys(lines, where) == [("nontender:1", "nontender:2")]


def test_a_named_river_joins_two_codes_of_one_office_unless_stretches_differ():
    lines = [
        line(1, "Rehabilitasi TPT Sungai Citarum Desa Sukajadi", code="1.03.02.2.01.0110"),
        line(2, "Rehabilitasi Tanggul Sungai Citarum Desa Sukajadi", code="1.03.02.2.01.0126"),
    ]
    assert keys(lines, [place("nontender:1"), place("nontender:2")]) == [
        ("nontender:1", "nontender:2")
    ]
    apart = [place("nontender:1", rw=["01"]), place("nontender:2", rw=["09"])]
    assert keys(lines, apart) == []


def test_telling_amounts_raise_the_score_and_ceiling_amounts_do_not():
    def score(amount):
        lines, where = pair("Pembangunan PSU RW 05", "Pembangunan Jalan Setapak RW 05")
        rows = [{**row, "budget": amount} for row in lines]
        return duplicates.find(made(programs(*rows), places(*where)))[0]

    telling, round_one, ceiling = score(112_345_678), score(112_000_000), score(199_950_000)
    assert telling.score > round_one.score
    assert "Nilainya sama persis" in telling.reasons.id
    assert "Nilainya sama persis" not in ceiling.reasons.id
    assert "batas pengadaan langsung" in ceiling.reasons.id
