"""Findings from afar: agency by agency, expected repetition, questions."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rakorsus.people.actor import of_request
from rakorsus.people.rules import can, require
from rakorsus.stages.findings import queries
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.findings.queries.asking import put_off
from rakorsus.stages.findings.queries.matrix import Pair

SIZE = 40


@login_required
@require_GET
def matrix(request: HttpRequest) -> HttpResponse:
    """Rows and columns are the agencies that share findings; each cell opens the list."""
    actor = of_request(request)
    require(actor, "findings.read")
    asked = queries.Filters.of(request.GET.dict())
    found = queries.pairs(actor, asked)
    context = {
        "pairs": found, "grid": _grid(found), "asked": asked, "tab": "matrix",
        "kinds": [k for k in Finding.Kind.choices if k[0] != Finding.Kind.EXPECTED],
    }  # fmt: skip
    return render(request, "findings/matrix.html", context)


def _grid(found: list[Pair]) -> dict[str, Any]:
    """Columns and rows in the order of agency codes, with what each pair shares."""
    offices = {a.code: a for pair in found for a in (pair.first, pair.second)}
    order = sorted(offices)
    cells = {(p.first.code, p.second.code): p for p in found}
    most = max((p.count for p in found), default=1)
    rows = []
    for one in order:
        row = []
        for other in order:
            pair = cells.get((one, other)) or cells.get((other, one))
            row.append((offices[other], pair, _shade(pair.count, most) if pair else 0))
        rows.append((offices[one], row))
    return {"columns": [offices[code] for code in order], "rows": rows}


def _shade(count: int, most: int) -> int:
    """1 to 4: how dark a cell is."""
    return 1 + min(3, 4 * count // (most + 1))


@login_required
@require_GET
def expected(request: HttpRequest) -> HttpResponse:
    """Repetition that is normal, with its reason."""
    actor = of_request(request)
    require(actor, "findings.read")
    asked = queries.Filters.of(request.GET.dict()).but(
        jenis=Finding.Kind.EXPECTED, keadaan=Finding.State.EXPECTED
    )
    found = queries.listed(actor, asked).prefetch_related(None).prefetch_related("sides__agency")
    page = Paginator(found, SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page, "asked": asked, "tab": "expected",
        "coordinate": can(actor, "findings.coordinate"),
    }  # fmt: skip
    return render(request, "findings/expected.html", context)


@login_required
@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """What agencies are asked to supply, largest money first."""
    actor = of_request(request)
    require(actor, "findings.read")
    data = request.GET.dict()
    asked = queries.Filters.of(data).but(jenis=Finding.Kind.UNCLEAR)
    page = Paginator(queries.listed(actor, asked, "nilai"), SIZE).get_page(data.get("page"))
    context = {
        "page": page,
        "asked": asked,
        "tab": "questions",
        "own": actor.agency_ids,
        "put_off": put_off() if queries.reads_all(actor) else [],
    }
    return render(request, "findings/questions.html", context)
