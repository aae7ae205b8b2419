"""Versions of the register and what each changed, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from rakorsus.engine import schema
from rakorsus.stages.register import panels, search
from rakorsus.stages.register.models import (
    Follow,
    PlanVersion,
    Program,
    ProgramChange,
    ProgramPlace,
    ProgramTag,
)
from rakorsus.stages.register.queries.filters import inside_of, with_units


def versions() -> QuerySet[PlanVersion]:
    return PlanVersion.objects.order_by("-number")


def changes(
    version: PlanVersion, kind: str = "", query: str = "", veil: str = panels.ALL
) -> QuerySet[ProgramChange]:
    """The touched lines of a version that the reader may see, of one kind, with some words."""
    rows = version.changes.order_by("id")
    if veil != panels.ALL:
        seen = panels.unveiled(Program.objects.order_by(), veil)
        rows = rows.filter(program__in=seen.values("pk"))
    if kind:
        rows = rows.filter(kind=kind)
    if query.strip():
        lines = search.narrow(Program.objects.order_by(), query)
        rows = rows.filter(program__in=lines.values("pk"))
    return rows


def with_lines(rows: list[ProgramChange]) -> list[ProgramChange]:
    """The changes with their lines and agencies, by one more query."""
    lines = Program.objects.select_related("agency").defer("search").in_bulk(
        [r.program_id for r in rows]
    )  # fmt: skip
    for row in rows:
        row.program = lines[row.program_id]
    return rows


def fields(change: ProgramChange) -> list[dict[str, Any]]:
    """The differences in the order of the schema: name, before, after, kind of value."""
    return [
        {"name": name, "before": change.diff[name][0], "after": change.diff[name][1],
         "type": kind_of(name)}
        for name in schema.PROGRAMS
        if name in change.diff
    ]  # fmt: skip


def kind_of(name: str) -> str:
    """How a column is shown: money | day | list | text."""
    if name in {"budget", "contract_value", "realised"}:
        return "money"
    kind = str(schema.PROGRAMS[name])
    return "day" if kind == "Date" else "list" if kind.startswith("List") else "text"


def lines_of_follow(followed: Follow) -> Q:
    """The condition that a line belongs to what is followed."""
    kinds = Follow.Kind
    if followed.kind == kinds.AGENCY:
        return Q(agency_id__in=with_units(followed.value))
    if followed.kind == kinds.PLACE:
        inside = ProgramPlace.objects.filter(region__in=inside_of(followed.value)).order_by()
        return Q(pk__in=inside.values("program"))
    if followed.kind == kinds.TAG:
        return Q(pk__in=ProgramTag.objects.filter(tag=followed.value).values("program"))
    if followed.kind == kinds.CODE:
        return Q(code=followed.value) | Q(code__startswith=f"{followed.value}.")
    return Q(key=followed.value)


def news(followed: Follow, veil: str, limit: int = 5) -> tuple[int, list[ProgramChange]]:
    """How many changes that the reader may see since it was last looked at, and the newest."""
    seen = panels.unveiled(Program.objects.order_by(), veil)
    lines = seen.filter(lines_of_follow(followed)).values("pk")
    rows = ProgramChange.objects.filter(version__number__gt=followed.seen, program__in=lines)
    found = with_lines(list(rows.order_by("-version__number", "id")[:limit]))
    return (len(found) if len(found) < limit else rows.count()), found


def exported(rows: QuerySet[ProgramChange]) -> Iterator[tuple[Any, ...]]:
    """One row for each changed field, or for the whole line when it came or went."""
    columns = ("kind", "program__key", "program__agency__name", "program__title", "diff")
    for *line, diff in rows.values_list(*columns).iterator(chunk_size=2000):
        if not diff:
            yield (*line, "", "", "")
        for name, (before, after) in diff.items():
            yield (*line, name, _cell(before), _cell(after))


def _cell(value: Any) -> Any:
    return "; ".join(map(str, value)) if isinstance(value, list) else value
