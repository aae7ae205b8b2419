"""Synchronisation tables in plain HTML: the two programs, seats, shared notes, the outcome."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from rakorsus.hall import actions, following
from rakorsus.hall.models import Seat
from rakorsus.hall.queries import booths
from rakorsus.hall.queries.scene import readable as readable_findings
from rakorsus.hall.queries.state import state as state_of
from rakorsus.hall.standing import role_of
from rakorsus.hall.views.common import meeting_of, visitor
from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency
from rakorsus.people.rules import can
from rakorsus.stages.findings.comparing import compare
from rakorsus.stages.meeting.forms import OutcomeForm
from rakorsus.stages.meeting.models import AgendaItem, Meeting, Note, Outcome
from rakorsus.stages.meeting.queries import agenda
from rakorsus.stages.meeting.views.item import readable


@login_required
@require_GET
def tables(request: HttpRequest, pk: int) -> HttpResponse:
    """All tables of the meeting with who sits there, and the queue of requests."""
    actor = visitor(request)
    meeting = meeting_of(pk)
    rows = state_of(pk)["tables"]
    known = readable_findings(actor, (row["finding"] for row in rows))
    for row in rows:
        if row["finding"] is not None and row["finding"] not in known:
            row |= {"title": "", "outcome": None}
    named = Agency.objects.in_bulk({a for row in rows for a in row["agencies"]})
    kinds = dict(Outcome.Kind.choices)
    states = dict(AgendaItem.State.choices)
    mine = actor.agency_ids
    for row in rows:
        row["names"] = [named[a] for a in row["agencies"] if a in named]
        row["outcome_label"] = kinds.get(row["outcome"] or "", "")
        row["state_label"] = states[row["state"]]
        row["mine"] = bool(mine & set(row["agencies"]))
    heard = following.topic(actor, pk)
    context = {
        "meeting": meeting, "place": "tables", "tables": rows,
        "requests": booths.requests(meeting), "answer": can(actor, "hall.answer_sync"),
        "topics": [f"plenary:{pk}", heard], "heard": heard, "compare": can(actor, "hall.compare"),
    }  # fmt: skip
    return render(request, "hall/tables.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def table(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """One table. POST settles it; what was refused is shown again with what was typed."""
    actor = visitor(request)
    meeting = meeting_of(pk)
    shown = readable(actor, item)
    if shown.kind != AgendaItem.Kind.DESK or shown.session.meeting_id != meeting.pk:
        raise Http404
    if request.method == "GET":
        return render(request, "hall/table.html", _context(actor, meeting, shown))
    form = OutcomeForm(request.POST)
    if form.is_valid():
        data = {k: v for k, v in request.POST.items() if k not in ("csrfmiddlewaretoken", "key")}
        key = request.POST.get("key", "") or str(uuid.uuid4())
        try:
            actions.perform(actor, meeting, key, "settle", {**data, "item": item})
        except PermissionDenied:
            raise
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Hasil meja disimpan."))
            return redirect("hall:table", pk, item)
    return render(request, "hall/table.html", _context(actor, meeting, shown, form), status=409)


def _context(
    actor: Actor, meeting: Meeting, shown: AgendaItem, form: OutcomeForm | None = None
) -> dict[str, Any]:
    seats = list(Seat.objects.filter(item=shown).select_related("agency"))
    notes = {note.field: note for note in shown.notes.all()}
    settle = can(actor, "meeting.settle", shown) and not hasattr(meeting, "minutes")
    heard = following.topic(actor, meeting.pk)
    assert actor.user is not None
    return {
        "meeting": meeting, "place": "tables", "item": shown,
        "comparison": compare(shown.finding) if shown.finding else None,
        "seats": seats, "sits": any(seat.user_id == actor.user.pk for seat in seats),
        "empty": _empty(shown, seats),
        "notes": [(value, label, notes.get(value)) for value, label in Note.Field.choices],
        "may_note": can(actor, "meeting.note", shown) and not hasattr(meeting, "minutes"),
        "outcome": agenda.newest(list(shown.outcomes.all())),
        "form": form or (OutcomeForm() if settle else None),
        "chair": role_of(actor) == "chair",
        "heard": heard, "topics": [f"item:{shown.pk}", heard]
        + [f"note:{shown.pk}-{field}" for field in Note.Field.values],
    }  # fmt: skip


def _empty(shown: AgendaItem, seats: list[Seat]) -> list[Agency]:
    """Sides of which nobody sits there yet."""
    there = {seat.agency_id for seat in seats}
    if shown.finding is None:
        return [shown.agency] if shown.agency and shown.agency_id not in there else []
    sides = shown.finding.sides.all()
    return [side.agency for side in sides if side.agency_id not in there]
