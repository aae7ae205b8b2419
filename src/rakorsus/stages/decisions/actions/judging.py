"""What the engine says of a decision once the register has been amended."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.decisions.models import Decision
from rakorsus.stages.decisions.queries import waiting
from rakorsus.stages.findings.models import Finding, Run

Verdict = Decision.Verdict


def judge(actor: Actor, run: int) -> int:
    """Read from a run what became of the findings that were decided; returns how many it settled.

    A run that has not looked at a decision's lines, or looked at an older register, says nothing.
    """
    require(actor, "findings.coordinate")
    found = Run.objects.get(pk=run)
    done = 0
    for pk in list(waiting().values_list("pk", flat=True)):
        done += _judge_one(actor, pk, found)
    return done


@transaction.atomic
def _judge_one(actor: Actor, pk: int, run: Run) -> bool:
    decision = Decision.objects.select_for_update().get(pk=pk)
    finding = Finding.objects.get(pk=decision.finding_id)
    assert decision.plan_version is not None
    last = finding.closed_run or finding.last_run
    if decision.verdict != Verdict.WAITING or last.version < decision.plan_version.number:
        return False
    decision.verdict = Verdict.CLOSED if finding.closed_run_id else Verdict.STAYS
    decision.result = {"run": last.pk, **_said(decision, finding, last)}
    decision.save(update_fields=["verdict", "result"])
    audit.record(
        actor, "decisions.judge", decision, agency=decision.owner.code if decision.owner else "",
        summary=f"{decision.label}: {decision.get_verdict_display()}",
        changes={"verdict": decision.verdict, "finding": finding.pk, "run": last.pk},
        topic="decisions.judged",
    )  # fmt: skip
    return True


def _said(decision: Decision, finding: Finding, run: Run) -> dict[str, Any]:
    """Why it stays, and the findings that the run found first on the decided lines."""
    lines = decision.changes.exclude(program=None).values("program")
    caused = Finding.objects.filter(first_run=run, lines__program__in=lines, closed_run=None)
    stays = None if finding.closed_run_id else {"id": finding.reasons_id, "en": finding.reasons_en}
    return {"missing": stays, "caused": sorted(set(caused.values_list("pk", flat=True)))}
