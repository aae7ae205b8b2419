"""Which items somebody sees, and lists of them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from rakorsus.people.actor import Actor
from rakorsus.people.models import Role
from rakorsus.stages.followup.models import ActionItem
from rakorsus.stages.meeting.models import Meeting

_INSIDE = (
    Role.COORDINATOR, Role.LEADER, Role.SECRETARIAT, Role.ADMINISTRATOR, Role.PLANNER,
)  # fmt: skip


def visible(actor: Actor) -> QuerySet[ActionItem]:
    """What the rule followup.read lets the actor see, as a condition of the query."""
    found = ActionItem.objects.all()
    if actor.has(*_INSIDE):
        return found
    mine = [agency for role, agency in actor.grants if agency and role == Role.GUEST]
    if not mine:
        return found.none()
    return found.filter(Q(agency__in=mine) | Q(person=actor.user))


def listed(actor: Actor) -> QuerySet[ActionItem]:
    """With everything that a list shows, the earliest due first."""
    return visible(actor).select_related("agency", "decision", "meeting", "person").order_by(
        "due", "id"
    )  # fmt: skip


def open_items(meeting: Meeting) -> QuerySet[ActionItem]:
    """Items that earlier meetings of the series left open, and what this meeting itself left."""
    found = ActionItem.objects.filter(state=ActionItem.State.OPEN).select_related(
        "agency", "meeting"
    )  # fmt: skip
    if meeting.series_id is None:
        return found.filter(meeting=meeting)
    earlier = Q(meeting__series=meeting.series_id, meeting__starts__lte=meeting.starts)
    return found.filter(earlier).order_by("due", "id")
