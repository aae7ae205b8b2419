"""When somebody is reminded of an item, and when it goes up: pure functions of days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from rakorsus.stages.followup.models import FollowUpRules, Reminder

Kind = Reminder.Kind
_CAUGHT_UP: Final = 31  # days


@dataclass(frozen=True)
class Rules:
    """Days before the due date, every how many late days, after how many it goes to the Sekda."""

    before: Sequence[int] = field(default=(7, 3, 1, 0))
    every: int = 7
    escalate_after: int = 7
    escalate_post: str = "Sekretaris Daerah"


def in_force() -> Rules:
    """The newest settings, or what holds before anybody set any."""
    kept = FollowUpRules.objects.first()
    if kept is None:
        return Rules()
    return Rules(tuple(kept.before), kept.every, kept.escalate_after, kept.escalate_post)


def kind_on(due: date, day: date, rules: Rules) -> str | None:
    """Which reminder falls on a day: none, nearly due, or late (the first late day, then every
    `every` days)."""
    left = (due - day).days
    if left >= 0:
        return Kind.DUE if left in rules.before else None
    return Kind.LATE if (-left - 1) % max(rules.every, 1) == 0 else None


def kind_since(due: date, day: date, since: date | None, rules: Rules) -> str | None:
    """As `kind_on`, and what fell on days after `since` on which nobody was reminded, at most a
    month of them: as it is on this day."""
    if found := kind_on(due, day, rules):
        return found
    missed = min((day - since).days, _CAUGHT_UP) if since else 1
    if any(kind_on(due, day - timedelta(days=n), rules) for n in range(1, missed)):
        return Kind.LATE if day > due else Kind.DUE
    return None


def escalates(due: date, day: date, rules: Rules) -> bool:
    """Whether an item that was not escalated yet goes up."""
    return (day - due).days >= rules.escalate_after > 0
