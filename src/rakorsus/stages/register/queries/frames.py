# ruff: noqa: S608 (columns are our own, values are bound)
"""The register as frames for the engine, read by one statement each and without model instances."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import polars as pl
import shapely
from django.core.files.storage import default_storage
from django.db import connection
from polars.datatypes import DataType, DataTypeClass

from rakorsus.engine import schema
from rakorsus.stages.register import derive
from rakorsus.stages.register.models import PlanVersion

#: Expressions of the columns whose name or form in the table differs from schema.PROGRAMS.
_SPECIAL = {"id": "p.ident", "agency": "a.code", "parent": "p.parent_key"}
_LINES = ", ".join(_SPECIAL.get(c, f'p."{c}"') for c in schema.PROGRAMS)


def frame(keys: Collection[str] | None = None) -> pl.DataFrame:
    """The lines that stand (or those of them with these keys), in schema.PROGRAMS, by key."""
    statement = (
        f"SELECT {_LINES} FROM register_program p JOIN people_agency a ON a.id = p.agency_id "
        "WHERE NOT p.removed"
    )
    return _of_keys(statement, "p.key", keys, schema.PROGRAMS).sort("key")


def lines_of(keys: Collection[str]) -> pl.DataFrame:
    """These lines, removed or not, in schema.PROGRAMS, by key."""
    statement = (
        f"SELECT {_LINES} FROM register_program p JOIN people_agency a ON a.id = p.agency_id "
        "WHERE 1 = 1"
    )
    return _of_keys(statement, "p.key", keys, schema.PROGRAMS).sort("key")


def decided_frame(keys: Collection[str] | None = None) -> pl.DataFrame:
    """What decisions changed and files loaded since do not say, in schema.DECIDED."""
    statement = (
        "SELECT p.key, p.source, p.ident, a.code, p.title, p.money, p.begins, p.ends, h.label, "
        "v.document, h.field, h.value, h.said, h.gone FROM register_hold h "
        "JOIN register_program p ON p.id = h.program_id "
        "JOIN people_agency a ON a.id = p.agency_id "
        "JOIN register_planversion v ON v.id = h.seen_id WHERE h.released_id IS NULL"
    )
    return _of_keys(statement, "p.key", keys, schema.DECIDED).sort("key", "field")


def places_frame(keys: Collection[str] | None = None) -> pl.DataFrame:
    """The located places of the lines that stand, in schema.PLACES, in the order of location."""
    statement = (
        "SELECT p.key, l.text, l.grade, r.code, l.rw, l.rt, l.hamlet, l.street, l.facility, "
        "l.lon, l.lat FROM register_programplace l "
        "JOIN register_program p ON p.id = l.program_id "
        "LEFT JOIN register_region r ON r.id = l.region_id WHERE NOT p.removed"
    )
    return _of_keys(statement, "p.key", keys, schema.PLACES).sort("key", maintain_order=True)


def agencies_frame() -> pl.DataFrame:
    """All agencies, in schema.AGENCIES, by code."""
    statement = (
        "SELECT a.code, a.name, a.short, a.kind, p.code, s.code, a.region_code, a.government, "
        "a.active, a.budget FROM people_agency a LEFT JOIN people_agency p ON p.id = a.parent_id "
        "LEFT JOIN people_agency s ON s.id = a.successor_id ORDER BY a.code"
    )
    return _read(statement, (), schema.AGENCIES)


def regions_frame() -> pl.DataFrame:
    """All regions, in schema.REGIONS, by code; boundaries as WKT."""
    statement = (
        "SELECT code, name, level, parent_code, kind, lon, lat, geometry "
        "FROM register_region ORDER BY code"
    )
    found = _read(statement, (), schema.REGIONS)
    known = found["geometry"].is_not_null()
    if not known.any():
        return found
    shapes = shapely.from_geojson(found.filter(known)["geometry"].to_list())
    drawn = pl.DataFrame({"code": found.filter(known)["code"], "geometry": [s.wkt for s in shapes]})
    return found.drop("geometry").join(drawn, on="code", how="left").sort("code")


def targets_frame() -> pl.DataFrame:
    """All targets, in schema.TARGETS, by id."""
    statement = (
        "SELECT t.key, t.title, t.indicator, t.unit, t.baseline, t.target, t.year, t.budget, "
        "t.code, a.code, t.document FROM register_target t "
        "LEFT JOIN people_agency a ON a.id = t.agency_id ORDER BY t.key"
    )
    return _read(statement, (), schema.TARGETS)


def nomenclature_frame() -> pl.DataFrame:
    """The nomenclature, in schema.NOMENCLATURE, by kind of government and code."""
    columns = ", ".join(schema.NOMENCLATURE)
    statement = f"SELECT {columns} FROM register_nomenclature ORDER BY government_kind, code"
    return _read(statement, (), schema.NOMENCLATURE)


def snapshot(version: PlanVersion) -> pl.DataFrame:
    """The lines as they stood after this version, from its frozen file, in schema.PROGRAMS.

    An amendment's file holds the touched lines only and is laid over the versions before it.
    """
    layers = PlanVersion.objects.filter(number__lte=version.number).order_by("-number")
    newest: list[pl.DataFrame] = []
    for layer in layers.iterator():
        newest.append(_frozen(layer))
        if layer.full:
            break
    lines = pl.concat(newest) if newest else schema.empty(schema.PROGRAMS)
    return lines.unique("key", keep="first").sort("key")


def intact(version: PlanVersion) -> bool:
    """Whether the version's frozen file still holds what was digested when it was made."""
    return derive.digest(_frozen(version)) == version.sha256


def _frozen(version: PlanVersion) -> pl.DataFrame:
    with default_storage.open(version.snapshot) as file:
        return pl.read_parquet(file.read())


def _of_keys(
    statement: str, column: str, keys: Collection[str] | None, columns: schema.Schema
) -> pl.DataFrame:
    if keys is None:
        return _read(statement, (), columns)
    asked = sorted(set(keys))
    parts = [
        _read(f"{statement} AND {column} IN ({_marks(part)})", part, columns)
        for part in (asked[i : i + 5000] for i in range(0, len(asked), 5000))
    ]
    return pl.concat(parts) if parts else schema.empty(columns)


def _marks(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def _read(statement: str, values: Sequence[Any], columns: schema.Schema) -> pl.DataFrame:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    raw = pl.DataFrame(
        rows,
        {c: pl.String if isinstance(t, pl.List) else t for c, t in columns.items()},
        orient="row",
    )
    return raw.select(_typed(c, t) for c, t in columns.items())


def _typed(name: str, kind: DataType | DataTypeClass) -> pl.Expr:
    column = pl.col(name)
    if kind == pl.String:
        return pl.when(column != "").then(column).alias(name)
    if isinstance(kind, pl.List) and name in {"rw", "rt"}:
        return pl.when(column != "").then(column.str.split(",")).otherwise([]).alias(name)
    if isinstance(kind, pl.List):
        return column.str.json_decode(kind).alias(name)
    return column
