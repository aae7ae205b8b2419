"""Running the engine over the register and keeping what it says beside what people said."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import Count

from rakorsus.audit import actions as audit
from rakorsus.clock import today
from rakorsus.engine.analysis import judged
from rakorsus.engine.findings import Findings
from rakorsus.engine.levels import undone
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.findings import rulebook, warm
from rakorsus.stages.findings.actions.learning import learn
from rakorsus.stages.findings.actions.store import store
from rakorsus.stages.findings.models import Finding, FindingProgram, Run
from rakorsus.stages.findings.models.findings import OPEN_STATES
from rakorsus.stages.findings.opening import register
from rakorsus.stages.register import bulk
from rakorsus.stages.register.models import Program
from rakorsus.stages.register.queries import counts, frames

Say = Callable[[int, str], None]


def analyse_register(actor: Actor, say: Say = lambda percent, words: None) -> Run:
    """Run the engine over all lines. Findings that are not found any more are closed."""
    require(actor, "findings.coordinate")
    began, version = time.perf_counter(), counts.newest()
    warm.drop()
    say(5, "membaca register")
    programs = frames.frame()
    found = Findings((), (), frames.places_frame(()), frames.regions_frame(), {}, {})
    if programs.height:
        say(20, "membandingkan program")
        opened = register(programs)
        learn(actor, opened)
        found = judged(replace(opened, rules=rulebook.rules()))
    say(80, "menyimpan temuan")
    run = _keep(actor, _with_undone(found), None, programs.height, (began, version))
    say(100, "selesai")
    return run


def recheck(actor: Actor, keys: Collection[str]) -> Run:
    """Judge these lines anew, and what shared a finding with them that is no more.

    Works on the warm session of this process, which takes the changed lines in.
    """
    require(actor, "findings.coordinate")
    began, version = time.perf_counter(), counts.newest()
    asked = frozenset(keys)
    with warm.session(today()) as session:
        found = session.findings(asked)
        reach = asked | _left_behind(asked, found)
        if reach != asked:
            found = session.findings(reach)
    run = _keep(actor, _with_undone(found, reach), reach, len(asked), (began, version))
    warm.settle()
    return run


def _with_undone(found: Findings, keys: Collection[str] | None = None) -> Findings:
    """And the decisions that the documents loaded after them do not hold."""
    behind = undone(frames.decided_frame(keys), found.agency_names)
    known = [f for f in behind if f.rule not in rulebook.rules().disabled]
    return replace(found, findings=(*found.findings, *known))


def _left_behind(keys: frozenset[str], found: Findings) -> frozenset[str]:
    """Lines that shared an open finding with these which is not found any more: when a line
    leaves a group, the rest of it must be judged anew."""
    said = {f.id for f in found.findings}
    touched = Finding.objects.filter(state__in=OPEN_STATES, lines__program__key__in=keys)
    gone = [pk for pk, name in touched.values_list("pk", "fingerprint") if name not in said]
    others = FindingProgram.objects.filter(finding__in=gone)
    return frozenset(others.values_list("program__key", flat=True))


@transaction.atomic
def ask_for_run(actor: Actor) -> None:
    """Have the job worker run the engine over all lines."""
    require(actor, "findings.coordinate")
    audit.record(actor, "findings.ask", ("findings.run", "next"), topic="findings.asked")


@transaction.atomic
def _keep(
    actor: Actor,
    found: Findings,
    keys: frozenset[str] | None,
    lines: int,
    since: tuple[float, int],
) -> Run:
    """Store what a run found: of all lines, or of those that it speaks about. Workers of several
    machines store one after the other; what an older register said is not laid over what a run of
    a newer one has stored meanwhile.

    Args:
        since: when it began, and the register's version then.
    """
    began, version = since
    bulk.alone("findings.run")
    newer = Run.objects.filter(partial=False, version__gt=version).order_by("-pk").first()
    if newer is not None:
        return newer
    run = Run.objects.create(
        today=today(),
        version=version,
        partial=keys is not None,
        by_name=actor.name,
        lines=lines,
    )
    tally = store(run, found, keys)
    for name, value in tally.items():
        setattr(run, name, value)
    run.counts = open_counts()
    run.seconds = round(time.perf_counter() - began, 2)
    run.save()
    audit.record(
        actor, "findings.run", run, summary=f"{run.new} baru, {run.closed} hilang",
        changes={**tally, "partial": run.partial}, topic="findings.run",
    )  # fmt: skip
    return run


def open_counts() -> dict[str, int]:
    """Number of findings that wait for somebody, by kind."""
    rows = Finding.objects.filter(state__in=OPEN_STATES).values_list("kind")
    return dict(rows.annotate(n=Count("pk")).order_by())


def keys_of(payload: dict[str, Any]) -> list[str]:
    """The lines that a message of the register is about."""
    known = payload.get("keys") or []
    return list(Program.objects.filter(key__in=known).values_list("key", flat=True))
