"""Check-in: by code, by name, many at once, and guests without an invitation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.meeting.actions.guard import guarded, unsigned
from rakorsus.stages.meeting.models import Attendance, Meeting, Participant

Mode = Attendance.Mode


def check_in(
    actor: Actor,
    participant: Participant,
    client: str,
    mode: str = Mode.CODE,
    at: datetime | None = None,
    key: str | None = None,
) -> Attendance:
    """Note that somebody has come.

    Args:
        client: an id made by the device; the same id again gives the same arrival, not a second.
        at: when the device noted it, for what was kept while there was no connection.
        key: the key of the code that was shown; one that was passed on by letter is refused.

    Raises:
        ValidationError: this invitation was used already, or the code counts no more.
    """
    with guarded(actor, "meeting.check_in", participant):
        require(actor, "meeting.check_in", participant)
        unsigned(participant.meeting_id)
        fresh = Participant.objects.select_for_update().get(pk=participant.pk)
        had = Attendance.objects.filter(client=client).first()
        if had is not None and had.participant_id == fresh.pk:
            return had
        if key is not None and fresh.key != key:
            raise ValidationError(
                _("Kode ini tidak berlaku lagi: undangannya sudah dialihkan dengan surat tugas.")
            )
        used = Attendance.objects.filter(participant=fresh).first()
        if used is not None:
            when = timezone.localtime(used.at)
            raise ValidationError(
                _("Undangan ini sudah dipakai masuk pukul %(time)s (dicatat %(by)s).")
                % {"time": f"{when:%H.%M}", "by": used.by_name}
            )
        made = _arrived(actor, fresh, client, mode, at)
        audit.record(actor, "meeting.check_in", fresh, changes={"mode": mode})
        return made


def _arrived(
    actor: Actor, participant: Participant, client: str, mode: str, at: datetime | None
) -> Attendance:
    now = timezone.now()
    when = at if at and now - timedelta(days=2) < at <= now else now
    try:
        with transaction.atomic():
            return Attendance.objects.create(
                participant=participant, at=when, mode=mode, by_name=actor.name, client=client[:64]
            )
    except IntegrityError as error:
        raise ValidationError(_("Kehadiran ini sudah dicatat.")) from error


def check_in_many(actor: Actor, meeting: Meeting, ids: Iterable[int]) -> int:
    """A delegation that comes together; who is there already is passed over."""
    with guarded(actor, "meeting.check_in", meeting):
        require(actor, "meeting.invite")
        unsigned(meeting.pk)
        chosen = meeting.participants.filter(pk__in=list(ids), attendance=None)
        now = timezone.now()
        made = Attendance.objects.bulk_create(
            Attendance(participant=p, at=now, mode=Mode.BULK, by_name=actor.name,
                       client=f"bulk-{p.pk}")
            for p in chosen.select_for_update(of=("self",))
        )  # fmt: skip
        audit.record(actor, "meeting.check_in_many", meeting, summary=f"{len(made)} orang")
        return len(made)


def walk_in(actor: Actor, meeting: Meeting, client: str, data: Mapping[str, Any]) -> Attendance:
    """A guest without an invitation. The same client id again gives the same guest."""
    with guarded(actor, "meeting.walk_in", meeting):
        require(actor, "meeting.invite")
        unsigned(meeting.pk)
        had = Attendance.objects.filter(client=client).select_related("participant").first()
        if had is not None:
            return had
        guest = Participant.objects.create(
            meeting=meeting, rank=9000, walk_in=True, reply=Participant.Reply.COMING, **data
        )
        made = _arrived(actor, guest, client, Mode.WALK_IN, None)
        audit.record(actor, "meeting.walk_in", guest)
        return made
