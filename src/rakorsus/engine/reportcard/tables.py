"""The tables that a report card is computed from, and how they are published.

Each is published under its `name` (`rapor_temuan.csv`) with the Indonesian column names below and
`triwulan` before them: a row stands once for each quarter in which it counts, as it stood on that
quarter's last day (`known.as_known`), so that later changes of the register leave a closed quarter
as it was. Inside the engine the English names are used, one frame for each quarter.

None holds personal data or the content of a finding: a finding stands by its number, the side that
must answer, and days. Days are ISO dates, money is whole rupiah, yes and no are `1` and `0`; an
empty cell means "no data" and is never a zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl
from polars.datatypes import DataTypeClass

from rakorsus.engine.reportcard.quarters import Quarter


@dataclass(frozen=True, slots=True)
class Column:
    name: str  # in the engine
    published: str  # in the file
    type: DataTypeClass
    meaning: str  # Bahasa Indonesia, for the data dictionary
    meaning_en: str


@dataclass(frozen=True, slots=True)
class Table:
    """`key` are the columns that together name a row once."""

    name: str
    title: str
    title_en: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def schema(self) -> dict[str, DataTypeClass]:
        return {c.name: c.type for c in self.columns}

    @property
    def published(self) -> dict[str, str]:
        """Engine's name -> published name, in the order of the file; `triwulan` stands before."""
        return {c.name: c.published for c in self.columns}

    def publish(self, frames: Mapping[Quarter, pl.DataFrame]) -> pl.DataFrame:
        """The file: the frames of the quarters under each other, in published names, as text that
        CSV, JSON and parquet keep alike."""
        parts = [
            frames[quarter].select(list(self.schema)).sort(self.key)
            .select(
                pl.lit(str(quarter)).alias(QUARTER),
                *(_written(c).alias(c.published) for c in self.columns),
            )
            for quarter in sorted(frames)
        ]  # fmt: skip
        blank = {QUARTER: pl.String, **{c.published: _WRITTEN.get(c.type, c.type)
                                        for c in self.columns}}  # fmt: skip
        return pl.concat([pl.DataFrame(schema=blank), *parts])

    def read(self, file: pl.DataFrame) -> dict[Quarter, pl.DataFrame]:
        """The frames of a published file, one for each quarter that it names.

        Raises:
            KeyError: a column is missing.
            ValueError: a quarter has the wrong form.
            polars.exceptions.PolarsError: a value has the wrong form.
        """
        wanted = [QUARTER, *self.published.values()]
        if missing := [c for c in wanted if c not in file.columns]:
            raise KeyError(f"{self.name}: {', '.join(missing)}")
        return {
            Quarter.parse(str(name)): rows.select(
                _typed(file, c).alias(c.name) for c in self.columns
            ).sort(self.key)
            for (name,), rows in file.group_by(QUARTER, maintain_order=True)
        }


#: Column of the quarter in every published file.
QUARTER: Final = "triwulan"
_WRITTEN: Final[Mapping[DataTypeClass, DataTypeClass]] = {pl.Date: pl.String, pl.Boolean: pl.Int8}


def _written(column: Column) -> pl.Expr:
    value = pl.col(column.name)
    if column.type == pl.Date:
        return value.dt.to_string("%Y-%m-%d")
    return value.cast(pl.Int8) if column.type == pl.Boolean else value


def _typed(frame: pl.DataFrame, column: Column) -> pl.Expr:
    raw = pl.col(column.published)
    if frame.schema[column.published] != pl.String:
        return (
            raw.cast(pl.Int8).cast(pl.Boolean)
            if column.type == pl.Boolean
            else raw.cast(column.type)
        )
    filled = pl.when(raw.str.strip_chars() != "").then(raw.str.strip_chars())
    if column.type == pl.Boolean:
        return filled.cast(pl.Int8).cast(pl.Boolean)
    if column.type == pl.Date:
        return filled.str.to_date("%Y-%m-%d")
    if column.type == pl.Int64:  # a spreadsheet may have written 12.0
        return filled.str.strip_suffix(".0").cast(pl.Int64)
    return filled.cast(column.type)


_c = Column
_AGENCY: Final = _c("agency", "perangkat", pl.String, "kode perangkat daerah", "code of the agency")

UNITS: Final = Table(
    "rapor_unit",
    "Unit yang dinilai",
    "Units that are judged",
    ("code",),
    (
        _c("code", "kode", pl.String, "kode perangkat daerah", "code of the agency"),
        _c("name", "nama", pl.String, "nama", "name"),
        _c("kind", "jenis", pl.String, "opd, kecamatan, kelurahan, …; peringkat hanya di dalam "
           "jenis yang sama", "opd, kecamatan, kelurahan, …; ranked within one kind only"),
    ),
)  # fmt: skip
ANSWERS: Final = Table(
    "rapor_temuan",
    "Temuan yang menunggu jawaban satu pihak",
    "Findings that wait for the answer of one side",
    ("finding", "agency"),
    (
        _c("finding", "temuan", pl.String, "nomor tetap temuan", "lasting number of the finding"),
        _AGENCY,
        _c("kind", "jenis", pl.String, "jenis temuan", "kind of finding"),
        _c("opened", "muncul", pl.Date, "hari temuan muncul", "day the finding appeared"),
        _c("answered", "dijawab", pl.Date, "hari jawaban pertama pihak itu; kosong bila belum",
           "day of that side's first answer; empty when none"),
        _c("closed", "ditutup", pl.Date, "hari temuan ditutup mesin atau diselesaikan; kosong bila "
           "masih terbuka", "day the finding was closed or settled; empty while open"),
    ),
)  # fmt: skip
ACTIONS: Final = Table(
    "rapor_tindak_lanjut",
    "Tindak lanjut keputusan",
    "Action items of decisions",
    ("id",),
    (
        _c("id", "nomor", pl.String, "nomor tindak lanjut", "number of the action item"),
        _AGENCY,
        _c("decision", "keputusan", pl.String, "nomor keputusan asalnya", "number of its decision"),
        _c("due", "tenggat", pl.Date, "tenggat", "due day"),
        _c("done", "selesai", pl.Date, "hari selesai; kosong bila belum",
           "day it was done; empty when not"),
        _c("cancelled", "batal", pl.Date, "hari dibatalkan oleh keputusan; kosong bila tidak",
           "day it was cancelled by a decision; empty when not"),
    ),
)  # fmt: skip
TENDERS: Final = Table(
    "rapor_pemilihan",
    "Pemilihan penyedia menurut rencana",
    "Selections of providers by plan",
    ("key",),
    (
        _c("key", "kunci", pl.String, "kunci paket pada register", "key of the package"),
        _AGENCY,
        _c("planned", "rencana", pl.Date, "rencana mulai pemilihan", "planned start of selection"),
        _c("announced", "diumumkan", pl.Date, "hari pengumuman; kosong bila belum",
           "day of announcement; empty when none"),
    ),
)  # fmt: skip
SPENDING: Final = Table(
    "rapor_belanja",
    "Realisasi terhadap rencana, per hari pelaporan",
    "Spending against plan, per day of report",
    ("key", "as_of"),
    (
        _c("key", "kunci", pl.String, "kunci baris pada register", "key of the line"),
        _AGENCY,
        _c("as_of", "per", pl.Date, "hari angka ini dilaporkan", "day this figure was reported"),
        _c("start", "mulai", pl.Date, "rencana mulai", "planned start"),
        _c("end", "berakhir", pl.Date, "rencana selesai", "planned end"),
        _c("budget", "pagu", pl.Int64, "pagu (rupiah)", "budget (rupiah)"),
        _c("realised", "realisasi", pl.Int64, "realisasi (rupiah); kosong bila tidak dilaporkan",
           "spent (rupiah); empty when not reported"),
    ),
)  # fmt: skip
QUALITY: Final = Table(
    "rapor_mutu",
    "Mutu data setiap baris pekerjaan, per hari pemuatan",
    "Quality of the data of each line of work, per day of loading",
    ("key", "as_of"),
    (
        _c("key", "kunci", pl.String, "kunci baris pada register", "key of the line"),
        _AGENCY,
        _c("as_of", "per", pl.Date, "hari baris dimuat", "day the line was loaded"),
        _c("placed", "lokasi", pl.Boolean, "1 bila lokasi sampai kelurahan",
           "1 when the place is known to the village"),
        _c("dated", "waktu", pl.Boolean, "1 bila waktu lebih sempit daripada setahun",
           "1 when the period is narrower than the year"),
        _c("measured", "volume", pl.Boolean, "1 bila volume berisi",
           "1 when the volume says something"),
    ),
)  # fmt: skip
COORDINATION: Final = Table(
    "rapor_koordinasi",
    "Koordinasi yang diberikan kepada unit lain",
    "Coordination given to other units",
    ("id",),
    (
        _c("id", "nomor", pl.String, "nomor catatan", "number of the record"),
        _AGENCY,
        _c("other", "untuk", pl.String, "kode unit yang dibantu", "code of the unit helped"),
        _c("kind", "bentuk", pl.String, "usulan, persetujuan, memimpin, dukungan, atau jawaban",
           "proposal, agreement, lead, support or answer"),
        _c("day", "tanggal", pl.Date, "hari", "day"),
    ),
)  # fmt: skip
#: What the pages show, published beside the tables it is computed from.
FIGURES: Final = Table(
    "rapor",
    "Rapor per unit, triwulan, dan ukuran",
    "Report cards per unit, quarter and measure",
    ("agency", "measure"),
    (
        _AGENCY,
        _c("measure", "ukuran", pl.String, "nama ukuran", "name of the measure"),
        _c("n", "n", pl.Int64, "banyak catatan yang dihitung", "records counted"),
        _c("part", "pembilang", pl.Int64, "pembilang; kosong bila tidak ada data",
           "numerator; empty when there are no data"),
        _c("whole", "penyebut", pl.Int64, "penyebut; kosong bila tidak ada data",
           "denominator; empty when there are no data"),
        _c("missing", "tanpa_data", pl.Int64, "catatan yang datanya tidak ada",
           "records without data"),
        _c("digest", "sidik", pl.String, "sidik SHA-256 masukan rapor unit itu",
           "SHA-256 of the inputs of that unit's card"),
        _c("frozen", "beku", pl.Boolean, "1 bila triwulan sudah ditutup dan rapor dibekukan",
           "1 when the quarter is closed and the card is frozen"),
    ),
)  # fmt: skip

#: The inputs, by the engine's short name.
TABLES: Final[Mapping[str, Table]] = {
    "units": UNITS,
    "answers": ANSWERS,
    "actions": ACTIONS,
    "tenders": TENDERS,
    "spending": SPENDING,
    "quality": QUALITY,
    "coordination": COORDINATION,
}
Tables = Mapping[str, pl.DataFrame]


def empty(names: Iterable[str] = TABLES) -> dict[str, pl.DataFrame]:
    """Tables without rows."""
    return {name: pl.DataFrame(schema=TABLES[name].schema) for name in names}
