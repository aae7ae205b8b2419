"""Answering the one question that an agency is asked, or putting it off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.findings.models import Finding, Reply
from rakorsus.stages.register.actions import amend_program
from rakorsus.stages.register.models import Program

#: How long a question that was put off stays away.
_REST: Final = {Reply.Kind.LATER: timedelta(days=7), Reply.Kind.UNKNOWN: timedelta(days=30)}

#: What an answer may change, by what was missing.
_FIELDS: Final = {
    Reply.Missing.PLACE: {"places"},
    Reply.Missing.DATES: {"start", "end"},
    Reply.Missing.VOLUME: {"volume"},
}


@transaction.atomic
def reply(actor: Actor, finding: Finding, line: Program, changes: Mapping[str, Any]) -> Reply:
    """What was missing, through the register's own amendment: the line is judged again at once.

    Raises:
        PermissionDenied: not the line's own planner.
        ValidationError: not a question of this finding, or nothing that the register takes.
    """
    require(actor, "findings.reply", line)
    missing = _asked(finding, line)
    if not changes or not set(changes) <= _FIELDS[missing] or not all(changes.values()):
        raise ValidationError(_("Jawaban ini bukan untuk pertanyaannya."))
    amend_program(actor, line, changes, _("Jawaban atas pertanyaan: %s") % missing.label.lower())
    return _record(actor, finding, line, missing, Reply.Kind.ANSWERED)


@transaction.atomic
def put_off(actor: Actor, finding: Finding, line: Program, kind: str) -> Reply:
    """Not now (a week), or not known (a month); the next question comes first.

    Raises:
        PermissionDenied: not the line's own planner.
        ValidationError: not a question of this finding.
    """
    require(actor, "findings.reply", line)
    if kind not in _REST:
        raise ValidationError(_("Jawaban tidak dikenal."))
    return _record(actor, finding, line, _asked(finding, line), Reply.Kind(kind))


def _asked(finding: Finding, line: Program) -> Reply.Missing:
    lines = {entry["key"] for entry in finding.evidence.get("questions", ())}
    if finding.kind != Finding.Kind.UNCLEAR or line.key not in lines or not finding.alive:
        raise ValidationError(_("Pertanyaan ini sudah tidak berlaku."))
    return Reply.Missing(finding.evidence["missing"])


def _record(
    actor: Actor, finding: Finding, line: Program, missing: Reply.Missing, kind: Reply.Kind
) -> Reply:
    rest = _REST.get(kind)
    said = Reply.objects.create(
        program=line, agency=line.agency, run=finding.last_run, missing=missing, kind=kind,
        until=timezone.now() + rest if rest else None, by=actor.user, by_name=actor.name[:200],
    )  # fmt: skip
    audit.record(
        actor, "findings.reply", said, agency=line.agency.code,
        summary=f"{line.title[:120]}: {missing.label}, {kind.label}".lower(),
        changes={"key": line.key, "missing": missing.value, "kind": kind.value},
    )  # fmt: skip
    return said
