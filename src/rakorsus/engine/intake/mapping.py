"""Any other table: which column means what, proposed from names and content, then remembered."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from rakorsus.engine.intake.codes import level_of, parse_code
from rakorsus.engine.intake.days import parse_day
from rakorsus.engine.intake.fields import Field, Type, f
from rakorsus.engine.intake.headers import normal
from rakorsus.engine.intake.numbers import parse_money
from rakorsus.engine.intake.table import ROW, Table
from rakorsus.engine.intake.texts import filled

#: What a column of an unknown table may mean.
FIELDS: Final[tuple[Field, ...]] = (
    f("title", Type.TEXT, "~(nama_)?(pekerjaan|paket|kegiatan|subkegiatan|aktivitas|usulan|proyek"
      r"|program_kegiatan|program_dan_kegiatan)", "~(nama|judul|uraian|usulan)_?"
      "(pekerjaan|paket|kegiatan|subkegiatan|usulan|proyek|aktivitas|program).*",
      "kegiatan_prioritas", "program", "uraian", "nama", required=True),
    f("agency", Type.TEXT, "~(kode_)?(skpd|opd|perangkat_daerah)", "~(nama_)?(skpd|opd|instansi"
      "|dinas|perangkat_daerah|unit_kerja|satuan_kerja|pelaksana|penanggung_?jawab)",
      "~.*pd_penanggung_?jawab.*",
      "~.*(skpd|opd|perangkat_daerah|dinas|instansi|pengusul).*", required=True),
    f("id", Type.TEXT, "~(kode|id|nomor)_?(paket|usulan|kegiatan|pekerjaan|baris)", "id"),
    f("code", Type.CODE, "~kode.*(subkegiatan|sub_kegiatan)", "~kode_?(rekening|program|kegiatan)?",
      "~.*kode.*"),
    f("budget", Type.MONEY, "~(jumlah_)?(pagu|anggaran|biaya|dana|nilai|rab).*",
      "~.*(pagu|anggaran|biaya|nilai|rupiah).*"),
    f("place", Type.TEXT, "~(detail_)?(lokasi|tempat|alamat_lokasi).*", "~.*(lokasi|desa|kelurahan)"
      ".*"),
    f("start", Type.START, "~.*(mulai|awal).*", "~(waktu|jadwal|periode|tanggal).*"),
    f("end", Type.END, "~.*(selesai|akhir|berakhir).*"),
    f("year", Type.YEAR, "~tahun.*", "ta"),
    f("description", Type.TEXT, "~(uraian|deskripsi|keterangan|rincian|catatan).*"),
    f("volume", Type.TEXT, "~volume.*", "vol"),
    f("output", Type.TEXT, "~(indikator|keluaran|output|tolok_ukur|tolak_ukur).*"),
    f("target", Type.AMOUNT, "~target.*"),
    f("unit", Type.TEXT, "~satuan.*"),
    f("beneficiaries", Type.TEXT, "~(sasaran|penerima|kelompok_sasaran).*"),
    f("fund", Type.TEXT, "~sumber_(dana|pendanaan|anggaran).*", "sumber"),
    f("method", Type.TEXT, "~(metode|cara)_?(pengadaan|pemilihan|pelaksanaan)?.*"),
)  # fmt: skip
_NEEDED: Final = ("title", "agency")


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a table's columns are understood. `columns`: field -> column, `constants`: field -> one
    value for all rows, `confidence`: field -> 0..1 (proposals only)."""

    signature: str
    columns: Map[str, str] = field(default_factory=dict)
    constants: Map[str, str] = field(default_factory=dict)
    confidence: Map[str, float] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether every field that a program line needs has a column or a constant."""
        return all(self.columns.get(n) or self.constants.get(n) for n in _NEEDED)

    def to_json(self) -> dict[str, Any]:
        return {
            "signature": self.signature,
            "columns": dict(self.columns),
            "constants": dict(self.constants),
            "confidence": dict(self.confidence),
        }

    @classmethod
    def from_json(cls, content: Map[str, Any]) -> Mapping:
        return cls(
            str(content["signature"]),
            dict(content.get("columns", {})),
            dict(content.get("constants", {})),
            dict(content.get("confidence", {})),
        )


def signature(header: list[str]) -> str:
    """SHA-256 of the column names, whatever their case and blanks: tables with one header share
    it."""
    return hashlib.sha256("\n".join(map(normal, header)).encode()).hexdigest()


def propose(table: Table) -> Mapping:
    """The most likely meaning of the columns of a table that no kind fits."""
    normals = {c: normal(c) for c in table.header}
    cells = {
        c: table.frame.select(filled(pl.col(c)).alias(c)).to_series().drop_nulls().head(200)
        for c in table.header
    }
    offers: list[tuple[float, int, str, str]] = []
    for place, one in enumerate(FIELDS):
        for column, name in normals.items():
            spelling = next((i for i, s in enumerate(one.names) if Field("", one.type, (s,))
                             .matches(name)), None)  # fmt: skip
            by_name = 0.0 if spelling is None else 0.95 - 0.1 * min(spelling, 4)
            score = _scored(one, by_name, cells[column])
            if score >= 0.3:
                offers.append((score, -place, one.name, column))
    columns: dict[str, str] = {}
    confidence: dict[str, float] = {}
    for score, _, name, column in sorted(offers, reverse=True):
        if name not in columns and column not in columns.values():
            columns[name] = column
            confidence[name] = round(score, 2)
    return Mapping(signature(table.header), columns, {}, confidence)


def _scored(one: Field, by_name: float, cells: pl.Series) -> float:
    """What name and content say together: content of the wrong type speaks against a name."""
    sample = cells.to_list()
    if not sample:
        return by_name * 0.5
    share = _share(one.type, sample)
    if share is None:
        return by_name
    if by_name:
        return by_name * (0.2 + 0.8 * share)
    if one.type is Type.CODE and share > 0.8 and len(set(sample)) > 1:
        return 0.5
    return 0.0


def _share(kind: Type, sample: list[str]) -> float | None:
    if kind is Type.MONEY:
        good = sum(parse_money(s) is not None for s in sample)
    elif kind in (Type.START, Type.END):
        good = sum(parse_day(s, "start", 2000) is not None for s in sample)
    elif kind is Type.CODE:
        good = sum((c := parse_code(s)) is not None and level_of(c) != "affair" for s in sample)
    elif kind is Type.YEAR:
        good = sum(s.strip()[:4].isdigit() and len(s.strip()) == 4 for s in sample)
    else:
        return None
    return good / len(sample)


def apply(table: Table, mapping: Mapping) -> tuple[Table, dict[str, str]]:
    """The table with the mapping's constants as columns, and field -> column for `clean`.

    Columns that the table does not have are left out.
    """
    assigned = {n: c for n, c in mapping.columns.items() if c in table.header}
    frame = table.frame
    for name, value in mapping.constants.items():
        column = f"= {name}"
        frame = frame.with_columns(pl.lit(value, pl.String).alias(column))
        assigned[name] = column
    order = [c for c in frame.columns if c != ROW]
    return table.having(frame=frame.select(*order, ROW)), assigned
