"""What a finding's options and a desk's outcome suggest: a kind of decision, and first values.

Suggestions only: the form shows them and people change them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from rakorsus.clock import today
from rakorsus.engine.retime import Conflict, Work, retime
from rakorsus.stages.decisions.models import Decision
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.meeting.models import Outcome
from rakorsus.stages.register.models import Program

Kind = Decision.Kind
#: Options of the engine and the kind of decision that carries each out.
_OF_OPTION: Final[Mapping[str, str]] = {
    "merge": Kind.MERGE, "cancel": Kind.CANCEL, "split": Kind.SPLIT, "retime": Kind.RETIME,
    "swap": Kind.RETIME, "lead_support": Kind.LEAD, "coordinator": Kind.LEAD,
    "one_list": Kind.LEAD, "joint": Kind.LEAD, "add": Kind.NEW_PROGRAM,
}  # fmt: skip
_OF_OUTCOME: Final[Mapping[str, str]] = {
    Outcome.Kind.MERGE: Kind.MERGE, Outcome.Kind.SPLIT: Kind.SPLIT,
    Outcome.Kind.RETIME: Kind.RETIME, Outcome.Kind.LEAD: Kind.LEAD,
}  # fmt: skip


@dataclass(frozen=True)
class Proposal:
    """First values: the line that stays or leads, those that go, new dates by key."""

    kind: str
    keep: str = ""
    others: tuple[str, ...] = ()
    dates: Mapping[str, tuple[date, date]] = field(default_factory=dict)


def kind_of(finding: Finding | None, outcome: Outcome | None) -> str:
    """The kind that the desk's outcome asks for, else the finding's first option's."""
    if outcome and outcome.kind in _OF_OUTCOME:
        return _OF_OUTCOME[outcome.kind]
    codes = [option["code"] for option in finding.options] if finding else []
    return next((_OF_OPTION[c] for c in codes if c in _OF_OPTION), Kind.RETIME)


def propose(kind: str, finding: Finding | None, lines: Sequence[Program]) -> Proposal:
    """First values for a kind of decision about these lines."""
    options = {o["code"]: o["changes"] for o in finding.options} if finding else {}
    largest = max(lines, key=lambda line: (line.budget or 0, line.key), default=None)
    keep = largest.key if largest else ""
    if kind == Kind.MERGE and options.get("merge"):
        keep = options["merge"][0].get("keep", keep)
    others = tuple(line.key for line in lines if line.key != keep)
    if kind == Kind.CANCEL and options.get("cancel"):
        others = tuple(c["key"] for c in options["cancel"])
    # what asks for the other order asks for more than that the works do not run at once
    ordered = finding is not None and (finding.kind == Finding.Kind.ORDER or "swap" in options)
    first = str(finding.evidence.get("first", "")) if finding else ""
    dates = _dates(options, lines, ordered, first) if kind == Kind.RETIME else {}
    return Proposal(kind, keep, others, dates)


def _dates(
    options: Mapping[str, Sequence[Mapping[str, Any]]],
    lines: Sequence[Program],
    ordered: bool,
    first: str,
) -> dict[str, tuple[date, date]]:
    """The engine's own dates where an option has them for two works, else the least shift that
    keeps all of them apart (engine.retime) within their year."""
    for code in ("retime", "swap") if len(lines) == 2 else ():
        found: dict[str, dict[str, date]] = {}
        for change in options.get(code, ()):
            if change.get("to"):
                found.setdefault(change["key"], {})[change["set"]] = date.fromisoformat(
                    change["to"]
                )
        if found:
            return {k: (d["start"], d["end"]) for k, d in found.items() if len(d) == 2}
    return apart(lines, today(), ordered=ordered, first=first)


def apart(
    lines: Sequence[Program], day: date, *, ordered: bool = False, first: str = ""
) -> dict[str, tuple[date, date]]:
    """New dates for lines with known periods, so that no two run at once and nothing is moved to a
    day that has passed; empty when the year has no room for it. With `ordered` they follow each
    other: first the line with the key `first`, which the others wait for; without one, what ends
    last now."""
    known = [line for line in lines if line.begins and line.ends and line.ends >= line.begins]
    if len(known) < 2:
        return {}
    known.sort(key=lambda line: (line.key == first, line.ends, line.key), reverse=True)
    earliest = min(line.begins for line in known if line.begins)
    year = date(earliest.year, 1, 1)
    works = [
        Work(
            line.key, (line.begins - year).days, (line.ends - line.begins).days + 1,
            max(0, min((line.begins - year).days, (day - year).days)),
            max((date(earliest.year, 12, 31) - year).days, (line.ends - year).days) + 1,
        )
        for line in known
        if line.begins and line.ends
    ]  # fmt: skip
    pairs = [
        Conflict(a.id, b.id, ordered=ordered)
        for place, a in enumerate(works)
        for b in works[place + 1 :]
    ]  # fmt: skip
    days = {work.id: work.days for work in works}
    answer = retime(works, pairs, limit=2.0)
    return {
        move.id: (
            year + timedelta(days=move.start),
            year + timedelta(days=move.start + days[move.id] - 1),
        )
        for move in answer.moves
    }


def decidable(outcome: Outcome | None) -> bool:
    """Whether a desk's outcome changes programs."""
    return outcome is not None and outcome.kind in _OF_OUTCOME
