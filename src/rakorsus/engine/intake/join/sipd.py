"""SIPD: sub kegiatan with place, tags, funds and indicators by `kode_sbl`; the budget dump."""

from __future__ import annotations

import polars as pl

from rakorsus.engine.intake.join.offices import Offices
from rakorsus.engine.intake.reading import Reading
from rakorsus.engine.records import Level, Source


def activities(reading: Reading, offices: Offices) -> pl.DataFrame | None:
    """One line for each `kode_sbl`, of the unit that carries it out."""
    table = reading.table("sipd_subkegiatan")
    if table is None:
        return None
    lines = _officed(table, offices).unique("activity", keep="last", maintain_order=True)
    for joined in (_places(reading), _tags(reading), _indicators(reading), _funds(reading)):
        if joined is not None:
            lines = lines.join(joined, on="activity", how="left", maintain_order="left")
    return lines.with_columns(
        source=pl.lit(Source.DPA.value),
        id=pl.col("activity"),
        level=pl.lit(Level.SUB_KEGIATAN.value),
        output=_either(lines, "output", "indicator"),
        unit=_either(lines, "unit_told", "unit_name_of_target", "target_unit"),
        target=_either(lines, "target_told", "target"),
        fund=_either(lines, "fund", "funds"),
        status=pl.lit("planned"),
        document=_document("SIPD"),
    )


def _either(lines: pl.DataFrame, *names: str) -> pl.Expr:
    return pl.coalesce(n for n in names if n in lines.columns)


def _document(name: str) -> pl.Expr:
    return pl.concat_str(pl.lit(name), pl.col("year").cast(pl.String), separator=" ",
                         ignore_nulls=True)  # fmt: skip


def _officed(table: pl.DataFrame, offices: Offices) -> pl.DataFrame:
    pairs = table.select("office", "office_name", "unit", "unit_name").unique(maintain_order=True)
    for office, name, unit, unit_name in pairs.iter_rows():
        offices.add(office, name)
        if unit:
            offices.add(unit, unit_name)
    return table.with_columns(agency=pl.coalesce("unit", "office"))


def _places(reading: Reading) -> pl.DataFrame | None:
    table = reading.table("sipd_lokasi")
    if table is None:
        return None
    whole = r"(?i)^semua\b|^seluruh\b"
    place = pl.concat_str(
        pl.when(pl.col("village").str.contains(whole).not_()).then(
            pl.lit("Kel. ") + pl.col("village").str.replace(r"(?i)^(kel(urahan)?|desa)\.?\s+", "")
        ),
        pl.when(pl.col("district").str.contains(whole).not_()).then(
            pl.lit("Kec. ") + pl.col("district").str.replace(r"(?i)^kec(amatan)?\.?\s+", "")
        ),
        pl.col("regency"),
        separator=", ",
        ignore_nulls=True,
    )
    return table.group_by("activity", maintain_order=True).agg(
        places=place.filter(place != "").unique(maintain_order=True)
    )


def _tags(reading: Reading) -> pl.DataFrame | None:
    table = reading.table("sipd_tag")
    if table is None:
        return None
    return table.group_by("activity", maintain_order=True).agg(
        tags=pl.col("tag").unique(maintain_order=True)
    )


def _indicators(reading: Reading) -> pl.DataFrame | None:
    table = reading.table("sipd_indikator")
    if table is None:
        return None
    return table.group_by("activity", maintain_order=True).agg(
        output=pl.col("output").str.join("; "),
        target_told=pl.col("target").first(),
        unit_told=pl.coalesce("unit_text", "target_unit").first(),
    )


def _funds(reading: Reading) -> pl.DataFrame | None:
    table = reading.table("sipd_dana")
    if table is None:
        return None
    return table.group_by("activity", maintain_order=True).agg(
        funds=pl.coalesce("fund", "fund_code")
        .drop_nulls()
        .unique(maintain_order=True)
        .str.join("; ")
    )


def budget(reading: Reading, offices: Offices) -> pl.DataFrame | None:
    """Sub kegiatan, kegiatan and program lines summed from the rows of the budget dump."""
    table = reading.table("sipd_anggaran")
    if table is None:
        return None
    rows = _officed(table, offices)
    levels = (
        (Level.PROGRAM, "program_code", "program_title", None),
        (Level.KEGIATAN, "kegiatan_code", "kegiatan_title", "program_code"),
        (Level.SUB_KEGIATAN, "code", "title", "kegiatan_code"),
    )
    year = pl.col("year").cast(pl.String).fill_null("")
    frames = []
    for level, code, title, above in levels:
        part = rows.drop_nulls(code)
        if part.is_empty():
            continue
        name = pl.concat_str("agency", pl.lit("/"), pl.col(code), pl.lit(":"), year)
        parent = (
            pl.concat_str(pl.lit(f"{Source.DPA.value}:"), "agency", pl.lit("/"), above,
                          pl.lit(":"), year)
            if above
            else pl.lit(None, pl.String)
        )  # fmt: skip
        frames.append(
            part.with_columns(id=name, parent=parent, _code=pl.col(code), _title=pl.col(title))
            .group_by("id", maintain_order=True)
            .agg(
                pl.col("agency", "year", "parent", "file", "sheet", "row").first(),
                pl.col("_code").first().alias("code"),
                pl.col("_title").drop_nulls().first().alias("title"),
                pl.col("budget").sum(),
                pl.col("fund").drop_nulls().unique(maintain_order=True).str.join("; "),
            )
            .with_columns(
                source=pl.lit(Source.DPA.value),
                level=pl.lit(level.value),
                status=pl.lit("planned"),
                document=_document("SIPD"),
            )
        )
    return pl.concat(frames, how="diagonal_relaxed")
