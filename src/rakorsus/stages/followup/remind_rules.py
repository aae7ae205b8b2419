"""When somebody is reminded of an item, and when it goes up: pure functions of days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from rakorsus.stages.followup.models import FollowUpRules, Reminder

Kind = Reminder.Kind


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


def escalates(due: date, day: date, rules: Rules) -> bool:
    """Whether an item that was not escalated yet goes up."""
    return (day - due).days >= rules.escalate_after > 0
