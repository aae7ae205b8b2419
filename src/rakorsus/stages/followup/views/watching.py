"""Pages of early warnings: the inbox, one warning, its answer; the story of a replayed year."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rakorsus.clock import today
from rakorsus.people.actor import Actor, of_request
from rakorsus.people.models import Agency
from rakorsus.people.rules import can, require
from rakorsus.stages.followup.actions import watching as actions
from rakorsus.stages.followup.forms_watching import AnswerForm
from rakorsus.stages.followup.models import EarlyWarning
from rakorsus.stages.followup.queries import watching as queries
from rakorsus.stages.register import panels
from rakorsus.stages.register.models import Program

_SIZE = 30
_LINES = 50


def reader(request: HttpRequest) -> Actor:
    actor = of_request(request)
    require(actor, "warnings.read")
    return actor


@login_required
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    actor = reader(request)
    data = request.GET.dict()
    if not data and len(actor.agency_ids) == 1 and not actor.has("coordinator"):
        data = {"perangkat": Agency.objects.get(pk=next(iter(actor.agency_ids))).code}
    asked = queries.Asked.of(data)
    page = Paginator(queries.listed(actor, asked), _SIZE).get_page(request.GET.get("page"))
    day = today()
    for w in page:
        w.left = w.days(day)  # type: ignore[attr-defined]
    tally = queries.tally(actor, asked)
    return render(
        request, "followup/warnings.html",
        {
            "page": page, "asked": asked, "query": urlencode(asked.query), "tally": tally,
            "total": sum(r["n"] for r in tally), "tab": "warnings", "day": day,
            "agencies": Agency.objects.filter(warnings__isnull=False).distinct(),
            "states": EarlyWarning.State.choices,
        },
    )  # fmt: skip


@login_required
@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    actor = reader(request)
    return _page(request, actor, _found(actor, pk), AnswerForm())


def _found(actor: Actor, pk: int) -> EarlyWarning:
    return get_object_or_404(queries.visible(actor).select_related("agency", "program"), pk=pk)


def _page(
    request: HttpRequest, actor: Actor, warning: EarlyWarning, form: AnswerForm, status: int = 200
) -> HttpResponse:
    day = today()
    seen = panels.unveiled(Program.objects.all(), panels.veil_of(actor))
    lines = seen.filter(key__in=warning.keys[:_LINES]).select_related("agency")
    return render(
        request, "followup/warning.html",
        {
            "w": warning, "steps": _steps(warning), "form": form, "left": warning.days(day),
            "tab": "warnings",
            "lines": lines, "more": max(0, len(warning.keys) - _LINES),
            "may_answer": warning.state != EarlyWarning.State.CLOSED
            and can(actor, "warnings.answer", warning.agency_id),
        },
        status=status,
    )  # fmt: skip


def _steps(warning: EarlyWarning) -> list[dict[str, Any]]:
    """The durations that a warning counts with, and whence they are."""
    sources = {
        "files": _("berkas yang sama"), "table": _("tabel bawaan dari kontrak nyata"),
        "estimate": _("perkiraan umum"), "plan": _("rencana paket itu sendiri"),
    }  # fmt: skip
    names = {"selection": _("Pengumuman sampai kontrak"), "work": _("Kontrak sampai selesai")}
    return [
        {"name": name, "d": warning.basis[key],
         "source": sources.get(warning.basis[key].get("source"), "")}
        for key, name in names.items()
        if key in warning.basis
    ]  # fmt: skip


@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    actor = reader(request)
    warning, form = _found(actor, pk), AnswerForm(request.POST)
    if form.is_valid():
        try:
            actions.answer(
                actor, warning, form.cleaned_data["action"], form.cleaned_data["promised"]
            )
            messages.success(request, _("Tindakan dicatat."))
            return redirect(warning)
        except ValidationError as error:
            form.add_error(None, error)
    return _page(request, actor, warning, form, 422)


@login_required
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    new, kept, closed = actions.look(reader(request))
    messages.success(
        request,
        _("%(new)d peringatan baru, %(kept)d masih berlaku, %(closed)d ditutup.")
        % {"new": new, "kept": kept, "closed": closed},
    )
    return redirect("watching:warnings")
