"""One item: its evidence, its checkpoints, what was said, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rakorsus.clock import today
from rakorsus.people.rules import can, require
from rakorsus.stages.followup import actions
from rakorsus.stages.followup.forms import ItemForm
from rakorsus.stages.followup.models import ActionItem
from rakorsus.stages.followup.views.common import readable, reader
from rakorsus.stages.meeting.views.common import attempt, version_seen
from rakorsus.stages.register import panels
from rakorsus.stages.register.models import Program


@login_required
@require_GET
def item(request: HttpRequest, pk: int) -> HttpResponse:
    actor = reader(request)
    found = readable(actor, pk)
    day = today()
    name = panels.veil_of(actor)
    seen = panels.unveiled(Program.objects.order_by(), name).values("pk")
    points = list(found.checkpoints.filter(program__in=seen).select_related("program__agency"))
    for point in points:
        point.days = point.late(day)
    context = {
        "item": found, "late": found.late(day), "points": points,
        "evidence": found.evidence.all(), "remarks": found.remarks.all(),
        "programs": panels.unveiled(found.programs.all(), name).select_related("agency")
        .defer("search"),
        "reminders": found.reminders.exclude(sent=None).select_related("to")[:5],
        "report": found.open and can(actor, "followup.report", found),
        "change": can(actor, "followup.change", found),
        "comment": can(actor, "followup.comment", found),
    }  # fmt: skip
    return render(request, "followup/item.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Another text, owner or date, with the reason."""
    actor = reader(request)
    found = readable(actor, pk)
    require(actor, "followup.change", found)
    form = ItemForm(request.POST or None, instance=ActionItem.objects.get(pk=found.pk))
    if request.method == "POST" and form.is_valid():
        reason = request.POST.get("reason", "")
        try:
            actions.amend(actor, found, version_seen(request), reason, **form.cleaned_data)
            return redirect(found)
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "followup/amend.html", {"item": found, "form": form})


@login_required
@require_POST
def add_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    actor = reader(request)
    found = readable(actor, pk)
    files = request.FILES.getlist("file")[:10]
    if not files:
        messages.error(request, _("Pilih berkas buktinya."))
    for file in files:
        attempt(request, lambda file=file: actions.add_evidence(actor, found, file),
                _("Bukti disimpan."))  # fmt: skip
    return redirect(found)


@login_required
@require_GET
def evidence(request: HttpRequest, pk: int, file: int) -> FileResponse:
    """A file of evidence, always as a download."""
    actor = reader(request)
    kept = get_object_or_404(readable(actor, pk).evidence, pk=file)
    answer = FileResponse(
        default_storage.open(kept.file), as_attachment=True, filename=kept.name,
        content_type=kept.type,
    )  # fmt: skip
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_POST
def complete(request: HttpRequest, pk: int) -> HttpResponse:
    """Done, with a sentence and, when it comes along, a file."""
    actor = reader(request)
    found = readable(actor, pk)
    for file in request.FILES.getlist("file")[:10]:
        if not attempt(request, lambda file=file: actions.add_evidence(actor, found, file)):
            return redirect(found)
    words = request.POST.get("words", "")
    attempt(request, lambda: actions.complete(actor, found, version_seen(request), words),
            _("Tindak lanjut dinyatakan selesai."))  # fmt: skip
    return redirect(found)


def _with_reason(request: HttpRequest, pk: int, act: Callable[..., Any], done: str) -> HttpResponse:
    """What asks for nothing but a reason."""
    actor = reader(request)
    found = readable(actor, pk)
    reason = request.POST.get("reason", "")
    attempt(request, lambda: act(actor, found, version_seen(request), reason), done)
    return redirect(found)


@login_required
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, actions.reopen, _("Tindak lanjut dibuka lagi."))


@login_required
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("Tindak lanjut ditandai tidak perlu lagi.")
    return _with_reason(request, pk, actions.drop, done)


@login_required
@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    actor = reader(request)
    found = readable(actor, pk)
    attempt(request, lambda: actions.comment(actor, found, request.POST.get("text", "")),
            _("Catatan disimpan."))  # fmt: skip
    return redirect(found)
