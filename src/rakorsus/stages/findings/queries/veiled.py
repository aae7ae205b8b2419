"""Findings with a line that is not for the reader: that there is one, where and when, not what.

`visible` marks them (`Finding.hidden`, which conceals the rest as the row is read), so that every
surface that asks it is veiled; what reaches a finding another way asks `veil`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)

from rakorsus.people.actor import Actor
from rakorsus.stages.findings.models import Finding, FindingProgram
from rakorsus.stages.register import panels
from rakorsus.stages.register.models import Program

#: Rupiah at stake that a reader may know, in a query that `visible` made.
KNOWN_MONEY = "known_money"


def veiled(actor: Actor) -> bool:
    """Whether something of the register is hidden from the actor."""
    return panels.veil_of(actor) != panels.ALL


def own(actor: Actor) -> set[int]:
    """The agencies whose own plans a veiled actor sees."""
    return {int(part) for part in panels.veil_of(actor).split(",") if part.isdigit()}


def secret(veil: str) -> QuerySet[FindingProgram, dict[str, Any]]:
    """Ids of findings with a line that is hidden from whoever has this name."""
    hidden = panels.veiled(Program.objects.order_by(), veil).values("pk")
    return FindingProgram.objects.order_by().filter(program__in=hidden).values("finding")


def marked(found: QuerySet[Finding], veil: str) -> QuerySet[Finding]:
    """The findings, those with a hidden line marked."""
    if veil == panels.ALL:
        return found
    hidden = panels.veiled(Program.objects.order_by(), veil).values("pk")
    lines = FindingProgram.objects.order_by().filter(finding=OuterRef("pk"), program__in=hidden)
    return found.annotate(hidden=Exists(lines))


def announced(findings: Iterable[Finding]) -> dict[int, str]:
    """The sentence of each finding as it may stand where guests read it too (an agenda)."""
    told = {f.pk: f for f in findings}
    hidden = secret("").filter(finding__in=told).values_list("finding", flat=True)
    found = {pk: f.reasons_id for pk, f in told.items()}
    for pk in set(hidden):
        found[pk] = told[pk].concealed("id")
    return found


def is_marked(found: QuerySet[Finding]) -> bool:
    return "hidden" in found.query.annotations


def with_known_money(found: QuerySet[Finding]) -> QuerySet[Finding]:
    """The money of each as `known_money`; nothing where a line is hidden."""
    if not is_marked(found):
        return found.annotate(known_money=F("money"))
    known = Case(
        When(hidden=True, then=Value(0)), default=F("money"), output_field=BigIntegerField()
    )
    return found.annotate(known_money=known)


def at_stake(found: QuerySet[Finding]) -> int:
    """Rupiah at stake, without what the reader may not know."""
    known = Q(hidden=False) if is_marked(found) else None
    return int(found.order_by().aggregate(m=Sum("money", filter=known))["m"] or 0)


def veil(actor: Actor, findings: Iterable[Finding | None]) -> None:
    """Conceal, of findings that were read another way, what the actor may not know; lines that are
    prefetched are narrowed. Two queries at most, none for whoever sees everything."""
    name = panels.veil_of(actor)
    known = {f.pk: f for f in findings if f is not None}
    if name == panels.ALL or not known:
        return
    hidden = set(secret(name).filter(finding__in=known).values_list("finding", flat=True))
    seen: set[int] | None = None
    for pk in hidden:
        found = known[pk]
        found.hidden = True
        cache = getattr(found, "_prefetched_objects_cache", {})
        if seen is None:
            lines = FindingProgram.objects.filter(finding__in=hidden).values("program")
            shown = panels.unveiled(Program.objects.filter(pk__in=lines), name)
            seen = set(shown.values_list("pk", flat=True))
        rows = found.lines.select_related("program__agency").filter(program__in=seen)
        cache["lines"] = rows
        rows._fetch_all()  # type: ignore[attr-defined]
        found._prefetched_objects_cache = cache  # type: ignore[attr-defined]
