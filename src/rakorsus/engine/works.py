"""Lines that are one piece of work: plan, announcement, its repeat, contracts of a package."""

from __future__ import annotations

import polars as pl


def works(programs: pl.DataFrame) -> pl.Series:
    """For each line the smallest key of the lines that share its package number, else its own."""
    same = pl.col("key").min().over("government", "package")
    return programs.select(
        pl.when(pl.col("package").is_not_null()).then(same).otherwise("key").alias("work")
    )["work"]
