"""Titles to words: what is opened, what is cut, what stays."""

import pytest

from rakorsus.engine.marks import shared_words
from rakorsus.engine.words import activity, content, plain, stems


def test_abbreviations_are_opened():
    assert plain("Rehab Jl. Ds. Sukajadi Kec. Maju") == (
        "rehabilitasi jalan desa sukajadi kecamatan maju"
    )


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("Pembangunan Jalan Setapak RW. 04 Desa Sukajadi TA 2025", "pembangunan jalan setapak"),
        ("Pengawasan PSU Paket 10", "pengawasan prasarana sarana utilitas"),
        ("Sumur Dangkal Kp. Babakan RT 01 RW 012", "sumur dangkal"),
    ],
)
def test_place_year_and_lot_are_cut(title, left):
    assert activity(title) == left


def test_names_of_accounts_are_no_content():
    title = "Belanja Jasa Konsultansi Berorientasi Layanan-Jasa Studi Penelitian dan Bantuan Teknik"
    assert content(title) == ""
    assert content(f"{title} (Kajian Banjir)") == "kajian banjir"


def test_lost_line_ends_do_not_glue_words():
    assert plain("Narasumber IIrnHonor panitia") == "narasumber ii honor panitia"


def test_stems_join_forms_of_one_word():
    assert stems("pengelolaan persampahan") == stems("mengelola sampah")


def test_marks_point_at_the_words_that_both_titles_have():
    first, second = "Rehab Sumur Dalam", "Rehabilitasi sumur RW 02"
    marks = shared_words([("a", first), ("b", second)])
    assert [first[s:e] for s, e in marks[0]["marks"]] == ["Rehab Sumur"]
    assert [second[s:e] for s, e in marks[1]["marks"]] == ["Rehabilitasi sumur"]
