"""What a table of the open data is: its columns in words, and where its rows come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
Row = Sequence[Any]

TYPES: Final[dict[str, pl.DataType]] = {
    "text": pl.String(), "integer": pl.Int64(), "money": pl.Int64(), "number": pl.Float64(),
    "date": pl.Date(), "moment": pl.Datetime("us", "UTC"), "boolean": pl.Boolean(),
}  # fmt: skip
#: What the data standard calls "ukuran".
MEASURES: Final[dict[str, Words]] = {
    "text": _("Teks"), "integer": _("Bilangan bulat"), "money": _("Nilai uang"),
    "number": _("Bilangan pecahan"), "date": _("Tanggal (YYYY-MM-DD)"),
    "moment": _("Waktu (ISO 8601, UTC)"), "boolean": _("Ya atau tidak"),
}  # fmt: skip
#: XML Schema types, for the catalogue.
XSD: Final[dict[str, str]] = {
    "text": "string", "integer": "integer", "money": "integer", "number": "double",
    "date": "date", "moment": "dateTime", "boolean": "boolean",
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One variable, with what the data standard asks for: concept, definition, classification,
    measure (by `kind`), unit."""

    name: str
    kind: str
    concept: Words
    definition: Words
    classification: Words = ""  # the reference code, or the values that may stand here
    unit: Words = ""


@dataclass(frozen=True)
class Table:
    """`rows(context)` yields a value for each column, in their order; `key` names the columns that
    identify a row, `title` the one that says in words what the row is."""

    name: str
    label: Words
    description: Words
    key: tuple[str, ...]
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[Context], Iterable[Row]]
    point: tuple[str, str] | None = None  # columns of longitude and latitude
    keywords: tuple[str, ...] = ()

    @property
    def schema(self) -> dict[str, pl.DataType]:
        return {column.name: TYPES[column.kind] for column in self.columns}


@dataclass
class Context:
    """What all tables of one release have in common; `withheld` counts rows by table."""

    withheld: dict[str, int] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)  # what several tables are read from

    def withhold(self, table: str, count: int) -> None:
        if count:
            self.withheld[table] = self.withheld.get(table, 0) + count


_TABLES: dict[str, Table] = {}


def add(table: Table) -> Table:
    """Offer one more table in every release from now on."""
    if table.name in _TABLES and _TABLES[table.name] is not table:
        raise ValueError(f"two tables are named {table.name}")
    _TABLES[table.name] = table
    return table


def tables() -> dict[str, Table]:
    """All tables by name, in the order in which they were added; what figures are computed from
    after what the city does."""
    return dict(sorted(_TABLES.items(), key=lambda named: "rapor" in named[1].keywords))
