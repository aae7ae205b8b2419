"""The list of findings, page by page, and the numbers above it."""

from __future__ import annotations

from django.db.models import Count, F, Prefetch, QuerySet, Sum

from rakorsus.people.actor import Actor
from rakorsus.stages.findings.models import Finding, FindingProgram
from rakorsus.stages.findings.queries.filters import Filters, narrow
from rakorsus.stages.findings.queries.veiled import with_known_money
from rakorsus.stages.findings.queries.visible import visible
from rakorsus.stages.register import panels
from rakorsus.stages.register.models import Program

ORDERS = {
    "urut": ("-score", "pk"),
    "nilai": ("-known_money", "pk"),
    "baru": ("-first_run", "-score", "pk"),
    "tenggat": (F("due").asc(nulls_last=True), F("start").asc(nulls_last=True), "pk"),
}


def listed(actor: Actor, asked: Filters, order: str = "urut") -> QuerySet[Finding]:
    """What the actor may see and asked for, with lines and sides read at once."""
    found = _ordered(actor, asked, order).defer("evidence", "options")
    return found.prefetch_related("sides__agency", with_lines(veil=panels.veil_of(actor)))


def _ordered(actor: Actor, asked: Filters, order: str) -> QuerySet[Finding]:
    found = with_known_money(narrow(visible(actor), asked))
    return found.order_by(*ORDERS.get(order, ORDERS["urut"]))


def with_lines(prefix: str = "", veil: str = panels.ALL) -> Prefetch[str]:
    """Prefetch of the lines with their programs, joined: read key by key, more than a thousand
    programs are too long an expression for SQLite. `prefix`: the way to the finding (`finding__`);
    `veil`: what the reader may see.
    """
    joined = FindingProgram.objects.select_related("program__agency")
    if veil != panels.ALL:
        joined = joined.exclude(program__in=panels.veiled(Program.objects.all(), veil).values("pk"))
    return Prefetch(f"{prefix}lines", joined)


def kind_counts(actor: Actor, asked: Filters) -> dict[str, tuple[int, int]]:
    """kind -> (findings, rupiah at stake) under all filters but the kind's own."""
    found = with_known_money(narrow(visible(actor), asked.but(jenis=""))).order_by()
    rows = found.values("kind").annotate(count=Count("pk"), total=Sum("known_money"))
    return {row["kind"]: (row["count"], row["total"] or 0) for row in rows}


def neighbours_of(
    actor: Actor, finding: Finding, asked: Filters, order: str = "urut"
) -> tuple[int | None, int | None]:
    """The findings before and after this one in the list that the reader came from."""
    ids = list(_ordered(actor, asked, order).values_list("pk", flat=True)[:2000])
    if finding.pk not in ids:
        return None, None
    place = ids.index(finding.pk)
    return (
        ids[place - 1] if place else None,
        ids[place + 1] if place + 1 < len(ids) else None,
    )
