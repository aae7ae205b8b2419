"""Meetings, their sessions and rooms."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.meeting.actions.agenda import add_cases
from rakorsus.stages.meeting.actions.guard import beat, unsigned
from rakorsus.stages.meeting.models import (
    AgendaItem,
    Meeting,
    Resolution,
    Room,
    Series,
    Session,
)
from rakorsus.stages.meeting.queries import agenda
from rakorsus.stages.meeting.templates_of import PARTS, pauses

_DESK = 30  # minutes of a desk that is carried over
_FIELDS = ("type", "title", "starts", "ends", "place", "number", "chair", "secretary", "note")


@transaction.atomic
def create_meeting(
    actor: Actor, series: str = "", *, usual: bool = True, carry: bool = False, **data: Any
) -> Meeting:
    """A new meeting; with `usual`, with the sessions that its type usually has; with `carry`, with
    what earlier meetings of the series left unsettled."""
    require(actor, "meeting.plan")
    meeting = Meeting(**data)
    _in_time(meeting.starts, meeting.ends)
    if series.strip():
        meeting.series, _made = Series.objects.get_or_create(name=series.strip())
    meeting.save()
    if usual:
        _usual_sessions(meeting)
    audit.record(actor, "meeting.create", meeting, summary=meeting.title[:200])
    if carry:
        carry_over(actor, meeting)
    return meeting


@transaction.atomic
def carry_over(actor: Actor, meeting: Meeting) -> tuple[int, int]:
    """Bring what the series left open: desks without an outcome to the first session of desks,
    undecided matters of the plenary to the plenary. Returns how many of each."""
    require(actor, "meeting.plan")
    unsigned(meeting.pk)
    session = meeting.sessions.filter(kind=Session.Kind.DESKS).first()
    findings = [item.finding for item in agenda.backlog(meeting) if item.finding]
    desks = add_cases(actor, session, findings, _DESK) if session and findings else 0
    matters = [
        Resolution(meeting=meeting, finding=r.finding, title=r.title, text=r.text, owner=r.owner,
                   owner_post=r.owner_post, due=None, by_name=actor.name)
        for r in agenda.undecided(meeting)
    ]  # fmt: skip
    Resolution.objects.bulk_create(matters)
    audit.record(actor, "meeting.carry", meeting,
                 changes={"desks": desks, "matters": len(matters)})  # fmt: skip
    return desks, len(matters)


@transaction.atomic
def amend_meeting(actor: Actor, meeting: Meeting, series: str = "", **data: Any) -> Meeting:
    """Change what a meeting is called, when and where it is."""
    require(actor, "meeting.plan")
    unsigned(meeting.pk)
    _in_time(data.get("starts", meeting.starts), data.get("ends", meeting.ends))
    before = {name: str(getattr(meeting, name)) for name in _FIELDS}
    for name in _FIELDS:
        if name in data:
            setattr(meeting, name, data[name])
    meeting.series = (
        Series.objects.get_or_create(name=series.strip())[0] if series.strip() else None
    )
    meeting.save()
    after = {name: str(getattr(meeting, name)) for name in _FIELDS}
    audit.record(
        actor, "meeting.amend", meeting,
        changes={n: [before[n], after[n]] for n in _FIELDS if before[n] != after[n]},
    )  # fmt: skip
    beat(meeting.pk)
    return meeting


@transaction.atomic
def save_session(actor: Actor, meeting: Meeting, session: Session | None, **data: Any) -> Session:
    """Add a session or change one; it lies inside the meeting."""
    require(actor, "meeting.plan")
    unsigned(meeting.pk)
    kept = session or Session(meeting=meeting)
    for name, value in data.items():
        setattr(kept, name, value)
    _in_time(kept.starts, kept.ends)
    if kept.starts < meeting.starts or kept.ends > meeting.ends:
        raise ValidationError(_("Sesi harus berada di antara mulai dan akhir rapat."))
    kept.save()
    audit.record(actor, "meeting.session", meeting, summary=kept.title[:200])
    beat(meeting.pk)
    return kept


@transaction.atomic
def remove_session(actor: Actor, session: Session) -> None:
    """Take a session out; what was begun or settled in it holds it."""
    require(actor, "meeting.plan")
    unsigned(session.meeting_id)
    if session.items.exclude(state=AgendaItem.State.WAITING).exists():
        raise ValidationError(_("Sesi ini sudah berjalan; tidak dapat dihapus."))
    audit.record(actor, "meeting.remove_session", session.meeting, summary=session.title[:200])
    session.delete()
    beat(session.meeting_id)


@transaction.atomic
def save_room(actor: Actor, meeting: Meeting, **data: Any) -> Room:
    """Add a room or change the one of that name."""
    require(actor, "meeting.plan")
    room, _made = Room.objects.update_or_create(
        meeting=meeting, name=data.pop("name"), defaults=data
    )
    audit.record(actor, "meeting.room", meeting, summary=room.name)
    return room


@transaction.atomic
def remove_room(actor: Actor, room: Room) -> None:
    require(actor, "meeting.plan")
    audit.record(actor, "meeting.remove_room", room.meeting, summary=room.name)
    room.delete()


@transaction.atomic
def add_entry(actor: Actor, session: Session, **data: Any) -> AgendaItem:
    """A fixed entry: talk, signing, break, prayer, plenary."""
    require(actor, "meeting.plan")
    unsigned(session.meeting_id)
    item = AgendaItem(session=session, pinned=True, **data)
    if item.start is None or not session.starts <= item.start < session.ends:
        raise ValidationError(_("Waktunya harus di dalam sesi."))
    item.save()
    audit.record(actor, "meeting.entry", session.meeting, summary=item.title[:200])
    beat(session.meeting_id)
    return item


def _in_time(starts: datetime, ends: datetime) -> None:
    if ends <= starts:
        raise ValidationError(_("Akhir harus sesudah mulai."))


def _usual_sessions(meeting: Meeting) -> None:
    """Sessions one after the other, rounded to five minutes, the last ending with the meeting; with
    the pauses for prayer and food that fall into them."""
    whole = (meeting.ends - meeting.starts).total_seconds() / 60
    at, parts = meeting.starts, PARTS[meeting.type]
    for number, part in enumerate(parts, 1):
        length = timedelta(minutes=max(5, round(whole * part.share / 5) * 5))
        end = meeting.ends if number == len(parts) else min(at + length, meeting.ends)
        if end > at:
            Session.objects.create(
                meeting=meeting, kind=part.kind, title=str(part.title), starts=at, ends=end
            )
        at = end
    _usual_pauses(meeting)


def _usual_pauses(meeting: Meeting) -> None:
    """A pause that lies across two sessions is part of both."""
    sessions = list(meeting.sessions.order_by("starts"))
    starts, ends = timezone.localtime(meeting.starts), timezone.localtime(meeting.ends)
    items = []
    for pause, begin, minutes in pauses(starts, ends):
        for session in sessions:
            start = max(begin, session.starts)
            end = min(begin + timedelta(minutes=minutes), session.ends)
            if start < end:
                items.append(AgendaItem(
                    session=session, kind=pause.kind, title=str(pause.title), start=start,
                    minutes=int((end - start).total_seconds() // 60), pinned=True,
                ))  # fmt: skip
    AgendaItem.objects.bulk_create(items)
