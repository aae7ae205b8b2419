"""Whose lines an actor may load: everything, or the lines of the own agencies and their units.

For a planner the filter stands between reading and publishing: rows that name another agency, and
rows of reference tables, are set aside with that reason; lines whose agency only shows when the
files are joined follow after the join.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import polars as pl

from rakorsus.engine import schema
from rakorsus.engine.intake import Reading
from rakorsus.engine.intake.kinds_reference import REFERENCE
from rakorsus.engine.records import Text
from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency
from rakorsus.people.rules import can
from rakorsus.stages.intake import labels
from rakorsus.stages.intake.results import Other, Picture

#: Columns of a row that name its agency by code, the most exact first.
_AGENCY = ("unit", "office")
#: Tables that no line of one agency: only coordinators load them.
_TABLES = frozenset(kind.name for kind in REFERENCE)
_PLACE = ("file", "sheet", "row")
#: Columns of a joined line by which its row is recognised.
_TOLD = ("id", "code", "title", "budget")

_OF_TABLE = Text(
    "Tabel acuan hanya dapat dimuat oleh koordinator Bappeda.",
    "Only the Bappeda coordinator loads reference tables.",
)
_FOREIGN = Text(
    "Baris milik perangkat daerah lain; hanya koordinator yang dapat memuatnya.",
    "The row belongs to another agency; only the coordinator can load it.",
)
_TAKEN = Text(
    "Nomor baris ini dipakai perangkat daerah lain di register; beri nomor lain.",
    "Another agency's line has this number in the register; give it another one.",
)


@dataclass(frozen=True)
class Rows:
    """The rows that may be loaded, and the others."""

    kept: Reading
    others: list[Other] = field(default_factory=list)


@dataclass(frozen=True)
class Lines:
    """The frames of a picture that an actor may publish."""

    programs: pl.DataFrame
    agencies: pl.DataFrame
    regions: pl.DataFrame
    targets: pl.DataFrame
    nomenclature: pl.DataFrame


def own_codes(actor: Actor) -> frozenset[str] | None:
    """Codes of the agencies that the actor plans for, units below them included.

    None: the actor may load everything. One query, for planners only.
    """
    if can(actor, "intake.load_all"):
        return None
    below: dict[int | None, list[tuple[int, str]]] = {}
    own: list[tuple[int, str]] = []
    for pk, code, parent in Agency.objects.values_list("pk", "code", "parent_id"):
        below.setdefault(parent, []).append((pk, code))
        if pk in actor.agency_ids:
            own.append((pk, code))
    codes: set[str] = set()
    while own:
        pk, code = own.pop()
        if code not in codes:
            codes.add(code)
            own += below.get(pk, [])
    return frozenset(codes)


def rows_of(reading: Reading, own: frozenset[str] | None) -> Rows:
    """Take out reference tables and rows that name an agency which is not among `own`."""
    if own is None:
        return Rows(reading)
    others: list[Other] = []
    kept: dict[str, list[pl.DataFrame]] = {}
    for kind, frames in reading.tables.items():
        for frame in frames:
            mine = _mine(kind, frame, own)
            others += _others(frame.filter(~mine), kind in _TABLES)
            if mine.any():
                kept.setdefault(kind, []).append(frame.filter(mine))
    return Rows(replace(reading, tables=kept), others)


def picture_of(picture: Picture, own: frozenset[str] | None) -> tuple[Picture, list[Other]]:
    """The lines of `own` without reference tables, and the rows of the other lines."""
    if own is None:
        return picture, []
    mine = pl.col("agency").is_in(list(own))
    lines, foreign = picture.programs.filter(mine), picture.programs.filter(~mine)
    rows = foreign.join(lines, on=list(_PLACE), how="anti", nulls_equal=True)
    others = _others(rows.unique(list(_PLACE), keep="first", maintain_order=True), False)
    empty = schema.empty
    return (
        Lines(
            lines, empty(schema.AGENCIES), empty(schema.REGIONS), empty(schema.TARGETS),
            empty(schema.NOMENCLATURE),
        ),
        others,
    )  # fmt: skip


def without(picture: Picture, keys: Collection[str]) -> tuple[Picture, list[Other]]:
    """The picture without the lines of these keys, which other agencies hold in the register."""
    taken = pl.col("key").is_in(list(keys))
    lines, foreign = picture.programs.filter(~taken), picture.programs.filter(taken)
    others = [replace(other, reason=_TAKEN) for other in _others(foreign, False)]
    kept = Lines(lines, picture.agencies, picture.regions, picture.targets, picture.nomenclature)
    return kept, others


def _mine(kind: str, frame: pl.DataFrame, own: frozenset[str]) -> pl.Series:
    """True for rows that name one of `own`, or no agency at all (they belong to other rows)."""
    if kind in _TABLES:
        return pl.Series([False] * frame.height, dtype=pl.Boolean)
    named = [pl.col(c).is_in(list(own)) for c in _AGENCY if c in frame.columns]
    if not named:
        return pl.Series([True] * frame.height, dtype=pl.Boolean)
    blank = pl.all_horizontal(pl.col(c).is_null() for c in _AGENCY if c in frame.columns)
    any_own = pl.any_horizontal(n.fill_null(False) for n in named)
    return frame.select(any_own | blank).to_series()


def _others(frame: pl.DataFrame, table: bool) -> list[Other]:
    return [
        Other(
            file=str(row["file"]),
            sheet=str(row["sheet"] or ""),
            row=int(row["row"] or 0),
            reason=_OF_TABLE if table else _FOREIGN,
            content=_content(row),
        )
        for row in frame.iter_rows(named=True)
        if row["file"]
    ]


def _content(row: Mapping[str, Any]) -> dict[str, str]:
    """The row's own words under the names that people know; whose it is comes first."""
    told = [c for c in _TOLD if row.get(c)] or [c for c in row if row[c] and c not in _PLACE]
    cells = {labels.name_of(name)["id"]: str(row[name]) for name in told}
    names = (*_AGENCY, "agency", "office_name", "unit_name", "agency_name")
    whose = " ".join(dict.fromkeys(str(row[c]) for c in names if row.get(c)))
    return {labels.name_of("agency")["id"]: whose} | cells if whose else cells
