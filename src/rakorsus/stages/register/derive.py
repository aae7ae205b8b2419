"""What a line's own columns say: its fingerprint, best amount and period, words for the search."""

from __future__ import annotations

from hashlib import blake2b, sha256
from typing import Final

import polars as pl

from rakorsus.engine import schema
from rakorsus.engine.records import DateGrade
from rakorsus.stages.register import words

#: Where a line was read; the same line from another file or row is the same line.
PROVENANCE: Final = ("file", "sheet", "row")
#: What a version compares field by field.
CONTENT: Final = tuple(
    name for name in schema.PROGRAMS if name not in {"key", "source", "id", *PROVENANCE}
)
_SEARCHED: Final = ("title", "description", "output", "beneficiaries", "owner", "id", "package")


def clean(programs: pl.DataFrame) -> pl.DataFrame:
    """One row for each key, sorted by key; empty texts and lists are nulls.

    Of several rows with one key the first stands: a key names one line of one file.

    Raises:
        ValueError: a line has no key, title or agency.
    """
    lines = schema.conform(programs, schema.PROGRAMS)
    texts = [name for name, kind in schema.PROGRAMS.items() if kind == pl.String]
    lists = [name for name, kind in schema.PROGRAMS.items() if kind == pl.List(pl.String)]
    lines = lines.with_columns(
        *(
            pl.when(pl.col(c).str.strip_chars() != "").then(pl.col(c).str.strip_chars()).alias(c)
            for c in texts
        ),
        *(pl.when(pl.col(c).list.len() > 0).then(pl.col(c)).alias(c) for c in lists),
        pl.col("strategic").fill_null(False),
    )
    # Only a file's name, never where it lies on somebody's machine.
    lines = lines.with_columns(pl.col("file").str.extract(r"([^/\\\\]+)$"))
    for name in ("key", "title", "agency"):
        if missing := lines[name].null_count():
            raise ValueError(f"{missing} program lines have no {name}")
    return lines.unique("key", keep="first", maintain_order=True).sort("key")


def fingerprints(lines: pl.DataFrame) -> list[str]:
    """One digest of the content (CONTENT) for each line."""
    packed = lines.select(pl.struct(CONTENT).struct.json_encode()).to_series()
    return [blake2b(line.encode(), digest_size=16).hexdigest() for line in packed]


def digest(lines: pl.DataFrame) -> str:
    """SHA-256, as hex, over the keys and contents of lines sorted by key."""
    whole = sha256()
    for key, mark in zip(lines["key"], fingerprints(lines), strict=True):
        whole.update(f"{key}\t{mark}\n".encode())
    return whole.hexdigest()


def period() -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """Begin, end and grade of the best known period: the contract's, else the planned one."""
    contract = (pl.col("contract_end") >= pl.col("contract_start")).fill_null(False)
    begins = pl.when(contract).then("contract_start").otherwise(pl.coalesce("start", "end"))
    ends = pl.when(contract).then("contract_end").otherwise(pl.coalesce("end", "start"))
    days = (ends - begins).dt.total_days()
    grade = (
        pl.when(contract).then(DateGrade.CONTRACT)
        .when(days.is_null() | (days < 0)).then(DateGrade.NONE)
        .when(days >= 330).then(DateGrade.YEAR)
        .when(days > 92).then(DateGrade.HALF)
        .when(days > 62).then(DateGrade.QUARTER)
        .otherwise(DateGrade.DATES)
    )  # fmt: skip
    return begins, ends, grade.cast(pl.Int8)


def derived(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines with what follows from them: `affair`, `money`, `sort_title`, `begins`, `ends`,
    `date_grade`, `search`."""
    begins, ends, grade = period()
    places = pl.col("places").list.head(20).list.join(" ")
    found = [words.stemmed(row) for row in lines.select(*_SEARCHED, places).iter_rows()]
    return lines.with_columns(
        pl.col("code").str.extract(r"^([0-9Xx]\.[0-9Xx]{2})\b").alias("affair"),
        pl.coalesce("contract_value", "budget", pl.lit(0)).alias("money"),
        pl.col("title").str.to_lowercase().str.slice(0, 120).alias("sort_title"),
        begins.alias("begins"),
        ends.alias("ends"),
        grade.alias("date_grade"),
        pl.Series("search", found, dtype=pl.String),
    )
