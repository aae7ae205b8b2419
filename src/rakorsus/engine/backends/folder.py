"""A nation on disk: `programs/PP.parquet` and `programs/PP.KK.parquet`, `agencies/` likewise.

PP is a province's code (its own lines), PP.KK a regency's or city's. Columns as in `schema`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from rakorsus.engine import schema

_NAME: Final = re.compile(r"^\d{2}(\.\d{2})?$")
_HAPPENED: Final = ("announced", "contract_date")


@dataclass(frozen=True, slots=True)
class Folder:
    """`governments` in the order of results: provinces by code, then regencies and cities."""

    path: Path
    governments: tuple[str, ...]

    @classmethod
    def of(cls, path: Path) -> Folder | None:
        """The nation in this folder, or None when it is laid out otherwise."""
        files = sorted((path / "programs").glob("*.parquet"))
        codes = [file.stem for file in files]
        if not codes or not all(_NAME.match(code) for code in codes):
            return None
        return cls(path, tuple(sorted(codes, key=lambda code: (len(code), code))))

    @property
    def provinces(self) -> tuple[str, ...]:
        return tuple(code for code in self.governments if len(code) == 2)

    @property
    def regencies(self) -> tuple[str, ...]:
        return tuple(code for code in self.governments if len(code) > 2)

    def inside(self, province: str) -> tuple[str, ...]:
        """The regencies and cities of a province that the folder holds."""
        return tuple(code for code in self.regencies if code.startswith(f"{province}."))

    def file(self, table: str, government: str) -> Path:
        return self.path / table / f"{government}.parquet"

    def programs(self, government: str) -> pl.DataFrame:
        """The lines of a government as schema.PROGRAMS."""
        return schema.conform(pl.read_parquet(self.file("programs", government)), schema.PROGRAMS)

    def scan(self, government: str) -> pl.LazyFrame:
        """The same, read only when it is asked for."""
        file = pl.scan_parquet(self.file("programs", government))
        known = file.collect_schema().names()
        return file.select(
            pl.col(name).cast(kind) if name in known else pl.lit(None, kind).alias(name)
            for name, kind in schema.PROGRAMS.items()
        )

    def agencies(self, government: str) -> pl.DataFrame:
        """The agencies of a government as schema.AGENCIES; empty when no file names them."""
        file = self.file("agencies", government)
        if not file.exists():
            return schema.empty(schema.AGENCIES)
        return schema.conform(pl.read_parquet(file), schema.AGENCIES)

    def newest(self) -> date | None:
        """The newest day on which something happened by these files."""
        days: list[date] = []
        for government in self.governments:
            found = self.scan(government).select(pl.col(_HAPPENED).max()).collect()
            days += [day for day in found.row(0) if isinstance(day, date)]
        return max(days, default=None)
