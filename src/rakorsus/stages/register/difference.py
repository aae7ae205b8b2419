"""What changed in a line, field by field."""

from __future__ import annotations

from typing import Any

import polars as pl

from rakorsus.stages.register.derive import CONTENT

Diff = dict[str, list[Any]]


def between(before: pl.DataFrame, after: pl.DataFrame) -> dict[str, Diff]:
    """For each key in both frames (schema.PROGRAMS) the fields that differ: name -> [old, new].

    Dates become ISO text. A key without any difference is left out; the order is that of `after`.
    """
    old = {row[0]: row[1:] for row in before.select("key", *CONTENT).iter_rows()}
    found: dict[str, Diff] = {}
    for key, *new in after.select("key", *CONTENT).iter_rows():
        if key not in old:
            continue
        diff = {
            name: [_plain(was), _plain(now)]
            for name, was, now in zip(CONTENT, old[key], new, strict=True)
            if was != now and (was or now)
        }
        if diff:
            found[key] = diff
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
