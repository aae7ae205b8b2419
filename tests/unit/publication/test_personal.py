"""The scan for personal data finds what it must and leaves numbers of packages alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakorsus.stages.publication.personal import hits


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("NIP 19800101 200501 1 002", "NIP"), ("198001012005011002", "NIP"),
        ("7371012345678901", "NIK"), ("01.234.567.8-901.000", "NPWP"),
        ("kirim ke a.b@contoh.go.id", "surel"), ("0812-3456-7890", "telepon"),
        ("+62 812 3456 7890", "telepon"), ("Telp. (0411) 123456", "telepon"),
        ("x DATA-PRIBADI-DIHAPUS y", "DATA-PRIBADI-DIHAPUS"),
    ],
)  # fmt: skip
def test_found(text, kind):
    assert kind in {hit.kind for hit in hits(text)}


@pytest.mark.parametrize(
    "text",
    [
        "kode RUP 33502569", "1.03.0.00.0.00.03.0000", "Rp1.500.000.000", "2022-03-15T08:00:00Z",
        "73.71.09.1003", "119.41234567890123", "Rp1500000000000", "Keputusan 3/2022",
        "pukul 08.00–10.00", "lebar 1,2 m; panjang 0,85 km",
    ],
)  # fmt: skip
def test_not_found(text):
    assert hits(text) == []


@given(st.integers(1, 999), st.dates())
def test_numbers_and_days_of_decisions_are_no_data_of_persons(number, day):
    assert hits(f"Keputusan {number}/{day.year}, {day.isoformat()}, Rp{number * 10**9}") == []


@given(st.from_regex(r"[0-9]{16}", fullmatch=True))
def test_sixteen_digits_are_always_found(digits):
    assert hits(f"nomor {digits} tercatat")
