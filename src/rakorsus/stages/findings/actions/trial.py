"""Trying other settings: both runs of the engine side by side, and nothing written but the trial.

`Trial.result` holds `kinds` (kind, numbers and rupiah before and after, how many appear, disappear,
move), `appear`, `disappear` and `moved` (the first of each, as `_told` gives them), `totals` and
`seconds`.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from rakorsus.audit import outbox
from rakorsus.engine.analysis import judged
from rakorsus.engine.records import Finding as Found
from rakorsus.engine.sensitivity import Effect, effect
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.findings import rulebook
from rakorsus.stages.findings.actions.run import ask_for_run
from rakorsus.stages.findings.actions.settings import check, save_rules
from rakorsus.stages.findings.models import RuleSettings, Trial
from rakorsus.stages.findings.opening import register
from rakorsus.stages.register.models import Program
from rakorsus.stages.register.queries import frames

#: Registers up to this many lines are tried while the page waits; larger ones as a job.
INLINE: Final = 8_000
_SHOWN: Final = 50
_TITLES: Final = 3
_KEPT: Final = timedelta(hours=1)


def small() -> bool:
    """Whether a trial is quick enough to wait for."""
    return not Program.objects.filter(removed=False)[INLINE : INLINE + 1].exists()


def try_rules(actor: Actor, values: Mapping[str, Any]) -> Trial:
    """A trial of these settings, done at once on a small register; the actor's older ones go.

    Raises:
        ValidationError: a threshold outside its limits.
    """
    require(actor, "findings.coordinate")
    check(values)
    Trial.objects.filter(by=actor.user, at__lt=timezone.now() - _KEPT).delete()
    trial = Trial.objects.create(by=actor.user, values=dict(values))
    if small():
        run_trial(actor, trial.pk)
        trial.refresh_from_db()
    else:
        with transaction.atomic():
            outbox.emit("findings.trial", {"id": trial.pk})
    return trial


def run_trial(actor: Actor, pk: int) -> None:
    """Both runs of a trial that still waits; one that was discarded meanwhile is left alone."""
    require(actor, "findings.coordinate")
    trial = Trial.objects.filter(pk=pk, state=Trial.State.RUNNING).first()
    if trial is None:
        return
    began = time.perf_counter()
    try:
        found = _effect(trial)
    except Exception:
        Trial.objects.filter(pk=pk).update(state=Trial.State.FAILED)
        raise
    result = _told(found) | {"seconds": round(time.perf_counter() - began, 1)}
    Trial.objects.filter(pk=pk).update(state=Trial.State.DONE, progress=100, result=result)


def _effect(trial: Trial) -> Effect:
    """What the trial's settings change over the register as it stands."""

    def say(percent: int) -> None:
        Trial.objects.filter(pk=trial.pk).update(progress=percent)

    programs = frames.frame()
    if not programs.height:
        return effect((), ())
    run = register(programs)
    say(30)
    before = judged(run).findings
    say(65)
    after = judged(replace(run, rules=rulebook.rules(trial.values))).findings
    return effect(before, after)


def _told(found: Effect) -> dict[str, Any]:
    return {
        "kinds": [asdict(k) | {"kind": k.kind.value} for k in found.kinds],
        "appear": _listed(found.appear),
        "disappear": _listed(found.disappear),
        "moved": [
            _one(m.finding) | {"before": m.before, "after": m.after} for m in found.moved[:_SHOWN]
        ],
        "totals": {
            "appear": len(found.appear), "disappear": len(found.disappear),
            "moved": len(found.moved),
            "money_appear": sum(f.money for f in found.appear),
            "money_disappear": sum(f.money for f in found.disappear),
        },
    }  # fmt: skip


def _listed(findings: Iterable[Found]) -> list[dict[str, Any]]:
    return [_one(f) for f in list(findings)[:_SHOWN]]


def _one(finding: Found) -> dict[str, Any]:
    return {
        "fingerprint": finding.id, "kind": finding.kind.value, "severity": finding.severity.value,
        "money": finding.money, "reasons": finding.reasons.as_dict(),
        "programs": [{"key": p.key, "title": p.title} for p in finding.programs[:_TITLES]],
    }  # fmt: skip


@transaction.atomic
def keep(actor: Actor, trial: Trial) -> RuleSettings:
    """Put a trial's settings in force and have the register analysed by them."""
    saved = save_rules(actor, trial.values)
    ask_for_run(actor)
    trial.delete()
    return saved


@transaction.atomic
def discard(actor: Actor, trial: Trial) -> None:
    """Forget a trial; the settings in force stay."""
    require(actor, "findings.coordinate")
    trial.delete()
