"""What a kind of file is made of: fields with their spellings, and the marks that tell it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from rakorsus.engine.records import Text


class Type(StrEnum):
    """How a field's cells are read."""

    TEXT = "text"
    KEY = "key"  # a whole number that names something
    CODE = "code"  # nomenclature code
    OFFICE = "office"  # agency code, kept as written but for blanks
    MONEY = "money"  # whole rupiah
    NUMBER = "number"
    AMOUNT = "amount"  # "12 Bulan": a number with its unit, or words
    START = "start"  # a day, the first one of a period
    END = "end"  # a day, the last one of a period
    YEAR = "year"
    FLAG = "flag"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Field:
    """`names` are normal column names (`headers.normal`) or, behind `~`, patterns of them."""

    name: str
    type: Type
    names: tuple[str, ...]
    required: bool = False

    def matches(self, normal: str) -> bool:
        return any(_matches(spelling, normal) for spelling in self.names)


@lru_cache(maxsize=1 << 14)
def _matches(spelling: str, normal: str) -> bool:
    if spelling.startswith("~"):
        return re.fullmatch(spelling[1:], normal) is not None
    return spelling == normal


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file. A table is of this kind when every mark names a field that it has and none
    of `never` (normal column names) is there. `totals`: rows that only sum up are structure.
    `ranks` orders kinds that fit the same table: the higher wins."""

    name: str
    title: Text
    fields: tuple[Field, ...]
    marks: tuple[str, ...]
    never: frozenset[str] = frozenset()
    rank: int = 0
    content: dict[str, str] = field(default_factory=dict)  # field -> pattern most cells match

    def assign(self, normals: dict[str, str]) -> dict[str, str]:
        """field name -> column of a table, whose columns have these normal names; each column
        serves one field, earlier spellings of a field win."""
        free: dict[str, str] = {}
        for column, normal in normals.items():
            free.setdefault(normal, column)
        result: dict[str, str] = {}
        for one in self.fields:
            for spelling in one.names:
                hit = next((n for n in free if _matches(spelling, n)), None)
                if hit is not None:
                    result[one.name] = free.pop(hit)
                    break
        return result

    def fits(self, normals: dict[str, str]) -> int:
        """How many of the kind's fields the table has; 0 when it is not of this kind."""
        if self.never & set(normals.values()):
            return 0
        assigned = self.assign(normals)
        return len(assigned) if all(mark in assigned for mark in self.marks) else 0


def f(name: str, type_: Type, *names: str, required: bool = False) -> Field:
    """A field; without spellings its own name is the only one."""
    return Field(name, type_, names or (name,), required)
