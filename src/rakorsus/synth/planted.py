"""What is hidden in the demonstration city on purpose: cases of every kind of finding.

Some retell what the press reported of 2022 in Makassar (the junction at the wrong street, drainage
packages still in tender, digging for cables in new roads); all names of packages are made up.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from rakorsus.synth.lines import Line

_Y = 2022
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Plant:
    """One planted case: the kind that the engine should name and the packages it is made of."""

    kind: str
    numbers: tuple[int, ...]
    note: str


class Planter:
    def __init__(self, draw: random.Random, first: int) -> None:
        self.draw = draw
        self.next = first
        self.lines: list[Line] = []
        self.plants: list[Plant] = []

    def line(
        self,
        agency: str,
        code: str,
        title: str,
        place: str,
        million: float,
        period: tuple[tuple[int, int], tuple[int, int]],
        volume: str = "1 Paket",
        method: str = "Pengadaan Langsung",
        account: str = "5.2.04.01.01.0004",
        **more: object,
    ) -> Line:
        (month, day), (last_month, last_day) = period
        line = Line(
            number=self.next, agency=agency, code=code, title=title, place=place,
            budget=int(million * _MILLION), volume=volume, method=method, account=account,
            start=date(_Y, month, day), end=date(_Y, last_month, last_day),
        ).but(**more)  # fmt: skip
        if not line.own_work and line.tender_start is None:
            begins = max(date(_Y, 1, 15), date(_Y, max(1, month - 1), 1))
            line = line.but(tender_start=begins, tender_end=min(line.start, line.end))
        self.next += 1
        self.lines.append(line)
        return line

    def case(self, kind: str, note: str, *lines: Line) -> None:
        self.plants.append(Plant(kind, tuple(line.number for line in lines), note))


def plant(draw: random.Random, first: int) -> tuple[tuple[Line, ...], tuple[Plant, ...]]:
    """All planted lines and what they are; package numbers start at `first`."""
    planter = Planter(draw, first)
    for family in FAMILIES:
        family(planter)
    return tuple(planter.lines), tuple(planter.plants)


def duplicates(p: Planter) -> None:
    for rw, village, district, million in (
        (3, "Pampang", "Panakkukang", 187.45), (7, "Rappokalling", "Tallo", 164.32),
        (2, "Parang Tambung", "Tamalate", 192.87), (5, "Sudiang Raya", "Biringkanaya", 176.54),
    ):  # fmt: skip
        place = f"RW {rw:02d} Kel. {village} Kec. {district}"
        p.case("duplicate", f"saluran yang sama oleh dua dinas, {place}",
               p.line("Dinas PU", "1.03.06.2.01.0012", f"Pembangunan Drainase Lingkungan RW {rw:02d} {village}",
                      place, million, ((5, 2), (7, 30)), "240 m"),
               p.line("Disperkim", "1.04.03.2.03.0013", f"Pembuatan Saluran Drainase Lorong RW {rw:02d} Kel. {village}",
                      place, million * 0.97, ((5, 16), (8, 12)), "230 m"))  # fmt: skip
    school = "SDN Inpres Tamamaung 2, Kel. Tamamaung Kec. Panakkukang"
    p.case("duplicate", "satu sekolah direhabilitasi dua kali oleh satu dinas",
           p.line("Disdik", "1.01.02.2.01.0051", "Rehabilitasi Ruang Kelas SDN Inpres Tamamaung 2", school,
                  845.6, ((6, 1), (9, 28)), "6 Ruang", account="5.2.03.01.01.0010"),
           p.line("Disdik", "1.01.02.2.01.0047", "Perbaikan Ruang Belajar SD Inpres Tamamaung 2", school,
                  798.25, ((6, 13), (10, 7)), "6 Ruang", account="5.2.03.01.01.0036"))  # fmt: skip
    place = "RW 04 Kel. Barombong Kec. Tamalate"
    p.case("duplicate", "paving lorong yang sama oleh dinas dan kecamatan",
           p.line("Disperkim", "1.04.05.2.01.0011", "Pembangunan Paving Blok Lorong RW 04 Barombong", place,
                  148.36, ((4, 18), (6, 24)), "420 m2"),
           p.line("Kec. Tamalate", "7.01.03.2.02.0002", "Pemasangan Paving Blok Lorong RW 04 Kel. Barombong", place,
                  132.9, ((5, 9), (7, 1)), "400 m2"))  # fmt: skip


def overlaps(p: Planter) -> None:
    for district in ("Tallo", "Manggala", "Biringkanaya"):
        place = f"Kecamatan {district}"
        p.case("overlap", f"pelatihan wirausaha bagi pemuda di {district} oleh tiga dinas",
               p.line("Diskop UKM", "2.17.07.2.01.0018", f"Pelatihan Kewirausahaan bagi Pemuda Kecamatan {district}",
                      place, 98.4, ((5, 9), (6, 10)), "60 Orang", "Swakelola", "5.1.02.02.12.0001",
                      people="pemuda pelaku usaha mikro"),
               p.line("Dispora", "2.19.02.2.01.0020", f"Pelatihan Wirausaha Muda Kecamatan {district}",
                      place, 87.25, ((5, 16), (6, 17)), "50 Orang", "Swakelola", "5.1.02.02.12.0001",
                      people="pemuda"))  # fmt: skip
    for village, district in (
        ("Barrang Lompo", "Kepulauan Sangkarrang"),
        ("Untia", "Biringkanaya"),
    ):
        place = f"Kel. {village} Kec. {district}"
        p.case("overlap", f"bantuan makanan balita di {village} oleh dua dinas",
               p.line("Dinkes", "1.02.02.2.02.0015", f"Pemberian Makanan Tambahan Balita Stunting Kel. {village}",
                      place, 76.5, ((4, 4), (9, 30)), "80 Orang", "Swakelola", "5.1.02.01.01.0052",
                      people="balita stunting"),
               p.line("DPPKB", "2.14.02.2.01.0042", f"Pemberian Makanan Balita Stunting Dapur Sehat Kel. {village}",
                      place, 64.8, ((4, 11), (10, 7)), "75 Orang", "Swakelola", "5.1.02.01.01.0052",
                      people="balita stunting"))  # fmt: skip


def fragmentation(p: Planter) -> None:
    place = "Kelurahan Lae-Lae, Kecamatan Ujung Pandang"
    when = ((5, 9), (9, 30))
    p.case("fragmentation", "lorong wisata satu kelurahan oleh empat dinas tanpa koordinator",
           p.line("Disperkim", "1.04.05.2.01.0011", "Penataan Lorong Wisata Lae-Lae", place, 176.3, when),
           p.line("Dispar", "3.26.03.2.01.0006", "Pengembangan Lorong Wisata Lae-Lae", place, 121.7, when,
                  "1 Kegiatan", "E-Purchasing", "5.1.02.02.01.0026", people="warga lorong wisata"),
           p.line("Diskominfo", "2.16.03.2.02.0040", "Internet Gratis Lorong Wisata Lae-Lae", place, 88.1, when,
                  "6 Titik", "E-Purchasing", "5.1.02.02.01.0061", people="warga lorong wisata"),
           p.line("DKP", "2.09.03.2.01.0007", "Kebun Pangan Lorong Wisata Lae-Lae", place, 64.4, when,
                  "3 Kelompok", "Swakelola", "5.1.05.05.01.0001", people="warga lorong wisata"))  # fmt: skip


def clashes(p: Planter) -> None:
    for street, village, district, million in (
        ("Toddopuli Raya", "Paropo", "Panakkukang", 2450.5),
        ("Batua Raya", "Batua", "Manggala", 1780.2),
        ("Daeng Tata", "Parang Tambung", "Tamalate", 3120.9),
    ):
        place = f"Jl. {street} Kel. {village} Kec. {district}"
        p.case("clash", f"aspal baru {street} digali lagi untuk kabel",
               p.line("Dinas PU", "1.03.10.2.01.0055", f"Rehabilitasi Jalan {street} (Hotmix)", place, million,
                      ((4, 11), (7, 29)), "1.250 m", "Tender"),
               p.line("PLN", "", f"Penggalian dan Penggelaran Kabel Tanah 20 kV Jl. {street}", place, 980.4,
                      ((8, 15), (9, 30)), "1.100 m", "Swakelola"))  # fmt: skip
    for street, village, district in (
        ("Cendrawasih", "Sambung Jawa", "Mamajang"),
        ("Rappocini Raya", "Buakana", "Rappocini"),
    ):
        place = f"Jl. {street} Kel. {village} Kec. {district}"
        p.case("clash", f"pipa dan drainase pada ruas dan bulan yang sama, {street}",
               p.line("PDAM", "", f"Penggantian Pipa Distribusi Jl. {street}", place, 640.7, ((6, 6), (8, 19)),
                      "900 m", "Swakelola"),
               p.line("Dinas PU", "1.03.10.2.01.0056", f"Pemeliharaan Berkala Jalan {street}", place, 590.3,
                      ((6, 13), (8, 5)), "950 m", "Pengadaan Langsung"))  # fmt: skip
    place = "Jl. Penghibur Kel. Bulogading Kec. Ujung Pandang"
    p.case("clash", "festival di jalan yang sedang dibongkar",
           p.line("Dispar", "3.26.03.2.01.0006", "Festival Pesisir Losari Jl. Penghibur", place, 640.0,
                  ((9, 8), (9, 14)), "1 Kegiatan", "E-Purchasing", "5.1.02.02.01.0026"),
           p.line("Dinas PU", "1.03.10.2.01.0055", "Rehabilitasi Jalan Penghibur", place, 2890.6,
                  ((8, 1), (10, 28)), "800 m", "Tender"))  # fmt: skip


def opportunities(p: Planter) -> None:
    for street, village, district in (
        ("Sungai Saddang", "Maricaya", "Makassar"), ("Pongtiku", "Kaluku Bodoa", "Tallo"),
        ("Landak", "Maricaya Selatan", "Mamajang"),
    ):  # fmt: skip
        place = f"Jl. {street} Kel. {village} Kec. {district}"
        p.case("opportunity", f"satu galian untuk air limbah dan kabel, {street}",
               p.line("BPPW", "", f"Pemasangan Pipa Air Limbah IPAL Losari Jl. {street}", place, 4200.0,
                      ((5, 2), (6, 30)), "700 m", "Swakelola"),
               p.line("Telkom", "", f"Penanaman Kabel Serat Optik Jl. {street}", place, 310.5,
                      ((7, 18), (8, 19)), "700 m", "Swakelola"))  # fmt: skip


def orders(p: Planter) -> None:
    place = "Jl. Ir. Sutami Kel. Parang Loe Kec. Tamalanrea"
    p.case("order", "pembangunan dimulai sebelum lahannya dibebaskan",
           p.line("Distaru", "2.10.05.2.01.0004", "Pembebasan Lahan Gedung Pelayanan Parang Loe Jl. Ir. Sutami", place,
                  5200.0, ((7, 4), (10, 28)), "1 Bidang", "Swakelola", "5.2.01.01.01.0001"),
           p.line("Dinas PU", "1.03.08.2.01.0034", "Pembangunan Gedung Pelayanan Parang Loe Jl. Ir. Sutami", place,
                  6900.0, ((5, 9), (11, 25)), "1 Unit", "Tender", "5.2.03.01.01.0001"))  # fmt: skip
    place = "Jl. Tamangapa Raya Kel. Tamangapa Kec. Manggala"
    p.case("order", "perencanaan teknis selesai setelah pekerjaan fisik dimulai",
           p.line("Dinas PU", "1.03.10.2.01.0029", "Penyusunan DED Rekonstruksi Jalan Tamangapa Raya", place, 98.6,
                  ((6, 6), (8, 26)), "1 Dokumen", "Pengadaan Langsung", "5.1.02.02.08.0019"),
           p.line("Dinas PU", "1.03.10.2.01.0059", "Rekonstruksi Jalan Tamangapa Raya", place, 3890.0,
                  ((5, 9), (9, 16)), "1.400 m", "Tender"))  # fmt: skip
    place = "Jl. Goa Ria Kel. Sudiang Kec. Biringkanaya"
    p.case("order", "jalan diaspal sebelum drainasenya dibangun",
           p.line("Dinas PU", "1.03.10.2.01.0055", "Rehabilitasi Jalan Goa Ria", place, 2210.0,
                  ((4, 18), (6, 24)), "900 m", "Tender"),
           p.line("Dinas PU", "1.03.06.2.01.0024", "Peningkatan Saluran Drainase Jl. Goa Ria", place, 1340.0,
                  ((7, 11), (10, 14)), "900 m", "Tender"))  # fmt: skip


def mismatches(p: Planter) -> None:
    line = p.line(
        "Dinas PU", "1.03.10.2.01.0055", "Penataan Simpang Jl. Andi Pangeran Pettarani",
        "Jl. Andi Pangeran Pettarani Kel. Tamamaung Kec. Panakkukang", 15000.0, ((5, 2), (11, 30)),
        "3 Titik", "Tender", announced=date(_Y, 3, 1), tender_status="Berlangsung",
        contract_place="Jl. Perintis Kemerdekaan Kel. Tamalanrea Kec. Tamalanrea",
        strategic=True, owner="Kepala Bidang Bina Marga",
    )  # fmt: skip
    p.case("mismatch", "simpang prioritas dianggarkan pada ruas jalan yang salah", line)
    line = p.line(
        "Dinas PU", "1.03.10.2.01.0058", "Rehabilitasi Jembatan Jl. Dangko",
        "Jl. Dangko Kel. Balang Baru Kec. Tamalate", 900.0, ((3, 1), (8, 31)), "1 Unit", "Tender",
        announced=date(_Y, 1, 20), tender_status="Selesai",
        contract=(date(_Y, 3, 1), date(_Y, 8, 31), 1_085_000_000),
    )  # fmt: skip
    p.case("mismatch", "nilai kontrak melebihi pagu", line)


def warnings(p: Planter) -> None:
    for n, (village, district) in enumerate(
        (("Bangkala", "Manggala"), ("Pannampu", "Tallo"), ("Kapasa", "Tamalanrea"))
    ):
        line = p.line(
            "Dinas PU", "1.03.06.2.01.0024", f"Pembangunan Drainase Primer Paket {n + 1} {village}",
            f"Kel. {village} Kec. {district}", 3200.0 + n * 410, ((3, 21), (11, 30)), "1.800 m", "Tender",
            tender_start=date(_Y, 1, 17), tender_end=date(_Y, 3, 11), strategic=True,
            owner="Kepala Bidang Drainase" if n else "",
        )  # fmt: skip
        p.case("warning", "pemilihan penyedia belum dimulai padahal jadwalnya lewat", line)
    line = p.line(
        "Disdag", "3.30.03.2.01.0001", "Revitalisasi Pasar Sambung Jawa Tahap I", "Pasar Sambung Jawa Kec. Mamajang",
        5600.0, ((3, 7), (12, 20)), "1 Unit", "Tender", "5.2.03.01.01.0027",
        announced=date(_Y, 1, 25), tender_status="Selesai",
        contract=(date(_Y, 3, 7), date(_Y + 1, 2, 14), 5_310_000_000),
    )  # fmt: skip
    p.case("warning", "kontrak berakhir setelah tahun anggaran", line)
    line = p.line(
        "Dinkes", "1.02.02.2.01.0009", "Rehabilitasi Puskesmas Batua", "Puskesmas Batua Kec. Manggala",
        1450.0, ((4, 4), (9, 30)), "1 Unit", "Tender", "5.2.03.01.01.0006",
        announced=date(_Y, 1, 31), tender_status="Gagal",
    )  # fmt: skip
    p.case("warning", "tender gagal dan belum diulang", line)


def unclear(p: Planter) -> None:
    for agency, code, title, million in (
        ("Dinas PU", "1.03.06.2.01.0012", "Pembangunan Drainase Tersebar", 8900.0),
        ("Disperkim", "1.04.05.2.01.0011", "Pembangunan Infrastruktur Lingkungan", 6400.0),
        ("Dishub", "2.15.02.2.02.0004", "Pemeliharaan Lampu Penerangan Jalan Umum", 5200.0),
    ):
        line = p.line(agency, code, title, "Kota Makassar", million, ((1, 1), (12, 31)))
        p.case("unclear", "nilai besar tanpa lokasi, jadwal, dan volume yang jelas", line)


FAMILIES: tuple[Callable[[Planter], None], ...] = (
    duplicates, overlaps, fragmentation, clashes, opportunities, orders, mismatches, warnings, unclear,
)  # fmt: skip


def kinds(plants: tuple[Plant, ...]) -> Iterator[str]:
    """The kinds that were planted among program lines; gaps are planted among the targets."""
    return iter(dict.fromkeys(plant.kind for plant in plants))
