"""Check-in at the door. Forms work without scripts; with them, what cannot be sent is kept and
sent again, and the device's own id keeps it from being counted twice."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rakorsus.people.actor import of_request
from rakorsus.people.rules import can
from rakorsus.stages.meeting import actions
from rakorsus.stages.meeting.forms import WalkInForm
from rakorsus.stages.meeting.links import opened
from rakorsus.stages.meeting.models import Attendance, Participant
from rakorsus.stages.meeting.queries import day
from rakorsus.stages.meeting.views.common import explain, meeting_of, number, reader
from rakorsus.stages.meeting.views.guest import gone

SIZE = 30


def _client(request: HttpRequest) -> str:
    return request.POST.get("client", "")[:64] or secrets.token_hex(12)


def _noted(request: HttpRequest) -> datetime | None:
    """When the device noted it, for what was kept without a connection."""
    try:
        value = parse_datetime(request.POST.get("at", ""))
    except ValueError:
        return None
    return value if value and value.tzinfo else None


@login_required
@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """The secretariat's list; a POST checks one in."""
    actor = reader(request, "meeting.invite")
    meeting = meeting_of(pk)
    if request.method == "POST":
        return _one(request, pk)
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "kelompok")}
    who = request.GET.get("hadir", "")
    found = day.guests(meeting, asked["q"], asked["kelompok"], who)
    context = {
        **day.door(meeting), "topics": [f"door:{pk}"],
        "meeting": meeting, "tab": "check_in", "asked": {**asked, "hadir": who},
        "page": Paginator(found, SIZE).get_page(request.GET.get("page")),
        "groups": Participant.Group.choices, "form": WalkInForm(),
        "client": secrets.token_hex(12), "run": can(actor, "meeting.run"),
    }  # fmt: skip
    return render(request, "meeting/check_in.html", context)


@login_required
@require_GET
def live(request: HttpRequest, pk: int) -> HttpResponse:
    """How many have come, for pages that have no stream."""
    reader(request, "meeting.invite")
    return render(request, "meeting/_door.html", day.door(meeting_of(pk)))


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("accept") == "application/json"


def _said(request: HttpRequest, made: Callable[[], Attendance], back: HttpResponse) -> HttpResponse:
    """What the page's script, or the reader, is told of an arrival."""
    try:
        arrival = made()
    except ValidationError as error:
        words = " ".join(error.messages)
        if _by_script(request):
            return JsonResponse({"error": words}, status=409)
        messages.error(request, words)
        return back
    who = arrival.participant.who
    if _by_script(request):
        return JsonResponse({"arrived": arrival.at.isoformat(), "who": who})
    messages.success(request, _("%s dicatat hadir.") % who)
    return back


def _one(request: HttpRequest, pk: int) -> HttpResponse:
    actor = of_request(request)
    guest = get_object_or_404(Participant, meeting=pk, pk=number(request, "participant"))
    mode, noted = Attendance.Mode.NAME, _noted(request)
    return _said(
        request, lambda: actions.check_in(actor, guest, _client(request), mode, noted),
        redirect("meeting:check_in", pk),
    )  # fmt: skip


@login_required
@require_POST
def many(request: HttpRequest, pk: int) -> HttpResponse:
    """All that were ticked."""
    actor = reader(request, "meeting.invite")
    meeting = meeting_of(pk)
    ids = [int(n) for n in request.POST.getlist("participant") if n.isdigit()]
    done = actions.check_in_many(actor, meeting, ids)
    messages.success(request, ngettext("%d orang dicatat hadir.", "%d orang dicatat hadir.", done)
                     % done)  # fmt: skip
    return redirect("meeting:check_in", pk)


@login_required
@require_POST
def walk_in(request: HttpRequest, pk: int) -> HttpResponse:
    """A guest without an invitation."""
    actor = reader(request, "meeting.invite")
    meeting = meeting_of(pk)
    form, back = WalkInForm(request.POST), redirect("meeting:check_in", pk)
    if form.is_valid():
        data, client = form.cleaned_data, _client(request)
        return _said(request, lambda: actions.walk_in(actor, meeting, client, data), back)
    if _by_script(request):
        words = " ".join(f"{k}: {' '.join(v)}" for k, v in form.errors.items())
        return JsonResponse({"error": words}, status=400)
    explain(request, form)
    return back


@require_http_methods(["GET", "POST"])
def scanned(request: HttpRequest, token: str) -> HttpResponse:
    """What a guest's code leads the secretariat to: one button. Anybody else sees only the
    guest's own page, and is refused when trying to check in."""
    found = opened(token)
    if found is None:
        if _by_script(request):
            return JsonResponse({"error": _("Kode ini tidak dikenal.")}, status=400)
        return gone(request)
    shown, key = found
    actor = of_request(request)
    allowed = can(actor, "meeting.invite")
    if request.method == "POST":
        mode, noted = Attendance.Mode.CODE, _noted(request)
        return _said(
            request, lambda: actions.check_in(actor, shown, _client(request), mode, noted, key),
            redirect("meeting:scanned", token),
        )  # fmt: skip
    if not allowed:
        return redirect("meeting:guest", token)
    fresh = Participant.objects.select_related("meeting", "attendance").get(pk=shown.pk)
    context = {
        "meeting": shown.meeting, "guest": fresh, "token": token, "valid": fresh.key == key,
        "arrived": getattr(fresh, "attendance", None), "client": secrets.token_hex(12),
    }  # fmt: skip
    return render(request, "meeting/scanned.html", context)
