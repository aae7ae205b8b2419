"""What reading gave: a report for each file and sheet, and the accepted rows by kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from rakorsus.engine.records import Problem, SetAsideRow, Text


@dataclass(frozen=True, slots=True)
class SheetReport:
    """One sheet: read = accepted + set_aside. `structure` counts rows that are no data.

    `signature` and `header` name a table that needs a mapping (`kind` is "unknown").
    """

    sheet: str
    kind: str
    read: int
    accepted: int
    set_aside: int
    structure: int
    header: tuple[str, ...] = ()
    signature: str = ""


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file. `reason` says why a file is `unreadable`, or what an `unknown` one needs.

    `repaired` are cells and rows that were mended, `dropped` names of personal columns.
    """

    path: str
    sha256: str
    kind: str
    sheets: tuple[SheetReport, ...] = ()
    set_aside: tuple[SetAsideRow, ...] = ()
    repaired: tuple[Problem, ...] = ()
    dropped: tuple[str, ...] = ()
    reason: Text | None = None
    same_as: str | None = None  # path of an earlier file with the same content; read only once

    @property
    def read(self) -> int:
        return sum(s.read for s in self.sheets)

    @property
    def accepted(self) -> int:
        return sum(s.accepted for s in self.sheets)

    @property
    def structure(self) -> int:
        return sum(s.structure for s in self.sheets)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the file as a whole, then with its rows."""
        whole = (Problem("", 0, None, self.reason),) if self.reason else ()
        return (*whole, *(row.problem for row in self.set_aside))


@dataclass(frozen=True, slots=True)
class Reading:
    """`tables`: kind -> frames of accepted rows, with the kind's fields and the columns `file`,
    `sheet`, `row`. `titles` are the words over each table's header, by (file, sheet)."""

    files: tuple[FileReport, ...] = ()
    tables: Mapping[str, list[pl.DataFrame]] = field(default_factory=dict)
    titles: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    @property
    def read(self) -> int:
        return sum(f.read for f in self.files)

    @property
    def accepted(self) -> int:
        return sum(f.accepted for f in self.files)

    @property
    def set_aside(self) -> int:
        return sum(len(f.set_aside) for f in self.files)

    def table(self, kind: str) -> pl.DataFrame | None:
        """All accepted rows of a kind, or None when no file is of it."""
        frames = self.tables.get(kind)
        return pl.concat(frames, how="diagonal_relaxed") if frames else None
