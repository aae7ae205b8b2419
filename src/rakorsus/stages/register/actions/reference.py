"""Taking agencies, regions, nomenclature and targets in: what is new, what says something else.

A null in a file never erases what is known: another file, or a person, may have said it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import polars as pl
import shapely
from django.db import models

from rakorsus.engine import schema
from rakorsus.people.models import Agency
from rakorsus.stages.register import bulk, words
from rakorsus.stages.register.models import Nomenclature, Region, Target

#: Tolerance of the outlines drawn on the map, in degrees (about 20 m).
_OUTLINE = 0.0002

Counts = tuple[int, int]


def take_agencies(frame: pl.DataFrame, needed: set[str]) -> Counts:
    """Upsert schema.AGENCIES; codes in `needed` that no table names get a row by their code."""
    rows = {r["code"]: r for r in schema.conform(frame, schema.AGENCIES).to_dicts() if r["code"]}
    standing = {a.code: a for a in Agency.objects.all()}
    for code in needed - rows.keys() - standing.keys():
        rows[code] = {"code": code, "name": code}
    fresh, changed = [], []
    for code, row in sorted(rows.items()):
        agency = standing.get(code) or Agency(code=code, name=row.get("name") or code)
        before = _plain(agency)
        for field, value in _agency_values(row).items():
            if value is not None:
                setattr(agency, field, value)
        if agency.pk is None:
            fresh.append(agency)
        elif _plain(agency) != before:
            changed.append(agency)
    Agency.objects.bulk_create(fresh)
    Agency.objects.bulk_update(changed, list(_AGENCY_FIELDS), batch_size=500)
    linked = _link(rows)
    names = {a.code for a in changed} | (linked - {a.code for a in fresh})
    return len(fresh), len(names)


_AGENCY_FIELDS = ("name", "short", "kind", "region_code", "government", "budget", "active")


def _agency_values(row: Mapping[str, Any]) -> dict[str, Any]:
    cut = {"name": 250, "short": 60}
    values = {f: row.get("region" if f == "region_code" else f) for f in _AGENCY_FIELDS}
    return {f: v[: cut[f]] if f in cut and v else v for f, v in values.items()}


def _plain(agency: Agency) -> tuple[Any, ...]:
    return tuple(getattr(agency, f) for f in _AGENCY_FIELDS)


def _link(rows: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Set parents and successors named by the rows; returns the codes that changed."""
    agencies = {a.code: a for a in Agency.objects.all()}
    changed = []
    for code, row in rows.items():
        agency = agencies[code]
        for field in ("parent", "successor"):
            other = agencies.get(row.get(field) or "")
            if other and other.pk != agency.pk and getattr(agency, f"{field}_id") != other.pk:
                setattr(agency, field, other)
                changed.append(agency)
    Agency.objects.bulk_update(changed, ["parent", "successor"], batch_size=500)
    return {a.code for a in changed}


def take_regions(frame: pl.DataFrame) -> Counts:
    """Upsert schema.REGIONS, with bounding boxes and simplified outlines of boundaries."""
    rows = {}
    for row in schema.conform(frame, schema.REGIONS).to_dicts():
        row["parent_code"] = row.pop("parent") or (row["code"] or "").rpartition(".")[0]
        rows[(row["code"],)] = row | _shape(row["geometry"])
    return _merge(Region, ("code",), rows)


def _shape(wkt: str | None) -> dict[str, Any]:
    if not wkt:
        return {}
    shape = shapely.from_wkt(wkt)
    west, south, east, north = shape.bounds
    middle = shape.representative_point()
    return {
        "geometry": shapely.to_geojson(shape),
        "outline": shapely.to_geojson(
            shapely.set_precision(shapely.simplify(shape, _OUTLINE), 0.00001)
        ),
        "min_lon": west, "min_lat": south, "max_lon": east, "max_lat": north,
        "lon": middle.x, "lat": middle.y,
    }  # fmt: skip


def take_nomenclature(frame: pl.DataFrame) -> Counts:
    """Upsert schema.NOMENCLATURE by kind of government and code."""
    rows = {}
    for row in schema.conform(frame, schema.NOMENCLATURE).to_dicts():
        row["government_kind"] = row["government_kind"] or "KABKOT"
        row["tags"] = [t for t in row["tags"] or [] if t]
        row["spm"] = bool(row["spm"])
        row["search"] = words.stemmed(
            (row["title"], row["output"], row["indicator"], row["definition"])
        )
        rows[row["government_kind"], row["code"]] = row
    return _merge(Nomenclature, ("government_kind", "code"), rows)


def take_targets(frame: pl.DataFrame) -> Counts:
    """Upsert schema.TARGETS by id; the agency by its code."""
    agencies = dict(Agency.objects.values_list("code", "pk"))
    rows = {}
    for row in schema.conform(frame, schema.TARGETS).to_dicts():
        row["agency_id"] = agencies.get(row.pop("agency") or "")
        row["key"] = row.pop("id")
        row["title"] = row["title"] or row["indicator"] or row["key"]
        rows[(row["key"],)] = row
    return _merge(Target, ("key",), rows)


def _merge(
    model: type[models.Model],
    unique: tuple[str, ...],
    incoming: Mapping[tuple[Any, ...], Mapping[str, Any]],
) -> Counts:
    """Write the rows that are new or say something else. Keys of `incoming` are `unique`."""
    if not incoming:
        return 0, 0
    columns = [f.column for f in model._meta.concrete_fields if f.column != "id"]
    at = [columns.index(c) for c in unique]
    standing = {
        tuple(row[i] for i in at): row
        for row in model._default_manager.values_list(*columns).iterator(5000)
    }
    empty = [_default(model, c) for c in columns]
    rows, fresh = [], 0
    for key, said in incoming.items():
        before = standing.get(key)
        base = before if before is not None else empty
        after = tuple(
            _fit(model, c, said[c]) if said.get(c) is not None else old
            for c, old in zip(columns, base, strict=True)
        )
        if after != before:
            rows.append(after)
            fresh += before is None
    bulk.upsert(model, columns, rows, unique)
    return fresh, len(rows) - fresh


def _default(model: type[models.Model], column: str) -> Any:
    field = next(f for f in model._meta.concrete_fields if f.column == column)
    return None if field.null else field.get_default()


def _fit(model: type[models.Model], column: str, value: Any) -> Any:
    """A text cut to its column's length."""
    field = next(f for f in model._meta.concrete_fields if f.column == column)
    if isinstance(value, str) and field.max_length:
        return value[: field.max_length]
    return json.loads(json.dumps(value)) if isinstance(field, models.JSONField) else value
