"""What is read out of each program line once, before any pair is looked at."""

from __future__ import annotations

import re
from typing import Final

import polars as pl

from rakorsus.engine.families import Families
from rakorsus.engine.records import DateGrade, Level, Status
from rakorsus.engine.schema import Schema
from rakorsus.engine.thesaurus import objects_of, overheads_of, stages_of, themes_of
from rakorsus.engine.words import content, plain
from rakorsus.engine.works import works

FACTS: Final[Schema] = {
    "key": pl.String,
    "plain": pl.String,  # the title in normal words, with place and numbers
    "text": pl.String,  # the activity alone: without place, year, lot and names of accounts
    "work": pl.String,  # key that stands for the life cycle: plan, announcements, contracts
    "live": pl.Boolean,  # neither failed nor cancelled, and money on it
    "stage": pl.String,  # thesaurus.STAGES: design, build, supervise, train ... or empty
    "overhead": pl.String,  # thesaurus.OVERHEAD: post, travel, meal, office, desk or empty
    "objects": pl.List(pl.String),  # thesaurus.OBJECTS and "generic"
    "themes": pl.List(pl.String),  # thesaurus.THEMES
    "family": pl.String,  # house of the agency
    "series": pl.String,  # kecamatan, kelurahan, puskesmas, school, hospital or null
    "support": pl.Boolean,  # support program, X.XX.01
    "money": pl.Int64,  # the best known amount: contract, else budget
    "begin": pl.Date,  # the best known period
    "finish": pl.Date,
    "date_grade": pl.Int8,  # records.DateGrade
    "estimated": pl.Boolean,  # the period is only taken from the day of announcement or contract
}

#: Descriptions that only list what is bought for a meeting say nothing about the activity.
_ITEMS: Final = re.compile(
    r"narasumber|tipe [a-z]\b|di hotel|pemda|spesifikasi|\bvar\b|peserta (non )?pns|makanan"
    r"|kudapan|cetakan|minuman"
)
_TOLD: Final = 200  # characters of a description that say what is built, when the title does not
_DEAD: Final = (Status.FAILED.value, Status.CANCELLED.value)
_LEAST: Final = 5  # letters that an activity has
_READ: Final = ("title", "description", "parent_title", "level")
_CONCEPTS: Final[Schema] = {
    name: FACTS[name] for name in ("plain", "text", "stage", "overhead", "objects", "themes")
}


def facts(programs: pl.DataFrame, houses: Families) -> pl.DataFrame:
    """One row per program line (columns FACTS), in the order of `programs`.

    A title without content ("Belanja Sosialisasi", "Pembulatan") takes its words from the
    description, and when that says nothing either, from the line above.
    """
    above = programs.select(parent="key", parent_title="title")
    lines = programs.join(above, on="parent", how="left", maintain_order="left")
    read = _read(lines)
    agency = pl.col("agency")
    begin, finish, grade, estimated = _period()
    return lines.hstack(read).select(
        "key",
        "plain",
        "text",
        works(programs).alias("work"),
        (
            ~pl.col("status").is_in(_DEAD).fill_null(False)
            & (pl.coalesce("contract_value", "budget", pl.lit(0)) > 0)
        ).alias("live"),
        "stage",
        "overhead",
        "objects",
        "themes",
        agency.replace(dict(houses.family)).alias("family"),
        agency.replace_strict(dict(houses.series), default=None, return_dtype=pl.String).alias(
            "series"
        ),
        pl.col("code").str.contains(r"^[0-9X]\.[0-9X]{2}\.01\b").fill_null(False).alias("support"),
        pl.coalesce("contract_value", "budget", pl.lit(0)).alias("money"),
        begin.alias("begin"),
        finish.alias("finish"),
        grade.cast(pl.Int8).alias("date_grade"),
        estimated.alias("estimated"),
    )


def _period() -> tuple[pl.Expr, pl.Expr, pl.Expr, pl.Expr]:
    """Begin, finish, grade, and whether they are only estimated.

    Contract dates first, then the plan's. Works on the ground that were announced or contracted
    without any period are taken to run for three months from that day, inside the year: weak
    evidence.
    """
    contract = (pl.col("contract_end") > pl.col("contract_start")).fill_null(False)
    happened = pl.coalesce("contract_date", "announced")
    last = pl.date(happened.dt.year(), 12, 31)
    works = pl.col("stage").is_in(["build", "maintain"]) & (pl.col("overhead") == "")
    estimated = ~contract & pl.col("start").is_null() & happened.is_not_null() & works
    begin = (
        pl.when(contract).then("contract_start")
        .when(estimated).then(happened)
        .otherwise("start")
    )  # fmt: skip
    finish = (
        pl.when(contract).then("contract_end")
        .when(estimated).then(pl.min_horizontal(happened.dt.offset_by("90d"), last))
        .otherwise("end")
    )  # fmt: skip
    days = (finish - begin).dt.total_days()
    grade = (
        pl.when(contract).then(DateGrade.CONTRACT)
        .when(days.is_null() | (days < 0)).then(DateGrade.NONE)
        .when(estimated).then(DateGrade.HALF)
        .when(days >= 330).then(DateGrade.YEAR)
        .when(days > 92).then(DateGrade.HALF)
        .when(days > 62).then(DateGrade.QUARTER)
        .otherwise(DateGrade.DATES)
    )  # fmt: skip
    return begin, finish, grade, estimated


def _read(lines: pl.DataFrame) -> pl.DataFrame:
    """The words and concepts of each line; every distinct one is read once."""
    rows = lines.select(_READ)
    distinct = rows.unique(maintain_order=True)
    known = distinct.hstack(_concepts(distinct))
    joined = rows.join(known, on=_READ, how="left", nulls_equal=True, maintain_order="left")
    return joined.drop(_READ)


def _concepts(rows: pl.DataFrame) -> pl.DataFrame:
    """plain, text, stage, overhead, objects and themes of rows with the columns _READ."""
    titles, told, above = (rows[name].to_list() for name in _READ[:3])
    flat = [plain(title) for title in titles]
    said = [plain(description) for description in told]
    package = rows.select((pl.col("level") == Level.PAKET).fill_null(False)).to_series()
    overhead = _only(package, overheads_of(_texts(flat)))
    text = [content(title) for title in titles]
    for n, kind in enumerate(overhead.to_list()):
        if len(text[n]) < _LEAST and not kind:
            own = "" if _ITEMS.search(said[n]) else content(told[n] or "")
            text[n] = own or content(above[n] or "") or text[n]
    shown = [t if len(t) >= _LEAST else f for t, f in zip(text, flat, strict=True)]
    stage, plainly = stages_of(_texts(shown)), stages_of(_texts(flat))
    both = [f if t in f else f"{f} {t}" for t, f in zip(text, flat, strict=True)]
    objects = objects_of(_texts(both))
    further = objects_of(_texts([plain((d or "")[:_TOLD]) for d in told]))
    themes = themes_of(_texts([f"{f} {d}" for f, d in zip(flat, said, strict=True)]))
    return pl.DataFrame(
        {
            "plain": flat,
            "text": text,
            "stage": stage.zip_with(stage != "", plainly),
            "overhead": overhead,
            "objects": objects.zip_with((objects.list.len() > 0) | (overhead != ""), further),
            "themes": themes,
        },
        schema=_CONCEPTS,
    )


def _texts(values: list[str]) -> pl.Series:
    return pl.Series(values, dtype=pl.String)


def _only(where: pl.Series, values: pl.Series) -> pl.Series:
    """The values where `where` is true, elsewhere empty texts."""
    return values.zip_with(where, pl.Series([""], dtype=pl.String).new_from_index(0, len(values)))
