"""Life cycles: announcement, schedule, contract, result and payments of one piece of work."""

from __future__ import annotations

import polars as pl

from rakorsus.engine.intake.join.offices import Offices
from rakorsus.engine.intake.join.service import begun, with_mak
from rakorsus.engine.intake.reading import Reading
from rakorsus.engine.records import Level, Source, Status

_NOUNS = (("tender", Source.TENDER, "Tender"), ("nontender", Source.NON_TENDER, "Non-tender"))


def announcements(reading: Reading, offices: Offices) -> pl.DataFrame | None:
    """Tender and direct-procurement lines, each with what its later documents say.

    A number that only later documents name (result, contract) stands too.
    """
    frames = [
        lines
        for noun, source, title in _NOUNS
        if (lines := _announced(reading, offices, noun, source, title)) is not None
    ]
    return pl.concat(frames, how="diagonal_relaxed") if frames else None


def _announced(
    reading: Reading, offices: Offices, noun: str, source: Source, title: str
) -> pl.DataFrame | None:
    tables = [reading.table(f"{noun}_{what}") for what in ("pengumuman", "selesai", "kontrak")]
    present = [_row(t) for t in tables if t is not None]
    if not present:
        return None
    merged = pl.concat(present, how="diagonal_relaxed")
    firsts = [pl.col(c).drop_nulls().first() for c in merged.columns if c != "id"]
    lines = merged.group_by("id", maintain_order=True).agg(firsts)
    lines = lines.join(_contracts(reading, noun), on="id", how="left", maintain_order="left")
    lines = lines.join(_schedules(reading, noun), on="id", how="left", maintain_order="left")
    lines = with_mak(begun(lines, offices, source.value, Level.PAKET))
    place = (
        pl.when(pl.col("place").is_not_null()).then(pl.concat_list("place"))
        if "place" in lines.columns
        else pl.lit(None, pl.List(pl.String))
    )
    scope = [c for c in ("description", "scope") if c in lines.columns]
    return lines.with_columns(
        package=pl.col("package").str.split(";").list.first().str.strip_chars()
        if "package" in lines.columns
        else pl.lit(None, pl.String),
        status=_status(lines),
        status_text=pl.coalesce("contract_status", _column(lines, "status")),
        places=place,
        description=pl.coalesce(*scope) if scope else pl.lit(None, pl.String),
        document=pl.lit(title),
    )


def _row(table: pl.DataFrame) -> pl.DataFrame:
    """A document's rows for merging: contracts bring their own names for amount and days."""
    if "value" in table.columns:
        return table.drop("date", "start", "end", "value", "status", "version", "number")
    return table.drop([c for c in ("contract_value", "offer") if c in table.columns])


def _contracts(reading: Reading, noun: str) -> pl.DataFrame:
    """For each announcement: the sum of its contracts, each by its newest version, their days and
    status. A contract that begins and ends on one day says nothing about the period."""
    table = reading.table(f"{noun}_kontrak")
    if table is None:
        return pl.DataFrame(
            schema={
                "id": pl.String, "contract_value": pl.Int64, "contract_date": pl.Date,
                "contract_start": pl.Date, "contract_end": pl.Date, "contract_status": pl.String,
            }
        )  # fmt: skip
    real = (pl.col("end") > pl.col("start")).fill_null(False)
    newest = (
        table.sort(pl.col("version").fill_null(0), "row", maintain_order=True)
        .unique(["id", "number"], keep="last", maintain_order=True)
        .with_columns(pl.when(real).then(c).alias(c) for c in ("start", "end"))
    )
    return newest.group_by("id", maintain_order=True).agg(
        contract_value=pl.col("value").sum(),
        contract_date=pl.col("date").min(),
        contract_start=pl.col("start").min(),
        contract_end=pl.col("end").max(),
        contract_status=pl.col("status").last(),
    )


def _schedules(reading: Reading, noun: str) -> pl.DataFrame:
    table = reading.table(f"{noun}_jadwal")
    if table is None:
        return pl.DataFrame(
            schema={"id": pl.String, "tender_start": pl.Date, "tender_end": pl.Date}
        )
    return table.group_by("id", maintain_order=True).agg(
        tender_start=pl.col("start").min(), tender_end=pl.col("end").max()
    )


def _column(lines: pl.DataFrame, name: str) -> pl.Expr:
    return pl.col(name) if name in lines.columns else pl.lit(None, pl.String)


def _status(lines: pl.DataFrame) -> pl.Expr:
    """The newest document speaks: contract, then result, then announcement."""
    said = _column(lines, "status").str.to_lowercase().fill_null("")
    closed = _column(lines, "closed").str.to_lowercase().fill_null("")
    signed = pl.col("contract_status").str.to_lowercase().fill_null("")
    won = pl.col("won").is_not_null() if "won" in lines.columns else pl.lit(False)
    return (
        pl.when(signed.str.contains("putus|batal")).then(pl.lit(Status.CANCELLED.value))
        .when(signed.str.contains("selesai")).then(pl.lit(Status.DONE.value))
        .when(said.str.contains("gagal|ulang")).then(pl.lit(Status.FAILED.value))
        .when(said.str.contains("batal|tutup")).then(pl.lit(Status.CANCELLED.value))
        .when(pl.col("contract_value").is_not_null() | won | said.str.contains("selesai"))
        .then(pl.lit(Status.CONTRACTED.value))
        .when(closed.str.contains("batal")).then(pl.lit(Status.CANCELLED.value))
        .otherwise(pl.lit(Status.ANNOUNCED.value))
    )  # fmt: skip


def into_packages(
    packages: pl.DataFrame, announced: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Packages with what their announcements say, and the announcements of no known package.

    Of several announcements of one package the live ones count, the newest last; their contracts
    are summed. When none is live the package is as the newest is.
    """
    known = packages["package"].unique()
    mine = announced.filter(pl.col("package").is_in(known.implode()))
    if mine.is_empty():
        return packages, announced
    dead = pl.col("status").is_in([Status.FAILED.value, Status.CANCELLED.value])
    told = (
        mine.sort(dead.not_(), "announced", nulls_last=False, maintain_order=True)
        .group_by("package", maintain_order=True)
        .agg(
            pl.col("status", "status_text", "code", "account", "announced").last(),
            pl.col("contract_value").filter(dead.not_()).sum().alias("contract_value"),
            pl.col("contract_date", "contract_start").min(),
            pl.col("contract_end").max(),
            pl.col("places").explode().drop_nulls().alias("more_places"),
            signed=pl.col("contract_value").filter(dead.not_()).is_not_null().any(),
        )
        .with_columns(contract_value=pl.when("signed").then("contract_value"))
        .drop("signed")
    )
    joined = packages.join(told, on="package", how="left", suffix="_told", maintain_order="left")
    both = [c for c in told.columns if f"{c}_told" in joined.columns]
    joined = joined.with_columns(pl.coalesce(f"{c}_told", c).alias(c) for c in both).drop(
        [f"{c}_told" for c in both]
    )
    rest = announced.filter(~pl.col("package").is_in(known.implode()).fill_null(False))
    return joined, rest


def own_works(reading: Reading, offices: Offices) -> pl.DataFrame | None:
    """Recorded self-managed works, one row for each package: what was paid and how far it is."""
    table = reading.table("swakelola_pencatatan")
    if table is None:
        return None
    paid = reading.table("swakelola_realisasi")
    if paid is not None:
        sums = paid.group_by("id").agg(paid=pl.col("value").sum())
        table = table.join(sums, on="id", how="left", maintain_order="left")
    else:
        table = table.with_columns(paid=pl.lit(None, pl.Int64))
    said = pl.col("status").str.to_lowercase().fill_null("")
    cancelled = said.str.contains("batal|tutup")
    done = said.str.contains("selesai")
    table = table.with_columns(cancelled=cancelled, done=done)
    live = pl.col("cancelled").not_()
    table = table.with_columns(package=pl.coalesce("package", "id"))
    lines = table.group_by("package", maintain_order=True).agg(
        pl.col(
            "year", "institution", "government", "government_kind", "office_key", "office",
            "office_name", "title", "budget", "fund", "description", "file", "sheet", "row",
        ).first(),
        realised=pl.coalesce("realised", "paid").filter(live).sum(),
        start=pl.col("start").filter(live).min(),
        end=pl.col("end").filter(live).max(),
        status_text=pl.col("status").last(),
        status=pl.when(live.any().not_()).then(pl.lit(Status.CANCELLED.value))
        .when(pl.col("done").filter(live).all()).then(pl.lit(Status.DONE.value))
        .otherwise(pl.lit(Status.CONTRACTED.value)),
    )  # fmt: skip
    lines = lines.with_columns(id=pl.col("package"), method=pl.lit("Swakelola"))
    lines = lines.with_columns(
        pl.when(pl.col("end") >= pl.col("start")).then(c).alias(c) for c in ("start", "end")
    )
    return begun(lines, offices, Source.PAKET_SWAKELOLA.value, Level.PAKET).with_columns(
        document=pl.concat_str(pl.lit("RUP"), pl.col("year").cast(pl.String), separator=" ",
                               ignore_nulls=True)
    )  # fmt: skip


def with_own_works(packages: pl.DataFrame | None, works: pl.DataFrame) -> pl.DataFrame:
    """Packages with what was recorded of their own works; records of no known package stand as
    lines of their own."""
    if packages is None:
        return works
    told = works.select("package", "realised", _status="status", _text="status_text")
    joined = packages.join(told, on="package", how="left", maintain_order="left")
    cancelled = pl.col("_status") == Status.CANCELLED.value
    joined = joined.with_columns(
        status=pl.when(cancelled.not_()).then("_status").otherwise("status"),
        status_text=pl.when(cancelled.not_()).then("_text").otherwise("status_text"),
    ).drop("_status", "_text")
    rest = works.join(packages.select("package").unique(), on="package", how="anti",
                      maintain_order="left")  # fmt: skip
    return pl.concat([joined, rest], how="diagonal_relaxed")
