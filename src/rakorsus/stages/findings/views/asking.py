"""One question at a time: the page, and the block on an agency's list of findings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rakorsus.people.actor import Actor, of_request
from rakorsus.people.rules import require
from rakorsus.stages.findings import actions
from rakorsus.stages.findings.forms_asking import FORMS
from rakorsus.stages.findings.models import Reply
from rakorsus.stages.findings.queries.asking import Question, question, questions


def block(actor: Actor) -> dict[str, Any] | None:
    """The variables of `findings/_question.html` for the actor's agencies; None without any."""
    waiting = questions(actor.agency_ids) if actor.agency_ids else []
    return _shown(waiting[0], len(waiting) - 1) if waiting else None


def _shown(asked: Question, rest: int, form: Any = None) -> dict[str, Any]:
    line = asked.program
    return {
        "question": asked, "line": line, "rest": rest,
        "form": form or FORMS[asked.missing](line=line),
    }  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The question that matters most; an answer or a delay brings the next one."""
    actor = of_request(request)
    require(actor, "findings.read")
    shown = block(actor)
    if request.method == "POST":
        number, key = request.POST.get("finding", ""), request.POST.get("key", "")
        asked = question(actor.agency_ids, int(number) if number.isdigit() else 0, key)
        if asked is None:
            messages.warning(request, _("Pertanyaan ini sudah tidak berlaku."))
            return redirect("findings:question")
        form = FORMS[asked.missing](request.POST, line=asked.program)
        if _taken(request, actor, asked, form):
            return redirect("findings:inbox" if request.POST.get("from") == "list"
                            else "findings:question")  # fmt: skip
        shown = _shown(asked, len(questions(actor.agency_ids)) - 1, form)
    return render(request, "findings/question.html", {"shown": shown, "tab": "questions"})


def _taken(request: HttpRequest, actor: Actor, asked: Question, form: Any) -> bool:
    """Whether the answer or the delay was recorded; otherwise the form says what is wrong."""
    put_off = request.POST.get("put_off", "")
    if not put_off and not form.is_valid():
        return False
    try:
        if put_off:
            said = actions.put_off(actor, asked.finding, asked.program, put_off)
        else:
            said = actions.reply(actor, asked.finding, asked.program, form.changes())
    except ValidationError as error:
        form.add_error(None, error)
        return False
    if said.kind == Reply.Kind.ANSWERED:
        messages.success(request, _("Data dilengkapi; program ini diperiksa ulang."))
    else:
        messages.success(request, _("Dicatat; pertanyaan ini muncul lagi nanti."))
    return True
