"""What the register keeps from readers: lines whose information class is "excluded".

Whoever works for the government sees everything; a guest, or a planner of an outside body, sees the
own institution's plans beside what the public sees. On the page of a line that clashes with a
hidden one it is told that there is a clash, where and when, not what it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Expression, Max, Q, Subquery

from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency, Role
from rakorsus.stages.findings.models import Finding, FindingProgram
from rakorsus.stages.findings.models.findings import OPEN_STATES
from rakorsus.stages.publication.models import Classification, InformationClass
from rakorsus.stages.register import panels
from rakorsus.stages.register.models import Program

_STAFF = (Role.COORDINATOR, Role.LEADER, Role.SECRETARIAT, Role.ADMINISTRATOR)


def of(actor: Actor) -> str:
    """ALL, or the ids of the agencies whose own plans the actor may see beside public ones."""
    if actor.has(*_STAFF):
        return panels.ALL
    own = sorted({a for role, a in actor.grants if a and role in (Role.PLANNER, Role.GUEST)})
    if not own:
        return ""
    planned = actor.agency_ids
    if planned and Agency.objects.filter(pk__in=planned).exclude(
        kind=Agency.Kind.OUTSIDE
    ).exists():  # fmt: skip
        return panels.ALL
    return ",".join(map(str, own))


def condition(veil: str) -> Q:
    """The lines that are hidden from whoever has this name; no query of its own."""
    chosen = Classification.objects.filter(kind=Classification.Kind.PROGRAM)
    hidden = chosen.filter(value=InformationClass.EXCLUDED).values("ident")
    opened = chosen.exclude(value=InformationClass.EXCLUDED).values("ident")
    outside = Agency.objects.filter(kind=Agency.Kind.OUTSIDE).values("pk")
    excluded = (Q(agency__in=outside) & ~Q(key__in=opened)) | Q(key__in=hidden)
    own = [int(part) for part in veil.split(",") if part.isdigit()]
    return excluded & ~Q(agency__in=own) if own else excluded


def stamp() -> Mapping[str, Expression]:
    """The newest departure, and how many there are."""
    chosen = Classification.objects.filter(kind=Classification.Kind.PROGRAM).order_by()
    counted = chosen.values("kind").annotate(n=Count("pk"), newest=Max("at"))
    return {
        "veil_newest": Subquery(counted.values("newest")),
        "veil_count": Subquery(counted.values("n")),
    }


def _clashes(actor: Actor, program: Program) -> Mapping[str, Any] | None:
    """Open clashes of the line with lines that the actor may not see."""
    veil = of(actor)
    if veil == panels.ALL:
        return None
    mine = FindingProgram.objects.filter(program=program).values("finding")
    hidden = Program.objects.filter(condition(veil)).exclude(pk=program.pk)
    found = Finding.objects.filter(
        pk__in=mine, kind=Finding.Kind.CLASH, state__in=OPEN_STATES
    ).filter(pk__in=FindingProgram.objects.filter(program__in=hidden).values("finding"))
    clashes = list(found.only("kind", "place", "start", "end")[:20])
    return {"hidden_clashes": clashes} if clashes else None


VEIL = panels.Veil(of, condition, stamp)
PANEL = panels.Panel("program", "publication/on_program.html", _clashes, order=40)
