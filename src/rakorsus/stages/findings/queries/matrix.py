"""Agency by agency: how many findings two agencies share, and how much money is at stake."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, F, Min, Q, Sum

from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency
from rakorsus.stages.findings.models import Finding, FindingAgency
from rakorsus.stages.findings.queries.filters import Filters, narrow
from rakorsus.stages.findings.queries.veiled import marked, secret, with_known_money
from rakorsus.stages.findings.queries.visible import reads_all, stamp, visible
from rakorsus.stages.register import panels
from rakorsus.stages.register.queries.counts import kept


@dataclass(frozen=True)
class Pair:
    """Two agencies (the same twice: findings inside one agency)."""

    first: Agency
    second: Agency
    count: int
    money: int


def pairs(actor: Actor, asked: Filters) -> list[Pair]:
    """Pairs of agencies with findings in common, most first; kept until something changes."""
    if not reads_all(actor):
        return _pairs(actor, asked)
    return kept(f"matrix {asked}", stamp(), lambda: _pairs(actor, asked))


def _pairs(actor: Actor, asked: Filters) -> list[Pair]:
    """The pairs, counted by the database."""
    findings = narrow(visible(actor), asked).order_by().values("pk")
    sides = FindingAgency.objects.filter(finding__in=findings).order_by()
    veil = panels.veil_of(actor)
    known = ~Q(finding__in=secret(veil)) if veil != panels.ALL else None
    two = (
        sides.filter(finding__sides__agency__gt=F("agency"))
        .values_list("agency", "finding__sides__agency")
        .annotate(count=Count("finding"), total=Sum("finding__money", filter=known))
    )
    single = (
        with_known_money(marked(Finding.objects.filter(pk__in=findings), veil))
        .order_by()
        .annotate(number=Count("sides"), only=Min("sides__agency"), amount=F("known_money"))
        .filter(number=1)
        .values("only", "amount")
    )
    totals: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
    for one, other, count, total in two:
        totals[one, other] = [count, total or 0]
    for row in single:
        totals[row["only"], row["only"]][0] += 1
        totals[row["only"], row["only"]][1] += row["amount"]
    agencies = Agency.objects.in_bulk({agency for pair in totals for agency in pair})
    found = []
    for pair, (count, money) in totals.items():
        first, second = sorted((agencies[pk] for pk in pair), key=lambda a: a.code)
        found.append(Pair(first, second, count, money))
    return sorted(found, key=lambda p: (-p.count, -p.money, p.first.code, p.second.code))
