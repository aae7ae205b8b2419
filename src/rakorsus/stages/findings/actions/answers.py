"""Answers of the sides, and the talk about a finding."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency
from rakorsus.people.rules import can, require
from rakorsus.stages.findings.models import (
    Comment,
    Finding,
    FindingAgency,
    Settlement,
    Verdict,
)
from rakorsus.stages.findings.states import state_of

Answer = FindingAgency.Answer
#: A comment may be changed by its author for so long.
EDITABLE: Final = timedelta(minutes=15)


@transaction.atomic
def answer(
    actor: Actor, finding: Finding, agency: Agency, given: str, *, cause: str = "", reason: str = ""
) -> Verdict:
    """The answer of one side. Refusing needs a cause, asking for data needs a question.

    Raises:
        ValidationError: the finding is closed, or the reason is missing.
    """
    require(actor, "findings.answer", finding, agency.pk)
    _still_open(finding)
    if given not in (Answer.ACCEPT, Answer.REJECT, Answer.NEED_DATA):
        raise ValidationError(_("Jawaban tidak dikenal."))
    if given == Answer.REJECT and not cause and not reason.strip():
        raise ValidationError(_("Sebutkan alasan menolak."))
    if given == Answer.REJECT and cause == Verdict.Cause.OTHER and not reason.strip():
        raise ValidationError(_("Jelaskan alasan lain itu."))
    if given == Answer.NEED_DATA and not reason.strip():
        raise ValidationError(_("Tulis data apa yang diperlukan."))
    verdict = Verdict.objects.create(
        finding=finding, agency=agency, by=actor.user, by_name=actor.name, answer=given,
        cause=cause if given == Answer.REJECT else "", reason=reason.strip(),
    )  # fmt: skip
    side = FindingAgency.objects.select_for_update().get(finding=finding, agency=agency)
    before = side.answer
    side.answer = given
    side.save(update_fields=["answer"])
    refresh_state(finding)
    audit.record(
        actor, "findings.answer", finding, agency=agency.code,
        changes={"answer": [before, given], "cause": cause}, summary=reason.strip()[:200],
        topic="findings.answered",
    )  # fmt: skip
    return verdict


def answer_many(
    actor: Actor,
    findings: Iterable[Finding],
    given: str,
    *,
    cause: str = "",
    reason: str = "",
) -> tuple[int, list[str]]:
    """One answer for many findings, for each side that the actor speaks for.

    Returns how many answers were given, and what was refused, in words.
    """
    done, refused = 0, []
    for finding in findings:
        own = [
            s.agency
            for s in finding.sides.all()
            if can(actor, "findings.answer", finding, s.agency_id)
        ]
        if not own:
            refused.append(_("%s: perangkat daerah Anda bukan pihak.") % finding)
        for agency in own:
            try:
                answer(actor, finding, agency, given, cause=cause, reason=reason)
                done += 1
            except ValidationError as error:
                refused.append(f"{finding}: {' '.join(error.messages)}")
    return done, refused


def refresh_state(finding: Finding) -> None:
    """The finding's state from its sides as they stand now."""
    finding.state = state_of(
        list(finding.sides.values_list("answer", flat=True)),
        found=finding.closed_run_id is None,
        agreed=finding.settlements.filter(state=Settlement.State.AGREED).exists(),
        expected=finding.kind == Finding.Kind.EXPECTED and not finding.wanted,
    )
    finding.save(update_fields=["state"])


@transaction.atomic
def comment(actor: Actor, finding: Finding, text: str) -> Comment:
    """Say something about a finding, as one of its sides or as coordinator."""
    require(actor, "findings.discuss", finding)
    if not text.strip():
        raise ValidationError(_("Tanggapan masih kosong."))
    side = next((s.agency for s in finding.sides.all() if actor.plans_for(s.agency_id)), None)
    made = Comment.objects.create(
        finding=finding, by=actor.user, agency=side, text=text.strip()[:5000]
    )
    audit.record(actor, "findings.comment", finding, agency=side.code if side else "")
    return made


@transaction.atomic
def change_comment(actor: Actor, note: Comment, text: str) -> Comment:
    """Mend one's own words within a quarter of an hour."""
    require(actor, "findings.change_comment", note)
    if timezone.now() - note.at > EDITABLE:
        raise ValidationError(_("Tanggapan hanya dapat diubah dalam 15 menit."))
    if not text.strip():
        raise ValidationError(_("Tanggapan masih kosong."))
    note.text, note.changed = text.strip()[:5000], timezone.now()
    note.save(update_fields=["text", "changed"])
    audit.record(actor, "findings.change_comment", note.finding)
    return note


def _still_open(finding: Finding) -> None:
    if finding.state in (Finding.State.CLOSED, Finding.State.EXPECTED):
        raise ValidationError(_("Temuan ini sudah ditutup."))
