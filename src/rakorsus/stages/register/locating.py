"""Places of lines as the engine reads them, and the one place that a list shows."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl
import shapely

from rakorsus.engine import places, schema, sentences
from rakorsus.engine.records import PlaceGrade
from rakorsus.people.models import Agency
from rakorsus.stages.register.models import Region
from rakorsus.stages.register.queries.frames import agencies_frame, regions_frame


@dataclass(frozen=True)
class Located:
    """`places`: rows for register_programplace with the line's `key`; `summary`: one row per line
    with `place`, `place_grade`, a point and a bounding box (nulls where nothing is known)."""

    places: pl.DataFrame
    summary: pl.DataFrame


def locate(lines: pl.DataFrame) -> Located:
    """Read the places of lines (schema.PROGRAMS) against the register's own table of regions."""
    regions = regions_frame()
    found = places.locate(lines.select(schema.PROGRAMS.keys()), regions, agencies_frame())
    found = schema.conform(found, schema.PLACES)
    ids = dict(Region.objects.values_list("code", "pk"))
    names = dict(zip(regions["code"], regions["name"], strict=True))
    levels = dict(zip(regions["code"], regions["kind"], strict=True))
    rows = found.select(
        "key",
        pl.col("region")
        .replace_strict(ids, default=None, return_dtype=pl.Int64)
        .alias("region_id"),
        "grade",
        pl.col("rw").list.join(",").fill_null("").str.slice(0, 120),
        pl.col("rt").list.join(",").fill_null("").str.slice(0, 120),
        pl.col("hamlet").fill_null("").str.slice(0, 120),
        pl.col("street").fill_null("").str.slice(0, 200),
        pl.col("facility").fill_null("").str.slice(0, 200),
        "lon",
        "lat",
        pl.col("text").fill_null(""),
    )
    first = (
        found.sort("grade", descending=True, maintain_order=True)
        .group_by("key", maintain_order=True)
        .agg(pl.len().alias("count"), pl.all().first())
    )
    told = ("region", "grade", "street", "facility", "hamlet", "count")
    shown = [_shown(row, names, levels) for row in first.select(told).iter_rows(named=True)]
    points = found.filter(pl.col("grade") >= PlaceGrade.POINT).group_by("key").agg(
        pl.col("lon").first(), pl.col("lat").first(),
        pl.col("lon").min().alias("min_lon"), pl.col("lat").min().alias("min_lat"),
        pl.col("lon").max().alias("max_lon"), pl.col("lat").max().alias("max_lat"),
    )  # fmt: skip
    summary = first.select(
        "key", pl.col("grade").alias("place_grade"), pl.Series("place", shown, dtype=pl.String)
    ).join(_drawn(lines, points), on="key", how="left")
    summary = (
        lines.select("key")
        .join(summary, on="key", how="left")
        .with_columns(pl.col("place_grade").fill_null(0))
    )
    return Located(rows, summary)


def _drawn(lines: pl.DataFrame, points: pl.DataFrame) -> pl.DataFrame:
    """Points and boxes: of a drawn shape where the file has one, else of the located points."""
    drawn = lines.filter(pl.col("geometry").is_not_null()).select("key", "geometry")
    if drawn.is_empty():
        return points
    shapes = shapely.from_wkt(drawn["geometry"].to_list(), on_invalid="ignore")
    rows = [
        (key, middle.x, middle.y, *shape.bounds)
        for key, shape in zip(drawn["key"], shapes, strict=True)
        if shape is not None and not shape.is_empty and (middle := shape.representative_point())
    ]
    found = pl.DataFrame(rows, points.schema, orient="row")
    return pl.concat([found, points.join(found, on="key", how="anti")])


def _shown(row: dict[str, str | int | None], names: dict[str, str], kinds: dict[str, str]) -> str:
    """`Jl. Perintis Kemerdekaan, Kel. Tamalanrea, Kec. Tamalanrea (+2)`, at most 250 letters."""
    fine = int(row["grade"] or 0) >= PlaceGrade.HAMLET
    parts = [capital(str(row[c])) for c in ("street", "facility", "hamlet") if row[c] and fine][:1]
    code = str(row["region"] or "")
    while code:
        if code in names and (code.count(".") >= 2 or not parts):
            parts.append(area_name(names[code], kinds.get(code)))
        code = code.rpartition(".")[0] if code.count(".") > 2 else ""
    more = f" (+{int(row['count'] or 1) - 1})" if int(row["count"] or 1) > 1 else ""
    return ", ".join(parts)[:240] + more if parts else ""


def capital(name: str) -> str:
    """A name that the engine keeps in small letters, as it is written: `Jalan Perintis III`."""
    words = sentences.proper(name.upper()).split()
    return " ".join(w.upper() if _ROMAN.fullmatch(w) else w for w in words)


_ROMAN = re.compile(r"(?i:i{1,3}|iv|vi{0,3}|ix|xi{0,3})")
_SHORT = {"kelurahan": "Kel.", "kecamatan": "Kec.", "desa": "Desa", "kabupaten": "Kab."}


def office_name(agency: Agency) -> str:
    """The short name as it is written (`DLH`), else the full name without its capitals."""
    return agency.short or sentences.proper(agency.name)


def area_name(name: str, kind: str | None) -> str:
    """A region's name with its kind before it: `Kel. Tamalanrea`."""
    shown = name.title() if name.isupper() else name
    prefix = _SHORT.get(kind or "", (kind or "").title())
    starts = shown.lower().startswith((kind or " ").lower())
    return shown if starts or not prefix else f"{prefix} {shown}"
