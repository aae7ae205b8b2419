"""A table as it was found: text cells under named columns, before anything is understood."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import polars as pl

from rakorsus.engine.records import Text

#: Column of a table's frame that holds the row number.
ROW: Final = "_row"


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that could not be cut into the table's columns. `cells` stand under their own column,
    or up to `lacking` columns left of it."""

    row: int
    cells: dict[str, str]
    reason: Text
    lacking: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet, or one file of records. `frame`: text columns and ROW (Int32).

    `above` are the texts over the header (titles, metadata); `structure` counts the rows that are
    no data: titles, blank rows, headers, column numbers, totals. `repaired` are rows whose quoting
    was mended, `dropped` the names of personal columns that were left at the door.
    """

    sheet: str
    frame: pl.DataFrame
    above: tuple[str, ...] = ()
    structure: int = 0
    broken: tuple[Broken, ...] = ()
    repaired: tuple[int, ...] = ()
    dropped: tuple[str, ...] = ()
    hint: str = ""  # kind that the format itself tells: "boundaries" for GeoJSON
    merged: dict[str, str] = field(default_factory=dict)

    @property
    def header(self) -> list[str]:
        return [name for name in self.frame.columns if name != ROW]

    @property
    def read(self) -> int:
        """Rows of data: the frame's and the broken ones."""
        return self.frame.height + len(self.broken)

    def having(self, **changes: Any) -> Table:
        return replace(self, **changes)


def cell_text(value: object) -> str | None:
    """One cell as text: whole floats without a fraction, days as ISO, nested JSON as JSON.

    A fraction never has exactly three digits here: `1234.567` becomes `1234.5670`, so that it
    cannot be taken for a thousands separator later.
    """
    if value is None or isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return None
        if value == int(value):
            return str(int(value))
        text = repr(value)
        whole, _, fraction = text.partition(".")
        return f"{whole}.{fraction}0" if len(fraction) == 3 and fraction.isdigit() else text
    if isinstance(value, dt.datetime):
        return value.isoformat(" ") if value.time() != dt.time() else value.date().isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def unique_names(names: Iterable[str]) -> list[str]:
    """Column names made distinct: the second "Nama" becomes "Nama (2)", a blank one "Kolom 3"."""
    seen: dict[str, int] = {ROW: 1}
    result = []
    for number, raw in enumerate(names, 1):
        name = " ".join(raw.split()) or f"Kolom {number}"
        base, count = name, seen.get(name, 0)
        while name in seen:
            count += 1
            name = f"{base} ({count})"
        seen[base] = count or 1
        seen[name] = 1
        result.append(name)
    return result


def text_frame(
    names: Sequence[str], columns: Sequence[Sequence[str | None]], rows: Sequence[int]
) -> pl.DataFrame:
    """A frame of text columns with the row numbers in ROW."""
    data: list[pl.Series] = [
        pl.Series(name, column, dtype=pl.String)
        for name, column in zip(names, columns, strict=True)
    ]
    return pl.DataFrame([*data, pl.Series(ROW, rows, dtype=pl.Int32)])
