"""What reading a batch gave, file by file, before any of it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import polars as pl

from rakorsus.engine.records import Problem, Text
from rakorsus.engine.records import SetAsideRow as Aside
from rakorsus.stages.intake.models import SourceFile

Place = tuple[str, int]  # sheet and row, as a spreadsheet counts

_NAMED = 5  # rows that a group of repairs names
_VALUES = re.compile(r"“[^”]*”|\"[^\"]*\"|'[^']*'|«[^»]*»|\d[\d.,:/-]*")


class Picture(Protocol):
    """What files say together: frames in engine.schema."""

    programs: pl.DataFrame
    agencies: pl.DataFrame
    regions: pl.DataFrame
    targets: pl.DataFrame
    nomenclature: pl.DataFrame


@dataclass
class SheetResult:
    """One sheet: `read` = `accepted` + rows set aside; `structure` rows are no data."""

    name: str
    kind: str
    kind_name: Text
    read: int
    accepted: int
    structure: int
    repaired: int  # rows
    repairs: list[dict[str, Any]]  # reason, count, first rows
    dropped: list[str]
    headers: list[str]
    aside: list[Aside] = field(default_factory=list)
    foreign: list[Aside] = field(default_factory=list)  # read well, not the uploader's to load
    elsewhere: int = 0  # rows set aside that an earlier import of the same file keeps

    @property
    def set_aside(self) -> int:
        return len(self.aside) + len(self.foreign) + self.elsewhere

    def as_report(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "kind": self.kind,
            "kind_name": self.kind_name.as_dict(),
            "read": self.read,
            "accepted": self.accepted,
            "set_aside": self.set_aside,
            "structure": self.structure,
            "repaired": self.repaired,
            "repairs": self.repairs,
            "dropped": self.dropped,
            "headers": self.headers,
        }


@dataclass
class FileResult:
    """One file of the batch. `problem` says why it was refused, or what to know about it.

    `came` are the places, in the file that it corrects, of all rows of a corrected table;
    `agencies` the codes of the agencies whose lines it gave.
    """

    source: SourceFile
    state: str
    kind: str
    kind_name: Text
    document: str = ""
    problem: Text | None = None
    sheets: list[SheetResult] = field(default_factory=list)
    came: set[Place] = field(default_factory=set)
    agencies: list[str] = field(default_factory=list)

    def total(self, name: str) -> int:
        return sum(getattr(sheet, name) for sheet in self.sheets)


@dataclass(frozen=True)
class Other:
    """A row that was read well and that the uploader may not load; `file` is the engine's path."""

    file: str
    sheet: str
    row: int
    reason: Text
    content: dict[str, str]


@dataclass
class Reading:
    """A batch as it was read and joined.

    `scope`: agency codes that the uploader may load, None for all. `nothing_new`: the same files
    were loaded before and nothing has changed since; `picture` is then None. `signatures` are the
    saved mappings that were used, `paths` the results by the engine's path.
    """

    picture: Picture | None
    files: list[FileResult]
    scope: frozenset[str] | None
    nothing_new: bool = False
    signatures: set[str] = field(default_factory=set)
    paths: dict[str, FileResult] = field(default_factory=dict)

    def take_out(self, others: Iterable[Other]) -> None:
        """Set aside rows that were accepted and that the uploader may not load."""
        for other in others:
            sheets = self.paths[other.file].sheets
            named = [s for s in sheets if s.name == other.sheet] or sheets[:1]
            if named and named[0].accepted:
                named[0].accepted -= 1
                problem = Problem(named[0].name, other.row, None, other.reason)
                named[0].foreign.append(Aside(problem, other.content))

    def places(self) -> tuple[set[Place], set[Place]]:
        """Of corrected tables: the places of all rows that came, and of those accepted."""
        came: set[Place] = set().union(*(f.came for f in self.files)) if self.files else set()
        bad = {
            (s.name, r.problem.row)
            for f in self.files
            for s in f.sheets
            for r in (*s.aside, *s.foreign)
        }
        return came, came - bad


def family(reason: Text, column: str | None) -> str:
    """A reason without the values in it, so that rows with one cause fall together."""
    plain = _VALUES.sub("…", reason.id)
    return f"{column or ''}|{plain}"[:250]


def content(row: Aside) -> dict[str, str]:
    """The cells of a set-aside row that hold something."""
    cells: Mapping[str, str] = row.content
    return {str(name): str(value) for name, value in cells.items() if value not in (None, "")}


def grouped(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Mended rows by what was mended: the sentence of the first one, how many, the first rows."""
    groups: dict[str, dict[str, Any]] = {}
    for problem in problems:
        group = groups.setdefault(
            family(problem.reason, problem.column),
            {"reason": problem.reason.as_dict(), "count": 0, "rows": []},
        )
        group["count"] += 1
        if len(group["rows"]) < _NAMED:
            group["rows"].append(problem.row)
    return list(groups.values())
