from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakorsus.engine.intake.codes import level_of, own_affair, parse_code, split_mak
from rakorsus.engine.intake.days import parse_day
from rakorsus.engine.intake.numbers import parse_money, parse_number, split_amount
from rakorsus.engine.intake.table import cell_text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234.567,00", 1234567.0),
        ("1,234,567.00", 1234567.0),
        ("1234567", 1234567.0),
        ("1234567.89", 1234567.89),
        ("Rp 1.234", 1234.0),
        ("Rp. 1.234.567,-", 1234567.0),
        ("Rp1.250.000.000", 1.25e9),
        ("(1.500)", -1500.0),
        ("(Rp 1.500,50)", -1500.5),
        ("-2.000", -2000.0),
        ("2.000-", -2000.0),
        ("0,5", 0.5),
        ("1.5e9", 1.5e9),
        ("1,5 miliar", 1.5e9),
        ("750 juta", 7.5e8),
        ("12a", None),
        ("1.23.4", None),
        ("#REF!", None),
    ],
)
def test_numbers_as_people_write_them(text, number):
    assert parse_number(text) == number


@given(st.integers(min_value=0, max_value=10**15), st.integers(min_value=0, max_value=99))
def test_every_amount_is_read_back_from_both_ways_of_writing(whole, cents):
    english = f"{whole:,}.{cents:02d}"
    indonesian = english.replace(",", "\0").replace(".", ",").replace("\0", ".")
    expected = float(f"{whole}.{cents:02d}")
    assert parse_number(english) == expected
    assert parse_number(indonesian) == expected
    assert parse_money(f"Rp {indonesian}") == round(expected)


@given(st.floats(min_value=0.001, max_value=1e12, allow_nan=False))
def test_a_spreadsheet_number_keeps_its_value(value):
    assert parse_number(cell_text(value)) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("12 Bulan", (12.0, "Bulan")),
        ("96%", (96.0, "%")),
        ("1.250 orang", (1250.0, "orang")),
        ("meningkat", (None, None)),
    ],
)
def test_targets_with_their_unit(text, parts):
    assert split_amount(text) == parts


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-03-21T00:00:00.000000Z", date(2025, 3, 21), date(2025, 3, 21)),
        ("2025-01-23 10:10:27", date(2025, 1, 23), date(2025, 1, 23)),
        ("31/12/2025", date(2025, 12, 31), date(2025, 12, 31)),
        ("12/31/2025", date(2025, 12, 31), date(2025, 12, 31)),
        ("5-3-2025", date(2025, 3, 5), date(2025, 3, 5)),
        ("1 Januari 2025", date(2025, 1, 1), date(2025, 1, 1)),
        ("Selasa, 15 Maret 2022", date(2022, 3, 15), date(2022, 3, 15)),
        ("17 Agt 2025", date(2025, 8, 17), date(2025, 8, 17)),
        ("Februari 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("45658", date(2025, 1, 1), date(2025, 1, 1)),
        ("Triwulan II 2025", date(2025, 4, 1), date(2025, 6, 30)),
        ("TW IV", date(2025, 10, 1), date(2025, 12, 31)),
        ("Semester 1", date(2025, 1, 1), date(2025, 6, 30)),
        ("Jan-Des", date(2025, 1, 1), date(2025, 12, 31)),
        ("Januari s.d. Maret 2025", date(2025, 1, 1), date(2025, 3, 31)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("32/01/2025", None, None),
        ("belum tahu", None, None),
    ],
)
def test_days_in_the_usual_forms(text, first, last):
    assert parse_day(text, "start", 2025) == first
    assert parse_day(text, "end", 2025) == last


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_back(day):
    for text in (day.isoformat(), f"{day:%d/%m/%Y}", str((day - date(1899, 12, 30)).days)):
        assert parse_day(text) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.3", "1.03"),
        ("3.3", "3.30"),
        ("2.1", "2.10"),
        ("1.3.02.2.01.0109", "1.03.02.2.01.0109"),
        ("1.03.02.2.01.1", "1.03.02.2.01.01"),
        ("x.xx.01.2.01", "X.XX.01.2.01"),
        ("1. 20. 03", "1.20.03"),
        ("2025-03-01", "1.03"),
        ("1.03.02.2.01.0001", "1.03.02.2.01.0001"),
        ("Jumlah", None),
        ("5.1.02.01.01.0001.99", None),
    ],
)
def test_codes_that_spreadsheets_changed(text, code):
    assert parse_code(text) == code


def test_levels_affairs_and_budget_lines():
    assert [level_of(c) for c in ("1.03", "1.03.02", "1.03.02.2.01", "1.03.02.2.01.0001")] == [
        "affair", "program", "kegiatan", "sub_kegiatan",
    ]  # fmt: skip
    assert own_affair("X.XX.01.2.01", "1.03.0.00.0.00.01.0000") == "1.03.01.2.01"
    assert split_mak("1.03.08.2.01.0021.5.2.03.01.01.0001.;x") == (
        "1.03.08.2.01.0021", "5.2.03.01.01.0001",
    )  # fmt: skip
    assert split_mak("1.03.08.2.01.0021.") == ("1.03.08.2.01.0021", None)
    assert split_mak("?") == (None, None)
