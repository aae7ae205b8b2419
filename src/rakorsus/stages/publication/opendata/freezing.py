"""A table as a frame, its files in every format, and how it differs from the one before.

Pure functions of frames: what a release freezes is what these give.
"""

from __future__ import annotations

import io
import json
import math
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

import polars as pl

from rakorsus.engine.intake.personal import masked
from rakorsus.stages.publication.opendata.kinds import Context, Table

FORMATS: Final = ("csv", "json", "parquet", "geojson")
#: Rows of the change list that are kept with their fields.
SHOWN: Final = 500
_FORMULA: Final = r"^ *[=+\-@\t\r\n]"


def frame_of(table: Table, context: Context) -> tuple[pl.DataFrame, int]:
    """The rows of a table sorted by key, and how many values held personal data and were masked.

    Raises:
        ValueError: two rows have one key, or a key is empty.
    """
    rows = [tuple(row) for row in table.rows(context)]
    frame = pl.DataFrame(rows, schema=table.schema, orient="row")
    texts = [name for name, kind in table.schema.items() if kind == pl.String]
    frame = frame.with_columns(pl.when(pl.col(c) != "").then(pl.col(c)).alias(c) for c in texts)
    hidden = frame.with_columns(masked(pl.col(c)).alias(c) for c in texts if c not in table.key)
    count = sum(int((frame[c].fill_null("") != hidden[c].fill_null("")).sum()) for c in texts)
    keys = hidden.select(table.key)
    if sum(column.null_count() for column in keys.iter_columns()):
        raise ValueError(f"{table.name}: a row has no key")
    if keys.n_unique() != hidden.height:
        raise ValueError(f"{table.name}: two rows have one key")
    return hidden.sort(table.key), count


def encoded(table: Table, frame: pl.DataFrame) -> dict[str, bytes]:
    """The table in each format that it can have."""
    files = {"csv": as_csv(frame), "json": as_json(frame), "parquet": as_parquet(frame)}
    if table.point:
        files["geojson"] = as_geojson(frame, *table.point)
    return files


def as_parquet(frame: pl.DataFrame) -> bytes:
    target = io.BytesIO()
    frame.write_parquet(target, compression="zstd")
    return target.getvalue()


def as_csv(frame: pl.DataFrame) -> bytes:
    """Comma-separated UTF-8 with a byte order mark; texts that a spreadsheet would run as a
    formula stand after an apostrophe."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    safe = frame.with_columns(
        pl.when(pl.col(c).str.contains(_FORMULA)).then(pl.lit("'") + pl.col(c))
        .otherwise(pl.col(c)).alias(c)
        for c in texts
    )  # fmt: skip
    text = safe.write_csv(include_bom=True, datetime_format="%Y-%m-%dT%H:%M:%SZ")
    return text.encode()


def as_json(frame: pl.DataFrame) -> bytes:
    """An array of objects; numbers stay numbers, days and moments are ISO 8601."""
    lines = [json.dumps(_plain(row), ensure_ascii=False) for row in frame.iter_rows(named=True)]
    return ("[" + ",\n".join(lines) + "]\n").encode()


def as_geojson(frame: pl.DataFrame, lon: str, lat: str) -> bytes:
    """Features of the rows that have a point."""
    features = []
    for row in frame.filter(pl.col(lon).is_not_null() & pl.col(lat).is_not_null()).iter_rows(
        named=True
    ):
        properties = _plain({k: v for k, v in row.items() if k not in (lon, lat)})
        geometry = {"type": "Point", "coordinates": [row[lon], row[lat]]}
        features.append(
            json.dumps(
                {"type": "Feature", "geometry": geometry, "properties": properties},
                ensure_ascii=False,
            )
        )
    return ('{"type":"FeatureCollection","features":[' + ",\n".join(features) + "]}\n").encode()


@dataclass
class Difference:
    """What is new, gone and changed; `rows` are [{key, kind, title, fields}], at most SHOWN."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def any(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def difference(table: Table, before: pl.DataFrame | None, after: pl.DataFrame) -> Difference:
    """How a table changed. Columns that only one side has are not compared."""
    if before is None:
        before = after.clear()
    key = list(table.key)
    shared = [
        c for c in after.columns if c in before.columns and after.schema[c] == before.schema[c]
    ]
    if any(c not in shared for c in key):
        raise ValueError(f"{table.name}: the key has changed")
    title = table.title if table.title in shared else key[0]
    added = after.join(before, on=key, how="anti")
    removed = before.join(after, on=key, how="anti")
    old = before.select(shared).join(after.select(key), on=key, how="semi").sort(key)
    new = after.select(shared).join(before.select(key), on=key, how="semi").sort(key)
    values = [c for c in shared if c not in key]
    mark = pl.any_horizontal(
        [old[c].ne_missing(new[c]).alias(c) for c in values]
        or [pl.Series("none", [False] * new.height)]
    )
    unequal = new.select(mark).to_series() if new.height else pl.Series([], dtype=pl.Boolean)
    olds, news = old.filter(unequal), new.filter(unequal)
    found = Difference(added.height, news.height, removed.height)
    for kind, rows in (("removed", removed), ("added", added)):
        found.rows += [
            {"key": _key(row, key), "kind": kind, "title": str(row[title] or ""), "fields": {}}
            for row in rows.sort(key).head(SHOWN).iter_rows(named=True)
        ]
    for was, now in zip(
        olds.head(SHOWN).iter_rows(named=True), news.head(SHOWN).iter_rows(named=True), strict=True
    ):
        plain_was, plain_now = _plain(was), _plain(now)
        fields = {c: [plain_was[c], plain_now[c]] for c in values if was[c] != now[c]}
        found.rows.append(
            {"key": _key(now, key), "kind": "changed", "title": str(now[title] or ""),
             "fields": fields}
        )  # fmt: skip
    found.rows = found.rows[:SHOWN]
    return found


def _key(row: dict[str, Any], key: list[str]) -> str:
    return " · ".join(str(row[name]) for name in key)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Values as JSON has them."""
    return {name: _value(value) for name, value in row.items()}


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
