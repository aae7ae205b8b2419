"""Booths in plain HTML, and the requests that come from them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rakorsus.hall import actions
from rakorsus.hall.models import SyncRequest
from rakorsus.hall.queries import booths
from rakorsus.hall.views.common import visitor
from rakorsus.people.rules import can


@login_required
@require_GET
def booth(request: HttpRequest, agency: int) -> HttpResponse:
    """One agency's booth; stays open between meetings."""
    actor = visitor(request)
    subject = get_object_or_404(booths.agencies(), pk=agency)
    meeting = booths.open_meeting()
    signed = meeting is not None and hasattr(meeting, "minutes")
    context = {
        "agency": subject, "meeting": meeting, "place": "booths",
        **booths.booth(actor, subject),
        "ask": can(actor, "hall.ask_sync") and subject.pk not in actor.agency_ids
        and meeting is not None and not signed,
        "asked": booths.asked_before(meeting, actor),
    }  # fmt: skip
    return render(request, "hall/booth.html", context)


@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The coordinator's answer to a request."""
    actor = visitor(request)
    found = get_object_or_404(SyncRequest.objects.select_related("meeting", "agency"), pk=pk)
    accept = request.POST.get("jawaban") == "agenda"
    try:
        actions.answer_sync(actor, found, accept)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        done = (
            _("Masuk agenda; beri waktunya di halaman Susun.") if accept else _("Tidak diteruskan.")
        )
        messages.success(request, done)
    return redirect("hall:tables", found.meeting_id)
