"""How the table of regions is made: `python -m rakorsus.engine.places.build_table FOLDER`.

FOLDER holds `provinces.csv`, `regencies.csv`, `districts.csv`, `villages.csv` of the database
idn-area-data (ODbL): columns `code`, `name` with dotted codes of the Ministry of Home Affairs. The
result is one compressed table, sorted by code, so that a government is a slice of it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

from rakorsus.engine.places.table import FILE, kind_of, parent_of

_FILES = ("provinces", "regencies", "districts", "villages")


def build(folder: Path) -> pl.DataFrame:
    """code, name, level, parent, kind of every region of the country."""
    parts = [
        pl.read_csv(folder / f"{name}.csv", schema_overrides={"code": pl.String}).select(
            "code", "name"
        )
        for name in _FILES
    ]
    rows = pl.concat(parts).sort("code")
    return rows.with_columns(
        name=pl.struct("code", "name").map_elements(_name, pl.String),
        level=pl.col("code").str.count_matches(r"\.").cast(pl.Int8) + 1,
        parent=pl.col("code").map_elements(parent_of, pl.String),
        kind=pl.struct("code", "name").map_elements(
            lambda row: kind_of(row["code"], row["name"]), pl.String
        ),
    )


def _name(row: dict[str, str]) -> str:
    """Provinces and regencies are written in capitals there, and the rest is not."""
    if row["code"].count(".") < 2:
        words = row["name"].title().replace("Dki ", "DKI ").replace("Di ", "DI ")
        return words.removeprefix("Kabupaten Administrasi ").removeprefix("Kota Administrasi ")
    return row["name"].strip()


if __name__ == "__main__":
    build(Path(sys.argv[1])).write_parquet(FILE, compression="zstd", compression_level=19)
