"""The plan of seats of a room."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from rakorsus.stages.meeting.documents import seating
from rakorsus.stages.meeting.models import Participant, Room
from rakorsus.stages.meeting.seating import arrange
from rakorsus.stages.meeting.views.common import meeting_of, reader
from rakorsus.stages.meeting.views.papers import unnumbered


@login_required
@require_GET
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    reader(request, "meeting.invite")
    meeting = meeting_of(pk)
    rooms = list(meeting.rooms.all())
    coming = list(meeting.participants.exclude(reply=Participant.Reply.ABSENT))
    plans = []
    for room in rooms:
        if room.rows and room.seats:
            rows, left = arrange(coming, room.rows, room.seats)
            named = [[(guest, seating.label(guest)) for guest in row] for row in rows]
            plans.append({"room": room, "rows": named, "left": left})
    context = {"meeting": meeting, "tab": "people", "plans": plans, "rooms": rooms,
               "coming": len(coming)}  # fmt: skip
    return render(request, "meeting/seating.html", context)


@login_required
@never_cache
@require_GET
def file(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The plan to print."""
    reader(request, "meeting.invite")
    room = get_object_or_404(Room.objects.select_related("meeting"), pk=pk)
    if ending not in ("pdf", "docx") or not room.rows or not room.seats:
        raise Http404
    return unnumbered("daftar-hadir", seating.compose(room), ending, "denah")
