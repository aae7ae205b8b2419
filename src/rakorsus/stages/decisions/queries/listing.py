"""Which decisions somebody sees, and the list of them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from rakorsus.people.actor import Actor
from rakorsus.people.models import Role
from rakorsus.stages.decisions.models import Change, Decision

_INSIDE = (
    Role.COORDINATOR, Role.LEADER, Role.SECRETARIAT, Role.ADMINISTRATOR, Role.PLANNER,
)  # fmt: skip


def visible(actor: Actor) -> QuerySet[Decision]:
    """What the rule decisions.read lets the actor see, as a condition of the query."""
    found = Decision.objects.all()
    if actor.has(*_INSIDE):
        return found
    mine = [agency for role, agency in actor.grants if agency and role == Role.GUEST]
    touching = Change.objects.filter(program__agency__in=mine).values("decision")
    found = found.exclude(state=Decision.State.DRAFT)
    return found.filter(Q(owner__in=mine) | Q(pk__in=touching)) if mine else found.none()


def listed(actor: Actor) -> QuerySet[Decision]:
    """With everything that a list shows."""
    return visible(actor).select_related("owner", "finding", "meeting", "plan_version")


def waiting() -> QuerySet[Decision]:
    """Taken, and not judged by the engine yet."""
    return Decision.objects.filter(verdict=Decision.Verdict.WAITING)
