"""Tables without a reader, seen through the engine's mapping: fields, proposals, preview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.files.storage import default_storage
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rakorsus.engine import intake as engine
from rakorsus.engine.intake.cleaning import clean
from rakorsus.engine.intake.kinds import recognise
from rakorsus.engine.intake.mapping import apply
from rakorsus.engine.intake.table import Table as EngineTable
from rakorsus.engine.intake.trouble import Unreadable
from rakorsus.stages.intake import labels, originals
from rakorsus.stages.intake.models import SourceFile

#: Fields that may be given once for all rows.
CONSTANTS = ("year", "agency")
_REQUIRED = ("title", "agency")
_SHOWN = 8  # rows of the preview
_TRIED = 200  # rows that are read to count what would be set aside
_NAMED = 5  # problems that are listed


@dataclass(frozen=True)
class Field:
    """Something a column can mean."""

    name: str
    label: dict[str, str]
    help: dict[str, str]
    required: bool


@dataclass(frozen=True)
class Table:
    """An unknown table; personal columns are gone, only their names are in `personal`."""

    content: EngineTable
    signature: str
    personal: tuple[str, ...]

    @property
    def sheet(self) -> str:
        return self.content.sheet

    @property
    def headers(self) -> list[str]:
        return self.content.header

    def samples(self, header: str) -> list[str]:
        """Up to three different values of a column."""
        cells = self.content.frame[header].drop_nulls().head(_TRIED)
        return list(dict.fromkeys(c.strip() for c in cells if c.strip()))[:3]


@dataclass(frozen=True)
class Preview:
    """The first rows as they would be read, and what would be set aside of those tried."""

    heads: list[dict[str, str]] = field(default_factory=list)
    rows: list[list[Any]] = field(default_factory=list)
    read: int = 0
    problem_count: int = 0
    problems: list[dict[str, Any]] = field(default_factory=list)


def fields() -> list[Field]:
    """Everything a column can mean, what is needed most first."""
    return [
        Field(f.name, labels.name_of(f.name), labels.help_of(f.name), f.name in _REQUIRED)
        for f in engine.MAPPING_FIELDS
    ]


def unknown(file: SourceFile) -> list[Table]:
    """The tables of a stored file that no reader knows; none when its original is gone."""
    if not originals.exists(file.stored):
        return []
    with default_storage.open(file.stored, "rb") as source:
        data = source.read()
    try:
        found = engine.first_tables(file.name, data)
    except Unreadable:
        return []
    return [
        Table(table, engine.signature(table.header), table.dropped)
        for table in found
        if not table.hint and recognise(table.frame) is None and table.frame.height
    ]


def proposed(table: Table) -> tuple[dict[str, str], dict[str, float]]:
    """The engine's guess: field -> column, and how sure it is of each (0..1)."""
    mapping = engine.propose(table.content)
    return dict(mapping.columns), dict(mapping.confidence)


def lacking(columns: Mapping[str, str], constants: Mapping[str, str]) -> list[str]:
    """What the choices lack to make program lines, in the reader's language."""
    language = "en" if get_language() == "en" else "id"
    return [
        _("Pilih kolom untuk “%(field)s”, atau isi untuk semua baris.")
        % {"field": labels.name_of(name)[language]}
        for name in _REQUIRED
        if not (columns.get(name) or constants.get(name))
    ]


def preview(table: Table, columns: Mapping[str, str], constants: Mapping[str, str]) -> Preview:
    """Read the first rows with these choices, as if what is not chosen yet were not needed."""
    known = tuple(
        f if f.name in {**columns, **constants} else replace(f, required=False)
        for f in engine.MAPPING_FIELDS
    )
    head = table.content.having(frame=table.content.frame.head(_TRIED), broken=())
    mapping = engine.Mapping(table.signature, dict(columns), dict(constants))
    mapped, assigned = apply(head, mapping)
    chosen = [f for f in known if f.name in assigned]
    if not chosen:
        return Preview()
    cleaned = clean(mapped, known, assigned)
    problems = cleaned.set_aside
    return Preview(
        heads=[labels.name_of(f.name) for f in chosen],
        rows=_shown(cleaned.frame.head(_SHOWN).to_dicts(), [f.name for f in chosen]),
        read=head.frame.height,
        problem_count=len(problems),
        problems=[
            {"row": p.problem.row, "column": p.problem.column, "reason": p.problem.reason.as_dict()}
            for p in problems[:_NAMED]
        ],
    )


def _shown(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> list[list[Any]]:
    return [
        [row.get(f"{name}_text") if row.get(name) is None else row.get(name) for name in names]
        for row in rows
    ]
