"""What is known of each line on one day: from events, or from the lines of a register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import polars as pl

from rakorsus.engine.records import Level, Status
from rakorsus.engine.schema import Schema
from rakorsus.engine.warnings.durations import Durations, learn
from rakorsus.engine.warnings.kinds import kind_of

STATE: Final[Schema] = {
    "key": pl.String,
    "attempt": pl.String,
    "agency": pl.String,
    "year": pl.Int32,
    "title": pl.String,
    "method": pl.String,
    "kind": pl.String,
    "money": pl.Int64,  # the contract's value, else the budget
    "budget": pl.Int64,
    "start": pl.Date,  # planned execution
    "end": pl.Date,
    "tender_start": pl.Date,  # planned selection
    "announced": pl.Date,  # of the newest attempt
    "signing": pl.Date,  # last day of the schedule's step of signing, once it has passed
    "awarding": pl.Date,  # last day of the step of naming a winner, once it has passed
    "won": pl.Date,
    "contract_date": pl.Date,
    "contract_end": pl.Date,
    "failed": pl.Boolean,  # the newest attempt failed and is not repeated
    "gone": pl.Boolean,  # done or cancelled
    "done": pl.Boolean,
    "paid": pl.Int64,  # null when nothing was recorded
    "note": pl.String,  # where plan and announcement differ about the place
    "noted": pl.Date,  # since when
    "strategic": pl.Boolean,
    "owner": pl.String,
}


def on(events: pl.DataFrame, day: date) -> pl.DataFrame:
    """STATE of every line known on a day, by key. Events after the day are not looked at."""
    known = events.filter(pl.col("day") <= day)
    what = pl.col("what")

    def first(name: str, column: str = "day") -> pl.Expr:
        return pl.col(column).filter(what == name).first()

    def last(name: str, column: str = "day") -> pl.Expr:
        return pl.col(column).filter(what == name).last()

    attempts = known.group_by("key", "attempt", maintain_order=True).agg(
        pl.col("agency", "title", "method", "kind", "year").last(),
        began=first("announced"),
        shown=pl.col("day").first(),
        signing=last("signing"),
        awarding=last("awarding"),
        won=first("won"),
        contract_date=first("contracted"),
        contract_end=pl.col("end").filter(what == "contracted").max(),
        value=pl.col("money").filter(what == "contracted").sum(),
        asked=first("announced", "money"),
        failed=(what == "failed").any(),
        repeated=(what == "repeated").any(),
        done=(what == "done").any(),
        cancelled=(what == "cancelled").any(),
        note=first("misplaced", "note"),
        noted=first("misplaced"),
        planned=(what == "planned").any(),
        start=last("planned", "start"),
        end=last("planned", "end"),
        tender_start=last("planned", "tender_start"),
        plan=last("planned", "money"),
        paid=pl.col("money").filter(what == "paid").sum(),
        payments=(what == "paid").sum(),
    )
    tried = pl.col("planned").not_() | pl.col("began").is_not_null()
    newest = attempts.sort(
        "key", tried, pl.col("contract_date").is_not_null(), "began", "shown", "attempt",
        nulls_last=False, maintain_order=True,
    ).group_by("key", maintain_order=True)  # fmt: skip
    state = newest.agg(
        pl.col("attempt", "agency", "title", "method", "kind").last(),
        pl.col("year").drop_nulls().last(),
        pl.col("failed", "repeated", "signing", "awarding", "won").last(),
        announced=pl.col("began").last(),
        start=pl.col("start").drop_nulls().last(),
        end=pl.col("end").drop_nulls().last(),
        tender_start=pl.col("tender_start").drop_nulls().last(),
        budget=pl.coalesce(pl.col("plan").drop_nulls().last(), pl.col("asked").drop_nulls().last()),
        contract_date=pl.col("contract_date").min(),
        contract_end=pl.col("contract_end").max(),
        cancelled=pl.col("cancelled").last(),
        note=pl.col("note").drop_nulls().first(),
        noted=pl.col("noted").min(),
        paid=pl.when(pl.col("payments").sum() > 0).then(pl.col("paid").sum()),
        signed=pl.col("contract_date").is_not_null().sum(),
        ended=(pl.col("contract_date").is_not_null() & pl.col("done")).sum(),
        value=pl.col("value").filter(pl.col("contract_date").is_not_null()).sum(),
    )
    done = (pl.col("signed") > 0) & (pl.col("ended") == pl.col("signed"))
    return _shaped(
        state.with_columns(
            done=done,
            gone=done | pl.col("cancelled") | pl.col("repeated"),
            money=pl.when(pl.col("value") > 0).then("value").otherwise("budget"),
            failed=pl.col("failed") & pl.col("contract_date").is_null(),
        )
    )


def of_lines(lines: pl.DataFrame, notes: Mapping[str, str] | None = None) -> pl.DataFrame:
    """STATE of the lines of a register (schema.PROGRAMS): packages, and strategic lines of any
    level. What the columns say counts as known; the day is the caller's. `notes`: key -> where plan
    and announcement differ about the place."""
    work = lines.filter(
        (pl.col("level") == Level.PAKET.value) | pl.col("strategic").fill_null(False)
    )
    kinds = [
        kind_of(None, title, account)
        for title, account in work.select("title", "account").iter_rows()
    ]
    status = pl.col("status").fill_null(Status.PLANNED.value)
    money = pl.when(pl.col("contract_value") > 0).then("contract_value").otherwise("budget")
    return _shaped(
        work.with_columns(
            pl.Series("kind", kinds, dtype=pl.String),
            attempt=pl.col("key"),
            money=money,
            failed=status == Status.FAILED.value,
            gone=status.is_in([Status.DONE.value, Status.CANCELLED.value]),
            done=status == Status.DONE.value,
            paid=pl.col("realised"),
            note=pl.col("key").replace_strict(
                dict(notes or {}), default=None, return_dtype=pl.String
            )
            if notes
            else pl.lit(None, pl.String),
        )
    )


def learnt(state: pl.DataFrame, events: pl.DataFrame | None = None, *, table: bool = True) -> (
    Durations
):  # fmt: skip
    """Durations from what is known: announcement to contract, and, where events are given,
    contract to the day it was recorded as done."""
    both = state.filter(pl.col("announced").is_not_null() & pl.col("contract_date").is_not_null())
    selection = learn(
        both.select(
            "method", "kind",
            days=(pl.col("contract_date") - pl.col("announced")).dt.total_days(),
        )
    )  # fmt: skip
    work = {}
    if events is not None:
        ends = events.filter(pl.col("what") == "done").group_by("key").agg(over=pl.col("day").max())
        lasted = state.filter("done").join(ends, on="key")
        found = learn(
            lasted.select(
                kind="kind", method=pl.lit(""),
                days=(pl.col("over") - pl.col("contract_date")).dt.total_days(),
            )
        )  # fmt: skip
        work = {name: d for name, d in found.items() if name[1]}
    return Durations(selection, work, table)


def _shaped(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(
        (pl.col(c).cast(t) if c in frame.columns else pl.lit(None, t)).alias(c)
        for c, t in STATE.items()
    ).sort("key")
