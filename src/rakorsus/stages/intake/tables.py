"""Tables without a reader, seen through the engine's mapping: fields, proposals, preview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """Something a column can mean."""

    name: str
    label: dict[str, str]
    help: dict[str, str]
    required: bool


@dataclass(frozen=True)
class Proposal:
    """The engine's guess: this column means this field, as sure as 0..1."""

    name: str
    column: str
    sure: float


@dataclass(frozen=True)
class Table:
    """An unknown table: its header and first rows, personal columns emptied."""

    sheet: str
    signature: str
    headers: Sequence[str]
    rows: Sequence[Mapping[str, str]]
    personal: frozenset[str]
    proposals: Sequence[Proposal]

    def samples(self, header: str) -> list[str]:
        """Up to three different values of a column."""
        values = dict.fromkeys(v for row in self.rows if (v := row.get(header, "").strip()))
        return list(values)[:3]


#: Fields that may be given once for all rows.
CONSTANTS = ("year", "agency", "document")
