"""Issuing the papers of a meeting, and taking them back."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rakorsus.documents import actions as documents
from rakorsus.documents.models import Issued
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.meeting.actions.guard import guarded
from rakorsus.stages.meeting.documents import agreement, composer, indonesian
from rakorsus.stages.meeting.models import AgendaItem, Meeting


def issue(
    actor: Actor, meeting: Meeting, kind: str, base: str, *, on: date | None = None,
    number: str = "",
) -> Issued:  # fmt: skip
    """Give a paper of the meeting its number. An invitation's number becomes the meeting's; a
    number written there before is the one it gets."""
    with guarded(actor, "meeting.issue", meeting):
        require(actor, "meeting.issue")
        compose = composer(kind, meeting)
        wanted = number or (_own_number(meeting) if kind == "undangan" else "")
        made = documents.issue(
            actor, kind, documents.subject_of(meeting), compose_title(meeting, kind), compose,
            base, on=on, number=wanted,
        )  # fmt: skip
        if kind == "undangan":
            Meeting.objects.filter(pk=meeting.pk).update(number=made.number[:120])
        return made


def issue_agreement(actor: Actor, item: AgendaItem, base: str, *, on: date | None = None) -> Issued:
    """The berita acara of one desk."""
    meeting = item.session.meeting
    with guarded(actor, "meeting.issue", item):
        require(actor, "meeting.issue")
        if not item.outcomes.exists():
            raise ValidationError(_("Meja ini belum mencapai hasil."))
        return documents.issue(
            actor, "berita-acara", documents.subject_of(item),
            f"Berita acara kesepakatan, meja {item.table}, {meeting.title}",
            indonesian(agreement.compose(meeting, item)), base, on=on,
        )  # fmt: skip


@transaction.atomic
def revoke_paper(actor: Actor, issued: Issued, reason: str) -> None:
    """Take a paper back."""
    require(actor, "meeting.issue")
    documents.revoke(actor, issued, reason)


def compose_title(meeting: Meeting, kind: str) -> str:
    """The matter as the public page says it."""
    names = {
        "undangan": "Undangan", "susunan-acara": "Susunan acara", "daftar-hadir": "Daftar hadir",
        "notula": "Notula", "berita-acara": "Berita acara kesepakatan", "laporan": "Laporan",
        "sk-penanggung-jawab": "Penunjukan penanggung jawab tindak lanjut hasil",
    }  # fmt: skip
    return f"{names[kind]} {meeting.title}"


def _own_number(meeting: Meeting) -> str:
    """The number typed at the meeting, unless an earlier invitation took it."""
    used = Issued.objects.filter(number=meeting.number).exists()
    return "" if used else meeting.number
