"""The picture of a set of files: what they say together, in the engine's tables."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from rakorsus.engine import schema
from rakorsus.engine.intake.join import cycles, forms, marking, reference, service, sipd
from rakorsus.engine.intake.join.government import named_in
from rakorsus.engine.intake.join.offices import Offices, agencies_frame, collect
from rakorsus.engine.intake.reading import Reading


@dataclass(frozen=True, slots=True)
class Picture:
    """Frames in the columns of `engine.schema`, sorted by their key."""

    programs: pl.DataFrame = field(default_factory=lambda: schema.empty(schema.PROGRAMS))
    agencies: pl.DataFrame = field(default_factory=lambda: schema.empty(schema.AGENCIES))
    regions: pl.DataFrame = field(default_factory=lambda: schema.empty(schema.REGIONS))
    targets: pl.DataFrame = field(default_factory=lambda: schema.empty(schema.TARGETS))
    nomenclature: pl.DataFrame = field(default_factory=lambda: schema.empty(schema.NOMENCLATURE))


def join(
    reading: Reading, *, regions: pl.DataFrame | None = None, today: date | None = None
) -> Picture:
    """One line for each piece of work, whatever number of files speak of it.

    Packages take their places, announcements, contracts, payments and marks; announcements whose
    package is in no file, and records whose announcement is in none, stand as lines of their own.

    Args:
        regions: schema.REGIONS of the installation; the national table completes it.
        today: documents dated after it do not count as happened (none by default).
    """
    offices = collect(reading)
    masters = service.masters(reading, offices)
    above = _stack(masters)
    packages = service.packages(reading, offices)
    works = cycles.own_works(reading, offices)
    if works is not None:
        packages = service.with_mak(cycles.with_own_works(packages, works))
    announced = cycles.announcements(reading, offices)
    if packages is not None and announced is not None:
        packages, announced = cycles.into_packages(packages, announced)
    if packages is not None:
        packages = _placed(packages, service.places(reading))
    if announced is not None:
        announced = _placed(announced, service.places(reading))
    low = [f for f in (packages, announced) if f is not None]
    if above is not None:
        low = [service.with_parents(f, above) for f in low]
    low, own = marking.marked(low, forms.forms(reading, offices))
    lines = _stack(
        [
            *masters,
            *low,
            *(f for f in (sipd.activities(reading, offices), sipd.budget(reading, offices))
              if f is not None),
            *([pl.DataFrame(own, infer_schema_length=None)] if own else []),
        ]
    )  # fmt: skip
    programs = _finished(lines, reading, offices, today)
    governments = {g for g in programs["government"].unique() if g}
    areas = reference.regions(reading, governments, regions)
    goals = [reference.targets(reading, offices)]
    if (renstra := forms.renstra_targets(reading, offices)) is not None:
        goals.append(schema.conform(renstra, schema.TARGETS).unique("id", keep="first"))
    return Picture(
        programs,
        agencies_frame(offices, areas, programs["agency"].unique().to_list()),
        areas,
        pl.concat(goals).unique("id", keep="first", maintain_order=True).sort("id"),
        reference.nomenclature(reading),
    )


def _stack(frames: list[pl.DataFrame]) -> pl.DataFrame | None:
    """The frames under each other, each with the columns of PROGRAMS that it has."""
    kept = [
        f.select(pl.col(c).cast(t) for c, t in schema.PROGRAMS.items() if c in f.columns)
        for f in frames
    ]
    return pl.concat(kept, how="diagonal") if kept else None


def _placed(lines: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """The lines with the places of their package before those they name themselves."""
    known = places.rename({"places": "_of_package"})
    joined = lines.join(known, on="package", how="left", maintain_order="left")
    lists = ["_of_package", *(c for c in ("places", "more_places") if c in lines.columns)]
    filled = [pl.coalesce(pl.col(c), pl.lit([], pl.List(pl.String))) for c in lists]
    merged = pl.concat_list(filled).list.unique(maintain_order=True)
    return joined.with_columns(places=pl.when(merged.list.len() > 0).then(merged)).drop(
        "_of_package", *(c for c in ("more_places",) if c in lines.columns)
    )


def _finished(
    lines: pl.DataFrame | None, reading: Reading, offices: Offices, today: date | None
) -> pl.DataFrame:
    if lines is None:
        return schema.empty(schema.PROGRAMS)
    frame = schema.conform(
        lines.with_columns(key=pl.concat_str("source", pl.lit(":"), "id")), schema.PROGRAMS
    )
    frame = frame.filter(pl.col("agency").is_not_null() & pl.col("title").is_not_null())
    frame = _governed(frame, reading, offices)
    frame = _realised(frame, reading)
    keys = frame["key"].unique().implode()
    frame = frame.with_columns(
        pl.when(pl.col("parent").is_in(keys)).then("parent").alias("parent"),
        *_in_order("start", "end"),
        *_in_order("tender_start", "tender_end"),
        pl.col("strategic").fill_null(False),
    )
    if today is not None:
        frame = frame.with_columns(
            pl.when(pl.col(c) <= today).then(c).alias(c) for c in ("announced", "contract_date")
        )
    return frame.unique("key", keep="first", maintain_order=True).sort("key")


def _in_order(start: str, end: str) -> list[pl.Expr]:
    """A period whose end is before its start is no period: both are null."""
    wrong = (pl.col(end) < pl.col(start)).fill_null(False)
    return [pl.when(~wrong).then(c).alias(c) for c in (start, end)]


def _governed(frame: pl.DataFrame, reading: Reading, offices: Offices) -> pl.DataFrame:
    """Lines without a government take their office's, or the one that most lines (or the titles
    of the files) belong to."""
    of_office = {o.code: o.government for o in offices.by_code.values() if o.government}
    usual = Counter(g for g in frame["government"].to_list() if g).most_common(1)
    default = usual[0][0] if usual else named_in(w for ws in reading.titles.values() for w in ws)
    mapped = pl.col("agency").replace_strict(
        of_office, default=None, return_dtype=pl.String
    ) if of_office else pl.lit(None, pl.String)  # fmt: skip
    return frame.with_columns(
        government=pl.coalesce("government", mapped, pl.lit(default, pl.String))
    )


def _realised(frame: pl.DataFrame, reading: Reading) -> pl.DataFrame:
    """What the realisation report says of a code that exactly one line has."""
    table = reading.table("lra")
    if table is None:
        return frame
    known = {}
    for code, amount in table.select("code", "realised").drop_nulls().iter_rows():
        if match := re.fullmatch(r"\d\.\d\d\.\d\d(\.\d\.\d\d(\.\d{2,4})?)?", code.strip(" .")):
            known[match[0]] = amount
    if not known:
        return frame
    told = pl.col("code").replace_strict(known, default=None, return_dtype=pl.Int64)
    alone = pl.col("code").count().over("code") == 1
    return frame.with_columns(realised=pl.coalesce("realised", pl.when(alone).then(told)))
