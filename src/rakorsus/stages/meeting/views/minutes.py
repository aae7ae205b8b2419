"""The minutes: written by the day itself, then signed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rakorsus.people.rules import can
from rakorsus.stages.meeting import actions
from rakorsus.stages.meeting.models import AgendaItem, Note, Outcome, Resolution
from rakorsus.stages.meeting.queries import minutes as content
from rakorsus.stages.meeting.views.common import attempt, meeting_of, reader


@login_required
@require_GET
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    actor = reader(request)
    meeting = meeting_of(pk)
    signed = getattr(meeting, "minutes", None)
    shown = signed.content if signed else content.content(meeting)
    context = {
        "meeting": meeting, "tab": "minutes", "content": shown, "signed": signed,
        "intact": signed is None or content.digest_of(signed.content) == signed.digest,
        "sign": can(actor, "meeting.sign") and signed is None,
        "groups": [{**row, "label": content.group_label(row["group"])}
                   for row in shown["attendance"]],
        "kinds": dict(AgendaItem.Kind.choices), "outcomes": dict(Outcome.Kind.choices),
        "states": dict(Resolution.State.choices), "fields": dict(Note.Field.choices),
        "post": actor.user.post if actor.user else "",
    }  # fmt: skip
    return render(request, "meeting/minutes.html", context)


@login_required
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    actor = reader(request)
    meeting = meeting_of(pk)
    post = request.POST.get("post", "")
    attempt(request, lambda: actions.sign(actor, meeting, post), _("Notula ditandatangani."))
    return redirect("meeting:minutes", pk)
