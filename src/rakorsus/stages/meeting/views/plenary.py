"""The plenary: decisions and votes."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rakorsus.people.actor import Actor
from rakorsus.people.models import Membership
from rakorsus.people.rules import can
from rakorsus.stages.meeting import actions
from rakorsus.stages.meeting.forms import ChargeForm, DecisionForm, ResolutionForm
from rakorsus.stages.meeting.models import Ballot, Meeting, Resolution
from rakorsus.stages.meeting.queries import deciding
from rakorsus.stages.meeting.views.common import (
    attempt,
    explain,
    meeting_of,
    number,
    reader,
    version_seen,
)
from rakorsus.stages.register import panels


@login_required
@require_http_methods(["GET", "POST"])
def plenary(request: HttpRequest, pk: int) -> HttpResponse:
    actor = reader(request)
    meeting = meeting_of(pk)
    form = ResolutionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        attempt(request, lambda: actions.resolve(actor, meeting, form.cleaned_data),
                _("Diajukan ke pleno."))  # fmt: skip
        return redirect("meeting:plenary", pk)
    context = _context(actor, meeting) | {
        "form": form, "topics": [f"plenary:{pk}"],
        "panels": panels.of_page("plenary", actor, meeting),
    }  # fmt: skip
    return render(request, "meeting/plenary.html", context)


@login_required
@require_GET
def live(request: HttpRequest, pk: int) -> HttpResponse:
    """The decisions alone, with the reader's own forms, when something has changed."""
    actor = reader(request)
    meeting = meeting_of(pk)
    tag = f'"{meeting.pulse}"'
    if request.headers.get("if-none-match", "").removeprefix("W/") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    response = render(request, "meeting/_plenary.html", _context(actor, meeting))
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _context(actor: Actor, meeting: Meeting) -> dict[str, Any]:
    held = list(deciding.mandates(actor).select_related("user"))
    cast = set(
        Ballot.objects.filter(resolution__meeting=meeting, mandate__in=held).values_list(
            "resolution_id", "mandate_id"
        )
    )
    decide, resolve = can(actor, "meeting.decide"), can(actor, "meeting.resolve")
    rows = [
        {
            "resolution": r,
            "form": DecisionForm(instance=r, auto_id=f"r{r.pk}_%s")
            if decide and r.state == Resolution.State.PROPOSED
            else None,
            "charge": ChargeForm(auto_id=f"r{r.pk}_%s")
            if resolve and r.state == Resolution.State.ADOPTED and r.owner_id is None
            else None,
            "waiting": [m for m in held if (r.pk, m.pk) not in cast],
        }
        for r in deciding.resolutions(meeting)
    ]
    return {
        "meeting": meeting, "tab": "plenary", "rows": rows, "decide": decide,
        "resolve": resolve, "choices": Ballot.Choice.choices,
        "outcomes": deciding.outcomes(meeting),
    }  # fmt: skip


@login_required
@require_POST
def resolution(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Decide, open a vote, vote, close the vote, put somebody in charge."""
    actor = reader(request)
    found = get_object_or_404(Resolution, pk=pk)
    if what == "buka-suara":
        attempt(request, lambda: actions.open_vote(actor, found), _("Pemungutan suara dibuka."))
    elif what == "tutup-suara":
        attempt(request, lambda: actions.close_vote(actor, found), _("Pemungutan suara ditutup."))
    elif what == "suara":
        mandate = Membership.objects.filter(pk=number(request, "mandate")).first()
        if mandate is None:
            raise PermissionDenied("meeting.vote")
        choice = request.POST.get("choice", "")
        attempt(request, lambda: actions.vote(actor, found, mandate, choice),
                _("Suara Anda dicatat."))  # fmt: skip
    elif what == "tugaskan":
        form = ChargeForm(request.POST)
        if form.is_valid():
            data = form.cleaned_data
            attempt(request, lambda: actions.charge(
                actor, found, data["owner"], data["owner_post"], data["due"]
            ), _("Penanggung jawab dicatat."))  # fmt: skip
        else:
            explain(request, form)
    elif what in ("putuskan", "tolak"):
        form = DecisionForm(request.POST, instance=Resolution.objects.get(pk=pk))
        if form.is_valid():
            attempt(request, lambda: actions.decide(
                actor, found, what == "putuskan", version_seen(request), form.cleaned_data
            ), _("Keputusan dicatat."))  # fmt: skip
        else:
            explain(request, form)
    else:
        raise Http404
    return redirect("meeting:plenary", found.meeting_id)
