"""Tickets, acts and state for whoever draws the hall; acts by plain form as well."""

from __future__ import annotations

import hashlib
import json
import time
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rakorsus.hall import actions, relay, tickets
from rakorsus.hall.curtain import without_findings
from rakorsus.hall.queries import acts
from rakorsus.hall.queries.state import state as state_of
from rakorsus.hall.standing import sees_findings
from rakorsus.hall.views.common import (
    mandates_of,
    may,
    meeting_of,
    socket_address,
    visitor,
    you,
)
from rakorsus.people.actor import of_request
from rakorsus.people.standing import mark_of

_STATUS = {"denied": 403, "refused": 409, "invalid": 400, "busy": 503}
_VIEWS = ("list", "plan", "3d")


@login_required
@require_POST
@never_cache
def ticket(request: HttpRequest, pk: int) -> JsonResponse:
    """A ticket for the socket."""
    actor = visitor(request)
    meeting = meeting_of(pk)
    person = you(actor)
    content = {
        "m": meeting.pk, "u": person["user"], "a": person["agency"] or 0, "r": person["role"],
        "n": person["label"], "s": person["short"], "f": sees_findings(actor),
        "w": list(mark_of(request)[1:]),
    }  # fmt: skip
    return JsonResponse({
        "ticket": tickets.issue(settings.SECRET_KEY, content), "expires": tickets.AGE,
        "socket": socket_address(request), "meeting": meeting.pk, "you": person,
        "may": may(actor), "mandates": mandates_of(actor), "ice": _ice(person["user"]),
    })  # fmt: skip


def _ice(user: int) -> list[dict[str, Any]]:
    """How voice gets through firewalls; nothing where the hall has no voice."""
    if not settings.JANUS:
        return []
    return relay.servers(settings.TURN, settings.TURN_SECRET, str(user), time.time())


@login_required
@require_GET
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """The state, or 304 when the reader has it."""
    actor = visitor(request)
    whole = state_of(meeting_of(pk).pk)
    if not sees_findings(actor):
        whole = without_findings(whole)
    answer = {"last": acts.last(pk), "state": whole}
    text = json.dumps(answer, ensure_ascii=False)
    tag = f'"{hashlib.blake2b(text.encode(), digest_size=12).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match", "").removeprefix("W/") == tag:
        return HttpResponseNotModified(headers=headers)
    return HttpResponse(text, content_type="application/json", headers=headers)


@login_required
@require_http_methods(["GET", "POST"])
@never_cache
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the acts after `sejak`. POST: do one, told as JSON or by a form."""
    actor = visitor(request)
    if request.method == "GET":
        text = request.GET.get("sejak", "0")
        since = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
        meeting = meeting_of(pk)
        told = acts.told_to(actor, meeting.pk, since)
        return JsonResponse({"last": acts.last(meeting.pk), "acts": told})
    if request.content_type == "application/json":
        return _from_json(request, pk)
    return _from_form(request, pk)


def _from_json(request: HttpRequest, pk: int) -> JsonResponse:
    meeting = meeting_of(pk)
    try:
        told = json.loads(request.body)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        return JsonResponse({"code": "invalid", "id": "Bukan JSON.", "en": "Not JSON."}, status=400)
    view = told.get("view") if told.get("view") in _VIEWS else "list"
    actor = of_request(request, f"hall-{view}")
    try:
        with translation.override("id"):
            done = actions.perform(actor, meeting, told.get("key", ""), told.get("name", ""),
                                   told.get("data") or {})  # fmt: skip
    except (PermissionDenied, ValidationError) as error:
        said = actions.error_of(error)
        return JsonResponse(said, status=_STATUS[said["code"]])
    return JsonResponse({"n": done.number, "data": done.data})


def _from_form(request: HttpRequest, pk: int) -> HttpResponse:
    """The same by a plain form: flat fields, then back to where the form stood."""
    meeting = meeting_of(pk)
    data: dict[str, Any] = {
        k: v for k, v in request.POST.items()
        if k not in ("csrfmiddlewaretoken", "key", "name", "next")
    }  # fmt: skip
    actor = of_request(request, "hall-list")
    name = request.POST.get("name", "")
    try:
        actions.perform(actor, meeting, request.POST.get("key", ""), name, data)
    except PermissionDenied:
        messages.error(request, _("Anda tidak berhak melakukan ini."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _words().get(name, _("Tercatat.")))
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}):
        target = reverse("hall:stage", args=[pk])
    return redirect(target)


def _words() -> dict[str, str]:
    return {
        "raise_hand": _("Anda masuk antrean bicara."),
        "lower_hand": _("Tangan diturunkan."),
        "grant": _("Dipersilakan bicara."),
        "vote": _("Suara Anda dicatat."),
        "open_vote": _("Pemungutan suara dibuka."),
        "close_vote": _("Pemungutan suara ditutup."),
        "sit": _("Anda duduk di meja ini."),
        "stand": _("Anda meninggalkan meja."),
        "check_in": _("Kehadiran dicatat."),
        "settle": _("Hasil meja disimpan."),
        "ask_sync": _("Permintaan masuk antrean sinkronisasi."),
    }
