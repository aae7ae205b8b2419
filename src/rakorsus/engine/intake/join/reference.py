"""Reference tables: regions with boundaries, the national nomenclature, targets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

import polars as pl
import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape

from rakorsus.engine import schema
from rakorsus.engine.intake.codes import level_of, parse_code
from rakorsus.engine.intake.join.offices import Offices
from rakorsus.engine.intake.reading import Reading
from rakorsus.engine.places import regions_of
from rakorsus.engine.records import RegionLevel

_CODED = re.compile(r"\s*([0-9Xx](?:\.[0-9Xx]{1,4})*)\s+(.*)$", re.S)
_LEVELS = {
    2: RegionLevel.PROVINCE,
    4: RegionLevel.REGENCY,
    6: RegionLevel.DISTRICT,
    10: RegionLevel.VILLAGE,
}


def regions(
    reading: Reading, governments: Iterable[str], given: pl.DataFrame | None
) -> pl.DataFrame:
    """schema.REGIONS: what files say first, then the table that was given, then the national one
    for each government that lines name. Boundaries of a file are laid under the codes of all."""
    frames = [_coded(reading), _bounded(reading)]
    if given is not None:
        frames.append(schema.conform(given, schema.REGIONS))
    known = {code[:5] for frame in frames for code in frame["code"].to_list() if len(code) > 4}
    frames += [regions_of(code) for code in sorted({*governments, *known})]
    stacked = pl.concat(frames)
    return (
        stacked.group_by("code", maintain_order=True)
        .agg(pl.all().drop_nulls().first())
        .sort("code")
        .select(list(schema.REGIONS))
    )


def dotted(code: str) -> str | None:
    """`7371011001` and `73.71.01.1001` as `73.71.01.1001`; None when it is no region code."""
    digits = re.sub(r"[.\s]", "", code)
    if not digits.isdigit() or len(digits) not in _LEVELS:
        return None
    return ".".join(p for p in (digits[:2], digits[2:4], digits[4:6], digits[6:]) if p)


def _kind(code: str, name: str) -> str:
    level = _LEVELS[len(code.replace(".", ""))]
    if level is RegionLevel.PROVINCE:
        return "provinsi"
    if level is RegionLevel.REGENCY:
        return "kota" if code[3] == "7" or name.lower().startswith("kota") else "kabupaten"
    if level is RegionLevel.DISTRICT:
        return "kecamatan"
    return "kelurahan" if code.split(".")[3].startswith("1") else "desa"


def _row(code: str, name: str, **more: Any) -> dict[str, Any]:
    parent = code.rpartition(".")[0] or None
    level = int(_LEVELS[len(code.replace(".", ""))])
    clean = " ".join(name.replace("''", "'").split())
    kind = _kind(code, clean)
    return {"code": code, "name": clean, "level": level, "parent": parent, "kind": kind, **more}


def _coded(reading: Reading) -> pl.DataFrame:
    table = reading.table("wilayah")
    if table is None:
        return schema.empty(schema.REGIONS)
    return _frame(
        [
            _row(code, row["title"], lon=row["lon"], lat=row["lat"])
            for row in table.iter_rows(named=True)
            if (code := dotted(row["code"]))
        ]
    )


def _frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    if not rows:
        return schema.empty(schema.REGIONS)
    return schema.conform(pl.DataFrame(rows, infer_schema_length=None), schema.REGIONS)


def _bounded(reading: Reading) -> pl.DataFrame:
    table = reading.table("batas_wilayah")
    rows = []
    for row in table.iter_rows(named=True) if table is not None else ():
        code = dotted(row["code"] or "")
        area = geometry(row["geometry"])
        if code is None or area is None:
            continue
        point = shapely.point_on_surface(area)
        rows.append(
            _row(code, row["title"], lon=point.x, lat=point.y,
                 geometry=shapely.to_wkt(area, rounding_precision=7))
        )  # fmt: skip
    return _frame(rows)


def geometry(text: str) -> shapely.Geometry | None:
    """The shape of a GeoJSON geometry, with [latitude, longitude] turned round; None if broken."""
    try:
        area = shape(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, ShapelyError):
        return None
    if area.is_empty:
        return None
    west, south, east, north = area.bounds
    if -12 <= west <= 7 and -12 <= east <= 7 and south >= 94 and north <= 142:
        area = shapely.transform(area, lambda points: points[:, ::-1])
    return shapely.make_valid(area) if not area.is_valid else area


def nomenclature(reading: Reading) -> pl.DataFrame:
    """schema.NOMENCLATURE: sub kegiatan, and the levels above them as their rows name them."""
    table = reading.table("nomenklatur")
    if table is None:
        return schema.empty(schema.NOMENCLATURE)
    frames = [
        _level(table, column)
        for column in ("field", "program", "kegiatan")
        if column in table.columns
    ]
    own = _split(table, "title").with_columns(
        government_kind=pl.col("government_kind").str.to_uppercase(),
        spm=pl.col("spm").str.to_uppercase() == "SPM",
        predecessor=_first_code(table["predecessor"]),
    )
    frames.append(own)
    stacked = pl.concat([schema.conform(f, schema.NOMENCLATURE) for f in frames])
    return stacked.drop_nulls("code").unique(
        ["government_kind", "code"], keep="first", maintain_order=True
    )


def _split(table: pl.DataFrame, column: str) -> pl.DataFrame:
    """A column whose cells hold code and name, as `code`, `title`, `level`."""
    known = {
        text: (code, " ".join(match[2].split()), level_of(code))
        for text in table[column].drop_nulls().unique()
        if (match := _CODED.match(text)) and (code := parse_code(match[1]))
    }
    found = [known.get(text, (None, text, None)) for text in table[column].to_list()]
    return table.with_columns(
        pl.Series(name, [row[i] for row in found], dtype=pl.String)
        for i, name in enumerate(("code", "title", "level"))
    )


def _level(table: pl.DataFrame, column: str) -> pl.DataFrame:
    part = table.select("government_kind", column).drop_nulls().unique(maintain_order=True)
    return _split(part, column).with_columns(pl.col("government_kind").str.to_uppercase())


def _first_code(texts: pl.Series) -> pl.Series:
    codes = []
    for text in texts.to_list():
        match = _CODED.match(text) if text else None
        codes.append(parse_code(match[1]) if match else None)
    return pl.Series("predecessor", codes, dtype=pl.String)


def targets(reading: Reading, offices: Offices) -> pl.DataFrame:
    """schema.TARGETS: one row for each indicator and year of the RPJMD."""
    table = reading.table("sasaran_rpjmd")
    if table is None:
        return schema.empty(schema.TARGETS)
    rows: list[dict[str, Any]] = []
    years = [int(c[7:]) for c in table.columns if re.fullmatch(r"target_\d{4}", c)]
    for row in table.iter_rows(named=True):
        common = {
            "title": row["title"], "indicator": row["indicator"], "baseline": row["baseline"],
            "unit": row["unit"] or row["baseline_unit"], "budget": row["budget"],
            "code": row["code"], "document": "RPJMD",
            "agency": offices.find(row["agency"]) if row["agency"] else None,
        }  # fmt: skip
        number = row["id"] or str(row["row"])
        by_year = [(y, row[f"target_{y}"]) for y in years if row[f"target_{y}"] is not None]
        single = (row["year"] or _year_of(reading, row), row["target"])
        dated: list[tuple[int | None, float | None]] = [*by_year] or [single]
        for year, value in dated:
            name = f"{number}:{year}" if year else number
            rows.append({**common, "id": name, "year": year, "target": value})
    if not rows:
        return schema.empty(schema.TARGETS)
    frame = pl.DataFrame(rows, infer_schema_length=None)
    return schema.conform(frame.unique("id", keep="first", maintain_order=True), schema.TARGETS)


def _year_of(reading: Reading, row: dict[str, Any]) -> int | None:
    words = " ".join(reading.titles.get((row["file"], row["sheet"]), ()))
    for pattern in (r"target (?:tahun )?(20\d\d)", r"\b(20[1-4]\d)\b"):
        if found := re.search(pattern, words, re.I):
            return int(found[1])
    return None
