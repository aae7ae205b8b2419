"""Pages of the log."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from rakorsus.audit import chain, queries
from rakorsus.audit.models import Event
from rakorsus.engine.cells import safe_cell
from rakorsus.people.actor import of_request
from rakorsus.people.models import Agency
from rakorsus.people.rules import can, require

PAGE_SIZE = 100


def _day() -> forms.DateInput:
    return forms.DateInput({"type": "date"})


class LogFilter(forms.Form):
    actor_name = forms.CharField(label=_("Pelaku"), required=False)
    action = forms.CharField(label=_("Tindakan"), required=False)
    agency = forms.CharField(label=_("Kode perangkat daerah"), required=False)
    since = forms.DateField(label=_("Sejak"), required=False, widget=_day())
    until = forms.DateField(label=_("Sampai"), required=False, widget=_day())


@login_required
def log(request: HttpRequest) -> HttpResponse:
    require(of_request(request), "audit.read")
    form = LogFilter(request.GET)
    found = queries.events(**_asked(form))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    broken: int | str | None = "unasked"
    if request.GET.get("periksa"):
        broken = chain.verify()
    return render(request, "web/audit.html", {"page": page, "form": form, "broken": broken})


@login_required
def of_record(request: HttpRequest, kind: str, object_id: str) -> HttpResponse:
    """One record's log: all of it for whoever may read the whole log; a planner what concerns the
    own agency."""
    actor = of_request(request)
    kind, object_id = kind.replace("\0", ""), object_id.replace("\0", "")
    found = queries.events(kind=kind, object_id=object_id)
    if not can(actor, "audit.read"):
        own = Agency.objects.filter(pk__in=actor.agency_ids).values_list("code", flat=True)
        found = found.filter(agency_code__in=list(own))
        if not found.exists():
            raise PermissionDenied("audit.read")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "web/audit_record.html",
                  {"page": page, "kind": kind, "object_id": object_id})  # fmt: skip


@login_required
def download(request: HttpRequest) -> StreamingHttpResponse:
    require(of_request(request), "audit.read")
    found = queries.events(**_asked(LogFilter(request.GET)))
    answer = StreamingHttpResponse(_lines(found.iterator()), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="jejak-audit.csv"'
    return answer


def _asked(form: LogFilter) -> dict[str, Any]:
    form.is_valid()
    return {name: value for name, value in form.cleaned_data.items() if value}


class _Echo:
    def write(self, line: str) -> str:
        return line


def _lines(events: Iterator[Event]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(["id", "waktu", "pelaku", "dari", "tindakan", "jenis", "rekaman",
                           "perangkat_daerah", "ringkasan", "sidik"])  # fmt: skip
    for e in events:
        row = [e.pk, e.at.isoformat(), e.actor_name, e.surface, e.action, e.kind, e.object_id,
               e.agency_code, e.summary, e.digest]  # fmt: skip
        yield writer.writerow([safe_cell(value) for value in row])
