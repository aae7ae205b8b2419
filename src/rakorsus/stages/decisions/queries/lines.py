"""What a decision changes, line by line, for pages and the API."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rakorsus.engine import schema
from rakorsus.stages.decisions.models import Change, Decision
from rakorsus.stages.decisions.queries.listing import changes_for
from rakorsus.stages.register import panels
from rakorsus.stages.register.models import Program
from rakorsus.stages.register.queries.versions import kind_of


@dataclass
class Diff:
    """The changes of one line; `title` also where the line does not exist yet."""

    key: str
    title: str
    line: Program | None
    fresh: bool
    fields: list[dict[str, Any]] = field(default_factory=list)


def diffs(decision: Decision, veil: str = panels.ALL) -> list[Diff]:
    """Lines in the order of the draft, fields in the order of the register's schema, as far as the
    reader may see them. One query."""
    rows = changes_for(veil).filter(decision=decision)
    found: dict[str, Diff] = {}
    for change in rows:
        if change.key not in found:
            title = change.program.title if change.program else ""
            found[change.key] = Diff(change.key, title, change.program, change.fresh)
        one = found[change.key]
        if change.fresh and change.field == "title":
            one.title = change.after
        one.fields.append({
            "name": change.field, "type": kind_of(change.field),
            "before": _shown(change.field, change.before),
            "after": _shown(change.field, change.after),
        })  # fmt: skip
    order = {name: place for place, name in enumerate(schema.PROGRAMS)}
    for one in found.values():
        one.fields.sort(key=lambda f: order[f["name"]])
    return list(found.values())


def balance_of(changes: Iterable[Change]) -> dict[str, int] | None:
    """Sums of the amounts that change: before, after, left; None when none does."""
    money = [c for c in changes if c.field == "budget"]
    if not money:
        return None
    before = sum(c.before or 0 for c in money)
    after = sum(c.after or 0 for c in money)
    return {"before": before, "after": after, "left": after - before}


def _shown(name: str, value: Any) -> Any:
    if name == "status" and value in Program.Status.values:
        return Program.Status(value).label
    return value
