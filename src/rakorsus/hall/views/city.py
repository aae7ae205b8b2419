"""The city table in plain HTML: a month of the year, and drafts that run the engine."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from rakorsus.hall.actions.trials import try_draft
from rakorsus.hall.forms import CityForm, DraftForm
from rakorsus.hall.models import Draft
from rakorsus.hall.queries import booths, city
from rakorsus.hall.views.common import visitor
from rakorsus.people.rules import can
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.register import panels
from rakorsus.stages.register.models import Program, Region


@login_required
@require_GET
def table(request: HttpRequest) -> HttpResponse:
    """What works where in one month."""
    actor = visitor(request)
    form = CityForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    in_year = city.year()
    month = asked.get("bulan") or (settings.TODAY or timezone.localdate()).month
    first, last = city.month_of(month, in_year)
    code = asked.get("wilayah") or ""
    region = Region.objects.filter(code=code, level=3).first() if code else None
    lines = city.lines(actor, code, first, last) if region else []
    context = {
        "place": "city", "meeting": booths.open_meeting(), "year": in_year, "month": month,
        "months": [city.month_of(n, in_year)[0] for n in range(1, 13)], "first": first,
        "districts": city.districts(actor, first, last), "region": region, "lines": lines,
        "disputed": city.disputed(actor, lines), "draft": can(actor, "hall.draft"),
    }  # fmt: skip
    return render(request, "hall/city.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, program: int) -> HttpResponse:
    """Try another time or place for one line."""
    actor = visitor(request)
    seen = panels.unveiled(Program.objects.select_related("agency"), panels.veil_of(actor))
    subject = get_object_or_404(seen, pk=program, removed=False)
    form = DraftForm.of(subject, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = try_draft(actor, subject, form.cleaned_data["start"], form.cleaned_data["end"],
                             form.cleaned_data["place"])  # fmt: skip
            return redirect("hall:drafted", made.pk)
        except ValidationError as error:
            form.add_error(None, error)
    mine = Draft.objects.filter(program=subject, by=actor.user)[:5]
    context = {"place": "city", "meeting": booths.open_meeting(), "program": subject, "form": form,
               "may_draft": can(actor, "hall.draft"), "drafts": mine}  # fmt: skip
    return render(request, "hall/draft.html", context, status=409 if form.errors else 200)


@login_required
@require_GET
def drafted(request: HttpRequest, pk: int) -> HttpResponse:
    """What a draft would change."""
    actor = visitor(request)
    found = get_object_or_404(
        Draft.objects.select_related("program__agency"), pk=pk, by=actor.user
    )  # fmt: skip
    context = {"place": "city", "meeting": booths.open_meeting(), "draft": found,
               "program": found.program, **_effect(found.result)}  # fmt: skip
    return render(request, "hall/drafted.html", context)


def _effect(result: dict[str, Any]) -> dict[str, Any]:
    """Findings that would go, come and stay."""
    kinds = dict(Finding.Kind.choices)
    before = [row | {"label": kinds[row["kind"]]} for row in result.get("before", [])]
    after = [row | {"label": kinds[row["kind"]]} for row in result.get("after", [])]
    gone, new = set(result.get("gone", [])), set(result.get("new", []))
    known = Finding.objects.filter(fingerprint__in=[r["fingerprint"] for r in before])
    pages = {f.fingerprint: f.get_absolute_url() for f in known.only("pk", "fingerprint")}
    for row in before:
        row["url"] = pages.get(row["fingerprint"], "")
    return {
        "gone": [row for row in before if row["fingerprint"] in gone],
        "new": [row for row in after if row["fingerprint"] in new],
        "stay": [row for row in before if row["fingerprint"] not in gone],
    }  # fmt: skip
