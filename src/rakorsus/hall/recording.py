"""From the log to the acts: every event of a meeting becomes a numbered act, in its transaction.

That is why a vote on the plenary's page, a hand raised in 3D and a table settled by POST stand in
one recording without gaps, whoever wrote them and in whichever process.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.db.models import F

from rakorsus.audit.models import Event
from rakorsus.hall.models import Act, Hall, Seat, SyncRequest
from rakorsus.stages.meeting.models import (
    AgendaItem,
    Meeting,
    Participant,
    Resolution,
    SpeakerRequest,
)


@dataclass
class Call:
    """What a hall command was called with; the event of its own name gets the key."""

    key: str
    name: str
    act: Act | None = None


call: ContextVar[Call | None] = ContextVar("rakorsus_hall_call", default=None)

#: event -> act; `meeting.speaker` and `meeting.state` have several, see `_name`
NAMES: Final[dict[str, str]] = {
    "meeting.raise_hand": "raise_hand",
    "meeting.open_vote": "open_vote",
    "meeting.vote": "vote",
    "meeting.decide": "decide",
    "meeting.resolve": "resolve",
    "meeting.check_in": "check_in",
    "meeting.check_in_many": "check_in",
    "meeting.walk_in": "check_in",
    "meeting.begin": "begin",
    "meeting.finish": "finish",
    "meeting.settle": "settle",
    "meeting.slide": "slide",
    "meeting.note": "note",
    "meeting.ask": "question",
    "hall.sit": "sit",
    "hall.stand": "stand",
    "hall.ask_sync": "ask_sync",
    "hall.answer_sync": "answer_sync",
}
#: what a command is called -> the act that its event is by itself
_ALSO: Final = {"close_vote": "decide"}


def on_event(event: Event, target: models.Model | tuple[str, str]) -> None:
    """Number the act of this event, when it is one."""
    name = _name(event)
    if not name or isinstance(target, tuple):
        return
    meeting = _meeting(target)
    if meeting is None:
        return
    called = call.get()
    key = ""
    if called is not None and called.act is None and name in (called.name, _ALSO.get(called.name)):
        key, name = called.key, called.name
    user, agency = _concerns(event, target)
    act = Act.objects.create(
        meeting_id=meeting, number=_next(meeting), key=key, name=name, by=event.actor,
        by_name=event.actor_name, user_id=user, agency_id=agency, surface=event.surface,
        data=_data(event, target), at=event.at,
    )  # fmt: skip
    if called is not None and key:
        called.act = act


def _name(event: Event) -> str:
    if event.action == "meeting.speaker":
        granted = event.changes["state"][1] == SpeakerRequest.State.GRANTED
        return "grant" if granted else "lower_hand"
    if event.action == "meeting.state":
        return "open" if event.changes["state"][1] == Meeting.State.RUNNING else "close"
    return NAMES.get(event.action, "")


def _meeting(target: models.Model) -> int | None:
    if isinstance(target, Meeting):
        return target.pk
    if isinstance(target, AgendaItem):
        return target.session.meeting_id
    return getattr(target, "meeting_id", None)


def _next(meeting: int) -> int:
    """The next number; the row stays locked until the end of the transaction, so no gaps."""
    halls = Hall.objects.filter(meeting_id=meeting)
    if not halls.update(last=F("last") + 1):
        Hall.objects.get_or_create(meeting_id=meeting)
        halls.update(last=F("last") + 1)
    return halls.values_list("last", flat=True).get()


def _concerns(event: Event, target: models.Model) -> tuple[int | None, int | None]:
    """User and agency that the act is about."""
    if isinstance(target, AgendaItem):
        return event.actor_id, target.agency_id
    if isinstance(target, (Seat, SyncRequest)):
        return event.actor_id, target.agency_id
    if isinstance(target, Participant):
        return event.actor_id, target.agency_id
    if request := event.changes.get("request"):
        found = SpeakerRequest.objects.filter(pk=request).values_list("by_id", "agency_id").first()
        if found:
            return found
    return event.actor_id, None


def _data(event: Event, target: models.Model) -> dict[str, Any]:
    """What everybody may know of it: ids, titles of the agenda, posts; no names of guests."""
    told = {k: v for k, v in event.changes.items() if k != "state"}
    if isinstance(target, AgendaItem):
        told |= {"item": target.pk, "title": target.title[:120]}
        if target.kind == AgendaItem.Kind.DESK:
            told["desk"] = True  # what it is about is not for guests: see `curtain`
        if event.action == "meeting.slide":
            told["page"] = event.changes["page"][1]
    elif isinstance(target, Resolution):
        told |= {"resolution": target.pk, "title": target.title[:120]}
        if event.action == "meeting.decide":
            told["state"] = target.state
    elif isinstance(target, Participant):
        told |= {"participant": target.pk, "label": target.post or target.institution}
    elif isinstance(target, Seat):
        told |= {"item": target.item_id, "label": target.label}
    elif isinstance(target, SyncRequest):
        told |= {"request": target.pk, "program": target.program_id}
    return told
