"""Reading the log."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from rakorsus.audit.models import Event


def events(
    *,
    actor_name: str = "",
    action: str = "",
    agency: str = "",
    kind: str = "",
    object_id: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Event]:
    """Events, newest first, by what is given."""
    found = Event.objects.all()
    if actor_name:
        found = found.filter(actor_name__icontains=actor_name)
    if action:
        found = found.filter(action__startswith=action)
    if agency:
        found = found.filter(agency_code=agency)
    if kind:
        found = found.filter(kind=kind, object_id=object_id)
    if since:
        found = found.filter(at__date__gte=since)
    if until:
        found = found.filter(at__date__lte=until)
    return found
