"""How long procurement takes, learnt from the announcements and contracts of the same files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

_ENOUGH: Final = 10  # contracts of one method before its own durations are believed


@dataclass(frozen=True, slots=True)
class Duration:
    """Days from announcement to contract: the middle one, and the one that nine in ten keep."""

    median: int
    ninth: int
    count: int  # contracts it was learnt from; 0 when it is the default


#: Where too few contracts are known: the usual lengths of the methods (Perpres 16/2018 as amended
#: gives no limits; these are cautious).
_DEFAULTS: Final = {"tender": Duration(45, 75, 0), "": Duration(21, 45, 0)}


def durations(programs: pl.DataFrame) -> Mapping[str, Duration]:
    """Method (lower case) -> duration, from lines with both dates."""
    days = (pl.col("contract_date") - pl.col("announced")).dt.total_days()
    rows = (
        programs.select("method", "contract_date", "announced")
        .drop_nulls()
        .with_columns(days=days, way=pl.col("method").str.to_lowercase())
        .filter((pl.col("days") >= 0) & (pl.col("days") <= 300) & pl.col("way").is_not_null())
        .group_by("way")
        .agg(
            pl.col("days").median().alias("median"),
            pl.col("days").quantile(0.9, "higher").alias("ninth"),
            pl.len().alias("count"),
        )
        .filter(pl.col("count") >= _ENOUGH)
    )
    return {
        way: Duration(round(median), round(ninth), count)
        for way, median, ninth, count in rows.iter_rows()
    }


def of(known: Mapping[str, Duration], method: str | None) -> Duration:
    """The duration for a method; the default when too little is known."""
    way = (method or "").lower()
    default = _DEFAULTS["tender" if "tender" in way or "seleksi" in way else ""]
    return known.get(way, default)
