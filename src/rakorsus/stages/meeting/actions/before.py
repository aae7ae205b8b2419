"""Before the day: desks leave the agenda when their sides have agreed, materials, answers, those
who sign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.findings.models.findings import OPEN_STATES
from rakorsus.stages.meeting.actions.guard import beat, unsigned
from rakorsus.stages.meeting.models import (
    AgendaItem,
    Material,
    Meeting,
    Question,
    Session,
    SigningParty,
)
from rakorsus.stages.meeting.slides.check import check_slides

State = AgendaItem.State
_WAITING = (Meeting.State.DRAFT, Meeting.State.PUBLISHED)


@transaction.atomic
def release_desks(actor: Actor) -> tuple[int, int]:
    """Desks of meetings that have not begun: what its sides have settled, or what is found no more,
    leaves the agenda; what is open again comes back without a time. Idempotent.

    Returns how many left and how many came back.
    """
    require(actor, "meeting.plan")
    desks = AgendaItem.objects.select_for_update(of=("self",)).filter(
        kind=AgendaItem.Kind.DESK, session__meeting__state__in=_WAITING, began=None,
        finding__isnull=False,
    )  # fmt: skip
    left = desks.filter(state=State.WAITING).exclude(finding__state__in=OPEN_STATES)
    back = desks.filter(state=State.DROPPED, ended=None, finding__state__in=OPEN_STATES)
    return (
        _change(actor, list(left.select_related("session__meeting")), State.DROPPED),
        _change(actor, list(back.select_related("session__meeting")), State.WAITING),
    )


def _change(actor: Actor, items: Sequence[AgendaItem], state: str) -> int:
    for item in items:
        before, item.state = item.state, state
        item.start, item.table, item.pinned = None, 0, False
        item.version += 1
        item.save(update_fields=["state", "start", "table", "pinned", "version"])
        audit.record(actor, "meeting.release", item, summary=item.title[:200],
                     changes={"state": [before, state], "finding": item.finding_id})  # fmt: skip
    for meeting in {item.session.meeting_id for item in items}:
        beat(meeting)
    return len(items)


@transaction.atomic
def add_material(actor: Actor, session: Session, title: str, file: UploadedFile) -> Material:
    """A file of a session, PDF or PPTX by its content."""
    require(actor, "meeting.invite")
    unsigned(session.meeting_id)
    if not title.strip():
        raise ValidationError(_("Tulis judul materinya."))
    slides = check_slides(file)
    made = Material(
        session=session, title=title.strip()[:200], kind=slides.kind, pages=slides.pages,
        outline=slides.outline, by_name=actor.name,
    )  # fmt: skip
    made.file.save(f"{session.pk}.{slides.kind}", file, save=False)
    made.save()
    audit.record(actor, "meeting.material", session.meeting, summary=made.title)
    return made


@transaction.atomic
def remove_material(actor: Actor, material: Material) -> None:
    require(actor, "meeting.invite")
    unsigned(material.session.meeting_id)
    audit.record(actor, "meeting.remove_material", material.session.meeting,
                 summary=material.title)  # fmt: skip
    file = material.file
    material.delete()
    transaction.on_commit(lambda: file.delete(save=False))


@transaction.atomic
def answer_question(actor: Actor, question: Question, text: str) -> None:
    """The presenter's answer to a question, before or on the day; the newest counts."""
    require(actor, "meeting.prepare", question.item)
    unsigned(question.item.session.meeting_id)
    if not text.strip():
        raise ValidationError(_("Jawaban masih kosong."))
    question.answer, question.answered_by = text.strip()[:2000], actor.name
    question.save(update_fields=["answer", "answered_by"])
    audit.record(actor, "meeting.answer", question.item)


@transaction.atomic
def set_signers(actor: Actor, item: AgendaItem, rows: Sequence[dict[str, Any]]) -> None:
    """Who signs at a signing, in this order: {post, institution}."""
    require(actor, "meeting.plan")
    unsigned(item.session.meeting_id)
    if item.kind != AgendaItem.Kind.SIGNING:
        raise ValidationError(_("Acara ini bukan penandatanganan."))
    kept = [row for row in rows if row["post"].strip()]
    item.signing.all().delete()
    SigningParty.objects.bulk_create(
        SigningParty(item=item, position=n, post=row["post"].strip()[:200],
                     institution=row["institution"].strip()[:250])
        for n, row in enumerate(kept, 1)
    )  # fmt: skip
    audit.record(actor, "meeting.signers", item, summary=f"{len(kept)} penanda tangan")
    beat(item.session.meeting_id)
