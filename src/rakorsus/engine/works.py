"""Lines that are one piece of work: plan, announcement, its repeat, contracts of a package."""

from __future__ import annotations

from typing import Final

import polars as pl

from rakorsus.engine.records import Status

_DEAD = (Status.FAILED.value, Status.CANCELLED.value)
_NAME = pl.col("title").str.to_lowercase().str.replace_all(r"[^a-z0-9]+", "")
_PACKAGE = pl.coalesce(pl.col("government") + "|" + pl.col("package"), "key")

#: What lines of one life cycle share, as texts: the package, or agency and title.
CYCLE: Final = {"package": _PACKAGE, "name": pl.concat_str("agency", pl.lit("|"), _NAME)}


def works(programs: pl.DataFrame) -> pl.Series:
    """For each line the smallest key of its life cycle, in the order of `programs`.

    Lines share a life cycle when they share the package number, or when one of them failed or was
    cancelled and another of the same agency bears the same title.
    """
    dead = pl.col("status").is_in(_DEAD).fill_null(False)
    repeated = dead.any().over("agency", _NAME) & (pl.col("level") == "paket")
    return (
        programs.with_columns(first=pl.col("key").min().over(_PACKAGE))
        .with_columns(
            work=pl.when(repeated)
            .then(pl.col("first").min().over("agency", _NAME))
            .otherwise("first")
        )
        .get_column("work")
    )
