"""The day: the running order with its controls, the projector's screen, the queue of speakers.

Pages follow by the stream of events (`meeting.following`). Where it cannot be had they ask for a
fragment with the meeting's pulse as ETag; nothing is drawn again as long as nothing changed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rakorsus.people.models import Agency
from rakorsus.people.rules import can
from rakorsus.stages.meeting import actions
from rakorsus.stages.meeting.models import AgendaItem, Meeting, Session, SpeakerRequest
from rakorsus.stages.meeting.queries import day as running
from rakorsus.stages.meeting.views.common import (
    attempt,
    item_of,
    meeting_of,
    reader,
    version_seen,
)


def _context(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    actor = reader(request)
    shown = running.shown(meeting, timezone.now())
    return {
        **shown, "tab": "day", "touching": running.touching(shown["current"]),
        "run": can(actor, "meeting.run"), "speak": can(actor, "meeting.speak"),
        "hand": next((s.pk for s in shown["speakers"] if actor.user and s.by_id == actor.user.pk),
                     None),
        "mine": " ".join(f"{pk:d}" for pk in sorted(actor.agency_ids)),
        "absent": Agency.objects.filter(pk__in=meeting.availabilities.filter(
            begins=None, ends=None, most=None).values("agency")),
        "agencies": Agency.objects.filter(agenda_items__session__meeting=meeting).distinct()
        | Agency.objects.filter(findings__finding__desks__session__meeting=meeting).distinct(),
    }  # fmt: skip


@login_required
@require_GET
def day(request: HttpRequest, pk: int) -> HttpResponse:
    context = _context(request, meeting_of(pk))
    kind = "run" if context["run"] else "order"
    now = context["now"] + context["meeting"].shift
    turn = running.turn_of(context["lines"], reader(request).agency_ids, now)
    return render(request, "meeting/day.html", context | {"topics": [f"{kind}:{pk}"], "turn": turn})


def _fragment(request: HttpRequest, pk: int, template: str) -> HttpResponse:
    """The fragment, or 304 when the reader has it. Minutes count too, for what is late."""
    actor = reader(request)
    pulse = Meeting.objects.values_list("pulse", flat=True).filter(pk=pk).first()
    runs = AgendaItem.objects.filter(session__meeting=pk, state=AgendaItem.State.RUNNING).exists()
    minute = f"{timezone.now():%H%M}" if runs else ""
    tag = f'"{pulse}.{minute}.{int(can(actor, "meeting.run"))}.{request.LANGUAGE_CODE}"'  # type: ignore[attr-defined]
    if request.headers.get("if-none-match", "").removeprefix("W/") == tag:  # compressed: weak
        return HttpResponseNotModified(headers={"ETag": tag})
    response = render(request, template, _context(request, meeting_of(pk)))
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@login_required
@require_GET
def live(request: HttpRequest, pk: int) -> HttpResponse:
    return _fragment(request, pk, "meeting/_running.html")


@login_required
@require_GET
def screen_live(request: HttpRequest, pk: int) -> HttpResponse:
    reader(request, "meeting.screen")
    return _fragment(request, pk, "meeting/_screen.html")


@login_required
@require_GET
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """For the projector: what runs, how long it still may, what is next."""
    reader(request, "meeting.screen")
    context = _context(request, meeting_of(pk)) | {"topics": [f"screen:{pk}"]}
    return render(request, "meeting/screen.html", context)


@login_required
@require_POST
def state(request: HttpRequest, pk: int) -> HttpResponse:
    actor = reader(request, "meeting.run")
    meeting = meeting_of(pk)
    attempt(request, lambda: actions.start(actor, meeting, request.POST.get("state", "")))
    return redirect("meeting:day", pk)


@login_required
@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin an entry, end it, or leave it out."""
    actor = reader(request, "meeting.run")
    found, what = item_of(pk), request.POST.get("langkah", "")
    seen = version_seen(request)
    if what == "mulai":
        attempt(request, lambda: actions.begin(actor, found, seen))
    elif what in ("selesai", "batal"):
        attempt(request, lambda: actions.finish(actor, found, seen, dropped=what == "batal"))
    else:
        messages.error(request, _("Tidak dikenal."))
    return redirect("meeting:day", found.session.meeting_id)


@login_required
@require_POST
def begin_round(request: HttpRequest, pk: int) -> HttpResponse:
    """All desks of one time begin together."""
    actor = reader(request, "meeting.run")
    found = get_object_or_404(Session, pk=pk)
    start = parse_datetime(request.POST.get("start", "").replace(" ", "+"))
    if start is None or start.tzinfo is None:
        messages.error(request, _("Tidak dikenal."))
    else:
        attempt(request, lambda: actions.begin_round(actor, found, start))
    return redirect("meeting:day", found.meeting_id)


@login_required
@require_POST
def catch_up(request: HttpRequest, pk: int) -> HttpResponse:
    """What is left of the day, planned again so that it ends in time."""
    actor = reader(request, "meeting.run")
    meeting = meeting_of(pk)

    def replan() -> None:
        trial = actions.catch_up(actor, meeting, timezone.now())
        words = _("Sisa hari disusun ulang dalam %(s)s detik: %(moved)d acara berpindah, %(out)d "
                  "tidak termuat.")  # fmt: skip
        messages.success(request, words % {
            "s": f"{trial.seconds:.2f}".replace(".", ","), "moved": trial.moved,
            "out": len(trial.left_out),
        })  # fmt: skip

    attempt(request, replan)
    return redirect("meeting:day", pk)


@login_required
@require_POST
def hand(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the floor."""
    actor = reader(request, "meeting.speak")
    meeting = meeting_of(pk)
    attempt(request, lambda: actions.raise_hand(actor, meeting), _("Anda masuk antrean bicara."))
    return redirect("meeting:day", pk)


@login_required
@require_POST
def speaker(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the floor, or take the hand down."""
    actor = reader(request)
    found = get_object_or_404(SpeakerRequest.objects.select_related("meeting"), pk=pk)
    attempt(request, lambda: actions.speaker(actor, found, request.POST.get("state", "")))
    return redirect("meeting:day", found.meeting_id)
