"""Running the day: items begin and end, the floor is given."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency
from rakorsus.people.rules import can, require
from rakorsus.stages.meeting.actions.guard import beat, changed, guarded, locked, unsigned
from rakorsus.stages.meeting.models import AgendaItem, Meeting, Session, SpeakerRequest

State = AgendaItem.State
_NEAR: Final = timedelta(hours=12)


@transaction.atomic
def start(actor: Actor, meeting: Meeting, state: str) -> None:
    """Open the day, or close it."""
    require(actor, "meeting.run")
    unsigned(meeting.pk)
    if state not in (Meeting.State.RUNNING, Meeting.State.CLOSED):
        raise ValidationError(_("Tidak dikenal."))
    before = meeting.state
    if state == Meeting.State.RUNNING:
        meeting.ahead = _ahead(meeting)
    meeting.state = state
    Meeting.objects.filter(pk=meeting.pk).update(state=state, ahead=meeting.ahead)
    audit.record(actor, "meeting.state", meeting, changes={"state": [before, state]})
    beat(meeting.pk)


def _ahead(meeting: Meeting) -> int:
    """0 on the meeting's own day; otherwise it is a rehearsal, whose clock begins with the plan."""
    now = timezone.now()
    if meeting.starts - _NEAR <= now <= meeting.ends + _NEAR:
        return 0
    return round((meeting.starts - now).total_seconds())


def begin(actor: Actor, item: AgendaItem, seen: int) -> None:
    """An entry begins; in plenary sessions the one before it must have ended."""
    with guarded(actor, "meeting.begin", item):
        require(actor, "meeting.run")
        unsigned(item.session.meeting_id)
        fresh = locked(item, seen)
        if fresh.state != State.WAITING:
            raise ValidationError(_("Acara ini sudah dimulai atau sudah selesai."))
        others = AgendaItem.objects.filter(session=fresh.session, state=State.RUNNING)
        if fresh.kind != AgendaItem.Kind.DESK and others.exists():
            raise ValidationError(_("Akhiri dahulu acara yang sedang berlangsung."))
        fresh.state, fresh.began = State.RUNNING, timezone.now()
        changed(fresh, "state", "began")
        audit.record(actor, "meeting.begin", fresh)


def begin_round(actor: Actor, session: Session, start: datetime) -> int:
    """All desks of a session that are planned for one time begin together; returns how many."""
    with guarded(actor, "meeting.begin", session):
        require(actor, "meeting.run")
        unsigned(session.meeting_id)
        waiting = AgendaItem.objects.select_for_update().filter(
            session=session, kind=AgendaItem.Kind.DESK, state=State.WAITING, start=start
        )
        count = waiting.update(state=State.RUNNING, began=timezone.now(), version=F("version") + 1)
        if not count:
            raise ValidationError(_("Tidak ada meja yang menunggu pada jam itu."))
        audit.record(actor, "meeting.begin_round", session, summary=f"{count} meja")
        beat(session.meeting_id)
        return count


def show_slide(actor: Actor, item: AgendaItem, page: int, last: int) -> None:
    """Put a page of a presentation on the projector, 0 for none.

    Args:
        last: how many pages the slides have.
    """
    with guarded(actor, "meeting.slide", item):
        if not can(actor, "meeting.run"):
            require(actor, "meeting.prepare", item)
        unsigned(item.session.meeting_id)
        fresh = AgendaItem.objects.select_for_update().get(pk=item.pk)
        if fresh.state != State.RUNNING:
            raise ValidationError(_("Paparan ini tidak sedang berlangsung."))
        if not 0 <= page <= last:
            raise ValidationError(_("Halaman itu tidak ada."))
        AgendaItem.objects.filter(pk=item.pk).update(screen_page=page)
        audit.record(actor, "meeting.slide", item, changes={"page": [fresh.screen_page, page]})
        beat(item.session.meeting_id)


def finish(actor: Actor, item: AgendaItem, seen: int, *, dropped: bool = False) -> None:
    """An entry ends, or does not take place. A desk ends with its outcome (`settle`): an owner and
    a date, or a reason."""
    with guarded(actor, "meeting.finish", item):
        require(actor, "meeting.run")
        unsigned(item.session.meeting_id)
        fresh = locked(item, seen)
        expected = State.WAITING if dropped else State.RUNNING
        if fresh.state != expected:
            raise ValidationError(_("Keadaannya sudah berubah. Muat ulang halaman ini."))
        if fresh.kind == AgendaItem.Kind.DESK and not dropped and not fresh.outcomes.exists():
            raise ValidationError(
                _("Meja ditutup dengan hasilnya: penanggung jawab dan tenggat, atau alasannya.")
            )
        fresh.state, fresh.ended = State.DROPPED if dropped else State.DONE, timezone.now()
        changed(fresh, "state", "ended")
        audit.record(actor, "meeting.finish", fresh, changes={"state": [expected, fresh.state]})


def raise_hand(actor: Actor, meeting: Meeting) -> SpeakerRequest:
    """Ask for the floor; one hand per person."""
    with guarded(actor, "meeting.raise_hand", meeting):
        require(actor, "meeting.speak")
        if actor.user is None:
            raise PermissionDenied("meeting.speak")
        office = Agency.objects.filter(pk__in=actor.agency_ids).first()
        label = f"{actor.user.post or actor.name}"[:200]
        try:
            with transaction.atomic():
                made = SpeakerRequest.objects.create(
                    meeting=meeting, by=actor.user, agency=office, label=label
                )
        except IntegrityError as error:
            raise ValidationError(_("Anda sudah di dalam antrean bicara.")) from error
        audit.record(actor, "meeting.raise_hand", meeting,
                     changes={"request": made.pk, "label": label})  # fmt: skip
        beat(meeting.pk)
        return made


@transaction.atomic
def speaker(actor: Actor, request: SpeakerRequest, state: str) -> None:
    """Give the floor, or take the hand down; one's own hand may always be lowered."""
    own = actor.user is not None and request.by_id == actor.user.pk
    if not (own and state == SpeakerRequest.State.DONE) and not can(actor, "meeting.run"):
        raise PermissionDenied("meeting.run")
    if state not in (SpeakerRequest.State.GRANTED, SpeakerRequest.State.DONE):
        raise ValidationError(_("Tidak dikenal."))
    fresh = SpeakerRequest.objects.select_for_update().get(pk=request.pk)
    if fresh.state == SpeakerRequest.State.DONE or fresh.state == state:
        raise ValidationError(_("Antrean bicara sudah berubah. Muat ulang halaman ini."))
    before, request.state = fresh.state, state
    request.save(update_fields=["state"])
    audit.record(
        actor, "meeting.speaker", request.meeting,
        changes={"state": [before, state], "request": request.pk, "label": request.label},
    )  # fmt: skip
    beat(request.meeting_id)
