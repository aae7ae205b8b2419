"""Any two lines of the register: the findings that name both, or which condition failed."""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet

from rakorsus.clock import today
from rakorsus.engine.analysis import opened
from rakorsus.engine.context import Context
from rakorsus.engine.explain.records import Condition
from rakorsus.engine.explain.why import conditions
from rakorsus.people.actor import Actor
from rakorsus.stages.findings import rulebook
from rakorsus.stages.findings.models import Finding, RuleSettings
from rakorsus.stages.findings.models.findings import OPEN_STATES
from rakorsus.stages.findings.queries.visible import visible
from rakorsus.stages.register import panels, search
from rakorsus.stages.register.models import PlanVersion, Program
from rakorsus.stages.register.queries import frames

#: Above this number of lines only those around the two are read: their agencies' and their
#: namesakes. Then what depends on all titles (rare words) is judged on these.
_ALL: Final = 20_000
_NAMESAKES: Final = 2_000
_lock = threading.Lock()
_kept: dict[Any, Context] = {}


@dataclass(frozen=True)
class Why:
    """`found` and `expected` name both lines and may be seen by whoever asked."""

    left: Program
    right: Program
    found: list[Finding]
    expected: list[Finding]
    closed: list[Finding]
    conditions: tuple[Condition, ...]


def why(actor: Actor, left: Program, right: Program) -> Why:
    """What the newest run says of two lines, and each rule's condition by the rules in force."""
    both = visible(actor).filter(lines__program=left).filter(lines__program=right)
    known = list(both.order_by("-score", "pk"))
    return Why(
        left,
        right,
        found=[f for f in known if f.state in OPEN_STATES or f.state == Finding.State.SETTLED],
        expected=[f for f in known if f.state == Finding.State.EXPECTED],
        closed=[f for f in known if f.state in (Finding.State.CLOSED, Finding.State.REJECTED)],
        conditions=conditions(_context(left, right), left.key, right.key),
    )


def line(actor: Actor, key: str) -> Program | None:
    """A standing line that the actor may see."""
    lines = panels.unveiled(Program.objects.filter(removed=False), panels.veil_of(actor))
    return lines.filter(key=key).select_related("agency").defer("search").first() if key else None


def candidates(actor: Actor, query: str, but: str = "", most: int = 12) -> QuerySet[Program]:
    """Lines that a reader may mean by a title, a code, or the file's own number."""
    asked = query.strip()
    lines = Program.objects.filter(removed=False).exclude(key=but)
    lines = panels.unveiled(lines, panels.veil_of(actor))
    exact = lines.filter(Q(key=asked) | Q(ident=asked) | Q(package=asked))
    found = exact if exact.exists() else search.narrow(lines, asked)
    return found.select_related("agency").defer("search").order_by("-money", "pk")[:most]


def _context(left: Program, right: Program) -> Context:
    """The run's context, kept for the next question until the register or the rules change."""
    small = Program.objects.filter(removed=False)[_ALL : _ALL + 1].count() == 0
    keys = None if small else _around(left, right)
    stamp = (
        PlanVersion.objects.order_by("-number").values_list("uuid", flat=True).first(),
        RuleSettings.objects.values_list("pk", flat=True).first(),
        None if keys is None else (left.agency_id, right.agency_id, left.title, right.title),
    )
    with _lock:
        if stamp not in _kept:
            _kept.clear()
            _kept[stamp] = _opened(keys)
        return _kept[stamp]


def _opened(keys: Collection[str] | None) -> Context:
    return opened(
        frames.frame(keys),
        frames.agencies_frame(),
        frames.regions_frame(),
        frames.targets_frame(),
        rulebook.rules(),
        today=today(),
        places=frames.places_frame(keys),
    )


def _around(left: Program, right: Program) -> list[str]:
    own = Q(agency__in=[left.agency_id, right.agency_id])
    lines = Program.objects.filter(removed=False)
    namesakes = lines.filter(title__in=[left.title, right.title]).values_list("key", flat=True)
    return sorted({*lines.filter(own).values_list("key", flat=True), *namesakes[:_NAMESAKES]})
