"""What decisions add to the pages of earlier stages: programs, findings, desks, the plenary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from rakorsus.people.actor import Actor
from rakorsus.people.rules import can
from rakorsus.stages.decisions import queries
from rakorsus.stages.decisions.models import Decision
from rakorsus.stages.decisions.proposing import decidable
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.meeting.models import AgendaItem, Meeting, Resolution
from rakorsus.stages.meeting.queries.agenda import newest
from rakorsus.stages.register import panels
from rakorsus.stages.register.models import Program

_FEW = 8


def attach() -> None:
    """Register everything; called once when the app is ready."""
    template = "decisions/on_page.html"
    panels.add_panel(panels.Panel("program", template, _of_program, 20))
    panels.add_panel(panels.Panel("finding", template, _of_finding, 20))
    panels.add_panel(panels.Panel("desk", template, _of_desk, 20))
    panels.add_panel(panels.Panel("plenary", "decisions/on_plenary.html", _of_plenary, 20))


def _shown(actor: Actor, found: QuerySet[Decision]) -> list[Decision]:
    seen = queries.visible(actor).filter(pk__in=found.order_by().values("pk"))
    return list(seen.exclude(state=Decision.State.DROPPED).select_related("owner")[:_FEW])


def _of_program(actor: Actor, line: Program) -> Mapping[str, Any] | None:
    """What was decided about the line; nothing where nothing was."""
    if not can(actor, "decisions.read"):
        return None
    rows = _shown(actor, Decision.objects.filter(changes__program=line).distinct())
    return {"decisions": rows, "query": ""} if rows else None


def _of_finding(actor: Actor, finding: Finding) -> Mapping[str, Any] | None:
    if not can(actor, "decisions.read"):
        return None
    rows = _shown(actor, finding.decisions.all())
    offer = finding.alive and can(actor, "decisions.draft")
    return {"decisions": rows, "query": f"temuan={finding.pk}" if offer else ""} \
        if rows or offer else None  # fmt: skip


def _of_desk(actor: Actor, item: AgendaItem) -> Mapping[str, Any] | None:
    """Decisions from a desk, and the way to make one of its outcome."""
    if item.kind != AgendaItem.Kind.DESK or not can(actor, "decisions.read"):
        return None
    rows = _shown(actor, item.decisions.all())
    outcome = newest(list(item.outcomes.all()))
    offer = decidable(outcome) and can(actor, "decisions.draft")
    return {"decisions": rows, "query": f"meja={item.pk}" if offer else "", "desk": True} \
        if rows or offer else None  # fmt: skip


def _of_plenary(actor: Actor, meeting: Meeting) -> Mapping[str, Any] | None:
    """Adopted resolutions, each with the decisions made of it."""
    if not can(actor, "decisions.read"):
        return None
    found = meeting.resolutions.filter(state=Resolution.State.ADOPTED)
    adopted = list(found.prefetch_related("decisions"))
    seen = {d.pk: d for d in queries.visible(actor).filter(resolution__in=adopted)}
    rows = [(r, [seen[d.pk] for d in r.decisions.all() if d.pk in seen]) for r in adopted]
    return {"rows": rows, "draft": can(actor, "decisions.draft")} if rows else None
