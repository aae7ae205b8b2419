"""Agreements as an actor may see them, what is not in order, and what comes due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from rakorsus.people.actor import Actor
from rakorsus.people.models import Role
from rakorsus.stages.publication.models import Agreement, Milestone, Requirement

_STAFF = (Role.COORDINATOR, Role.LEADER, Role.SECRETARIAT, Role.ADMINISTRATOR)
#: Days before a date at which a reminder goes out.
STEPS = (90, 30, 14, 3)


def visible(actor: Actor) -> QuerySet[Agreement]:
    """Rule agreements.read as one condition: staff all, others their own."""
    found = Agreement.objects.all()
    if not actor.has(*_STAFF):
        own = [a for role, a in actor.grants if a and role in (Role.PLANNER, Role.GUEST)]
        mine = Agreement.objects.filter(Q(parties__agency__in=own) | Q(milestones__owner__in=own))
        found = found.filter(pk__in=mine.order_by().values("pk"))
    return found.prefetch_related("parties__agency", "milestones", "requirements")


@dataclass(frozen=True)
class Due:
    """Something of an agreement that comes due or is late; `days` is negative when late."""

    agreement: Agreement
    kind: str  # milestone | expiry | requirement
    title: str
    on: date | None
    days: int | None
    milestone: Milestone | None = None

    @property
    def late(self) -> bool:
        return self.days is not None and self.days < 0


def due(agreements: Iterable[Agreement], now: date, within: int = STEPS[0]) -> list[Due]:
    """Open milestones and expiries within so many days, and documents that hold up a signature;
    the most urgent first."""
    found: list[Due] = []
    limit = now + timedelta(days=within)
    for agreement in agreements:
        if agreement.state == Agreement.State.DRAFT:
            found += [
                Due(agreement, "requirement", r.name, None, None)
                for r in agreement.requirements.all()
                if r.needed_to_sign and r.state == Requirement.State.MISSING
            ]
        if agreement.state != Agreement.State.SIGNED:
            continue
        for milestone in agreement.milestones.all():
            if milestone.state == Milestone.State.OPEN and milestone.due <= limit:
                found.append(Due(agreement, "milestone", milestone.title, milestone.due,
                                 (milestone.due - now).days, milestone))  # fmt: skip
        if agreement.ends and agreement.ends <= limit:
            found.append(Due(agreement, "expiry", str(agreement), agreement.ends,
                             (agreement.ends - now).days))  # fmt: skip
    return sorted(found, key=lambda d: (d.on or date.max, d.agreement.pk, d.title))


def step_of(days: int) -> str | None:
    """The reminder that is due with so many days left: the nearest step that was passed, `late`
    after the day."""
    if days < 0:
        return "late"
    passed = [step for step in STEPS if days <= step]
    return str(min(passed)) if passed else None
