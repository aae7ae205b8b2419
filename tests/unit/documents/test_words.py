"""Numbers in words, read back by a reader of its own; dates as officials write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakorsus.documents.words import counted, date_in_words, in_words, with_weekday

_NAMES = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_DIGITS = {name: number for number, name in enumerate(_NAMES)}
_BIG = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


def read(text: str) -> int:
    """The number that the words mean: a grammar of its own, from left to right."""
    whole, part, digit = 0, 0, 0
    for word in text.replace("sebelas", "satu belas").replace("sepuluh", "satu puluh").replace(
        "seratus", "satu ratus").replace("seribu", "satu ribu").split():  # fmt: skip
        if word in _DIGITS:
            digit = _DIGITS[word]
        elif word == "belas":
            part, digit = part + 10 + digit, 0
        elif word == "puluh":
            part, digit = part + 10 * digit, 0
        elif word == "ratus":
            part, digit = part + 100 * digit, 0
        else:
            whole, part, digit = whole + (part + digit) * _BIG[word], 0, 0
    return whole + part + digit


@given(st.integers(0, 10**15 - 1))
def test_words_read_back_are_the_number(number: int) -> None:
    assert read(in_words(number)) == number


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (19, "sembilan belas"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (1000, "seribu"),
        (1_001_000, "satu juta seribu"),
        (2022, "dua ribu dua puluh dua"),
        (1_000_000, "satu juta"),
    ],
)
def test_words_are_those_of_the_language(number: int, words: str) -> None:
    assert in_words(number) == words


def test_dates() -> None:
    assert with_weekday(date(2022, 3, 15)) == "Selasa, 15 Maret 2022"
    assert date_in_words(date(2022, 3, 15)) == (
        "Selasa, tanggal lima belas, bulan Maret, tahun dua ribu dua puluh dua (15-03-2022)"
    )
    assert counted(2) == "2 (dua)"


def test_too_large_is_refused() -> None:
    with pytest.raises(ValueError, match="quadrillion"):
        in_words(10**15)
