"""Rows of every table as lines of JSON, the same from SQLite and PostgreSQL."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps
from django.db import models

_PLAIN = (bool, int, str, float, type(None))
_BATCH = 500

#: Not carried: sessions end with a move, and permissions are made anew by the migrations.
LEFT_OUT = frozenset({"sessions.session"})


def tables(registry: Apps = installed) -> list[type[models.Model]]:
    """Every model with a table, those that others refer to first; deterministic."""
    found = {
        m._meta.label_lower: m
        for m in registry.get_models(include_auto_created=True)
        if m._meta.managed and not m._meta.proxy and m._meta.label_lower not in LEFT_OUT
    }
    ordered: dict[str, type[models.Model]] = {}

    def visit(label: str, path: frozenset[str]) -> None:
        if label in ordered or label in path or label not in found:
            return
        for field in found[label]._meta.local_concrete_fields:
            if field.remote_field:
                visit(field.remote_field.model._meta.label_lower, path | {label})
        ordered[label] = found[label]

    for label in sorted(found):
        visit(label, frozenset())
    return list(ordered.values())


def fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [f for f in model._meta.local_concrete_fields if not getattr(f, "generated", False)]


def lines(model: type[models.Model], alias: str, *, sort: bool = False) -> Iterator[bytes]:
    """One line of JSON a row: a list of values in the order of `fields`, by primary key.

    Args:
        sort: keys of JSON content in alphabetical order, to compare what PostgreSQL, which keeps
            no order of keys, holds with what SQLite holds.
    """
    columns = fields(model)
    rows = model._base_manager.using(alias).order_by("pk")
    for row in rows.iterator(chunk_size=2000):
        values = [_written(field, row) for field in columns]
        line = json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=sort)
        yield line.encode() + b"\n"


def _written(field: models.Field[Any, Any], row: models.Model) -> Any:
    value = getattr(row, field.attname)
    if isinstance(value, _PLAIN) or isinstance(field, models.JSONField):
        return value
    return field.value_to_string(row)


def load(
    model: type[models.Model], names: list[str], written: Iterable[bytes], alias: str = "default"
) -> int:
    """Insert lines as they are (no defaults, no time stamps of today); returns how many."""
    columns = [model._meta.get_field(name) for name in names]
    count = 0
    batch: list[models.Model] = []

    def flush() -> None:
        if batch:
            model._base_manager._insert(batch, fields=columns, using=alias, raw=True)  # type: ignore[attr-defined]
            batch.clear()

    # SQLite takes at most 32,766 values in one statement
    size = max(1, min(_BATCH, 30_000 // max(1, len(columns))))
    for line in written:
        row = model()
        for field, value in zip(columns, json.loads(line), strict=True):
            read = field.target_field if field.remote_field else field
            setattr(row, field.attname, value if value is None else read.to_python(value))
        batch.append(row)
        count += 1
        if len(batch) >= size:
            flush()
    flush()
    return count


def fingerprint(alias: str = "default") -> dict[str, str]:
    """Table -> digest over its rows: two databases with the same content give the same."""
    found = {}
    for model in tables():
        total = hashlib.sha256()
        for line in lines(model, alias, sort=True):
            total.update(line)
        found[model._meta.label_lower] = total.hexdigest()
    return found
