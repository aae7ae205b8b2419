"""The city table as a table: what works where in a month, and where it clashes."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q, Sum
from django.db.models.functions import Substr

from rakorsus.people.actor import Actor
from rakorsus.stages.findings.models import Finding, FindingProgram
from rakorsus.stages.findings.models.findings import OPEN_STATES
from rakorsus.stages.findings.queries import visible
from rakorsus.stages.register import panels
from rakorsus.stages.register.models import Program, ProgramPlace, Region
from rakorsus.stages.register.queries import timeline
from rakorsus.stages.register.queries.filters import Filters

_LINES: Final = 25
_DEPTH: Final = 8  # characters of a kecamatan's code, "73.71.01"
_IN_TIME: Final = (Finding.Kind.CLASH, Finding.Kind.ORDER, Finding.Kind.OPPORTUNITY)


def year() -> int:
    return timeline.year_of(Filters())


def running(first: date, last: date) -> Q:
    """Packages that work in a period, where the files say when."""
    return Q(program__removed=False, program__level=Program.Level.PAKET,
             program__begins__lte=last, program__ends__gte=first)  # fmt: skip


def month_of(number: int, in_year: int) -> tuple[date, date]:
    return date(in_year, number, 1), date(in_year, number, monthrange(in_year, number)[1])


def districts(actor: Actor, first: date, last: date) -> list[dict[str, Any]]:
    """One row per kecamatan: packages that work then, their money, agencies, findings in place and
    time. A package with several places counts in each, its money too."""
    places = ProgramPlace.objects.filter(running(first, last), region__level__gte=3)
    rows = (
        places.annotate(district=Substr("region__code", 1, _DEPTH)).values("district").order_by()
        .annotate(count=Count("program", distinct=True), money=Sum("program__money"),
                  agencies=Count("program__agency", distinct=True))
    )  # fmt: skip
    found = {row["district"]: row for row in rows}
    clashes = _clashes(actor, first, last)
    named = Region.objects.filter(level=3, code__in={*found, *clashes}).values_list("code", "name")
    empty = {"count": 0, "money": 0, "agencies": 0}
    return sorted(
        ({**empty, **found.get(code, {}), "code": code, "name": name,
          "clashes": clashes.get(code, 0)} for code, name in named),
        key=lambda row: (-(row["money"] or 0), row["code"]),
    )  # fmt: skip


def _clashes(actor: Actor, first: date, last: date) -> dict[str, int]:
    """Open findings of place and time per kecamatan."""
    found = visible(actor).filter(
        kind__in=_IN_TIME, state__in=OPEN_STATES, start__lte=last, end__gte=first
    )
    counts: dict[str, int] = {}
    for regions in found.values_list("regions", flat=True):
        for code in {code[:_DEPTH] for code in regions if len(code) >= _DEPTH}:
            counts[code] = counts.get(code, 0) + 1
    return counts


def lines(actor: Actor, code: str, first: date, last: date) -> list[Program]:
    """The dearest packages that work in a kecamatan then."""
    places = ProgramPlace.objects.filter(running(first, last), region__code__startswith=code)
    seen = panels.unveiled(Program.objects.all(), panels.veil_of(actor))
    found = seen.filter(pk__in=places.values("program")).select_related("agency")
    return list(found.order_by("-money", "pk")[:_LINES])


def disputed(actor: Actor, programs: list[Program]) -> dict[int, int]:
    """Program -> how many open findings touch it."""
    rows = FindingProgram.objects.filter(
        program__in=[p.pk for p in programs], finding__in=visible(actor).filter(
            state__in=OPEN_STATES
        )
    )  # fmt: skip
    return dict(rows.values_list("program").annotate(n=Count("pk")).order_by())
