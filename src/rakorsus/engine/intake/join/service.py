"""The service's tables: masters, packages with their places, life cycles of announcements."""

from __future__ import annotations

import polars as pl

from rakorsus.engine.intake.codes import split_mak
from rakorsus.engine.intake.join.government import government_code
from rakorsus.engine.intake.join.offices import Offices, code_series
from rakorsus.engine.intake.reading import Reading
from rakorsus.engine.records import Level, Source

_MASTERS = (
    ("program_master", Source.PROGRAM, Level.PROGRAM, None),
    ("kegiatan_master", Source.KEGIATAN, Level.KEGIATAN, ("program_key", Source.PROGRAM)),
    ("subkegiatan_master", Source.SUB_KEGIATAN, Level.SUB_KEGIATAN,
     ("kegiatan_key", Source.KEGIATAN)),
)  # fmt: skip
PLACES = pl.List(pl.String)


def begun(frame: pl.DataFrame, offices: Offices, source: str, level: Level) -> pl.DataFrame:
    """A table with the columns that every line has: key, source, level, agency, government."""
    government = {
        row: government_code(*row)
        for row in frame.select("government", "government_kind").unique().iter_rows()
    }
    places = [government[row] for row in frame.select("government", "government_kind").iter_rows()]
    return frame.with_columns(
        code_series(frame, offices),
        pl.lit(source).alias("source"),
        pl.lit(level.value).alias("level"),
        pl.Series("government", places, dtype=pl.String),
        (pl.lit(f"{source}:") + pl.col("id")).alias("key"),
        pl.col("title").str.replace_all(r"\s+", " "),
    )


def masters(reading: Reading, offices: Offices) -> list[pl.DataFrame]:
    """Program, kegiatan and sub kegiatan lines with their parents; deleted ones are left out."""
    frames = []
    for kind, source, level, above in _MASTERS:
        table = reading.table(kind)
        if table is None:
            continue
        lines = begun(table.filter(pl.col("deleted").fill_null(False).not_()), offices,
                      source.value, level)  # fmt: skip
        parent = (
            pl.lit(f"{above[1].value}:") + pl.col(above[0]) if above else pl.lit(None, pl.String)
        )
        frames.append(
            lines.with_columns(
                parent.alias("parent"),
                pl.lit("planned").alias("status"),
                _document("RUP").alias("document"),
            ).unique("key", keep="last", maintain_order=True)
        )
    return frames


def packages(reading: Reading, offices: Offices) -> pl.DataFrame | None:
    """Self-managed and provider packages, one line for each `kd_rup`."""
    frames = []
    for source in (Source.PAKET_SWAKELOLA, Source.PAKET_PENYEDIA):
        table = reading.table(source.value)
        if table is None:
            continue
        table = table.filter(pl.col("deleted").fill_null(False).not_())
        table = table.with_columns(id=pl.col("package"))
        lines = begun(table, offices, source.value, Level.PAKET)
        if source is Source.PAKET_SWAKELOLA:
            lines = lines.with_columns(method=pl.lit("Swakelola"))
        frames.append(
            lines.drop("announced").with_columns(
                status=pl.when(pl.col("active").fill_null(True))
                .then(pl.lit("planned"))
                .otherwise(pl.lit("cancelled")),
                status_text=pl.col("published"),
                document=_document("RUP"),
            )
        )
    if not frames:
        return None
    joined = pl.concat(frames, how="diagonal_relaxed")
    return with_mak(joined.unique("key", keep="last", maintain_order=True))


def places(reading: Reading) -> pl.DataFrame:
    """`package`, `places`: the distinct place texts of each package in the order of the files.

    A place in another regency than most bears its regency's name, since its text alone could be
    taken for one at home.
    """
    table = reading.table("lokasi")
    if table is None:
        return pl.DataFrame(schema={"package": pl.String, "places": PLACES})
    table = table.filter(pl.col("regency").ne_missing("Lainnya") | pl.col("place").is_not_null())
    table = table.with_columns(regency=pl.col("regency").replace("Lainnya", None))
    home = table["regency"].drop_nulls().mode().sort()
    away = pl.col("regency") != home[0] if home.len() else pl.lit(False)
    named = pl.col("regency").str.replace(r"^(.*) \((Kab\.|Kota)\)$", "$2 $1")
    place = (
        pl.when(away & pl.col("place").is_not_null())
        .then(pl.col("place") + ", " + named)
        .otherwise(pl.coalesce("place", named))
    )
    said = table.select("package", place=place).drop_nulls()
    return (
        said.unique(maintain_order=True)
        .group_by("package", maintain_order=True)
        .agg(pl.col("place").alias("places"))
    )


def with_mak(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines with `code` and `account` read from their budget line `mak`."""
    if "mak" not in lines.columns:
        return lines.with_columns(code=pl.lit(None, pl.String), account=pl.lit(None, pl.String))
    known = {m: split_mak(m) for m in lines["mak"].drop_nulls().unique()}
    pairs = [known.get(m, (None, None)) for m in lines["mak"].to_list()]
    return lines.with_columns(
        pl.Series("code", [p[0] for p in pairs], dtype=pl.String),
        pl.Series("account", [p[1] for p in pairs], dtype=pl.String),
    )


def with_parents(lines: pl.DataFrame, above: pl.DataFrame) -> pl.DataFrame:
    """Packages under the sub kegiatan of the same agency and code, where a file has it."""
    subs = (
        above.filter(pl.col("level") == Level.SUB_KEGIATAN.value)
        .select("agency", "code", _parent="key")
        .drop_nulls()
        .unique(["agency", "code"], keep="first", maintain_order=True)
    )
    joined = lines.join(subs, on=["agency", "code"], how="left", maintain_order="left")
    old = pl.col("parent") if "parent" in lines.columns else pl.lit(None, pl.String)
    return joined.with_columns(parent=pl.coalesce(old, "_parent")).drop("_parent")


def _document(name: str) -> pl.Expr:
    return pl.concat_str(pl.lit(name), pl.col("year").cast(pl.String), separator=" ",
                         ignore_nulls=True)  # fmt: skip
