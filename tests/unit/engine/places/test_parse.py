"""Places from generated texts: the answer is right or lies above it, never elsewhere."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rakorsus.engine.places import Gazetteer, parse, regency_code, regions_of
from rakorsus.engine.records import PlaceGrade

BANDUNG = Gazetteer.of(regions_of("32.04"))
MAKASSAR = Gazetteer.of(regions_of("73.71"))
VILLAGES = sorted(code for codes in BANDUNG.villages.values() for code in codes)
FORMS = (
    "RW {rw:02d} Desa {village} Kecamatan {district}",
    "Ds. {village} Kec. {district} Rw. {rw}",
    "Kp. Cikuda RT 03 RW {rw:03d} Ds {village} Kec {district}",
    "Kelurahan {village}, Kecamatan {district}",
    "KEL. {village} KEC. {district} KABUPATEN BANDUNG",
    "Kec. {district} Desa {village} RT.01,02 / RW.{rw:02d}",
    "Jl. Melati Desa {village} Kec.{district}",
    "Desa {village}",
    "Kecamatan {district}",
)


def _typo(draw: random.Random, name: str) -> str:
    """The name as a hurried hand writes it: spaces lost, a letter doubled, capitals."""
    form = draw.randrange(4)
    if form == 1:
        return name.replace(" ", "")
    if form == 2:
        return name.upper()
    if form == 3 and len(name) > 6:
        at = draw.randrange(2, len(name) - 1)
        return name[:at] + name[at] + name[at:]
    return name


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 2**32))
def test_right_or_above(seed: int) -> None:
    draw = random.Random(seed)
    code = draw.choice(VILLAGES)
    names = BANDUNG.names
    text = draw.choice(FORMS).format(
        rw=draw.randint(1, 20), village=_typo(draw, names[code]),
        district=_typo(draw, names[code.rpartition(".")[0]]),
    )  # fmt: skip
    for place in parse(text, BANDUNG):
        assert place.region is None or code.startswith(place.region), (text, place)


@pytest.mark.parametrize(
    ("text", "region", "grade"),
    [
        ("Majalaya", "32.04.33", PlaceGrade.DISTRICT),
        ("Desa Majalaya Kecamatan Majalaya", "32.04.33.2001", PlaceGrade.VILLAGE),
        ("Desa Sukamulya", "32.04", PlaceGrade.REGENCY),  # two of that name
        ("Desa Sukamulya Kec. Rancaekek", None, PlaceGrade.VILLAGE),
        ("Desa Cangkuang Kulon Kec. Dayeuhkolot", None, PlaceGrade.VILLAGE),
        ("Yogyakarta", "34.71", PlaceGrade.REGENCY),
        ("Wilayah Provinsi Jawa Barat", "32", PlaceGrade.REGENCY),
        ("Kantor Bagian Umum Setda, Jl. Raya Soreang Km. 17", "32.04", PlaceGrade.REGENCY),
        ("tersebar di seluruh kecamatan", "32.04", PlaceGrade.REGENCY),
        ("Belanja bahan", None, PlaceGrade.NONE),
        ("", None, PlaceGrade.NONE),
    ],
)
def test_traps(text: str, region: str | None, grade: PlaceGrade) -> None:
    (place,) = parse(text, BANDUNG)
    assert place.grade == grade, place
    if region is not None or grade == PlaceGrade.NONE:
        assert place.region == region


def test_details_stay_with_their_village() -> None:
    first, second = parse(
        "RW 02 Desa Padamulya Kec. Majalaya, RW 05 Desa Bojong Kec. Majalaya", BANDUNG
    )
    assert (first.rw, second.rw) == (("02",), ("05",))
    assert first.region != second.region


@pytest.mark.parametrize(
    ("text", "region", "hamlet"),
    [
        ("Desa Ciheulang Kec. Ciparay Kp. Babakan Buah RT 01", "32.04.29.2005", "babakan buah"),
        ("Kp. Babakan Desa Ciheulang Kec. Ciparay", "32.04.29.2005", "babakan"),
        ("Kp, Talun RW.04 Desa Santosa Kec. Kertasari", "32.04.31.2003", "talun"),
        ("Babakan Kec. Ciparay", "32.04.29.2012", None),  # a village's name, and a hamlet's word
        ("Desa Babakan Peuteuy Kec. Cicalengka", "32.04.25.2003", None),
        ("Babakan RW 03", None, None),  # a hamlet of that name is everywhere
        ("Sukamaju, Kec. Cimaung", "32.04.17.2007", None),
    ],
)
def test_names_that_are_words_for_hamlets(
    text: str, region: str | None, hamlet: str | None
) -> None:
    (place,) = parse(text, BANDUNG)
    assert (place.region, place.hamlet) == (region, hamlet)


@pytest.mark.parametrize(
    ("text", "region", "facility"),
    [
        ("RSUD Bedas Cimaung", "32.04.17", "rsud bedas cimaung"),
        ("RSUD Majalaya", "32.04.33", "rsud majalaya"),
        ("RSUD Al Ihsan", "32.04", "rsud al ihsan"),  # named after nobody's area
        ("DPMD", "32.04", "kantor"),
        ("bandung kab", "32.04", None),
        ("Bandung Kota", "32.73", None),
    ],
)
def test_hospitals_offices_and_turned_names(text: str, region: str, facility: str | None) -> None:
    (place,) = parse(text, BANDUNG)
    assert (place.region, place.facility) == (region, facility)


@pytest.mark.parametrize(
    ("text", "government"),
    [
        ("Pengembangan Sumber Daya Manusia", MAKASSAR),  # kelurahan Daya
        ("Jumlah usaha yang mampu menyusun laporan", MAKASSAR),  # kelurahan Mampu
        ("Fasilitasi Pelayanan Publik dan Tata Laksana", BANDUNG),  # desa Laksana
        ("Pengembangan Ekonomi Biru", BANDUNG),  # desa Biru
        ("Belanja Jasa Tenaga Supir Puskesmas Cikaro", BANDUNG),  # not desa Ciaro
    ],
)
def test_ordinary_words_are_no_villages(text: str, government: Gazetteer) -> None:
    assert all(place.grade <= PlaceGrade.REGENCY for place in parse(text, government))


def test_an_ordinary_word_behind_a_mark_is_a_village() -> None:
    (place,) = parse("Kel. Daya Kec. Biringkanaya", MAKASSAR)
    assert place.region == "73.71.11.1002"


def test_roman_numbers_of_wards() -> None:
    (place,) = parse("RW. XI Desa Padamulya Kec. Majalaya", BANDUNG)
    assert place.rw == ("11",)


def test_the_office_that_writes_decides_between_homonyms() -> None:
    (without,) = parse("Desa Sukamulya RW 03", BANDUNG)
    (with_hint,) = parse("Desa Sukamulya RW 03", BANDUNG, hint="32.04.28")
    assert without.region == "32.04"
    assert without.why is not None
    assert (with_hint.region or "").startswith("32.04.28.")


@pytest.mark.parametrize(
    ("name", "code"),
    [("Kab. Bandung", "32.04"), ("Bandung (Kab.)", "32.04"), ("KOTA BANDUNG", "32.73"),
     ("Bandung", None), ("Makassar (Kota)", "73.71"), ("Makassar", "73.71"), ("Atlantis", None)],
)  # fmt: skip
def test_names_of_governments(name: str, code: str | None) -> None:
    assert regency_code(name) == code


def test_makassar_is_whole() -> None:
    assert sum(len(codes) for codes in MAKASSAR.villages.values()) == 153
    assert sum(len(codes) for codes in MAKASSAR.districts.values()) == 15
    (place,) = parse("Kel. Lae-Lae Kec. Ujung Pandang", MAKASSAR)
    assert place.region == "73.71.04.1007"
