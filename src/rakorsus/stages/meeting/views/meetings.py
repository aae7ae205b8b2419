"""The list of meetings, and one meeting with its agenda and its versions."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from rakorsus.people.rules import can
from rakorsus.stages.meeting import actions
from rakorsus.stages.meeting.forms import MeetingForm
from rakorsus.stages.meeting.models import Meeting, Series
from rakorsus.stages.meeting.queries import agenda
from rakorsus.stages.meeting.views.common import meeting_of, reader
from rakorsus.stages.register import panels

SIZE = 30


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    actor = reader(request)
    found = (
        Meeting.objects.select_related("series")
        .annotate(guests=Count("participants"))
        .order_by("-starts", "-id")
    )
    page = Paginator(found, SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "plan": can(actor, "meeting.plan")}
    return render(request, "meeting/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    actor = reader(request, "meeting.plan")
    form = MeetingForm(request.POST or None, initial=_next_of(request.GET.get("seri", "")))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(actions.create_meeting(actor, **form.cleaned_data))
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "meeting/meeting_form.html", {"form": form})


def _next_of(series: str) -> dict[str, str]:
    """What the next meeting of a series begins with."""
    found = Series.objects.filter(pk=series).first() if series.isdigit() else None
    return {"series": found.name} if found else {}


@login_required
@require_GET
def series(request: HttpRequest, pk: int) -> HttpResponse:
    """Meetings of a series in time, with what each left open."""
    actor = reader(request)
    shown = get_object_or_404(Series, pk=pk)
    context = {"series": shown, "rows": agenda.of_series(shown), "plan": can(actor, "meeting.plan")}
    return render(request, "meeting/series.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    actor = reader(request, "meeting.plan")
    meeting = meeting_of(pk)
    start = {"series": meeting.series.name if meeting.series else ""}
    form = MeetingForm(request.POST or None, instance=meeting, initial=start)
    del form.fields["carry"]
    if request.method == "POST" and form.is_valid():
        try:
            actions.amend_meeting(actor, meeting_of(pk), **form.cleaned_data)
            return redirect(meeting)
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "meeting/meeting_form.html", {"form": form, "meeting": meeting_of(pk)})


@login_required
@require_GET
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    actor = reader(request)
    shown = meeting_of(pk)
    sessions = agenda.by_session(shown, agenda.items(shown))
    context = {
        "meeting": shown, "sessions": sessions, "versions": shown.versions.defer("rows"),
        "backlog": agenda.backlog(shown), "tab": "agenda",
        "panels": panels.of_page("meeting", actor, shown),
    }  # fmt: skip
    return render(request, "meeting/meeting.html", context)


@login_required
@require_GET
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    reader(request)
    shown = meeting_of(pk)
    frozen = get_object_or_404(shown.versions, number=number)
    older = shown.versions.filter(number__lt=number).first()
    context = {
        "meeting": shown, "version": frozen, "older": older,
        "difference": agenda.difference(older, frozen) if older else None, "tab": "agenda",
    }  # fmt: skip
    return render(request, "meeting/version.html", context)
