"""What every office has and nobody need settle: support program 01, and health goods of hospitals.

Titles repeat word for word between offices, as they do in life.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from rakorsus.synth.nation.drawing import YEAR_DAYS, Ground, Ints
from rakorsus.synth.nation.subs import HEALTH, clinics, provincial

#: Names of accounts, as packages are titled for want of better words.
_ACCOUNTS: Final = (
    "Belanja Alat/Bahan untuk Kegiatan Kantor-Alat Tulis Kantor",
    "Belanja Alat/Bahan untuk Kegiatan Kantor-Kertas dan Cover",
    "Belanja Alat/Bahan untuk Kegiatan Kantor-Bahan Cetak",
    "Belanja Alat/Bahan untuk Kegiatan Kantor-Bahan Komputer",
    "Belanja Alat/Bahan untuk Kegiatan Kantor-Perabot Kantor",
    "Belanja Alat/Bahan untuk Kegiatan Kantor-Alat Listrik", "Belanja Makanan dan Minuman Rapat",
    "Belanja Makanan dan Minuman Jamuan Tamu", "Belanja Perjalanan Dinas Biasa",
    "Belanja Perjalanan Dinas Dalam Kota", "Belanja Jasa Tenaga Kebersihan",
    "Belanja Jasa Tenaga Keamanan", "Belanja Jasa Tenaga Administrasi",
    "Belanja Jasa Tenaga Supir", "Belanja Tagihan Listrik", "Belanja Tagihan Air",
    "Belanja Tagihan Telepon", "Belanja Kawat/Faksimili/Internet/TV Berlangganan",
    "Belanja Pemeliharaan Alat Angkutan Darat Bermotor", "Belanja Pemeliharaan Bangunan Gedung",
    "Belanja Modal Personal Computer", "Belanja Modal Mebel", "Belanja Modal Alat Pendingin",
    "Belanja Lembur", "Honorarium Tim Pelaksana Kegiatan dan Sekretariat Tim Pelaksana Kegiatan",
    "Belanja Iuran Jaminan Kematian bagi Non ASN", "Belanja Bahan Bakar dan Pelumas",
    "Belanja Pakaian Dinas Harian", "Belanja Kursus Singkat/Pelatihan", "Belanja Sosialisasi",
)  # fmt: skip
_HEALTH: Final = (
    "Pengadaan Obat-Obatan", "Belanja Bahan Medis Habis Pakai",
    "Belanja Modal Alat Kedokteran Umum",
    "Belanja Reagen Laboratorium", "Pengadaan Oksigen Medis", "Belanja Makanan Pasien",
    "Pemeliharaan Alat Kesehatan", "Pengelolaan Limbah Medis",
)  # fmt: skip


_VOLUMES: Final = ("1 Paket", "12 Bulan", "1 Tahun")


@dataclass(frozen=True)
class Support:
    """`lines`: office, code, sub (title of the sub kegiatan), title, places, start, days, budget,
    volume, own; `pairs`: row numbers that are alike and normal, with their case."""

    lines: pl.DataFrame
    pairs: tuple[tuple[int, int, str], ...]


def support(
    rng: np.random.Generator,
    ground: Ground,
    codes: list[tuple[str, str]],
    count: int,
    pairs: int,
) -> Support:
    """`count` lines, nine of ten of support programs (under `codes`), the others health goods."""
    offices, health = ground.offices, rng.random(count) < 0.1
    sick = np.array(clinics(ground))
    office = np.where(
        health, sick[rng.integers(0, len(sick), count)], rng.integers(0, len(offices), count)
    )
    code = rng.integers(0, len(codes), count)
    item = rng.integers(0, len(_ACCOUNTS), count)
    drug = rng.integers(0, len(_HEALTH), count)
    vague = rng.random(count) < 0.5
    written = rng.integers(0, 3, count)
    name = ground.areas.name
    forms = [name, name.replace("Kabupaten", "Kab."), name.lower()]
    rows = zip(office, code, item, drug, health, vague, written, strict=True)
    medical = provincial(HEALTH[0], ground)
    made = [
        (
            medical if ill else f"{offices[o].code[:4]}{codes[c][0]}",
            HEALTH[1] if ill else codes[c][1],
            _HEALTH[d] if ill else _ACCOUNTS[i],
            [forms[w] if everywhere else offices[o].name],
        )
        for o, c, i, d, ill, everywhere, w in rows
    ]
    year = rng.random(count) < 0.98
    start = np.where(year, 0, rng.integers(20, 200, count))
    lines = pl.DataFrame(
        made, schema={"code": pl.String, "sub": pl.String, "title": pl.String,
                      "places": pl.List(pl.String)}, orient="row",
    ).with_columns(
        office=pl.Series(office),
        start=pl.Series(start),
        days=pl.Series(np.where(year, YEAR_DAYS, np.minimum(90, YEAR_DAYS - start))),
        budget=pl.Series(rng.integers(500, 190_000, count) * 1_000),
        volume=pl.Series(_VOLUMES).gather(rng.choice(3, count, p=(0.75, 0.15, 0.1))),
        own=pl.Series(rng.random(count) < 0.8),
    )  # fmt: skip
    return Support(lines, _alike(rng, office, item, drug, health, pairs))


def _alike(
    rng: np.random.Generator, office: Ints, item: Ints, drug: Ints, health: Ints, pairs: int
) -> tuple[tuple[int, int, str], ...]:
    """Neighbours in a random order of the lines of one title, of different offices."""
    title = np.where(health, len(_ACCOUNTS) + drug, item)
    order = rng.permutation(len(title))
    order = order[np.argsort(title[order], kind="stable")]
    a, b = order[:-1], order[1:]
    alike = np.flatnonzero((title[a] == title[b]) & (office[a] != office[b]))
    chosen = rng.permutation(alike)[:pairs]
    return tuple(
        (int(a[n]), int(b[n]), "hospital" if health[a[n]] else "support") for n in sorted(chosen)
    )
