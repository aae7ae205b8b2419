"""Taking a decision: its changes become a version of the register, all of them or none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.models import Role
from rakorsus.people.rules import require
from rakorsus.stages.decisions import composing
from rakorsus.stages.decisions.actions.drafting import fresh_lines, locked
from rakorsus.stages.decisions.actions.preview import shown
from rakorsus.stages.decisions.models import Change, Decision
from rakorsus.stages.register import bulk
from rakorsus.stages.register.actions import amend_programs
from rakorsus.stages.register.models import PlanVersion, Program


@transaction.atomic
def take(actor: Actor, decision: Decision, seen: int) -> Decision:
    """Take a draft as it was seen. The right to take it is the right to amend the lines it names.

    Raises:
        PermissionDenied: not the actor's to take.
        ValidationError: it is no draft any more, somebody changed it, a line changed meanwhile, or
            the engine has not looked at it as things stand (preview).
    """
    require(actor, "decisions.take", decision)
    fresh = locked(decision, seen)
    bulk.lock(Program)
    if not shown(fresh):
        raise ValidationError(
            _("Lihat dahulu kata mesin tentang rancangan ini; register atau isinya berubah.")
        )
    changes = list(fresh.changes.select_related("program__agency"))
    _unchanged(changes)
    _number(fresh)
    version = _amend(actor, fresh, changes)
    fresh.state, fresh.decided_at = Decision.State.TAKEN, timezone.now()
    fresh.taken_by_name, fresh.plan_version = actor.name[:200], version
    fresh.verdict = _verdict(fresh)
    fresh.version += 1
    fresh.save()
    if fresh.replaces_id:
        Decision.objects.filter(pk=fresh.replaces_id).update(state=Decision.State.REPLACED)
    audit.record(
        actor, "decisions.take", fresh, agency=fresh.owner.code if fresh.owner else "",
        summary=f"{fresh.label}: {fresh.title}"[:200], topic="decisions.taken",
        changes={"number": fresh.number, "register": version.number, "finding": fresh.finding_id,
                 "replaces": fresh.replaces_id},
    )  # fmt: skip
    return fresh


def _verdict(decision: Decision) -> str:
    """Whether the engine still has something to say: not of a finding that is closed and, as the
    preview of this very register says, stays so."""
    if decision.finding is None:
        return Decision.Verdict.NONE
    closed = decision.finding.closed_run_id is not None
    stays_so = closed and decision.preview.get("verdict") != "returns"
    return Decision.Verdict.CLOSED if stays_so else Decision.Verdict.WAITING


def _unchanged(changes: list[Change]) -> None:
    """Raises when a line does not say any more what the draft shows as `before`."""
    moved = {
        change.key
        for change in changes
        if change.program
        and not _same(composing.plain(getattr(change.program, change.field)), change.before)
    }
    gone = {c.key for c in changes if c.program and c.program.removed}
    if moved | gone:
        raise ValidationError(
            _("Register berubah sejak rancangan ini dibuat (%s). Susun ulang perubahannya.")
            % ", ".join(sorted(moved | gone))
        )


def _same(now: Any, before: Any) -> bool:
    return now == before or (now in (None, "", []) and before in (None, "", []))


def _number(decision: Decision) -> None:
    """The next number of the year; the lock on the register's lines keeps others waiting."""
    top = Decision.objects.filter(year=decision.year).aggregate(top=Max("number"))["top"]
    decision.number = (top or 0) + 1


def _amend(actor: Actor, decision: Decision, changes: list[Change]) -> PlanVersion:
    by_key: dict[str, dict[str, Any]] = {}
    for change in changes:
        if not change.fresh:
            by_key.setdefault(change.key, {})[change.field] = change.after
    new = fresh_lines(decision)
    agencies = {c.program.agency_id for c in changes if c.program}
    allowed = {(Role.PLANNER.value, agency) for agency in agencies}
    if new.height:
        allowed.add((Role.COORDINATOR.value, None))
    consented = replace(actor, grants=actor.grants | allowed)
    reason = f"{decision.label}: {decision.title}"
    version = amend_programs(
        consented, by_key, reason, new if new.height else None, decided=decision.label
    )
    if new.height:
        _name(decision, new["key"].to_list())
    return version


def _name(decision: Decision, keys: list[str]) -> None:
    """Give the changes of new lines the keys and rows that the register gave them."""
    programs = {p.key: p for p in Program.objects.filter(key__in=keys).defer("search")}
    for number, key in enumerate(keys, 1):
        decision.changes.filter(key=f"baru:{number}").update(key=key, program=programs[key])
