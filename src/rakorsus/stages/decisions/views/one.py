"""One decision: what it changes, what the engine says, and the way to take it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rakorsus.people.rules import can
from rakorsus.stages.decisions import actions, queries
from rakorsus.stages.decisions.actions.preview import shown
from rakorsus.stages.decisions.models import Decision
from rakorsus.stages.decisions.views.common import readable, reader
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.findings.queries import veil, veiled
from rakorsus.stages.findings.queries import visible as findings_of
from rakorsus.stages.meeting.views.common import attempt, version_seen
from rakorsus.stages.register import panels
from rakorsus.stages.register.models import Hold


@login_required
@require_GET
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    actor = reader(request)
    found = readable(actor, pk)
    veil(actor, [found.finding])
    draft = found.state == Decision.State.DRAFT
    changes = list(found.changes.all())
    caused = Finding.objects.filter(pk__in=found.result.get("caused", ()))
    held = Hold.objects.filter(label=found.label, released=None).exclude(seen=None)
    context = {
        "decision": found, "diffs": queries.diffs(found, panels.veil_of(actor)),
        "balance": None if found.hidden else queries.balance_of(changes),
        "draft": draft and can(actor, "decisions.draft"),
        "take": draft and can(actor, "decisions.take", found), "fresh": shown(found),
        "kinds": dict(Finding.Kind.choices),
        "undo": found.in_force and can(actor, "decisions.draft"),
        "replacing": found.replaced_by.exclude(state=Decision.State.DROPPED),
        "caused": findings_of(actor, caused),
        "behind": held.select_related("program__agency", "seen")
        if found.number and not veiled(actor) else (),
        "panels": panels.of_page("decision", actor, found),
    }  # fmt: skip
    return render(request, "decisions/decision.html", context)


@login_required
@require_POST
def look_ahead(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the engine look at the draft."""
    actor = reader(request, "decisions.draft")
    found = readable(actor, pk)
    attempt(request, lambda: actions.look_ahead(actor, found))
    return redirect(found)


@login_required
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    actor = reader(request)
    found = readable(actor, pk)
    attempt(request, lambda: actions.take(actor, found, version_seen(request)),
            _("Keputusan diambil dan register diubah."))  # fmt: skip
    return redirect(found)


@login_required
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    actor = reader(request, "decisions.draft")
    found = readable(actor, pk)
    attempt(request, lambda: actions.drop(actor, found, version_seen(request)),
            _("Rancangan tidak dilanjutkan."))  # fmt: skip
    return redirect(found)


@login_required
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft that gives the lines back what they said before."""
    actor = reader(request, "decisions.draft")
    found = readable(actor, pk)
    try:
        made = actions.undo(actor, found, request.POST.get("reason", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(found)
    return redirect(actions.look_ahead(actor, made))
