"""Versions of the register."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from rakorsus.people.actor import of_request
from rakorsus.people.rules import require
from rakorsus.stages.register import exports, panels
from rakorsus.stages.register.models import PlanVersion, ProgramChange
from rakorsus.stages.register.queries import versions as queries
from rakorsus.stages.register.views.common import paged


@require_GET
def versions(request: HttpRequest) -> HttpResponse:
    require(of_request(request), "register.read")
    return render(request, "register/versions.html", {"page": paged(request, queries.versions())})


@require_GET
def version(request: HttpRequest, number: int) -> HttpResponse:
    """What one version changed, line by line, field by field."""
    require(of_request(request), "register.read")
    one = get_object_or_404(PlanVersion, number=number)
    kind = request.GET.get("jenis", "")
    kind = kind if kind in ProgramChange.Kind.values else ""
    words = request.GET.get("q", "")[:200]
    veil = panels.veil_of(of_request(request))
    page = paged(request, queries.changes(one, kind, words, veil))
    rows = [(change, queries.fields(change)) for change in queries.with_lines(page.rows)]
    tabs = [
        ("", one.added + one.changed + one.removed),
        *((k, getattr(one, k)) for k in ("added", "changed", "removed")),
    ]
    return render(
        request, "register/version.html",
        {"version": one, "page": page, "rows": rows, "kind": kind, "q": words, "tabs": tabs,
         "labels": dict(ProgramChange.Kind.choices)},
    )  # fmt: skip


@require_GET
def export(request: HttpRequest, number: int) -> StreamingHttpResponse:
    """The changes as CSV: one row for each changed field, one for each added or removed line."""
    require(of_request(request), "register.read")
    one = get_object_or_404(PlanVersion, number=number)
    kind = request.GET.get("jenis", "")
    rows = queries.changes(one, kind if kind in ProgramChange.Kind.values else "",
                           request.GET.get("q", "")[:200],
                           panels.veil_of(of_request(request)))  # fmt: skip
    heads = ("jenis", "kunci", "perangkat_daerah", "nama", "kolom", "sebelum", "sesudah")
    response = StreamingHttpResponse(
        exports.as_csv(heads, queries.exported(rows)), content_type=exports.FORMATS["csv"]
    )
    response["Content-Disposition"] = f'attachment; filename="versi-{number}.csv"'
    return response
