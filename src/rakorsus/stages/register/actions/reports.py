"""Keeping what files report as spent, by day."""

from __future__ import annotations

from datetime import date

import polars as pl

from rakorsus.clock import today
from rakorsus.stages.register import bulk
from rakorsus.stages.register.models import Program, SpendingReport


def keep(lines: pl.DataFrame, day: date | None = None) -> int:
    """One report for each line of the files that says what is spent, also where it says the same as
    before: that it was reported on this day counts. Returns how many. Inside a transaction."""
    told = lines.filter(pl.col("realised").is_not_null())
    if told.is_empty():
        return 0
    standing = Program.objects.filter(realised__isnull=False).order_by()
    ids = dict(standing.values_list("key", "pk"))
    first = bulk.next_id(SpendingReport)
    as_of = day or today()
    rows = [
        (first + n, ids[key], as_of, budget, realised, start, end)
        for n, (key, budget, realised, start, end) in enumerate(
            told.select("key", "budget", "realised", "start", "end").iter_rows()
        )
        if key in ids
    ]
    columns = ("id", "program_id", "as_of", "budget", "realised", "start", "end")
    bulk.upsert(SpendingReport, columns, rows, ("program_id", "as_of"))
    return len(rows)
