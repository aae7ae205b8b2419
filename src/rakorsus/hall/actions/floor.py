"""Hands, the floor, votes, the running order: the meeting's own actions under their hall names."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from rakorsus.hall.actions.reading import Data, item_of, number, text
from rakorsus.people.actor import Actor
from rakorsus.people.models import Membership
from rakorsus.people.rules import require
from rakorsus.stages.meeting import actions as meetings
from rakorsus.stages.meeting.forms import OutcomeForm
from rakorsus.stages.meeting.models import (
    AgendaItem,
    Attendance,
    Meeting,
    Participant,
    Resolution,
    SpeakerRequest,
)

State = SpeakerRequest.State


def raise_hand(actor: Actor, meeting: Meeting, data: Data) -> None:
    meetings.raise_hand(actor, meeting)


def lower_hand(actor: Actor, meeting: Meeting, data: Data) -> None:
    """One's own hand, or the one named."""
    if "request" in data:
        found = _request(meeting, data)
    else:
        own = meeting.speakers.exclude(state=State.DONE).filter(by=actor.user).first()
        if own is None:
            raise ValidationError(_("Tangan Anda tidak terangkat."))
        found = own
    meetings.speaker(actor, found, State.DONE)


def grant(actor: Actor, meeting: Meeting, data: Data) -> None:
    """Give the floor to one; whoever had it is done."""
    require(actor, "meeting.run")
    found = _request(meeting, data)
    if found.state != State.WAITING:
        raise ValidationError(_("Antrean bicara sudah berubah. Muat ulang halaman ini."))
    for before in meeting.speakers.filter(state=State.GRANTED).exclude(pk=found.pk):
        meetings.speaker(actor, before, State.DONE)
    meetings.speaker(actor, found, State.GRANTED)


def open_vote(actor: Actor, meeting: Meeting, data: Data) -> None:
    found = _resolution(meeting, data)
    meetings.open_vote(actor, found)


def vote(actor: Actor, meeting: Meeting, data: Data) -> None:
    found = _resolution(meeting, data)
    mandate = Membership.objects.filter(pk=number(data, "mandate")).first()
    if mandate is None:
        raise PermissionDenied("meeting.vote")
    meetings.vote(actor, found, mandate, text(data, "choice"))


def close_vote(actor: Actor, meeting: Meeting, data: Data) -> None:
    found = _resolution(meeting, data)
    meetings.close_vote(actor, found)


def begin(actor: Actor, meeting: Meeting, data: Data) -> None:
    found = item_of(meeting, data)
    meetings.begin(actor, found, number(data, "version"))


def finish(actor: Actor, meeting: Meeting, data: Data) -> None:
    found = item_of(meeting, data)
    meetings.finish(actor, found, number(data, "version"))


def settle(actor: Actor, meeting: Meeting, data: Data) -> None:
    """How a table ended; it cannot close without an owner and a date, or a reason."""
    found = item_of(meeting, data)
    if found.kind != AgendaItem.Kind.DESK:
        raise ValidationError(_("Hanya meja sinkronisasi yang mempunyai hasil."))
    fields = ("kind", "text", "owner", "owner_post", "due")
    form = OutcomeForm({name: data.get(name) for name in fields})
    if not form.is_valid():
        words = [w for problems in form.errors.values() for w in problems]
        raise ValidationError(words)
    meetings.settle(actor, found, number(data, "version"), form.cleaned_data)


def check_in(actor: Actor, meeting: Meeting, data: Data) -> None:
    """The named invitation, or one of the own agency that has not arrived."""
    if "participant" in data:
        found = meeting.participants.filter(pk=number(data, "participant")).first()
    else:
        waiting = meeting.participants.filter(agency__in=actor.agency_ids, attendance=None)
        found = waiting.exclude(reply=Participant.Reply.ABSENT).first()
    if found is None:
        raise ValidationError(_("Tidak ada undangan yang menunggu untuk perangkat daerah Anda."))
    meetings.check_in(actor, found, f"hall-{uuid.uuid4()}", mode=Attendance.Mode.HALL)


def _request(meeting: Meeting, data: Data) -> SpeakerRequest:
    found = meeting.speakers.select_related("meeting").filter(pk=number(data, "request")).first()
    if found is None:
        raise ValidationError(_("Tidak ada di antrean bicara rapat ini."))
    return found


def _resolution(meeting: Meeting, data: Data) -> Resolution:
    found = meeting.resolutions.filter(pk=number(data, "resolution")).first()
    if found is None:
        raise ValidationError(_("Tidak ada di pleno rapat ini."))
    return found
