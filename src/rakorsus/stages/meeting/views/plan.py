"""The planning page: sessions, rooms, what goes on the agenda, trial agendas side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rakorsus.stages.findings.models import Finding
from rakorsus.stages.meeting import actions, board
from rakorsus.stages.meeting.forms import (
    AvailabilityForm,
    EntryForm,
    Moment,
    RoomForm,
    SessionForm,
    WishesForm,
)
from rakorsus.stages.meeting.labels import REASONS
from rakorsus.stages.meeting.models import AgendaItem, Meeting, Session, Trial
from rakorsus.stages.meeting.planning import Wishes, minute, solve
from rakorsus.stages.meeting.queries import agenda
from rakorsus.stages.meeting.views.common import (
    attempt,
    back,
    explain,
    item_of,
    meeting_of,
    number,
    reader,
    version_seen,
)

_CANDIDATES = 40
_TRIALS = 4
_ALL = 400
_FILLED = (Session.Kind.DESKS, Session.Kind.PRESENTATIONS)


def _wishes(meeting: Meeting, now: Trial | None) -> dict[str, Any]:
    """The numbers of the agenda in use, or the usual ones."""
    asked = dict(now.asked) if now else Wishes().as_json()
    tables = next((r.tables for r in meeting.rooms.all() if r.tables), asked["tables"])
    asked |= {} if now else {"tables": tables}
    if asked.get("end") is None:
        asked["end"] = minute(meeting, meeting.ends)
    return asked


@login_required
@require_GET
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    reader(request, "meeting.plan")
    meeting = meeting_of(pk)
    found = list(agenda.items(meeting))
    titles = {item.pk: item for item in found}
    now = meeting.trials.exclude(adopted=None).order_by("-adopted").first()
    sessions = agenda.by_session(meeting, found)
    asked = _wishes(meeting, now)
    context = {
        "meeting": meeting, "tab": "plan", "sessions": sessions,
        "rooms": [(room, RoomForm(instance=room, auto_id=f"id_ruang_{room.pk:d}_%s"))
                  for room in meeting.rooms.all()],
        "backlog": agenda.backlog(meeting),
        "candidates": agenda.candidates(meeting, _CANDIDATES),
        "trials": [(trial, _compared(trial, titles)) for trial in meeting.trials.all()[:_TRIALS]],
        "now": now, "seen_now": _compared(now, titles) if now else None,
        "wishes": WishesForm(initial=asked), "sliders": _sliders(meeting, asked),
        "boards": [board.of(meeting, s, placed, int(asked["grid"]))
                   for s, placed, _loose in sessions if placed and s.kind in _FILLED],
        "session_form": SessionForm(
            meeting=meeting, initial={"starts": meeting.starts, "ends": meeting.ends}
        ),
        "availabilities": meeting.availabilities.select_related("agency"),
        "availability_form": AvailabilityForm(auto_id="id_ada_%s"),
        "room_form": RoomForm(auto_id="id_ruang_%s"), "presenters": agenda.presenters().count(),
        "desks": [s for s, _placed, _loose in sessions if s.kind == Session.Kind.DESKS],
        "stages": [s for s, _placed, _loose in sessions if s.kind == Session.Kind.PRESENTATIONS],
    }  # fmt: skip
    return render(request, "meeting/plan.html", context)


def _sliders(meeting: Meeting, asked: dict[str, Any]) -> list[dict[str, Any]]:
    """The numbers that a slider changes: name, label, limits, step and present value."""
    first = minute(meeting, meeting.starts) + 60
    last = max(minute(meeting, meeting.ends) + 4 * 60, int(asked["end"]))
    return [
        {"name": "end", "label": _("Akhir hari"), "min": -(-first // 15) * 15, "max": last,
         "step": 5, "value": asked["end"], "clock": True},
        {"name": "shortest", "label": _("Paparan paling pendek"), "min": 1, "max": 15, "step": 1,
         "value": asked["shortest"], "unit": _("menit")},
        {"name": "longest", "label": _("Paparan paling panjang"), "min": 1, "max": 30, "step": 1,
         "value": asked["longest"], "unit": _("menit")},
        {"name": "tables", "label": _("Meja"), "min": 1, "max": 30, "step": 1,
         "value": asked["tables"], "unit": _("meja")},
    ]  # fmt: skip


def _compared(trial: Trial, known: dict[int, AgendaItem]) -> dict[str, Any]:
    """What a trial did not fit and why, how long its presentations are, when it ends."""
    return {**_effect(trial.placed, trial.left_out, known), "wishes": Wishes(**trial.asked)}


def _effect(
    placed: list[dict[str, int]], left_out: list[dict[str, Any]], known: dict[int, AgendaItem]
) -> dict[str, Any]:
    rows = [(known[row["item"]], row) for row in placed if row["item"] in known]
    lengths = [row["minutes"] for item, row in rows if item.kind == item.Kind.PRESENTATION]
    ends = max((row["start"] + row["minutes"] for _item, row in rows), default=0)
    return {
        "left_out": [
            (known[row["item"]], REASONS.get(row["reason"], ""))
            for row in left_out
            if row["item"] in known
        ],
        "shortest": min(lengths, default=0), "longest": max(lengths, default=0),
        "end": f"{ends // 60 % 24:02d}.{ends % 60:02d}", "talks": len(lengths),
        "desks": len(rows) - len(lengths),
    }  # fmt: skip


@login_required
@require_GET
def what_if(request: HttpRequest, pk: int) -> HttpResponse:
    """The effect of other numbers, without keeping anything: what the sliders show."""
    reader(request, "meeting.plan")
    meeting = meeting_of(pk)
    form = WishesForm(request.GET)
    if not form.is_valid():
        return render(request, "meeting/_what_if.html", {"wrong": form.errors}, status=400)
    known = {item.pk: item for item in agenda.items(meeting)}
    try:
        answer = solve(meeting, replace(form.wishes(), limit=2.0), keep=form.cleaned_data["keep"])
    except ValueError:
        return render(request, "meeting/_what_if.html", {"clash": True})
    made = Trial(
        objective=answer.objective, bound=answer.bound, seconds=answer.seconds, cost=answer.cost,
        moved=answer.moved, placed=answer.placed, left_out=answer.left_out,
    )  # fmt: skip
    now = meeting.trials.exclude(adopted=None).order_by("-adopted").first()
    context = {
        "trial": made, "seen": _effect(answer.placed, answer.left_out, known), "now": now,
        "fewer": len(answer.left_out) - len(now.left_out) if now else 0,
    }  # fmt: skip
    return render(request, "meeting/_what_if.html", context)


@login_required
@require_POST
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a session."""
    actor = reader(request, "meeting.plan")
    meeting = meeting_of(pk)
    form = SessionForm(request.POST, meeting=meeting)
    if form.is_valid():
        attempt(request, lambda: actions.save_session(actor, meeting, None, **form.cleaned_data),
                _("Sesi disimpan."))  # fmt: skip
    else:
        explain(request, form)
    return redirect("meeting:plan", pk)


@login_required
@require_http_methods(["GET", "POST"])
def amend_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a session, take it out, add fixed entries to it."""
    actor = reader(request, "meeting.plan")
    found = get_object_or_404(Session.objects.select_related("meeting"), pk=pk)
    if request.method == "POST" and "hapus" in request.POST:
        attempt(request, lambda: actions.remove_session(actor, found), _("Sesi dihapus."))
        return redirect("meeting:plan", found.meeting_id)
    form = SessionForm(request.POST or None, meeting=found.meeting, instance=found)
    if request.method == "POST" and form.is_valid():
        fresh = Session.objects.select_related("meeting").get(pk=pk)
        try:
            actions.save_session(actor, found.meeting, fresh, **form.cleaned_data)
            return redirect("meeting:plan", found.meeting_id)
        except ValidationError as error:
            form.add_error(None, error)
    context = {"form": form, "session": found, "meeting": found.meeting,
               "entry": EntryForm(initial={"start": found.starts, "minutes": 15})}  # fmt: skip
    return render(request, "meeting/session_form.html", context)


@login_required
@require_POST
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a fixed entry to a session: talk, signing, break, prayer."""
    actor = reader(request, "meeting.plan")
    found = get_object_or_404(Session.objects.select_related("meeting"), pk=pk)
    form = EntryForm(request.POST)
    if form.is_valid():
        attempt(request, lambda: actions.add_entry(actor, found, **form.cleaned_data),
                _("Acara ditambahkan."))  # fmt: skip
    else:
        explain(request, form)
    return redirect("meeting:amend_session", pk)


@login_required
@require_POST
def room(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a room, or take one out."""
    actor = reader(request, "meeting.plan")
    meeting = meeting_of(pk)
    gone = request.POST.get("hapus", "")
    if gone.isdigit():
        found = get_object_or_404(meeting.rooms, pk=gone)
        attempt(request, lambda: actions.remove_room(actor, found), _("Ruang dihapus."))
        return redirect("meeting:plan", pk)
    form = RoomForm(request.POST)
    if form.is_valid():
        attempt(request, lambda: actions.save_room(actor, meeting, **form.cleaned_data),
                _("Ruang disimpan."))  # fmt: skip
    else:
        explain(request, form)
    return redirect("meeting:plan", pk)


@login_required
@require_POST
def cases(request: HttpRequest, pk: int) -> HttpResponse:
    """Put findings, the backlog or the presenting agencies on a session."""
    actor = reader(request, "meeting.plan")
    meeting = meeting_of(pk)
    target = get_object_or_404(meeting.sessions, pk=number(request, "session"))
    minutes = min(120, max(1, number(request, "minutes", 15)))
    if target.kind == Session.Kind.PRESENTATIONS:
        new = actions.add_presenters(actor, target, agenda.presenters(), minutes)
    else:
        new = actions.add_cases(actor, target, _chosen(request, meeting), minutes)
    messages.success(request, ngettext("%d acara ditambahkan.", "%d acara ditambahkan.", new) % new)
    return redirect("meeting:plan", pk)


def _chosen(request: HttpRequest, meeting: Meeting) -> list[Finding]:
    """The findings that were ticked, or as many of the weightiest as were asked for."""
    first = request.POST.get("first", "")
    if first.isdigit():
        return agenda.candidates(meeting, min(_ALL, int(first)))
    ids = [int(n) for n in request.POST.getlist("finding") if n.isdigit()]
    return list(Finding.objects.filter(pk__in=ids).prefetch_related("sides__agency"))


@login_required
@require_POST
def try_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the solver; the answer stands beside the earlier ones."""
    actor = reader(request, "meeting.plan")
    meeting = meeting_of(pk)
    form = WishesForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        attempt(request, lambda: actions.try_agenda(
            actor, meeting, data["name"], form.wishes(), keep=data["keep"]
        ), _("Agenda percobaan selesai disusun."))  # fmt: skip
    else:
        explain(request, form)
    return redirect("meeting:plan", pk)


@login_required
@require_POST
def adopt(request: HttpRequest, pk: int, trial: int) -> HttpResponse:
    actor = reader(request, "meeting.plan")
    found = get_object_or_404(meeting_of(pk).trials.select_related("meeting"), pk=trial)
    attempt(request, lambda: actions.adopt(actor, found), _("Percobaan ini menjadi agenda."))
    return redirect("meeting:plan", pk)


@login_required
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    actor = reader(request, "meeting.plan")
    meeting = meeting_of(pk)
    attempt(request, lambda: actions.publish(actor, meeting), _("Agenda terbit."))
    return redirect(meeting)


@login_required
@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Pin, release, note a wish of the leadership."""
    actor = reader(request, "meeting.plan")
    found = item_of(pk)
    name, value = request.POST.get("nama", ""), request.POST.get("nilai") == "1"
    attempt(request, lambda: actions.mark(actor, found, name, value, version_seen(request)))
    return redirect(back(request, f"/rapat/{found.session.meeting_id}/susun/"))


@login_required
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an entry a time of its own."""
    actor = reader(request, "meeting.plan")
    found = item_of(pk)
    try:
        start = Moment().clean(request.POST.get("start", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        seen = version_seen(request)
        attempt(
            request,
            lambda: actions.move(actor, found, start, seen),
            _("Dipindahkan dan dikunci. Susun lagi agar yang lain menyesuaikan."),
        )
    return redirect("meeting:plan", found.session.meeting_id)


@login_required
@require_POST
def drag(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an entry another time and plan the rest around it."""
    actor = reader(request, "meeting.plan")
    found = item_of(pk)
    try:
        start = Moment().clean(request.POST.get("start", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("meeting:plan", found.session.meeting_id)

    def put() -> None:
        trial = actions.drag(actor, found, start, version_seen(request))
        words = _("Dipindahkan dan dikunci; sisanya disusun ulang dalam %(s)s detik: %(moved)d "
                  "acara berpindah, %(out)d tidak termuat.")  # fmt: skip
        messages.success(request, words % {
            "s": f"{trial.seconds:.2f}".replace(".", ","), "moved": trial.moved,
            "out": len(trial.left_out),
        })  # fmt: skip

    attempt(request, put)
    return redirect(f"{reverse('meeting:plan', args=[found.session.meeting_id])}#papan")


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    actor = reader(request, "meeting.plan")
    found = item_of(pk)
    attempt(request, lambda: actions.remove_item(actor, found), _("Acara dihapus."))
    return redirect("meeting:plan", found.session.meeting_id)
