"""One entry of the agenda: a desk with both programs and its outcome, or a presentation with its
form, slides and questions; notes for both."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rakorsus.people.actor import Actor
from rakorsus.people.rules import can, require
from rakorsus.stages.findings.comparing import compare
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.findings.models.findings import OPEN_STATES
from rakorsus.stages.findings.queries import veil, visible
from rakorsus.stages.meeting import actions
from rakorsus.stages.meeting.forms import BriefForm, OutcomeForm
from rakorsus.stages.meeting.models import AgendaItem, Brief, Note
from rakorsus.stages.meeting.queries import agenda, day
from rakorsus.stages.meeting.rules import sides_of
from rakorsus.stages.meeting.slides import pages
from rakorsus.stages.meeting.views.common import (
    attempt,
    back,
    item_of,
    number,
    reader,
    version_seen,
)
from rakorsus.stages.register import panels

_FEW = 6


def readable(actor: Actor, pk: int) -> AgendaItem:
    """The entry; a desk only for whoever may see its finding."""
    found = day.desk(pk).first()
    if found is None:
        raise Http404
    if found.finding and not visible(actor).filter(pk=found.finding_id).exists():
        raise Http404
    veil(actor, [found.finding])
    return found


@login_required
@require_GET
def item(request: HttpRequest, pk: int) -> HttpResponse:
    actor = reader(request)
    shown = readable(actor, pk)
    return render(request, "meeting/item.html", _context(actor, shown))


def _context(actor: Actor, shown: AgendaItem, form: OutcomeForm | None = None) -> dict[str, Any]:
    notes = {n.field: n for n in shown.notes.all()}
    brief = Brief.objects.filter(item=shown).first()
    prepare = shown.kind == AgendaItem.Kind.PRESENTATION and can(actor, "meeting.prepare", shown)
    run = can(actor, "meeting.run")
    running = shown.state == AgendaItem.State.RUNNING
    settle = shown.kind == AgendaItem.Kind.DESK and can(actor, "meeting.settle", shown)
    return {
        "topics": [f"item:{shown.pk}"] + [f"note:{shown.pk}-{f}" for f in Note.Field.values],
        "item": shown, "meeting": shown.session.meeting, "tab": "day",
        "comparison": compare(shown.finding) if shown.finding else None,
        "notes": [(value, label, notes.get(value)) for value, label in Note.Field.choices],
        "may_note": can(actor, "meeting.note", shown),
        "outcome": agenda.newest(list(shown.outcomes.all())),
        "form": form or (OutcomeForm(sides=sides_of(shown)) if settle else None),
        "brief": brief, "prepare": prepare,
        "pages": pages.count(brief) if running and (run or prepare) else 0,
        "touching": _touching(actor, shown), "speak": can(actor, "meeting.speak"),
        "run": run, "plan": can(actor, "meeting.plan"),
        "panels": panels.of_page("desk", actor, shown),
        "verdicts": shown.finding.verdicts.select_related("agency")[:_FEW]
        if shown.finding and not shown.finding.hidden else [],
    }  # fmt: skip


def _touching(actor: Actor, shown: AgendaItem) -> list[Finding]:
    """Open findings that touch the presenting agency, the weightiest first."""
    if shown.agency_id is None:
        return []
    found = visible(actor).filter(Q(sides__agency=shown.agency_id), state__in=OPEN_STATES)
    return list(found.defer("evidence", "options").order_by("-score", "pk")[:_FEW])


@login_required
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """How a desk ended."""
    actor = reader(request)
    shown = readable(actor, pk)
    form = OutcomeForm(request.POST, sides=sides_of(shown))
    if form.is_valid():
        try:
            actions.settle(actor, shown, version_seen(request), form.cleaned_data)
            return redirect("meeting:item", pk)
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "meeting/item.html", _context(actor, shown, form), status=409)


@login_required
@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """One field of the notes. What was refused is shown again, so that it can be merged."""
    actor = reader(request)
    shown = readable(actor, pk)
    field, text = request.POST.get("field", ""), request.POST.get("text", "")
    saved = attempt(
        request, lambda: actions.note(actor, shown, field, text, version_seen(request)),
        _("Catatan disimpan."),
    )  # fmt: skip
    if saved:
        return redirect("meeting:item", pk)
    context = _context(actor, readable(actor, pk)) | {"unsaved": text, "unsaved_field": field}
    return render(request, "meeting/item.html", context, status=409)


@login_required
@require_http_methods(["GET", "POST"])
def brief(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a presentation."""
    actor = reader(request)
    shown = item_of(pk)
    if shown.kind != AgendaItem.Kind.PRESENTATION:
        raise Http404
    require(actor, "meeting.prepare", shown)
    had = Brief.objects.filter(item=shown).first()
    form = BriefForm(request.POST or None, request.FILES or None, instance=had)
    if request.method == "POST" and form.is_valid():
        slides = form.cleaned_data.pop("slides_file")
        try:
            actions.save_brief(actor, shown, form.cleaned_data, version_seen(request), slides)
            return redirect("meeting:item", pk)
        except ValidationError as error:
            form.add_error(None, error)
    context = {"item": shown, "meeting": shown.session.meeting, "form": form, "tab": "day",
               "version": had.version if had else 0}  # fmt: skip
    return render(request, "meeting/brief.html", context)


@login_required
@require_POST
def show_slide(request: HttpRequest, pk: int) -> HttpResponse:
    """Another page on the projector."""
    actor = reader(request)
    shown = readable(actor, pk)
    last = pages.count(Brief.objects.filter(item=shown).first())
    page = number(request, "page")
    attempt(request, lambda: actions.show_slide(actor, shown, page, last))
    return redirect("meeting:item", pk)


@login_required
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """A question for the presenter."""
    actor = reader(request, "meeting.speak")
    shown = readable(actor, pk)
    text = request.POST.get("text", "")
    attempt(request, lambda: actions.ask(actor, shown, text), _("Pertanyaan dicatat."))
    return redirect(back(request, reverse("meeting:item", args=[pk])))
