"""Signing the minutes: their content is frozen, and nothing of the meeting changes after it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.meeting.actions.guard import beat, guarded, unsigned
from rakorsus.stages.meeting.models import AgendaItem, Meeting, Minutes, Resolution
from rakorsus.stages.meeting.queries.minutes import content, digest_of


def sign(actor: Actor, meeting: Meeting, post: str) -> Minutes:
    """Freeze and sign the minutes. Nothing may still be running or be voted on."""
    with guarded(actor, "meeting.sign", meeting):
        require(actor, "meeting.sign")
        unsigned(meeting.pk)
        if not post.strip():
            raise ValidationError(_("Tulis jabatan penanda tangan."))
        running = AgendaItem.objects.filter(
            session__meeting=meeting, state=AgendaItem.State.RUNNING
        )
        voting = meeting.resolutions.filter(state=Resolution.State.VOTING)
        if running.exists() or voting.exists():
            raise ValidationError(_("Masih ada acara atau pemungutan suara yang berlangsung."))
        frozen = content(meeting)
        made = Minutes.objects.create(
            meeting=meeting, content=frozen, digest=digest_of(frozen), signed_by=actor.name,
            signed_post=post.strip()[:200],
        )  # fmt: skip
        Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.CLOSED)
        audit.record(actor, "meeting.sign", meeting, changes={"digest": made.digest},
                     topic="meeting.signed")  # fmt: skip
        beat(meeting.pk)
        return made
