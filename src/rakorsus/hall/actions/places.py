"""Sitting at a table, turning the page."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.hall.actions.reading import Data, item_of, number, text
from rakorsus.hall.actions.requests import ask_sync
from rakorsus.hall.models import Seat
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.findings.queries import visible
from rakorsus.stages.meeting import actions as meetings
from rakorsus.stages.meeting.actions.guard import beat, guarded
from rakorsus.stages.meeting.models import AgendaItem, Brief, Meeting
from rakorsus.stages.meeting.slides import pages
from rakorsus.stages.register import panels
from rakorsus.stages.register.models import Program


def sit(actor: Actor, meeting: Meeting, data: Data) -> None:
    """Take a seat at a table; the one before is left."""
    item = item_of(meeting, data)
    with guarded(actor, "hall.sit", item):
        require(actor, "hall.enter")
        if actor.user is None:
            raise PermissionDenied("hall.enter")
        if item.kind != AgendaItem.Kind.DESK or item.state == AgendaItem.State.DROPPED:
            raise ValidationError(_("Ini bukan meja sinkronisasi."))
        if item.finding_id and not visible(actor).filter(pk=item.finding_id).exists():
            raise PermissionDenied("findings.read")
        agency = min(actor.agency_ids, default=None)
        seat, _made = Seat.objects.update_or_create(
            meeting=meeting, user=actor.user,
            defaults={"item": item, "agency_id": agency,
                      "label": (actor.user.post or actor.name)[:200]},
        )  # fmt: skip
        audit.record(actor, "hall.sit", seat)
        beat(meeting.pk)


def stand(actor: Actor, meeting: Meeting, data: Data) -> None:
    """Leave the table."""
    with guarded(actor, "hall.stand", meeting):
        require(actor, "hall.enter")
        seat = meeting.seats.filter(user=actor.user).first()
        if seat is None:
            raise ValidationError(_("Anda tidak duduk di meja."))
        audit.record(actor, "hall.stand", seat)
        seat.delete()
        beat(meeting.pk)


def slide(actor: Actor, meeting: Meeting, data: Data) -> None:
    """Show a page of a presentation to everybody."""
    item = item_of(meeting, data)
    brief = Brief.objects.filter(item=item).first()
    meetings.show_slide(actor, item, number(data, "page"), pages.count(brief))


def ask(actor: Actor, meeting: Meeting, data: Data) -> None:
    """Say that one's own agency works there too."""
    seen = panels.unveiled(Program.objects.filter(removed=False), panels.veil_of(actor))
    program = seen.filter(pk=number(data, "program")).first()
    if program is None:
        raise ValidationError(_("Program ini tidak ada lagi."))
    ask_sync(actor, meeting, program, text(data, "text"))
