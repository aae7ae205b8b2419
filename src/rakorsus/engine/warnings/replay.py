"""A year run day by day: what would have been warned when, knowing on each day only what was
known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from rakorsus.engine.warnings import state as states
from rakorsus.engine.warnings.durations import Durations
from rakorsus.engine.warnings.watch import LEAST, PATIENCE, Notice, watch


@dataclass(frozen=True, slots=True)
class Replay:
    """`notices`: the first of each rule and line, by day. `until`: the last day looked at."""

    year: int
    since: date
    until: date
    notices: tuple[Notice, ...]


def replay(
    events: pl.DataFrame,
    year: int,
    *,
    until: date | None = None,
    least: int = LEAST,
    table: bool = False,
    patience: int | None = None,
    progress: Callable[[date], None] | None = None,
) -> Replay:
    """Run a year.

    A selection that fails and is announced again is another attempt, and may be warned about again.

    Args:
        events: `events.EVENTS`.
        until: last day to look at; default the last day of an event, at most the year's end.
        patience: days after an announcement during which nothing is said about its contract.
        table: let the committed durations help where the files have taught too little so far.
    """
    mine = events.filter((pl.col("year") == year) | pl.col("year").is_null())
    end = date(year, 12, 31)
    days = mine["day"].unique().sort().to_list()
    newest = min(days[-1], end) if days else date(year, 1, 1)
    stop = min(until or newest, end)
    day = date(year, 1, 1)
    seen: set[tuple[str, str, str]] = set()
    found: list[Notice] = []
    telling = {d for d in days if d >= day} | {day}
    state, known = states.on(mine.clear(), day), Durations({}, {}, table)
    attempts: dict[str, str] = {}
    while day <= stop:
        if day in telling:  # what is known changes on days of events only
            told = mine.filter(pl.col("day") <= day)
            state = states.on(told, day)
            attempts = dict(state.select("key", "attempt").iter_rows())
            known = states.learnt(state, told, table=table)
        for notice in watch(
            state, day, known, least=least, patience=patience or PATIENCE, told=seen
        ):
            name = (notice.rule, notice.key, attempts.get(notice.key) or "")
            if name not in seen:
                seen.add(name)
                found.append(notice)
        if progress:
            progress(day)
        day += timedelta(days=1)
    return Replay(year, date(year, 1, 1), stop, tuple(found))
