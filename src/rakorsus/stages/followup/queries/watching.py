"""Lists of early warnings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency
from rakorsus.stages.findings.queries.veiled import own, veiled
from rakorsus.stages.followup.models import EarlyWarning
from rakorsus.stages.register import panels
from rakorsus.stages.register.models import Program

State = EarlyWarning.State


@dataclass(frozen=True)
class Asked:
    """What the address asks for; unknown words ask for nothing."""

    perangkat: str = ""
    jenis: str = ""
    keadaan: str = ""

    @classmethod
    def of(cls, data: dict[str, str]) -> Asked:
        return cls(*(data.get(name, "")[:60] for name in ("perangkat", "jenis", "keadaan")))

    @property
    def query(self) -> dict[str, str]:
        return {k: v for k, v in vars(self).items() if v}


def visible(actor: Actor) -> QuerySet[EarlyWarning]:
    """Warnings that the actor may see: of another body's hidden lines none."""
    found = EarlyWarning.objects.all()
    if not veiled(actor):
        return found
    lines = panels.veiled(Program.objects.order_by(), panels.veil_of(actor)).values("pk")
    mine, outside = Q(agency__in=own(actor)), Q(agency__kind=Agency.Kind.OUTSIDE)
    return found.filter(mine | ~outside).exclude(program__in=lines)


def listed(actor: Actor, asked: Asked) -> QuerySet[EarlyWarning]:
    """The warnings asked for, the nearest deadline first."""
    found = visible(actor).select_related("agency", "program")
    if asked.perangkat:
        found = found.filter(agency__code=asked.perangkat)
    if asked.jenis in EarlyWarning.Rule.values:
        found = found.filter(rule=asked.jenis)
    if asked.keadaan in State.values:
        found = found.filter(state=asked.keadaan)
    elif asked.keadaan != "semua":
        found = found.exclude(state=State.CLOSED)
    return found.order_by("by", "-money", "id")


def tally(actor: Actor, asked: Asked) -> list[dict[str, Any]]:
    """Number and money of each rule under the other filters. One query."""
    rows = {
        r["rule"]: r
        for r in listed(actor, Asked(asked.perangkat, "", asked.keadaan))
        .order_by().values("rule").annotate(n=Count("pk"), sum=Sum("money"))
    }  # fmt: skip
    return [
        {"rule": rule.value, "label": rule.label, **rows[rule.value]}
        for rule in EarlyWarning.Rule
        if rule.value in rows
    ]


def for_home(actor: Actor, few: int = 5) -> dict[str, Any] | None:
    """What the front page shows: a planner's own agency's, otherwise all."""
    found = visible(actor).filter(state=State.OPEN).select_related("agency", "program")
    if actor.agency_ids and not actor.has("coordinator", "leader"):
        found = found.filter(Q(agency__in=actor.agency_ids))
    rows = list(found.order_by("by", "-money", "id")[:few])
    return {"rows": rows, "count": found.count()} if rows else None
