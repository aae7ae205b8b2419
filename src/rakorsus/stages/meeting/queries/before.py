"""What happens before the day: desks settled online, presentations prepared, replies."""

from __future__ import annotations

from rakorsus.stages.findings.models import Settlement
from rakorsus.stages.meeting.models import AgendaItem, Meeting


def settled_before(meeting: Meeting) -> list[Settlement]:
    """Agreements between the sides of findings that were on the agenda and left it."""
    dropped = AgendaItem.objects.filter(
        session__meeting=meeting, state=AgendaItem.State.DROPPED
    ).exclude(finding=None)
    found = Settlement.objects.filter(
        finding__in=dropped.values("finding"), state=Settlement.State.AGREED
    )
    return list(
        found.select_related("finding").prefetch_related("sides__agency").order_by("finding", "pk")
    )
