"""What a quarter's cards rest on: the rows that count, as they stood on its last day."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from rakorsus.engine.reportcard.figures import GRACE, TERM, standing
from rakorsus.engine.reportcard.quarters import Quarter
from rakorsus.engine.reportcard.tables import TABLES, Tables


def as_known(
    tables: Tables, quarter: Quarter, today: date | None = None
) -> dict[str, pl.DataFrame]:
    """The tables cut to the quarter: rows that can count in it, and nothing dated after it.

    While the quarter runs (`today` is in it) rows whose term has not ended before `today` are left
    out: nobody is late who still has time, and nobody is ahead.
    `figures(as_known(t, q), q) == figures(t, q)`, and cutting again changes nothing. These rows
    are frozen with the cards of a closed quarter, digested and published.
    """
    end, begin = quarter.ends, quarter.begins
    over = min(end, today - timedelta(days=1)) if today else end  # terms up to here have ended

    def until(*names: str) -> list[pl.Expr]:
        return [pl.when(pl.col(c) <= end).then(c).alias(c) for c in names]

    term, planned = timedelta(days=TERM), timedelta(days=GRACE)
    last = pl.col("opened") + term
    waits = (last > over) & (last <= end)  # an early answer is counted when the others' term ends
    counts = last.is_between(begin, over) | (pl.col("answered").is_between(begin, end) & ~waits)
    kept = {
        "units": tables["units"],
        "answers": tables["answers"]
        .with_columns(until("answered", "closed"))
        .filter((pl.col("opened") <= end) & counts.fill_null(False)),
        "actions": tables["actions"]
        .with_columns(until("done", "cancelled"))
        .filter(pl.col("due").is_between(begin, over)),
        "tenders": tables["tenders"]
        .with_columns(until("announced"))
        .filter((pl.col("planned") + planned).is_between(begin, over)),
        "spending": _newest(tables["spending"], quarter),
        "quality": _newest(tables["quality"], quarter).filter(standing()),
        "coordination": tables["coordination"].filter(pl.col("day").is_between(begin, end)),
    }
    return {
        name: frame.select(list(TABLES[name].schema)).sort(TABLES[name].key)
        for name, frame in kept.items()
    }


def _newest(frame: pl.DataFrame, quarter: Quarter) -> pl.DataFrame:
    return (
        frame.filter(pl.col("as_of") <= quarter.ends)
        .sort("key", "as_of")
        .unique("key", keep="last", maintain_order=True)
    )
