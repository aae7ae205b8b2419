"""A year's files as events, each with the day on which it could be known at the earliest.

A file shows its last state: an announcement row says today that the selection failed. Replaying it
honestly needs what was known on each day only, so every column becomes an event of its own day:

* the plan on the day the package was announced in the plan's service, without one on the day the
  file was made (`_event_date`);
* the announcement, the winner, the contract, the payment, the recorded end of a contract on their
  own days;
* a failed selection on the day it was announced again; when it was not, on the day the file was
  made, because no row says when it failed;
* a step of the published schedule on its last day, because an earlier day of a step that was moved
  is in no file;
* a day in the future of its own file is no fact: it counts on the day the file was made.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl
from polars.datatypes import DataTypeClass

from rakorsus.engine.intake.join.government import government_code
from rakorsus.engine.intake.join.offices import Offices, code_series, collect
from rakorsus.engine.intake.join.service import places as planned_places
from rakorsus.engine.intake.reading import Reading
from rakorsus.engine.records import Source
from rakorsus.engine.schema import Schema
from rakorsus.engine.warnings.kinds import kind_of
from rakorsus.engine.warnings.places import differences

EVENTS: Final[Schema] = {
    "day": pl.Date,  # known from this day on
    "key": pl.String,  # source:id of the line
    "attempt": pl.String,  # the announcement's own key; the same as `key` for one attempt
    # planned | announced | awarding | won | signing | contracted | done | failed | repeated |
    # cancelled | paid | misplaced
    "what": pl.String,
    "agency": pl.String,
    "year": pl.Int32,
    "title": pl.String,
    "method": pl.String,
    "kind": pl.String,  # kinds.KINDS
    "money": pl.Int64,  # budget, contract value or payment
    "start": pl.Date,  # of the plan, or of the contract
    "end": pl.Date,
    "tender_start": pl.Date,  # planned selection
    "note": pl.String,  # of `misplaced`: what the announcement says | what the plan says
    "file": pl.String,
    "row": pl.Int32,
}
#: Steps of a schedule that count, by pattern of their name.
_STEPS: Final = {
    "signing": r"(?i)penandatangan|tanda tangan kontrak",
    "awarding": r"(?i)penetapan pemenang",
}


def events(reading: Reading) -> pl.DataFrame:
    """Every event of a year's files in EVENTS, by day and key."""
    offices, made = collect(reading), made_on(reading)
    parts = [
        *_plans(reading, offices),
        *(e for noun, s in (("tender", Source.TENDER), ("nontender", Source.NON_TENDER))
          for e in _selections(reading, offices, noun, s, made)),
        *_payments(reading, offices),
    ]  # fmt: skip
    blank = pl.DataFrame(schema=dict(EVENTS))
    shaped = [
        p.select(
            pl.col(c).cast(t) if c in p.columns else pl.lit(None, t).alias(c)
            for c, t in EVENTS.items()
        )
        for p in parts
    ]
    found = pl.concat([blank, *shaped]).filter(
        pl.col("day").is_not_null() & pl.col("agency").is_not_null()
    )
    return found.sort("day", "key", "attempt", "what", "row", "money", nulls_last=True)


_RUNNING: Final = (
    "tender_pengumuman", "tender_kontrak", "tender_jadwal", "nontender_pengumuman",
    "nontender_kontrak", "swakelola_pencatatan", "swakelola_realisasi",
)  # fmt: skip


def made_on(reading: Reading) -> date | None:
    """The day until which the files tell what happened: the day the oldest of them was made by its
    own rows; without any, the newest day of an announcement or a contract."""
    made: list[date] = []
    happened: list[date] = []
    for name in _RUNNING:
        table = reading.table(name)
        if table is None:
            continue
        for column, days in (("recorded", made), ("announced", happened), ("date", happened)):
            newest = table[column].max() if column in table.columns else None
            if isinstance(newest, date):
                days.append(newest)
    return min(made) if made else max(happened, default=None)


def _known(column: str, frame: pl.DataFrame) -> pl.Expr:
    """The day of a column; a day after its file was made counts as the file's day."""
    recorded = pl.col("recorded") if "recorded" in frame.columns else pl.lit(None, pl.Date)
    return pl.when(pl.col(column) > recorded).then(recorded).otherwise(pl.col(column))


def _with(frame: pl.DataFrame, offices: Offices, *columns: tuple[str, DataTypeClass]) -> (
    pl.DataFrame
):  # fmt: skip
    missing = [
        pl.lit(None, kind).alias(name) for name, kind in columns if name not in frame.columns
    ]
    return frame.with_columns(code_series(frame, offices), *missing)


def _kinds(frame: pl.DataFrame) -> pl.Series:
    said = frame["works"].to_list() if "works" in frame.columns else [None] * frame.height
    pairs = zip(said, frame["title"].to_list(), strict=True)
    return pl.Series("kind", [kind_of(s, t or "") for s, t in pairs], dtype=pl.String)


def _plans(reading: Reading, offices: Offices) -> list[pl.DataFrame]:
    made = []
    for source in (Source.PAKET_PENYEDIA, Source.PAKET_SWAKELOLA):
        table = reading.table(source.value)
        if table is None:
            continue
        rows = _with(
            table, offices, ("announced", pl.Date), ("recorded", pl.Date), ("start", pl.Date),
            ("end", pl.Date), ("tender_start", pl.Date), ("method", pl.String),
            ("active", pl.Boolean), ("deleted", pl.Boolean), ("year", pl.Int32),
        )  # fmt: skip
        rows = rows.filter(
            pl.col("deleted").fill_null(False).not_() & pl.col("active").fill_null(True)
        ).unique("package", keep="last", maintain_order=True)
        if source is Source.PAKET_SWAKELOLA:
            rows = rows.with_columns(method=pl.lit("Swakelola"))
        first = pl.date(pl.col("year").fill_null(1900), 1, 1)
        made.append(
            rows.with_columns(
                _kinds(rows), what=pl.lit("planned"), money=pl.col("budget"),
                key=pl.lit(f"{source.value}:") + pl.col("package"),
                # plans without any day of their own were there when the year began
                day=pl.coalesce(_known("announced", rows), "recorded", first),
            ).with_columns(attempt=pl.col("key"))
        )  # fmt: skip
    return made


def _selections(
    reading: Reading, offices: Offices, noun: str, source: Source, until: date | None
) -> list[pl.DataFrame]:
    table = reading.table(f"{noun}_pengumuman")
    if table is None:
        return []
    plans = reading.table("paket_penyedia")
    known = set(plans["package"].drop_nulls().to_list()) if plans is not None else set()
    rows = _with(
        table, offices, ("announced", pl.Date), ("recorded", pl.Date), ("version", pl.Float64),
        ("package", pl.String), ("budget", pl.Int64), ("year", pl.Int32), ("status", pl.String),
        ("method", pl.String), ("government", pl.String), ("government_kind", pl.String),
    )  # fmt: skip
    rows = rows.with_columns(
        _kinds(rows), attempt=pl.lit(f"{source.value}:") + pl.col("id"), money=pl.col("budget"),
        package=pl.col("package").str.split(";").list.first().str.strip_chars(),
        day=_known("announced", rows),
    ).unique("attempt", keep="first", maintain_order=True)  # fmt: skip
    rows = rows.with_columns(
        key=pl.when(pl.col("package").is_in(sorted(known)))
        .then(pl.lit(f"{Source.PAKET_PENYEDIA.value}:") + pl.col("package"))
        .otherwise("attempt")
    )
    base = rows.select("id", "key", "attempt", "agency", "year", "title", "method", "kind", "day")
    made = [rows.with_columns(what=pl.lit("announced")), _failures(rows, until)]
    made += _later(reading, noun, base, until)
    made.append(_misplaced(reading, rows))
    return made


def _failures(rows: pl.DataFrame, made: date | None) -> pl.DataFrame:
    """Failed announcements: known by their repetition, else when the file was made."""
    number = pl.col("version").fill_null(1)
    ordered = rows.with_columns(number=number).sort("package", "title", "number", "day")
    again = pl.col("day").shift(-1).over("package", "title")
    failed = ordered.with_columns(again=again).filter(
        pl.col("status").str.to_lowercase().str.contains("gagal|batal|ulang|tutup")
    )
    repeated = pl.col("again").is_not_null() & pl.col("package").is_not_null()
    return failed.with_columns(
        what=pl.when(repeated).then(pl.lit("repeated")).otherwise(pl.lit("failed")),
        day=pl.max_horizontal(
            pl.when(repeated)
            .then("again")
            .otherwise(pl.coalesce("recorded", pl.lit(made, pl.Date))),
            "day",
        ),
    )


def _later(
    reading: Reading, noun: str, base: pl.DataFrame, until: date | None
) -> list[pl.DataFrame]:
    """Winner, signing, contract and its end."""
    made = []
    told = base.drop("day").unique("id")
    won = reading.table(f"{noun}_selesai")
    if won is not None:
        first = won.group_by("id").agg(day=pl.col("won").min())
        made.append(told.join(first, on="id").with_columns(what=pl.lit("won")))
    if (steps := reading.table(f"{noun}_jadwal")) is not None and "step_name" in steps.columns:
        # that a winner is due says something only where the files tell of winners
        for what, step in _STEPS.items() if won is not None else [("signing", _STEPS["signing"])]:
            mine = steps.filter(pl.col("step_name").str.contains(step))
            last = mine.group_by("id").agg(day=pl.col("end").max())
            made.append(told.join(last, on="id").with_columns(what=pl.lit(what)))
    table = reading.table(f"{noun}_kontrak")
    if table is None:
        return made
    own = [
        pl.lit(None, kind).alias(name)
        for name, kind in (("closed_on", pl.Date), ("recorded", pl.Date), ("version", pl.Float64),
                           ("number", pl.String), ("status", pl.String))
        if name not in table.columns
    ]  # fmt: skip
    table = table.with_columns(own)
    newest = table.sort(pl.col("version").fill_null(0), "row", maintain_order=True).unique(
        ["id", "number"], keep="last", maintain_order=True
    )
    real = (pl.col("end") > pl.col("start")).fill_null(False)
    signed = newest.group_by("id", maintain_order=True).agg(
        day=pl.col("date").min(), money=pl.col("value").sum(),
        start=pl.when(real).then("start").min(), end=pl.when(real).then("end").max(),
        file=pl.col("file").first(), row=pl.col("row").first(),
    )  # fmt: skip
    made.append(told.join(signed, on="id").with_columns(what=pl.lit("contracted")))
    said = pl.col("status").str.to_lowercase().fill_null("")
    ended = newest.with_columns(
        what=pl.when(said.str.contains("putus|batal")).then(pl.lit("cancelled"))
        .when(said.str.contains("selesai")).then(pl.lit("done")),
    ).filter(pl.col("what").is_not_null())  # fmt: skip
    ended = ended.with_columns(
        day=pl.max_horizontal(
            pl.coalesce("closed_on", "recorded", pl.lit(until, pl.Date), "date"), "date"
        )
    )
    last_day = ended.group_by("id", "what").agg(
        day=pl.col("day").max(), money=pl.col("value").sum()
    )
    made.append(told.join(last_day, on="id"))
    return made


def _misplaced(reading: Reading, rows: pl.DataFrame) -> pl.DataFrame:
    """Works whose announcement names another place than the plan, on the day of announcement."""
    plan = dict(planned_places(reading).iter_rows())
    governments = {
        row: government_code(*row) or ""
        for row in rows.select("government", "government_kind").unique().iter_rows()
    }
    asked = [
        (r["attempt"], r["title"], plan[r["package"]],
         governments[r["government"], r["government_kind"]])
        for r in rows.iter_rows(named=True)
        if r["kind"] in ("konstruksi", "konsultansi") and r["package"] in plan
    ]  # fmt: skip
    notes = differences(asked)
    told = pl.DataFrame(
        {"attempt": list(notes), "note": list(notes.values())},
        schema={"attempt": pl.String, "note": pl.String},
    )
    return rows.join(told, on="attempt").with_columns(what=pl.lit("misplaced"))


def _payments(reading: Reading, offices: Offices) -> list[pl.DataFrame]:
    works, paid = reading.table("swakelola_pencatatan"), reading.table("swakelola_realisasi")
    if works is None or paid is None or "package" not in works.columns:
        return []
    rows = _with(works, offices, ("year", pl.Int32))
    cancelled = pl.col("status").str.to_lowercase().fill_null("").str.contains("batal|tutup")
    live = rows.filter(~cancelled).select("id", "package", "agency", "year", "title")
    if "recorded" not in paid.columns:
        paid = paid.with_columns(recorded=pl.lit(None, pl.Date))
    joined = paid.select("id", "date", "recorded", "value", "file", "row").join(
        live.unique("id"), on="id"
    )
    key = pl.lit(f"{Source.PAKET_SWAKELOLA.value}:") + pl.coalesce("package", "id")
    return [
        joined.with_columns(
            key=key, attempt=key, what=pl.lit("paid"), money=pl.col("value"),
            day=_known("date", joined), method=pl.lit("Swakelola"), kind=pl.lit("jasa"),
        )
    ]  # fmt: skip
