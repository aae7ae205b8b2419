"""Running the engine over the register and keeping what it says beside what people said."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from rakorsus.audit import actions as audit
from rakorsus.engine.analysis import analyse
from rakorsus.engine.findings import Findings
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.findings import rulebook
from rakorsus.stages.findings.actions.store import store
from rakorsus.stages.findings.models import Finding, FindingProgram, Run
from rakorsus.stages.findings.models.findings import OPEN_STATES
from rakorsus.stages.register.models import Program
from rakorsus.stages.register.queries import counts, frames

Say = Callable[[int, str], None]


def today() -> date:
    """The day against which lateness is judged: the installation's, or the demonstration's."""
    return settings.TODAY or timezone.localdate()


def analyse_register(actor: Actor, say: Say = lambda percent, words: None) -> Run:
    """Run the engine over all lines. Findings that are not found any more are closed."""
    require(actor, "findings.coordinate")
    return _run(actor, None, say)


def recheck(actor: Actor, keys: Collection[str]) -> Run:
    """Run the engine for the findings that touch these lines only, or did before they changed."""
    require(actor, "findings.coordinate")
    return _run(actor, _reach(keys), lambda percent, words: None, changed=len(set(keys)))


def _reach(keys: Collection[str]) -> frozenset[str]:
    """These lines and those that share an open finding with them: a line that leaves a group
    leaves the rest of it to be judged anew."""
    touched = Finding.objects.filter(state__in=OPEN_STATES, lines__program__key__in=keys)
    others = FindingProgram.objects.filter(finding__in=touched.values("pk"))
    return frozenset(keys).union(others.values_list("program__key", flat=True))


@transaction.atomic
def ask_for_run(actor: Actor) -> None:
    """Have the job worker run the engine over all lines."""
    require(actor, "findings.coordinate")
    audit.record(actor, "findings.ask", ("findings.run", "next"), topic="findings.asked")


def _run(actor: Actor, keys: frozenset[str] | None, say: Say, changed: int = 0) -> Run:
    began = time.perf_counter()
    say(5, "membaca register")
    programs = frames.frame()
    found = Findings((), (), frames.places_frame(()), frames.regions_frame(), {}, {})
    if programs.height:
        say(20, "membandingkan program")
        found = analyse(
            programs,
            frames.agencies_frame(),
            frames.regions_frame(),
            frames.targets_frame(),
            rulebook.rules(),
            today=today(),
            only=keys,
            places=frames.places_frame(),
        )
    say(80, "menyimpan temuan")
    with transaction.atomic():
        run = Run.objects.create(
            today=today(),
            version=counts.newest(),
            partial=keys is not None,
            by_name=actor.name,
            lines=programs.height if keys is None else changed,
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
    say(100, "selesai")
    return run


def open_counts() -> dict[str, int]:
    """Number of findings that wait for somebody, by kind."""
    rows = Finding.objects.filter(state__in=OPEN_STATES).values_list("kind")
    return dict(rows.annotate(n=Count("pk")).order_by())


def keys_of(payload: dict[str, Any]) -> list[str]:
    """The lines that a message of the register is about."""
    known = payload.get("keys") or []
    return list(Program.objects.filter(key__in=known).values_list("key", flat=True))
