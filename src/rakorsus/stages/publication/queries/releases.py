"""Releases and the rows of their tables."""

from __future__ import annotations

import io
import json
from typing import Any

import polars as pl
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db.models import QuerySet

from rakorsus.stages.publication.models import Release, ReleaseTable

_DAY = 24 * 60 * 60


def releases() -> QuerySet[Release]:
    return Release.objects.prefetch_related("tables")


def newest() -> Release | None:
    return releases().first()


def content(table: ReleaseTable, kind: str) -> bytes:
    """The frozen bytes of one file."""
    with default_storage.open(table.files[kind]["path"]) as file:
        return bytes(file.read())


def rows(release: Release | None, name: str) -> list[dict[str, Any]]:
    """A frozen table as dictionaries, kept in the cache; empty where the release has none."""
    if release is None:
        return []
    table = next((t for t in release.tables.all() if t.name == name), None)
    if table is None or "parquet" not in table.files:
        return []
    key = f"release-{table.files['parquet']['sha256']}"
    found = cache.get(key)
    if found is None:
        found = pl.read_parquet(io.BytesIO(content(table, "parquet"))).to_dicts()
        cache.set(key, found, _DAY)
    return list(found)


def decisions(release: Release | None) -> list[dict[str, Any]]:
    """The release's decisions, newest first: of one day the one with the higher number."""
    return sorted(rows(release, "keputusan"), key=lambda d: _order(d["nomor"]), reverse=True)


def _order(number: str) -> tuple[int, int]:
    count, _, year = number.partition("/")
    return int(year), int(count)


def map_areas(release: Release | None) -> list[dict[str, Any]]:
    """Name, number and money of each area on the release's map, the dearest first."""
    table = next((t for t in release.tables.all() if t.name == "peta"), None) if release else None
    if table is None:
        return []
    key = f"areas-{table.files['geojson']['sha256']}"
    found = cache.get(key)
    if found is None:
        features = json.loads(content(table, "geojson"))["features"]
        areas = [f["properties"] for f in features if f["properties"]["kind"] == "area"]
        found = sorted(areas, key=lambda a: (-a["money"], a["code"]))
        cache.set(key, found, _DAY)
    return list(found)
