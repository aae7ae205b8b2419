"""Numbers and dates in Indonesian words, as official papers write them."""

from __future__ import annotations

from datetime import date
from typing import Final

_UNITS: Final = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan",
    "sepuluh", "sebelas",
)  # fmt: skip
_SCALES: Final = (
    (10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1000, "ribu"), (100, "ratus"),
)  # fmt: skip
DAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS: Final = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
)  # fmt: skip
ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def in_words(number: int) -> str:
    """`2022` as `dua ribu dua puluh dua`; up to below one quadrillion.

    Raises:
        ValueError: larger than that.
    """
    if number < 0:
        return f"minus {in_words(-number)}"
    if number >= 10**15:
        raise ValueError("a number of one quadrillion or more")
    if number < 12:
        return _UNITS[number]
    if number < 20:
        return f"{_UNITS[number - 10]} belas"
    if number < 100:
        return _joined(f"{_UNITS[number // 10]} puluh", number % 10)
    for size, name in _SCALES:
        if number >= size:
            count = number // size
            one = count == 1 and size <= 1000  # seratus, seribu; but satu juta
            head = f"se{name}" if one else f"{in_words(count)} {name}"
            return _joined(head, number % size)
    raise AssertionError(number)


def _joined(head: str, rest: int) -> str:
    return f"{head} {in_words(rest)}" if rest else head


def long_date(day: date) -> str:
    """`15 Maret 2022`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def weekday(day: date) -> str:
    return DAYS[day.weekday()]


def with_weekday(day: date) -> str:
    """`Selasa, 15 Maret 2022`."""
    return f"{weekday(day)}, {long_date(day)}"


def date_in_words(day: date) -> str:
    """`Selasa, tanggal lima belas, bulan Maret, tahun dua ribu dua puluh dua (15-03-2022)`."""
    return (
        f"{weekday(day)}, tanggal {in_words(day.day)}, bulan {MONTHS[day.month - 1]}, "
        f"tahun {in_words(day.year)} ({day:%d-%m-%Y})"
    )


def counted(number: int) -> str:
    """`12 (dua belas)`."""
    return f"{number} ({in_words(number)})"
