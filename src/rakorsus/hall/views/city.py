"""The city table in plain HTML: a month of the year, and drafts that run the engine."""

from __future__ import annotations

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rakorsus.clock import today
from rakorsus.hall.actions import drafts
from rakorsus.hall.forms import CityForm, DraftForm
from rakorsus.hall.models import Draft
from rakorsus.hall.queries import booths, city
from rakorsus.hall.queries.drafts import effect
from rakorsus.hall.views.common import visitor
from rakorsus.people.actor import Actor, of_request
from rakorsus.people.rules import can
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
    month = asked.get("bulan") or today().month
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
            wish = form.cleaned_data
            made = drafts.try_draft(actor, subject, wish["start"], wish["end"], wish["place"])
            return redirect("hall:drafted", made.pk)
        except ValidationError as error:
            form.add_error(None, error)
    mine = Draft.objects.filter(program=subject, by=actor.user)[:5]
    context = {"place": "city", "meeting": booths.open_meeting(), "program": subject, "form": form,
               "may_draft": can(actor, "hall.draft"), "drafts": mine}  # fmt: skip
    return render(request, "hall/draft.html", context, status=409 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def drafted(request: HttpRequest, pk: int) -> HttpResponse:
    """What a draft would change. POST adopts it."""
    actor = visitor(request)
    found = _own(actor, pk)
    if found is None:
        raise Http404
    if request.method == "POST":
        try:
            drafts.adopt(actor, found, request.POST.get("reason", ""))
            messages.success(request, _("Jadwal baru dipakai; register dan temuan diperbarui."))
            return redirect(found.program.get_absolute_url())
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    context = {"place": "city", "meeting": booths.open_meeting(), "draft": found,
               "program": found.program, **effect(actor, found)}  # fmt: skip
    return render(request, "hall/drafted.html", context)


@login_required
@require_POST
@never_cache
def shift(request: HttpRequest, pk: int) -> JsonResponse:
    """The same for the plan and 3D. JSON {program: key, days} makes a draft, {draft} asks for one
    that is being judged, {draft, adopt: true, reason} adopts it and answers {version}; {error} with
    400 or 403."""
    actor = of_request(request, "hall-3d")
    try:
        asked = json.loads(request.body)
        if "draft" in asked:
            found, program, days = _own(actor, int(asked["draft"])), None, 0
        else:
            key, days = str(asked["program"]), int(asked["days"])
            seen = panels.unveiled(Program.objects.filter(removed=False), panels.veil_of(actor))
            found, program = None, seen.filter(key=key).select_related("agency").first()
        wanted, reason = bool(asked.get("adopt")), str(asked.get("reason") or "")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        return JsonResponse({"error": _("Permintaan tidak terbaca.")}, status=400)
    if found is None and program is None:
        return JsonResponse({"error": _("Program ini tidak ada lagi.")}, status=400)
    try:
        if found is None and program is not None:
            found = drafts.try_draft(actor, program, *drafts.shifted(program, days), "")
        assert found is not None
        if wanted:
            return JsonResponse({"version": drafts.adopt(actor, found, reason).number})
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=400)
    except PermissionDenied:
        return JsonResponse({"error": _("Anda tidak berhak melakukan ini.")}, status=403)
    return JsonResponse(effect(actor, found) | {
        "draft": found.pk, "state": found.state, "seconds": found.result.get("seconds"),
        "from": found.start, "to": found.end,
        "page": reverse("hall:drafted", args=[found.pk]),
    })  # fmt: skip


def _own(actor: Actor, pk: int) -> Draft | None:
    return Draft.objects.select_related("program__agency").filter(pk=pk, by=actor.user).first()
