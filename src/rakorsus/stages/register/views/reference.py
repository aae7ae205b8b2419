"""Pages of agencies, areas, nomenclature and targets."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from rakorsus.people.actor import of_request
from rakorsus.people.models import Agency
from rakorsus.people.rules import require
from rakorsus.stages.register import panels
from rakorsus.stages.register.models import Follow, Nomenclature, Program, Region, Target
from rakorsus.stages.register.queries import listing, reference
from rakorsus.stages.register.queries import timeline as timeline_queries
from rakorsus.stages.register.queries.filters import Filters
from rakorsus.stages.register.views.common import follows, paged


@require_GET
def agencies(request: HttpRequest) -> HttpResponse:
    require(of_request(request), "register.read")
    rows = reference.agencies()
    words = request.GET.get("q", "").strip().lower()
    if words:
        rows = [r for r in rows if words in f"{r['name']} {r['short']} {r['code']}".lower()]
    order = request.GET.get("urut", "")
    if order.removeprefix("-") in {"nama", "nilai", "jumlah"}:
        column = {"nama": "name", "nilai": "money", "jumlah": "packages"}[order.removeprefix("-")]
        rows = sorted(rows, key=lambda r: r[column], reverse=order.startswith("-"))
        rows = [r | {"depth": 0} for r in rows]
    kinds = dict(Agency.Kind.choices)
    return render(
        request, "register/agencies.html",
        {"page": paged(request, rows, 100), "kinds": kinds, "q": words, "order": order},
    )  # fmt: skip


@require_GET
def agency(request: HttpRequest, code: str) -> HttpResponse:
    actor = of_request(request)
    require(actor, "register.read")
    subject = get_object_or_404(Agency.objects.select_related("parent", "successor"), code=code)
    filters = Filters(agency=code, level=Program.Level.PAKET, veil=panels.veil_of(actor))
    year = timeline_queries.year_of(filters)
    units = list(subject.units.order_by("name"))
    return render(
        request, "register/agency.html",
        {
            "agency": subject, "units": units, "alone": not units,
            "predecessors": list(subject.predecessors.order_by("name")),
            "summary": reference.agency_summary(subject),
            "lines": listing.dearest(filters, 15),
            **_months(filters, year),
            "panels": panels.of_page("agency", actor, subject),
            "followed": follows(actor, Follow.Kind.AGENCY, code),
        },
    )  # fmt: skip


def _months(filters: Filters, year: int) -> dict[str, Any]:
    table = timeline_queries.table(filters, year)
    total = [sum(row["months"][n] for row in table) for n in range(12)]
    peak = max(total)
    heights = [100 * n // peak if peak else 0 for n in total]
    return {
        "year": year, "table": table, "month_peak": peak,
        "month_bars": [(n, high, 100 - high) for n, high in zip(total, heights, strict=True)],
        "months": [first for first, _last in timeline_queries.months(year)],
        "vague": sum(row["vague"] for row in table),
    }  # fmt: skip


@require_GET
def areas(request: HttpRequest) -> HttpResponse:
    require(of_request(request), "register.read")
    rows = list(reference.regions(3))
    words = request.GET.get("q", "").strip().lower()
    found = []
    if words:
        rows = [r for r in rows if words in r["name"].lower()]
        found = list(
            Region.objects.filter(name__icontains=words, level=4).defer("geometry", "outline")[:100]
        )
    order = request.GET.get("urut", "nama")
    column = {"nama": "name", "nilai": "money", "jumlah": "count"}.get(order.removeprefix("-"))
    rows = sorted(rows, key=lambda r: (r[column or "name"], r["code"]), reverse=order[:1] == "-")
    return render(
        request, "register/areas.html",
        {"page": paged(request, rows, 100), "villages": found, "q": words},
    )  # fmt: skip


@require_GET
def area(request: HttpRequest, code: str) -> HttpResponse:
    """One area: what runs there and when, who works there, the areas inside."""
    actor = of_request(request)
    require(actor, "register.read")
    region = get_object_or_404(Region.objects.defer("geometry", "outline"), code=code)
    filters = Filters(place=code, veil=panels.veil_of(actor))
    year = timeline_queries.year_of(filters)
    parts = code.split(".")
    codes = [".".join(parts[:n]) for n in range(1, len(parts))]
    return render(
        request, "register/area.html",
        {
            "region": region,
            "around": list(Region.objects.filter(code__in=codes).defer("geometry", "outline")),
            "summary": reference.area_summary(region),
            "works": timeline_queries.items(filters, year, 40),
            "lines": listing.dearest(filters, 15),
            **_months(filters, year),
            "panels": panels.of_page("area", actor, region),
            "followed": follows(actor, Follow.Kind.PLACE, code),
        },
    )  # fmt: skip


@require_GET
def nomenclature(request: HttpRequest) -> HttpResponse:
    require(of_request(request), "register.read")
    level = request.GET.get("tingkat", "")
    query, under = request.GET.get("q", "")[:200], request.GET.get("kode", "")[:60]
    page = paged(request, reference.nomenclature(query, level, under))
    counts = reference.lines_per_code([row.code for row in page.rows])
    levels = list(Nomenclature.objects.order_by("level").values_list("level", flat=True).distinct())
    return render(
        request, "register/nomenclature.html",
        {"page": page, "counts": counts, "q": query, "level": level, "under": under,
         "levels": levels},
    )  # fmt: skip


@require_GET
def code(request: HttpRequest, code: str) -> HttpResponse:
    """One row of the nomenclature: what it asks for, and who uses it."""
    actor = of_request(request)
    require(actor, "register.read")
    rows = list(Nomenclature.objects.filter(code=code).order_by("government_kind"))
    if not rows and not Program.objects.filter(code=code).exists():
        raise Http404
    return render(
        request, "register/code.html",
        {
            "code": code, "rows": rows,
            "below": list(
                Nomenclature.objects.filter(code__startswith=f"{code}.").order_by("code")[:60]
            ),
            "lines": listing.dearest(Filters(code=code, veil=panels.veil_of(actor)), 20),
        },
    )  # fmt: skip


@require_GET
def targets(request: HttpRequest) -> HttpResponse:
    """Targets of the medium-term plan, each with the lines that serve it."""
    require(of_request(request), "register.read")
    rows = Target.objects.select_related("agency")
    words = request.GET.get("q", "").strip()
    if words:
        rows = rows.filter(indicator__icontains=words) | rows.filter(title__icontains=words)
    if agency_code := request.GET.get("perangkat", ""):
        rows = rows.filter(agency__code=agency_code)
    page = paged(request, rows)
    return render(
        request, "register/targets.html",
        {"page": page, "served": reference.served(page.rows), "q": words},
    )  # fmt: skip
