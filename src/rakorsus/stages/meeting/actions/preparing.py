"""Presentation forms with slides, questions, and what guests thought of a session."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.meeting.actions.guard import guarded, unsigned
from rakorsus.stages.meeting.models import (
    AgendaItem,
    Brief,
    Feedback,
    Participant,
    Question,
    Session,
)
from rakorsus.stages.meeting.slides.check import check_slides

_TEXTS = ("issue", "solution", "innovation", "stuck", "in_charge")


def save_brief(
    actor: Actor, item: AgendaItem, data: dict[str, Any], seen: int, slides: UploadedFile | None
) -> Brief:
    """The form of a presentation.

    Args:
        seen: the version that the writer saw, 0 for a new form; another one is refused.

    Raises:
        ValidationError: somebody else was faster, or the slides are no PDF or PPTX.
    """
    with guarded(actor, "meeting.brief", item):
        require(actor, "meeting.prepare", item)
        unsigned(item.session.meeting_id)
        brief = Brief.objects.select_for_update().filter(item=item).first()
        if (brief.version if brief else 0) != seen:
            raise ValidationError(
                _("Orang lain baru saja mengubahnya. Muat ulang halaman ini dan lihat dahulu.")
            )
        brief = brief or Brief(item=item, version=0)
        for name in _TEXTS:
            setattr(brief, name, data.get(name, ""))
        if slides is not None:
            _take(brief, slides)
        brief.by_name, brief.version = actor.name, brief.version + 1
        brief.save()
        audit.record(actor, "meeting.brief", item, agency=item.agency.code if item.agency else "",
                     changes={"version": [seen, brief.version]})  # fmt: skip
        return brief


def _take(brief: Brief, slides: UploadedFile) -> None:
    """Look at the slides and keep them in place of the earlier ones."""
    seen = check_slides(slides)
    old = brief.slides.name
    brief.slides_name = (slides.name or seen.kind)[:150]
    brief.slides_kind, brief.pages, brief.outline = seen.kind, seen.pages, seen.outline
    brief.slides.save(f"{brief.item_id}.{seen.kind}", slides, save=False)
    if old:
        transaction.on_commit(lambda: default_storage.delete(old))


@transaction.atomic
def ask(actor: Actor, item: AgendaItem, text: str) -> Question:
    """A question for the presenter."""
    require(actor, "meeting.speak")
    unsigned(item.session.meeting_id)
    if not text.strip():
        raise ValidationError(_("Pertanyaan masih kosong."))
    made = Question.objects.create(
        item=item, by=actor.user, by_name=actor.name, text=text.strip()[:1000]
    )
    audit.record(actor, "meeting.ask", item)
    return made


def give_feedback(
    actor: Actor, session: Session, participant: Participant, key: str, useful: int, text: str
) -> None:
    """A guest's opinion of a session, once."""
    with guarded(actor, "meeting.feedback", session):
        if participant.key != key or participant.meeting_id != session.meeting_id:
            raise PermissionDenied("meeting.feedback")
        if not 1 <= useful <= 5:
            raise ValidationError(_("Beri nilai 1 sampai 5."))
        try:
            with transaction.atomic():
                Feedback.objects.create(
                    session=session, participant=participant, useful=useful,
                    text=text.strip()[:1000],
                )  # fmt: skip
        except IntegrityError as error:
            raise ValidationError(_("Penilaian untuk sesi ini sudah diberikan.")) from error
        audit.record(actor, "meeting.feedback", session)
