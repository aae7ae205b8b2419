"""The hall in 3D and as a plan, and the data that both are drawn from."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from rakorsus.hall import scene as scenes
from rakorsus.hall.words import words
from rakorsus.people.actor import of_request
from rakorsus.people.rules import require
from rakorsus.stages.meeting.models import Meeting


@login_required
@require_GET
def room(request: HttpRequest, pk: int) -> HttpResponse:
    """The hall in 3D; the plan is the same page with another drawing."""
    return _page(request, pk, "room")


@login_required
@require_GET
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The hall seen from above."""
    return _page(request, pk, "plan")


def _page(request: HttpRequest, pk: int, view: str) -> HttpResponse:
    require(of_request(request), "hall.enter")
    meeting = get_object_or_404(Meeting, pk=pk)
    return render(request, "hall/scene.html", {"meeting": meeting, "view": view})


@login_required
@require_GET
@never_cache
def data(request: HttpRequest, pk: int) -> JsonResponse:
    """The scene as JSON: `rakorsus.hall.scene` says its shape, `words` the texts of the page."""
    actor = of_request(request)
    require(actor, "hall.enter")
    meeting = get_object_or_404(Meeting.objects.select_related("series"), pk=pk)
    return JsonResponse(scenes.build(actor, meeting) | {"words": words()})
