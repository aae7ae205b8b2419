"""What the findings add to the register's pages: panels, a filter, marks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency
from rakorsus.people.rules import can
from rakorsus.stages.findings import queries
from rakorsus.stages.findings.models import Finding, FindingProgram
from rakorsus.stages.findings.models.findings import OPEN_STATES
from rakorsus.stages.register import panels
from rakorsus.stages.register.models import Program, Region

_FEW = 8


def attach() -> None:
    """Register everything; called once when the app is ready."""
    panels.add_panel(panels.Panel("program", "findings/on_page.html", _of_program, 10))
    panels.add_panel(panels.Panel("agency", "findings/on_page.html", _of_agency, 10))
    panels.add_panel(panels.Panel("area", "findings/on_page.html", _of_area, 10))
    panels.add_filter(panels.ListFilter("temuan", _("Jenis temuan"), _choices, _narrow, _stamp))
    panels.add_column(panels.Column(_("Temuan"), "findings/marks.html", _marks))
    panels.add_marks(_kinds)
    panels.add_beside(panels.Beside(_("Mengapa bukan temuan?"), _why))


def _why(actor: Actor, program: Program, other: Program) -> str | None:
    if not can(actor, "findings.read"):
        return None
    query = urlencode({"kiri": program.key, "kanan": other.key})
    return f"{reverse('findings:why')}?{query}"


def _panel(actor: Actor, findings: QuerySet[Finding], query: str) -> Mapping[str, Any] | None:
    if not can(actor, "findings.read"):
        return None
    seen = queries.visible(actor, findings).filter(state__in=OPEN_STATES).order_by("-score", "pk")
    return {"findings": seen[:_FEW], "count": seen.count(), "query": query}


def _of_program(actor: Actor, program: Program) -> Mapping[str, Any] | None:
    return _panel(actor, Finding.objects.filter(lines__program=program), f"q={program.ident}")


def _of_agency(actor: Actor, agency: Any) -> Mapping[str, Any] | None:
    known = agency if isinstance(agency, Agency) else Agency.objects.get(code=str(agency))
    found = Finding.objects.filter(sides__agency=known)
    return _panel(actor, found, f"perangkat={known.code}")


def _of_area(actor: Actor, region: Region) -> Mapping[str, Any] | None:
    found = Finding.objects.filter(pk__in=queries.in_region(region.code))
    return _panel(actor, found, f"wilayah={region.code}")


def _choices(actor: Actor) -> list[tuple[str, Any]]:
    """Offered to those who may read every finding: the filter itself does not know the reader."""
    if not queries.reads_all(actor):
        return []
    kinds = [(k.value, k.label) for k in Finding.Kind if k != Finding.Kind.EXPECTED]
    return [("ada", _("Ada temuan apa pun")), *kinds]


def _narrow(programs: QuerySet[Any], chosen: str) -> QuerySet[Any]:
    lines = FindingProgram.objects.filter(finding__state__in=OPEN_STATES)
    if chosen in Finding.Kind.values:
        lines = lines.filter(finding__kind=chosen)
    return programs.filter(pk__in=lines.values("program"))


def _stamp() -> str:
    return queries.stamp()


def _marks(actor: Actor, ids: Collection[int]) -> Mapping[int, Any]:
    """The findings of each line of a list, for those who may see them."""
    if not can(actor, "findings.read"):
        return {}
    found: dict[int, list[Finding]] = {}
    lines = FindingProgram.objects.filter(
        program__in=ids, finding__in=queries.visible(actor).filter(state__in=OPEN_STATES)
    ).select_related("finding")
    for line in lines.order_by("-finding__score"):
        found.setdefault(line.program_id, []).append(line.finding)
    return {pk: {"findings": some} for pk, some in found.items()}


def _kinds(actor: Actor, ids: Collection[int]) -> Mapping[int, str]:
    """The worst finding's kind for each line, for the timeline."""
    if not can(actor, "findings.read"):
        return {}
    seen = queries.visible(actor).filter(state__in=OPEN_STATES)
    rows = FindingProgram.objects.filter(program__in=ids, finding__in=seen)
    pairs = rows.order_by("finding__score").values_list("program", "finding__kind")
    return dict(pairs)
