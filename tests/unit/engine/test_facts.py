"""What is read out of each line once: stage, objects, period and its grade, life cycle, house."""

from datetime import date

import pytest
from tests.unit.engine.city import CLINIC, HEALTH, activity, line, made, programs

from rakorsus.engine.records import DateGrade


def fact(**row):
    rows = [line(1, row.pop("title", "Pembangunan Drainase")) | row]
    return made(programs(*rows)).row("nontender:1")


@pytest.mark.parametrize(
    ("title", "stage", "overhead"),
    [
        ("Pembangunan Jalan Lingkungan", "build", ""),
        ("Perencanaan Teknis Jalan", "design", ""),
        ("Pengawasan Pembangunan Jalan", "supervise", ""),
        ("Operasi dan Pemeliharaan Irigasi", "operate", ""),
        ("Kajian Potensi Banjir", "study", ""),
        ("Pelatihan Menjahit", "train", ""),
        ("Sosialisasi Pajak", "inform", ""),
        ("Belanja Perjalanan Dinas Dalam Kota", "goods", "travel"),
        ("Tenaga Ahli Jembatan", "build", "post"),
        ("Belanja Alat Tulis Kantor", "goods", "office"),
    ],
)
def test_stage_and_overhead(title, stage, overhead):
    row = fact(title=title)
    assert (row["stage"], row["overhead"]) == (stage, overhead)


@pytest.mark.parametrize(
    ("title", "objects"),
    [
        ("Pembangunan Sumur Dangkal", ["well"]),
        ("Pembangunan PSU Perdesaan", ["generic"]),
        ("Rehabilitasi TPT Sungai Citarum", ["wall", "river"]),
        ("Rehabilitasi Jalan Sungai Saddang", ["road"]),
        ("Pemasangan Lampu Jalan Lingkungan", ["light"]),
        ("Belanja Sosialisasi", []),
    ],
)
def test_objects_and_streets_that_bear_their_names(title, objects):
    assert fact(title=title)["objects"] == objects


@pytest.mark.parametrize(
    ("dates", "begin", "grade", "estimated"),
    [
        ({}, None, DateGrade.NONE, False),
        ({"start": date(2025, 1, 1), "end": date(2025, 12, 31)}, (1, 1), DateGrade.YEAR, False),
        ({"start": date(2025, 3, 1), "end": date(2025, 7, 1)}, (3, 1), DateGrade.HALF, False),
        ({"start": date(2025, 3, 1), "end": date(2025, 5, 20)}, (3, 1), DateGrade.QUARTER, False),
        ({"start": date(2025, 3, 1), "end": date(2025, 4, 1)}, (3, 1), DateGrade.DATES, False),
        ({"start": date(2025, 5, 1), "end": date(2025, 4, 1)}, (5, 1), DateGrade.NONE, False),
        (
            {
                "start": date(2025, 1, 1),
                "end": date(2025, 12, 31),
                "contract_start": date(2025, 6, 2),
                "contract_end": date(2025, 9, 2),
            },
            (6, 2),
            DateGrade.CONTRACT,
            False,
        ),
        ({"announced": date(2025, 11, 20)}, (11, 20), DateGrade.HALF, True),
    ],
)
def test_period_and_its_grade(dates, begin, grade, estimated):
    row = fact(**dates)
    found = row["begin"] and (row["begin"].month, row["begin"].day)
    assert (found, row["date_grade"], row["estimated"]) == (begin, grade, estimated)


def test_an_estimated_period_ends_with_the_year():
    assert fact(announced=date(2025, 11, 20))["finish"] == date(2025, 12, 31)


def test_lines_of_one_package_and_repeats_are_one_work():
    context = made(
        programs(
            line(1, "Pembangunan Aula", package="77"),
            line(2, "Kontrak Aula", package="77"),
            line(3, "Rehab Pasar", status="cancelled"),
            line(4, "REHAB PASAR"),
            line(5, "Rehab Pasar", agency=HEALTH),
        )
    )
    works = dict(context.facts.select("key", "work").iter_rows())
    assert works["nontender:2"] == works["nontender:1"]
    assert works["nontender:4"] == works["nontender:3"]
    assert works["nontender:5"] == "nontender:5"


def test_money_support_and_house():
    context = made(
        programs(
            activity(1, "1.02.01.2.06.0002", "Penyediaan Peralatan", agency=CLINIC, budget=5),
            line(2, "Rehab Aula", agency=HEALTH, budget=9, contract_value=7),
        )
    )
    unit, office = context.row("subkegiatan:1"), context.row("nontender:2")
    assert (unit["support"], office["support"]) == (True, False)
    assert (unit["money"], office["money"]) == (5, 7)
    assert unit["family"] == office["family"]
    assert unit["series"] == "puskesmas"
