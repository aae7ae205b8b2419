"""The front page: what needs me now, and the city at a glance."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.http import urlencode

from rakorsus.clock import today
from rakorsus.engine.records import Level
from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency, Role
from rakorsus.people.queries import running_delegations
from rakorsus.people.rules import can
from rakorsus.stages.decisions import queries as deciding
from rakorsus.stages.decisions.models import Decision
from rakorsus.stages.findings import queries
from rakorsus.stages.findings.models import Finding, FindingAgency
from rakorsus.stages.followup.models import ActionItem
from rakorsus.stages.followup.queries import escalated, overdue, watching
from rakorsus.stages.intake.models import ImportBatch, SetAsideRow
from rakorsus.stages.register import panels
from rakorsus.stages.register.models import Follow, PlanVersion
from rakorsus.stages.register.queries import counts, reference, versions
from rakorsus.stages.register.queries.filters import Filters

_FEW = 5
_OVER_ALL = (Role.LEADER, Role.COORDINATOR)  # to whom what went up by rule belongs


def context(actor: Actor) -> dict[str, Any]:
    """Numbers of the register for everybody; what waits, for those who sign in."""
    areas = sorted(reference.regions(3), key=lambda row: (-row["money"], row["code"]))
    found: dict[str, Any] = {
        "levels": _levels(),
        "areas": [row for row in areas if row["count"]],
        "version": PlanVersion.objects.order_by("-number").first(),
    }
    if actor.signed_in:
        found["findings"] = _findings(actor)
        asked = queries.questions(actor.agency_ids) if actor.agency_ids else []
        found["question"] = asked[0] if asked else None
        found["overdue"] = _late(overdue(actor, today()), actor)
        found["escalated"] = _late(escalated(actor), actor) if actor.has(*_OVER_ALL) else None
        found["drafts"] = _drafts(actor) if actor.has(Role.LEADER) else []
        found["warnings"] = watching.for_home(actor) if can(actor, "warnings.read") else None
        found["waiting"] = _imports(actor)
        found["news"] = _news(actor)
        found["delegations"] = list(running_delegations(actor).filter(deputy=actor.user)[:_FEW])
    return found


def _levels() -> dict[str, counts.Tally]:
    """Number and money of each level, from program down to package."""
    found = counts.by_level(Filters())
    return {level: found[level] for level in Level if level in found}


def _findings(actor: Actor) -> dict[str, Any] | None:
    """Findings that wait: for a planner those the own agency has not answered, otherwise all."""
    if not can(actor, "findings.read"):
        return None
    asked = queries.Filters()
    if len(actor.agency_ids) == 1 and not actor.has(Role.COORDINATOR):
        code = Agency.objects.values_list("code", flat=True).get(pk=next(iter(actor.agency_ids)))
        asked = asked.but(perangkat=code, jawaban=FindingAgency.Answer.WAITING)
    kinds = queries.kind_counts(actor, asked)
    return {
        "count": sum(count for count, _money in kinds.values()),
        "money": sum(money for _count, money in kinds.values()),
        "kinds": [(k.value, k.label, kinds[k][0]) for k in Finding.Kind if k in kinds],
        "first": queries.listed(actor, asked)[:_FEW],
        "query": urlencode(asked.query),
    }


def _late(late: QuerySet[ActionItem], actor: Actor) -> dict[str, Any] | None:
    """Late action items: how many, and the first of them with their days."""
    if not can(actor, "followup.read"):
        return None
    rows = list(late[:_FEW])
    for item in rows:
        item.days = item.late(today())  # type: ignore[attr-defined]
    return {"items": rows, "count": late.count()} if rows else None


def _drafts(actor: Actor) -> list[Decision]:
    """Drafts of decisions that wait for the leadership, the newest first."""
    if not can(actor, "decisions.read"):
        return []
    return list(deciding.visible(actor).filter(state=Decision.State.DRAFT).order_by("-id")[:_FEW])


def _imports(actor: Actor) -> dict[str, Any] | None:
    """Rows that were set aside and still wait for somebody, in batches this person may see."""
    if not can(actor, "intake.load"):
        return None
    rows = SetAsideRow.objects.filter(state=SetAsideRow.State.OPEN)
    batches = ImportBatch.objects.all()
    if not can(actor, "intake.load_all"):
        batches = batches.filter(started_by=actor.user)
        rows = rows.filter(file__batch__started_by=actor.user)
    return {"rows": rows.count(), "batches": list(batches.order_by("-created")[:_FEW])}


def _news(actor: Actor) -> list[tuple[Follow, int]]:
    """What changed in what the person follows, since it was last looked at."""
    found = []
    veil = panels.veil_of(actor)
    for follow in Follow.objects.filter(user=actor.user)[:50]:
        count, _changes = versions.news(follow, veil)
        if count:
            found.append((follow, count))
    return found[:_FEW]
