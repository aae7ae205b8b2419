""" "We work there too": a request to sit down together, and the coordinator's answer."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.hall.models import SyncRequest
from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency
from rakorsus.people.rules import require
from rakorsus.stages.meeting.actions.guard import beat, guarded, unsigned
from rakorsus.stages.meeting.models import AgendaItem, Meeting, Session
from rakorsus.stages.register.models import Program

_MINUTES = 30


def ask_sync(actor: Actor, meeting: Meeting, program: Program, text: str) -> SyncRequest:
    """Ask the agency of a program to sit down with one's own agency."""
    with guarded(actor, "hall.ask_sync", meeting):
        require(actor, "hall.ask_sync")
        unsigned(meeting.pk)
        agency = Agency.objects.filter(pk__in=actor.agency_ids).order_by("pk").first()
        if agency is None:
            raise PermissionDenied("hall.ask_sync")
        if program.agency_id in actor.agency_ids:
            raise ValidationError(_("Ini program perangkat daerah Anda sendiri."))
        if not text.strip():
            raise ValidationError(_("Tulis apa yang Anda kerjakan di sana."))
        try:
            with transaction.atomic():
                made = SyncRequest.objects.create(
                    meeting=meeting, program=program, agency=agency, text=text.strip()[:1000],
                    by_name=actor.name,
                )  # fmt: skip
        except IntegrityError as error:
            raise ValidationError(_("Permintaan untuk program ini sudah tercatat.")) from error
        audit.record(actor, "hall.ask_sync", made, agency=agency.code, summary=made.text[:200])
        beat(meeting.pk)
        return made


def answer_sync(actor: Actor, request: SyncRequest, accept: bool) -> SyncRequest:
    """Put the request on the agenda as a table without a finding, or leave it."""
    with guarded(actor, "hall.answer_sync", request):
        require(actor, "hall.answer_sync")
        unsigned(request.meeting_id)
        fresh = SyncRequest.objects.select_for_update().get(pk=request.pk)
        if fresh.state != SyncRequest.State.WAITING:
            raise ValidationError(_("Permintaan ini sudah dijawab."))
        if accept:
            session = fresh.meeting.sessions.filter(kind=Session.Kind.DESKS).first()
            if session is None:
                raise ValidationError(_("Rapat ini tidak mempunyai sesi meja sinkronisasi."))
            fresh.item = AgendaItem.objects.create(
                session=session, kind=AgendaItem.Kind.DESK, agency=fresh.program.agency,
                title=_title(fresh), minutes=_MINUTES,
            )  # fmt: skip
        fresh.state = SyncRequest.State.PLACED if accept else SyncRequest.State.DECLINED
        fresh.save(update_fields=["state", "item"])
        audit.record(actor, "hall.answer_sync", fresh, agency=fresh.agency.code,
                     changes={"accepted": accept})  # fmt: skip
        beat(fresh.meeting_id)
        return fresh


def _title(request: SyncRequest) -> str:
    words = f"{request.agency} dan {request.program.agency}: {request.program.title}"
    return words[:300]
