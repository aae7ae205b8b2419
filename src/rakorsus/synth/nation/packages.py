"""Packages of the procurement plan, and what of them was announced and contracted since."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

_DIRECT = 200_000_000  # rupiah below which a provider may be appointed directly


def packages(rng: np.random.Generator, lines: pl.DataFrame, base: int, year: int) -> pl.DataFrame:
    """Lines (title, activity, places, volume, code, start, days, budget, own) as packages.

    Numbers from `base` on are dealt at random, so that neighbours say nothing.
    """
    count = lines.height
    number = pl.Series("id", rng.permutation(count) + base).cast(pl.String)
    purchased = pl.Series(rng.random(count) < 0.4)
    told = pl.Series(rng.random(count) < 0.55)
    first = pl.lit(date(year, 1, 1)).cast(pl.Date)
    own, start = pl.col("own"), first + pl.duration(days="start")
    return (
        lines.with_columns(number, purchased=purchased, told=told)
        .with_columns(
            source=pl.when(own).then(pl.lit("paket_swakelola")).otherwise(pl.lit("paket_penyedia")),
            level=pl.lit("paket"),
            package="id",
            method=pl.when(own)
            .then(pl.lit("Swakelola"))
            .when(pl.col("budget") >= _DIRECT)
            .then(pl.lit("Tender"))
            .when(pl.col("purchased"))
            .then(pl.lit("E-Purchasing"))
            .otherwise(pl.lit("Pengadaan Langsung")),
            description=pl.when("told").then("activity"),
            end=start + pl.duration(days="days"),
            start=start,
            tender_start=pl.when(~own).then(start - pl.duration(days=pl.lit(40).clip(0, 40))),
            tender_end=pl.when(~own).then(start - pl.duration(days=5)),
            status=pl.lit("planned"),
            status_text=pl.lit("Terumumkan"),
            document=pl.lit("RUP"),
        )
        .with_columns(
            key=pl.concat_str("source", pl.lit(":"), "id"),
            tender_start=pl.max_horizontal("tender_start", first),
            tender_end=pl.max_horizontal("tender_end", first + pl.duration(days=20)),
        )
    )


def announced(
    rng: np.random.Generator, plan: pl.DataFrame, free: int, count: int, base: int
) -> tuple[pl.DataFrame, list[tuple[str, str]]]:
    """`count` tenders and direct procurements of the first `free` rows of `plan`, and the keys of
    each with its package. They carry the package's number, as the service's files do."""
    fit = np.flatnonzero(~plan["own"].head(free).to_numpy())
    count = min(count, len(fit))
    rows = plan[np.sort(rng.choice(fit, count, replace=False))]
    number = pl.Series("id", np.arange(count) + base).cast(pl.String)
    value = pl.Series(rng.uniform(0.86, 0.99, count))
    signed = pl.Series(rng.random(count) < 0.6)
    tender = pl.col("method") == "Tender"
    late = rows.with_columns(
        number,
        signed=signed,
        source=pl.when(tender).then(pl.lit("tender")).otherwise(pl.lit("nontender")),
        contract_value=(pl.col("budget") * value).cast(pl.Int64) // 1_000 * 1_000,
        announced="tender_start",
    ).with_columns(
        key=pl.concat_str("source", pl.lit(":"), "id"),
        contract_value=pl.when("signed").then("contract_value"),
        contract_date=pl.when("signed").then("tender_end"),
        contract_start=pl.when("signed").then("start"),
        contract_end=pl.when("signed").then("end"),
        status=pl.when("signed").then(pl.lit("contracted")).otherwise(pl.lit("announced")),
        status_text=pl.when("signed").then(pl.lit("Kontrak Sedang Berjalan")).otherwise(
            pl.lit("Berlangsung")),
        start=pl.lit(None, pl.Date), end=pl.lit(None, pl.Date),
        volume=pl.lit(None, pl.String), description=pl.lit(None, pl.String),
        document=pl.when(tender).then(pl.lit("Tender")).otherwise(pl.lit("Non-tender")),
    )  # fmt: skip
    return late, list(zip(rows["key"].to_list(), late["key"].to_list(), strict=True))
