"""Which findings an actor may see at all."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from rakorsus.audit.models import Event
from rakorsus.people.actor import Actor
from rakorsus.people.models import Role
from rakorsus.stages.findings.models import Finding, FindingAgency, FindingProgram, Run
from rakorsus.stages.findings.queries import veiled
from rakorsus.stages.register import panels
from rakorsus.stages.register.models import ProgramPlace

_ALL = (Role.COORDINATOR, Role.LEADER, Role.SECRETARIAT, Role.ADMINISTRATOR, Role.PLANNER)


def reads_all(actor: Actor) -> bool:
    """Whether the actor may read every finding, whole."""
    return actor.has(*_ALL) and not veiled.veiled(actor)


def visible(actor: Actor, findings: QuerySet[Finding] | None = None) -> QuerySet[Finding]:
    """Narrow to what the actor may read (rule findings.read), as one condition of the query.

    A planner of an outside body reads what has no hidden line, and what the body is a side of.
    """
    found = findings if findings is not None else Finding.objects.all()
    if reads_all(actor):
        return found
    own = veiled.own(actor)
    if not own:
        return found.none()
    veil = panels.veil_of(actor)
    mine = Q(pk__in=FindingAgency.objects.filter(agency__in=own).values("finding"))
    if actor.has(Role.PLANNER):
        mine |= ~Q(pk__in=veiled.secret(veil))
    return veiled.marked(found.filter(mine), veil)


def in_region(code: str) -> QuerySet[FindingProgram, dict[str, int]]:
    """Ids of findings with a line that works in a region or inside it."""
    inside = Q(region__code=code) | Q(region__code__startswith=f"{code}.")
    lines = ProgramPlace.objects.filter(inside).values("program")
    return FindingProgram.objects.filter(program__in=lines).values("finding")


def stamp() -> str:
    """Changes with every run and every recorded act, so that nothing that depends on findings or
    answers is kept longer."""
    run = Run.objects.values_list("pk", flat=True).first()
    event = Event.objects.values_list("pk", flat=True).order_by("-pk").first()
    return f"{run}.{event}"
