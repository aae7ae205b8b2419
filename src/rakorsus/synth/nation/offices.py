"""The agencies of one government: by affair, its kecamatan offices, its hospitals and puskesmas.

Codes have the form of SKPD codes (Permendagri 90/2019); serials are the generator's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from rakorsus.engine import schema
from rakorsus.synth.nation.areas import Areas

#: affair -> name; a letter after it tells agencies of one affair apart.
DEPARTMENTS: Final = {
    "1.01": "Dinas Pendidikan", "1.02": "Dinas Kesehatan",
    "1.03": "Dinas Pekerjaan Umum dan Penataan Ruang",
    "1.04": "Dinas Perumahan dan Kawasan Permukiman", "1.05": "Satuan Polisi Pamong Praja",
    "1.05b": "Badan Penanggulangan Bencana Daerah", "1.06": "Dinas Sosial",
    "2.07": "Dinas Ketenagakerjaan",
    "2.08": "Dinas Pemberdayaan Perempuan dan Perlindungan Anak", "2.09": "Dinas Ketahanan Pangan",
    "2.10": "Dinas Pertanahan", "2.11": "Dinas Lingkungan Hidup",
    "2.12": "Dinas Kependudukan dan Pencatatan Sipil",
    "2.13": "Dinas Pemberdayaan Masyarakat dan Desa",
    "2.14": "Dinas Pengendalian Penduduk dan Keluarga Berencana", "2.15": "Dinas Perhubungan",
    "2.16": "Dinas Komunikasi dan Informatika",
    "2.17": "Dinas Koperasi dan Usaha Kecil Menengah",
    "2.18": "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
    "2.19": "Dinas Pemuda dan Olahraga", "2.22": "Dinas Kebudayaan", "2.23": "Dinas Perpustakaan",
    "2.24": "Dinas Kearsipan", "3.25": "Dinas Perikanan", "3.26": "Dinas Pariwisata",
    "3.27": "Dinas Pertanian", "3.30": "Dinas Perdagangan", "3.31": "Dinas Perindustrian",
    "4.01": "Sekretariat Daerah", "4.02": "Sekretariat DPRD",
    "5.01": "Badan Perencanaan Pembangunan Daerah",
    "5.02": "Badan Keuangan dan Aset Daerah", "5.02b": "Badan Pendapatan Daerah",
    "5.03": "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
    "5.05": "Badan Riset dan Inovasi Daerah", "6.01": "Inspektorat Daerah",
    "8.01": "Badan Kesatuan Bangsa dan Politik",
}  # fmt: skip
_PROVINCIAL: Final = {
    "3.28": "Dinas Kehutanan",
    "3.29": "Dinas Energi dan Sumber Daya Mineral",
}
_PUSKESMAS: Final = 8  # named in full; the others' lines stand under the health department


@dataclass(frozen=True, slots=True)
class Office:
    code: str
    name: str
    kind: str
    affair: str
    parent: str | None = None
    region: str | None = None


def offices(areas: Areas) -> tuple[Office, ...]:
    """All agencies of a government, departments first, then kecamatan, then units."""
    province = "." not in areas.government
    departments = DEPARTMENTS | (_PROVINCIAL if province else {})
    made = [
        Office(_code(affair, serial), name, "opd", affair)
        for serial, (affair, name) in enumerate(departments.items(), 1)
    ]
    health = made[1].code
    districts = [] if province else list(zip(areas.districts, areas.district_names, strict=True))
    made += [
        Office(_code("7.01", len(made) + n), f"Kecamatan {name}", "kecamatan", "7.01", None, code)
        for n, (code, name) in enumerate(districts, 1)
    ]
    hospitals = [f"RSUD {areas.short}", f"RSUD Pratama {areas.short}"]
    units = [(name, "hospital", None) for name in hospitals] + [
        (f"Puskesmas {name}", "puskesmas", code) for code, name in districts[:_PUSKESMAS]
    ]
    made += [
        Office(f"{health[:-4]}{n:04d}", name, kind, "1.02u", health, region)
        for n, (name, kind, region) in enumerate(units, 1)
    ]
    return tuple(made)


def _code(affair: str, serial: int) -> str:
    return f"{affair[:4]}.0.00.0.00.{serial:02d}.0000"


def table(offices: tuple[Office, ...], government: str) -> pl.DataFrame:
    """The agencies as schema.AGENCIES."""
    rows = [
        {"code": o.code, "name": o.name, "kind": o.kind, "parent": o.parent, "region": o.region,
         "government": government, "active": True}
        for o in offices
    ]  # fmt: skip
    return schema.conform(pl.DataFrame(rows, infer_schema_length=None), schema.AGENCIES)
