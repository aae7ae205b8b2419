"""What is read out of each program line once, before any pair is looked at."""

from __future__ import annotations

from typing import Final

import polars as pl

from rakorsus.engine.families import Families
from rakorsus.engine.records import DateGrade
from rakorsus.engine.schema import Schema
from rakorsus.engine.words import activity
from rakorsus.engine.works import works

FACTS: Final[Schema] = {
    "key": pl.String,
    "text": pl.String,  # the activity in normal words, without place, year, stage and package marks
    "work": pl.String,  # key that stands for the life cycle: plan, announcements, contracts
    "family": pl.String,  # house of the agency
    "series": pl.String,  # kecamatan, kelurahan, puskesmas, school, hospital or null
    "support": pl.Boolean,  # support program, X.XX.01
    "money": pl.Int64,  # the best known amount: contract, else budget
    "begin": pl.Date,  # the best known period
    "finish": pl.Date,
    "date_grade": pl.Int8,  # records.DateGrade
}


def facts(programs: pl.DataFrame, houses: Families) -> pl.DataFrame:
    """One row per program line (columns FACTS), in the order of `programs`."""
    agency = pl.col("agency")
    contract = pl.col("contract_start").is_not_null() & (
        pl.col("contract_end") > pl.col("contract_start")
    )
    begin = pl.when(contract).then("contract_start").otherwise("start")
    finish = pl.when(contract).then("contract_end").otherwise("end")
    days = (finish - begin).dt.total_days()
    grade = (
        pl.when(contract).then(DateGrade.CONTRACT)
        .when(days.is_null() | (days < 0)).then(DateGrade.NONE)
        .when(days >= 330).then(DateGrade.YEAR)
        .when(days > 92).then(DateGrade.HALF)
        .when(days > 62).then(DateGrade.QUARTER)
        .otherwise(DateGrade.DATES)
    )  # fmt: skip
    texts = {t: activity(t) for t in programs["title"].unique().to_list()}
    return programs.select(
        "key",
        pl.col("title").replace_strict(texts, return_dtype=pl.String).alias("text"),
        works(programs).alias("work"),
        agency.replace(dict(houses.family)).alias("family"),
        agency.replace_strict(dict(houses.series), default=None, return_dtype=pl.String).alias(
            "series"
        ),
        pl.col("code").str.contains(r"^[0-9X]\.[0-9X]{2}\.01\b").fill_null(False).alias("support"),
        pl.coalesce("contract_value", "budget", pl.lit(0)).alias("money"),
        begin.alias("begin"),
        finish.alias("finish"),
        grade.cast(pl.Int8).alias("date_grade"),
    )
