"""Agency by agency: how many findings two agencies share, and how much money is at stake."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency
from rakorsus.stages.findings.models import FindingAgency
from rakorsus.stages.findings.queries.filters import Filters, narrow
from rakorsus.stages.findings.queries.visible import visible


@dataclass(frozen=True)
class Pair:
    """Two agencies (the same twice: findings inside one agency)."""

    first: Agency
    second: Agency
    count: int
    money: int


def pairs(actor: Actor, asked: Filters) -> list[Pair]:
    """Pairs of agencies with findings in common, most first."""
    findings = narrow(visible(actor), asked).order_by()
    sides: dict[int, list[int]] = defaultdict(list)
    money: dict[int, int] = {}
    rows = FindingAgency.objects.filter(finding__in=findings.values("pk")).order_by(
        "finding", "agency__code"
    )
    for finding, agency, amount in rows.values_list("finding", "agency", "finding__money"):
        sides[finding].append(agency)
        money[finding] = amount
    totals: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
    for finding, members in sides.items():
        for one, other in _couples(members):
            totals[one, other][0] += 1
            totals[one, other][1] += money[finding]
    agencies = Agency.objects.in_bulk({a for pair in totals for a in pair})
    found = [
        Pair(agencies[one], agencies[other], count, amount)
        for (one, other), (count, amount) in totals.items()
    ]
    return sorted(found, key=lambda p: (-p.count, -p.money, p.first.code, p.second.code))


def _couples(members: list[int]) -> list[tuple[int, int]]:
    if len(members) == 1:
        return [(members[0], members[0])]
    return [(a, b) for i, a in enumerate(members) for b in members[i + 1 :]]
