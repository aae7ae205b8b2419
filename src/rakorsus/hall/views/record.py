"""The recording of a meeting's acts: read, replayed, compared; and the settings of its hall."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rakorsus.hall import actions
from rakorsus.hall.curtain import acts_without_findings
from rakorsus.hall.forms import HallForm
from rakorsus.hall.models import Act
from rakorsus.hall.queries import acts, replay, surfaces
from rakorsus.hall.standing import sees_findings
from rakorsus.hall.views.common import meeting_of, visitor
from rakorsus.people.rules import can, require

_PAGE = 100


@login_required
@require_GET
def recording(request: HttpRequest, pk: int) -> HttpResponse:
    """The acts, and the meeting as it stood after one of them (`sampai`)."""
    actor = visitor(request)
    meeting = meeting_of(pk)
    text = request.GET.get("sampai", "")
    last = acts.last(pk)
    until = min(int(text), last) if text.isascii() and text.isdigit() and len(text) < 10 else last
    found = Act.objects.filter(meeting=meeting).order_by("-number")
    page = Paginator(found, _PAGE).get_page(request.GET.get("halaman"))
    listed = [acts.told(act) for act in page]
    context = {
        "meeting": meeting, "place": "recording", "page": page, "until": until, "last": last,
        "acts": listed if sees_findings(actor) else acts_without_findings(listed),
        "then": replay.played(acts.told_to(actor, pk, 0, until)),
        "act": next(iter(acts.told_to(actor, pk, until - 1, 1)), None) if until else None,
        "plays": request.GET.get("jalan") == "1" and until < last,
        "before": max(until - 1, 0), "after": min(until + 1, last),
        "compare": can(actor, "hall.compare"),
    }  # fmt: skip
    return render(request, "hall/recording.html", context)


@login_required
@require_GET
def recording_json(request: HttpRequest, pk: int) -> JsonResponse:
    """The whole recording, for the minutes and for replay elsewhere."""
    actor = visitor(request)
    meeting = meeting_of(pk)
    response = JsonResponse({"meeting": pk, "title": meeting.title, "last": acts.last(pk),
                             "acts": acts.told_to(actor, pk, 0, 100_000)})  # fmt: skip
    response.headers["Content-Disposition"] = f'attachment; filename="rekaman-{pk}.json"'
    return response


@login_required
@require_GET
def compared(request: HttpRequest, pk: int) -> HttpResponse:
    """How tables end in the hall and outside of it, in this meeting and in all."""
    actor = visitor(request)
    require(actor, "hall.compare")
    meeting = meeting_of(pk)
    context = {"meeting": meeting, "place": "recording", "here": surfaces.compared(meeting),
               "all": surfaces.compared()}  # fmt: skip
    return render(request, "hall/compared.html", context)


@login_required
@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """How many fit, and who may watch."""
    actor = visitor(request)
    require(actor, "hall.manage")
    meeting = meeting_of(pk)
    form = HallForm(request.POST)
    if form.is_valid():
        try:
            actions.save_hall(actor, meeting, form.cleaned_data["cap"], form.cleaned_data["public"])
            messages.success(request, _("Pengaturan balai disimpan."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    else:
        messages.error(request, " ".join(w for words in form.errors.values() for w in words))
    return redirect("hall:stage", pk)
