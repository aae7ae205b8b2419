"""How long procurement and works take: learnt from the announcements and contracts of the same
files as far as they were known on the day, else from the committed table, else a general estimate.

`durations.json` is the committed table; `rakorsus replay FOLDER --durations` derives it anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

import polars as pl

from rakorsus.engine.records import Text
from rakorsus.engine.warnings.kinds import kind_of

_ENOUGH: Final = 10  # durations of one method and kind before they are believed
_LONGEST: Final = 400


@dataclass(frozen=True, slots=True)
class Duration:
    """Days: the middle one, three in four, and what nine in ten keep; `count` durations.

    `source`: "files" (the same files), "table" (the committed one), "estimate".
    """

    median: int
    ninth: int
    count: int
    upper: int = 0
    source: str = "files"

    def said(self) -> Text:
        """Whence the days are known."""
        if self.source == "files" and self.count:
            return Text(
                f"dari {self.count} kontrak pada berkas", f"from {self.count} contracts on file"
            )
        if self.source == "table":
            return Text(
                f"dari {self.count} kontrak nyata pada tabel bawaan",
                f"from {self.count} real contracts of the default table",
            )
        return Text("perkiraan umum", "a general estimate")

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


#: Where nothing is known (Perpres 16/2018 as amended gives no limits; these are cautious).
_ESTIMATES: Final = {"tender": Duration(45, 75, 0, 60, "estimate"),
                     "": Duration(21, 45, 0, 30, "estimate")}  # fmt: skip
_WORK_ESTIMATES: Final = {
    "konstruksi": Duration(90, 150, 0, 120, "estimate"),
    "konsultansi": Duration(60, 120, 0, 90, "estimate"),
    "barang": Duration(30, 90, 0, 60, "estimate"),
    "jasa": Duration(30, 90, 0, 60, "estimate"),
}

Known = Mapping[tuple[str, str], Duration]


@dataclass(frozen=True, slots=True)
class Durations:
    """`selection` by (method, kind) and (method, ""); `work` by ("", kind). `table` says whether
    the committed table may help where the files say too little: a replay of the files that it was
    learnt from must not use it."""

    selection: Known
    work: Known
    table: bool = True

    def to_contract(self, method: str | None, kind: str = "") -> Duration:
        """From announcement to contract."""
        way = (method or "").lower()
        tried = ((way, kind), (way, "")) if kind else ((way, ""),)
        for known in (self.selection, *([_table("selection")] if self.table else [])):
            for name in tried:
                if name in known:
                    return known[name]
        return _ESTIMATES["tender" if "tender" in way or "seleksi" in way else ""]

    def to_finish(self, kind: str) -> Duration:
        """From contract to the day it is recorded as done."""
        for known in (self.work, *([_table("work")] if self.table else [])):
            if ("", kind) in known:
                return known["", kind]
        return _WORK_ESTIMATES.get(kind, _WORK_ESTIMATES["jasa"])


@cache
def _table(which: str) -> Known:
    file = resources.files("rakorsus.engine.warnings").joinpath("durations.json")
    rows = json.loads(file.read_text(encoding="utf-8"))[which]
    return {
        (r["method"], r["kind"]): Duration(r["median"], r["ninth"], r["count"], r["upper"], "table")
        for r in rows
    }


def durations(programs: pl.DataFrame) -> Durations:
    """What lines of schema.PROGRAMS with both dates teach; the committed table helps."""
    told = programs.select("method", "title", "account", "announced", "contract_date").drop_nulls(
        ["method", "announced", "contract_date"]
    )
    kinds = [kind_of(None, t, a) for t, a in told.select("title", "account").iter_rows()]
    return Durations(
        learn(
            told.select(
                "method", kind=pl.Series(kinds, dtype=pl.String),
                days=(pl.col("contract_date") - pl.col("announced")).dt.total_days(),
            )
        ),
        {},
    )  # fmt: skip


def learn(rows: pl.DataFrame) -> dict[tuple[str, str], Duration]:
    """`method`, `kind`, `days` -> durations, of each method and kind with enough, and of each
    method. Negative and absurd days are left out."""
    clean = rows.with_columns(pl.col("method").str.to_lowercase()).filter(
        pl.col("days").is_between(0, _LONGEST)
    )
    made: dict[tuple[str, str], Duration] = {}
    for by in (["method", "kind"], ["method"]):
        grouped = (
            clean.group_by(by, maintain_order=True)
            .agg(
                pl.col("days").median().alias("median"),
                pl.col("days").quantile(0.75, "higher").alias("upper"),
                pl.col("days").quantile(0.9, "higher").alias("ninth"),
                pl.len().alias("count"),
            )
            .filter(pl.col("count") >= _ENOUGH)
        )
        for row in grouped.iter_rows(named=True):
            made[row["method"], row.get("kind", "")] = Duration(
                round(row["median"]), round(row["ninth"]), row["count"], round(row["upper"])
            )
    return made


def as_table(selection: Known, work: Known) -> dict[str, list[dict[str, Any]]]:
    """The committed table's form."""

    def rows(known: Known) -> Iterable[dict[str, Any]]:
        for (method, kind), d in sorted(known.items()):
            yield {"method": method, "kind": kind, "median": d.median, "upper": d.upper,
                   "ninth": d.ninth, "count": d.count}  # fmt: skip

    return {"selection": list(rows(selection)), "work": list(rows(work))}
