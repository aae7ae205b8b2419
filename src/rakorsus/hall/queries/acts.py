"""Acts as they are told, to guests without what tables are about (`curtain`)."""

from __future__ import annotations

from typing import Any, Final

from django.utils import timezone

from rakorsus.hall.curtain import acts_without_findings
from rakorsus.hall.models import Act, Hall
from rakorsus.hall.standing import sees_findings
from rakorsus.people.actor import Actor

MOST: Final = 2000


def told(act: Act) -> dict[str, Any]:
    """One act as in the protocol."""
    view = act.surface.removeprefix("hall-") if act.surface.startswith("hall-") else act.surface
    return {"n": act.number, "name": act.name, "at": timezone.localtime(act.at).isoformat(),
            "by": act.by_name, "user": act.user_id, "agency": act.agency_id, "view": view,
            "data": act.data}  # fmt: skip


def since(meeting_id: int, number: int, most: int = MOST) -> list[dict[str, Any]]:
    """Acts after a number, oldest first."""
    found = Act.objects.filter(meeting_id=meeting_id, number__gt=number).order_by("number")
    return [told(act) for act in found[:most]]


def told_to(actor: Actor, meeting_id: int, number: int, most: int = MOST) -> list[dict[str, Any]]:
    """The same as this person may know them."""
    found = since(meeting_id, number, most)
    return found if sees_findings(actor) else acts_without_findings(found)


def last(meeting_id: int) -> int:
    """Number of the newest act; 0 before the first."""
    return Hall.objects.filter(meeting_id=meeting_id).values_list("last", flat=True).first() or 0
