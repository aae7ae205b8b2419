"""The stage in plain HTML, and the page for whoever only watches."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from rakorsus.clock import today
from rakorsus.hall import following
from rakorsus.hall.curtain import without_findings
from rakorsus.hall.forms import HallForm
from rakorsus.hall.queries import acts, booths, scene
from rakorsus.hall.queries.state import state as state_of
from rakorsus.hall.standing import role_of, sees_findings
from rakorsus.hall.views.common import (
    mandates_of,
    may,
    meeting_of,
    visitor,
)
from rakorsus.people.actor import Actor, of_request
from rakorsus.people.models import Agency
from rakorsus.people.rules import can
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.meeting.models import Ballot, Meeting

_AGREED = 12  # promises in the corridor, the earliest due first
_WATCHED = 2  # seconds for which watchers share one answer


def _context(actor: Actor, meeting: Meeting) -> dict[str, Any]:
    state = state_of(meeting.pk)
    if not sees_findings(actor):
        state = {"findings": []} | without_findings(state)
    assert actor.user is not None
    kinds = dict(Finding.Kind.choices)
    for row in state["findings"]:
        row["label"] = kinds[row["kind"]]
    cast = Ballot.objects.filter(resolution__meeting=meeting).values_list("resolution", "mandate")
    held = mandates_of(actor)
    given = set(cast.filter(mandate__in=[m["id"] for m in held]))
    for row in state["votes"]:
        row["waiting"] = [m for m in held if (row["resolution"], m["id"]) not in given]
    own = actor.user.pk
    hand = next((h for h in state["queue"] if h["user"] == own), None)
    waiting = meeting.participants.filter(agency__in=actor.agency_ids, attendance=None)
    return {
        "meeting": meeting, "place": "stage", "st": state, "now": _timed(state["now"]),
        "chair": role_of(actor) == "chair", "may": may(actor), "hand": hand,
        "floor_mine": bool(state["floor"] and state["floor"]["user"] == own), "own": own,
        "turn": bool(state["now"] and (role_of(actor) == "chair"
                     or actor.plans_for(state["now"]["agency"]))),
        "see_findings": sees_findings(actor), "choices": Ballot.Choice.choices,
        "invitation": waiting.first() if actor.agency_ids else None,
        "last": acts.last(meeting.pk),
    }  # fmt: skip


def _timed(now: dict[str, Any] | None) -> dict[str, Any] | None:
    """The running entry with its end as seconds, for the clock."""
    if now is None or now["ends"] is None:
        return now
    ends = datetime.fromisoformat(now["ends"]).timestamp()
    return now | {"ends_at": f"{ends:.0f}", "left": round(ends - time.time())}


@login_required
@require_GET
def stage(request: HttpRequest, pk: int) -> HttpResponse:
    actor = visitor(request)
    meeting = meeting_of(pk)
    heard = following.topic(actor, pk)
    context = _context(actor, meeting) | {"topics": [f"plenary:{pk}", heard], "heard": heard}
    if can(actor, "hall.manage"):
        context["form"] = HallForm(initial=_settings(meeting))
    return render(request, "hall/stage.html", context)


def _settings(meeting: Meeting) -> dict[str, Any]:
    known = getattr(meeting, "hall", None)
    return {"cap": known.cap if known else 300, "public": bool(known and known.public)}


@login_required
@require_GET
def stage_live(request: HttpRequest, pk: int) -> HttpResponse:
    """The part that changes, or 304 when the reader has it."""
    actor = visitor(request)
    meeting = meeting_of(pk)
    assert actor.user is not None
    known = getattr(meeting, "hall", None)
    minute = int(time.time() // 60)
    tag = (
        f'"{meeting.pulse}.{known.last if known else 0}.{minute}.{actor.user.pk}.{get_language()}"'
    )
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match", "").removeprefix("W/") == tag:
        return HttpResponseNotModified(headers=headers)
    response = render(request, "hall/_stage.html", _context(actor, meeting))
    for name, value in headers.items():
        response.headers[name] = value
    return response


@require_GET
def watch(request: HttpRequest, pk: int) -> HttpResponse:
    """For an audience of any size: everybody gets the same bytes, made once in two seconds."""
    meeting = meeting_of(pk)
    if refused := _not_for(request, meeting):
        return refused
    context = {"meeting": meeting, "place": "watch", "fragment": _watched(meeting)}
    return render(request, "hall/watch.html", context)


@require_GET
def watch_live(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_of(pk)
    if refused := _not_for(request, meeting):
        return refused
    tag = f'"{meeting.pulse}.{int(time.time() // 60)}.{get_language()}"'
    public = bool(getattr(meeting, "hall", None) and meeting.hall.public)
    caching = f"{'public' if public else 'private'}, max-age={_WATCHED}"
    headers = {"ETag": tag, "Cache-Control": caching}
    if request.headers.get("if-none-match", "").removeprefix("W/") == tag:
        return HttpResponseNotModified(headers=headers)
    response = render(request, "hall/_watch.html", _watched(meeting))
    for name, value in headers.items():
        response.headers[name] = value
    return response


def _not_for(request: HttpRequest, meeting: Meeting) -> HttpResponse | None:
    """Where the watch page is not public, only who may enter the hall watches."""
    if getattr(meeting, "hall", None) and meeting.hall.public:
        return None
    actor = of_request(request)
    if not actor.signed_in:
        return redirect_to_login(request.get_full_path())
    visitor(request)
    return None


def _watched(meeting: Meeting) -> dict[str, Any]:
    """What watchers see: no findings, no people but posts."""
    name = f"hall-watch-{meeting.pk}-{meeting.pulse}"
    state = cache.get(name)
    if state is None:
        whole = without_findings(state_of(meeting.pk))
        state = {key: whole[key] for key in ("now", "next", "floor", "votes", "queue")}
        cache.set(name, state, _WATCHED)
    return {"st": state, "now": _timed(state["now"]), "meeting": meeting}


def _named(promises: list[scene.Promise]) -> list[dict[str, Any]]:
    known = Agency.objects.in_bulk({p.agency_id for p in promises if p.agency_id})
    return [p._asdict() | {"office": known.get(p.agency_id or 0)} for p in promises]


@login_required
@require_GET
def corridor(request: HttpRequest) -> HttpResponse:
    """The corridor: open between meetings too, with what was agreed, every booth and the doors of
    the halls."""
    actor = visitor(request)
    meeting = booths.open_meeting()
    promises = scene.agreed(actor, meeting) if meeting else []
    halls = list(Meeting.objects.exclude(state=Meeting.State.DRAFT).order_by("-starts")[:6])
    context = {
        "halls": halls, "meeting": meeting, "place": "corridor", "today": today(),
        "agreed": _named(promises[:_AGREED]), "more": len(promises) - _AGREED,
        "booths": booths.booths(actor), "own": actor.agency_ids,
    }  # fmt: skip
    return render(request, "hall/corridor.html", context)
