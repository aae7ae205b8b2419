"""Money, dates and lists as officials write them."""

from datetime import date

import pytest

from rakorsus.engine.sentences import (
    day,
    exact,
    gist,
    listing,
    period,
    proper,
    quoted,
    rupiah,
)


@pytest.mark.parametrize(
    ("amount", "indonesian", "english"),
    [
        (0, "Rp0", "Rp0"),
        (950, "Rp950", "Rp950"),
        (1_250_000, "Rp1,2 juta", "Rp1.2 million"),
        (199_994_400, "Rp200 juta", "Rp200 million"),
        (1_200_000_000, "Rp1,2 miliar", "Rp1.2 billion"),
        (15_894_000_000, "Rp15,9 miliar", "Rp15.9 billion"),
        (4_060_000_000_000, "Rp4,1 triliun", "Rp4.1 trillion"),
        (-2_000_000_000, "-Rp2 miliar", "-Rp2 billion"),
    ],
)
def test_rounded_rupiah(amount, indonesian, english):
    assert (rupiah(amount).id, rupiah(amount).en) == (indonesian, english)


def test_exact_rupiah_keeps_every_digit():
    assert exact(1_234_567) == "Rp1.234.567"


def test_dates_and_spans():
    assert day(date(2025, 8, 5)).id == "5 Agustus 2025"
    assert period(date(2025, 1, 1), date(2025, 3, 31)).en == "1 January 2025 to 31 March 2025"
    assert period(None, date(2025, 3, 31)).id == "sampai 31 Maret 2025"
    assert period(None, None).id == "waktu belum diisi"


def test_lists_are_joined_and_counted():
    assert listing(["A"]).id == "A"
    assert listing(["A", "B", "C"]).id == "A, B dan C"
    assert listing(["A", "B", "C", "D", "E"]).en == "A, B, C and 2 others"


def test_names_in_capitals_are_written_as_in_a_letter():
    assert proper("DINAS PEKERJAAN UMUM DAN TATA RUANG") == "Dinas Pekerjaan Umum dan Tata Ruang"
    assert proper("RSUD CICALENGKA") == "RSUD Cicalengka"
    assert proper("DINAS PENDUDUK, KB, ANAK") == "Dinas Penduduk, KB, Anak"
    assert proper("Bagian Hukum") == "Bagian Hukum"


def test_titles_are_quoted_without_their_account_and_cut_at_a_word():
    assert gist("Belanja Jasa Konsultansi (Kajian Potensi Panas Bumi)") == (
        "Kajian Potensi Panas Bumi"
    )
    assert quoted("Pembangunan   Jalan") == "“Pembangunan Jalan”"
    assert quoted("satu dua tiga empat", 10) == "“satu dua …”"
