"""What the hall's pages share."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from rakorsus.hall.gateway.path import PATH
from rakorsus.hall.standing import role_of
from rakorsus.people.actor import Actor, of_request
from rakorsus.people.models import Agency
from rakorsus.people.rules import can, require
from rakorsus.stages.meeting.models import Meeting
from rakorsus.stages.meeting.queries.deciding import mandates

#: act -> the right without which it never succeeds
_RIGHTS = {
    "raise_hand": "meeting.speak", "lower_hand": "meeting.speak", "grant": "meeting.run",
    "open_vote": "meeting.resolve", "close_vote": "meeting.resolve", "vote": "meeting.decide",
    "begin": "meeting.run", "finish": "meeting.run", "sit": "hall.enter", "stand": "hall.enter",
    "ask_sync": "hall.ask_sync",
}  # fmt: skip


def visitor(request: HttpRequest, surface: str = "hall-list") -> Actor:
    """The actor, who must be allowed into the hall."""
    actor = of_request(request, surface)
    require(actor, "hall.enter")
    return actor


def meeting_of(pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.select_related("minutes", "hall"), pk=pk)


def socket_address(request: HttpRequest) -> str:
    """Where the gateway is, seen from the browser of this request."""
    if settings.HALL_URL:
        return settings.HALL_URL
    scheme = "wss" if request.is_secure() else "ws"
    host = request.get_host()
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return f"{scheme}://{name}:{settings.HALL_PORT}{PATH}"


def may(actor: Actor) -> list[str]:
    """Acts that the person's rights allow at all."""
    found = [name for name, right in _RIGHTS.items() if can(actor, right)]
    if actor.agency_ids or can(actor, "meeting.invite"):
        found.append("check_in")
    return found


def you(actor: Actor) -> dict[str, Any]:
    """Who the person is in the hall: a post and an agency, no name."""
    assert actor.user is not None
    own = sorted(actor.agency_ids) or sorted(a for _role, a in actor.grants if a)
    agency = Agency.objects.filter(pk=own[0]).first() if own else None
    return {
        "user": actor.user.pk, "label": (actor.user.post or str(_("Peserta")))[:100],
        "agency": agency.pk if agency else None, "short": str(agency)[:60] if agency else "",
        "role": role_of(actor),
    }  # fmt: skip


def mandates_of(actor: Actor) -> list[dict[str, Any]]:
    held = mandates(actor).select_related("user")
    return [{"id": m.pk, "label": m.user.post or str(m)} for m in held]
