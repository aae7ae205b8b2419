"""Settled between us: one side proposes, the others agree, the register follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency, Role
from rakorsus.people.rules import require
from rakorsus.stages.findings.actions.answers import refresh_state
from rakorsus.stages.findings.models import Finding, Settlement, SettlementSide
from rakorsus.stages.register.actions import amend_program
from rakorsus.stages.register.models import Program

State = Settlement.State


@transaction.atomic
def propose(
    actor: Actor,
    finding: Finding,
    agency: Agency,
    text: str,
    *,
    option: str = "",
    changes: Sequence[Mapping[str, Any]] = (),
) -> Settlement:
    """Propose a way out; the proposing side agrees by it. One proposal is open at a time.

    Args:
        changes: {key, field, after}: what is to change on which of the finding's lines; what
            stands there now is kept beside it.
    """
    require(actor, "findings.settle", finding, agency.pk)
    if not finding.alive:
        raise ValidationError(_("Temuan ini sudah selesai."))
    if not text.strip():
        raise ValidationError(_("Tulis apa yang disepakati."))
    if finding.settlements.filter(state=State.PROPOSED).exists():
        raise ValidationError(_("Masih ada usulan yang menunggu jawaban."))
    settlement = Settlement.objects.create(
        finding=finding, by=actor.user, by_name=actor.name, agency=agency, option=option,
        text=text.strip(), changes=_with_before(finding, changes),
    )  # fmt: skip
    SettlementSide.objects.bulk_create(
        SettlementSide(settlement=settlement, agency=side.agency)
        for side in finding.sides.select_related("agency")
    )
    audit.record(actor, "findings.propose", finding, agency=agency.code,
                 summary=text.strip()[:200], changes={"changes": settlement.changes})  # fmt: skip
    _say(actor, settlement, agency, True)
    return settlement


@transaction.atomic
def agree(actor: Actor, settlement: Settlement, agency: Agency) -> Settlement:
    """Agree for one side. When all have agreed, the finding is settled and the register follows."""
    require(actor, "findings.settle", settlement.finding, agency.pk)
    _waiting(settlement)
    _say(actor, settlement, agency, True)
    return settlement


@transaction.atomic
def decline(actor: Actor, settlement: Settlement, agency: Agency) -> Settlement:
    """Refuse the proposal for one side, which ends it."""
    require(actor, "findings.settle", settlement.finding, agency.pk)
    _waiting(settlement)
    _say(actor, settlement, agency, False)
    return settlement


@transaction.atomic
def withdraw(actor: Actor, settlement: Settlement) -> Settlement:
    """Take a proposal back, also one that was agreed: the finding is open again. What the register
    took over stays until it is amended again."""
    require(actor, "findings.withdraw", settlement)
    if settlement.state not in (State.PROPOSED, State.AGREED):
        raise ValidationError(_("Usulan ini sudah berakhir."))
    _end(actor, settlement, State.WITHDRAWN, "findings.withdraw")
    return settlement


def _say(actor: Actor, settlement: Settlement, agency: Agency, agreed: bool) -> None:
    side = settlement.sides.select_for_update().get(agency=agency)
    side.agreed, side.by_name, side.at = agreed, actor.name, timezone.now()
    side.save(update_fields=["agreed", "by_name", "at"])
    if not agreed:
        _end(actor, settlement, State.DECLINED, "findings.decline", agency.code)
        return
    audit.record(actor, "findings.agree", settlement.finding, agency=agency.code)
    if all(other.agreed for other in settlement.sides.all()):
        _apply(actor, settlement)
        _end(actor, settlement, State.AGREED, "findings.settled", agency.code)


def _apply(actor: Actor, settlement: Settlement) -> None:
    """Write the agreed changes. Each side has consented to what was shown to it, and that consent
    is the right to amend its lines."""
    sides = {side.agency_id for side in settlement.sides.all()}
    consented = replace(
        actor, grants=actor.grants | {(Role.PLANNER.value, agency) for agency in sides}
    )
    by_key: dict[str, dict[str, Any]] = defaultdict(dict)
    for change in settlement.changes:
        by_key[change["key"]][change["field"]] = change["after"]
    reason = _("Kesepakatan temuan %(finding)s: %(text)s") % {
        "finding": settlement.finding_id,
        "text": settlement.text[:300],
    }
    for program in Program.objects.filter(key__in=by_key).select_related("agency"):
        amend_program(consented, program, by_key[program.key], reason)


def _end(actor: Actor, settlement: Settlement, state: str, action: str, agency: str = "") -> None:
    before = settlement.state
    settlement.state = state
    settlement.save(update_fields=["state"])
    refresh_state(settlement.finding)
    audit.record(actor, action, settlement.finding, agency=agency or settlement.agency.code,
                 changes={"state": [before, state]}, topic="findings.settlement")  # fmt: skip


def _waiting(settlement: Settlement) -> None:
    if settlement.state != State.PROPOSED:
        raise ValidationError(_("Usulan ini sudah berakhir."))


def _with_before(finding: Finding, changes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The changes with what stands in the register now; only lines of the finding."""
    lines = {p.key: p for p in finding.programs.all()}
    kept = []
    for change in changes:
        line = lines.get(change["key"])
        if line is None:
            raise ValidationError(_("Baris itu bukan bagian dari temuan ini."))
        before = getattr(line, change["field"], None)
        plain = before.isoformat() if hasattr(before, "isoformat") else before
        if plain != change["after"]:
            kept.append({**change, "before": plain, "title": line.title})
    return kept
