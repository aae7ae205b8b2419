"""What the pages of a meeting share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.http import url_has_allowed_host_and_scheme

from rakorsus.people.actor import Actor, of_request
from rakorsus.people.rules import require
from rakorsus.stages.meeting.models import AgendaItem, Meeting


def reader(request: HttpRequest, rule: str = "meeting.read") -> Actor:
    """The actor, who must have the right."""
    actor = of_request(request)
    require(actor, rule)
    return actor


def meeting_of(pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.select_related("series", "minutes"), pk=pk)


def item_of(pk: int) -> AgendaItem:
    found = AgendaItem.objects.select_related("session__meeting", "finding", "agency")
    return get_object_or_404(found.prefetch_related("finding__sides"), pk=pk)


def attempt(request: HttpRequest, change: Callable[[], Any], words: str = "") -> bool:
    """Run a change; say that it was done, or why not."""
    try:
        change()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    if words:
        messages.success(request, words)
    return True


def explain(request: HttpRequest, form: Any) -> None:
    """Say what a form lacks."""
    for name, problems in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        messages.error(request, f"{label}: {' '.join(problems)}".lstrip(": "))


def back(request: HttpRequest, fallback: str) -> str:
    """Where the page that sent the form wants to go."""
    target = request.POST.get("next", "")
    return target if url_has_allowed_host_and_scheme(target, {request.get_host()}) else fallback


def number(request: HttpRequest, name: str, default: int = 0) -> int:
    """A whole number of the form, `default` where there is none."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else default


def version_seen(request: HttpRequest) -> int:
    """The version that the form was made from; 0 where there was none."""
    return number(request, "version")
