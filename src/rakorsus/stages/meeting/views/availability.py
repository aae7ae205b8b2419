"""When agencies cannot come: noted beforehand, said on the day, taken back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rakorsus.people.models import Agency
from rakorsus.stages.meeting import actions
from rakorsus.stages.meeting.forms import AvailabilityForm
from rakorsus.stages.meeting.views.common import (
    attempt,
    back,
    explain,
    meeting_of,
    number,
    reader,
)


@login_required
@require_POST
def availability(request: HttpRequest, pk: int) -> HttpResponse:
    """Note when an agency cannot come, or take the note back."""
    actor = reader(request, "meeting.plan")
    meeting = meeting_of(pk)
    if gone := number(request, "hapus"):
        found = get_object_or_404(
            meeting.availabilities.select_related("agency", "meeting"), pk=gone
        )
        attempt(request, lambda: actions.lift(actor, found), _("Batasan dihapus."))
        return redirect("meeting:plan", pk)
    form = AvailabilityForm(request.POST)
    if form.is_valid():
        attempt(request, lambda: actions.limit(actor, meeting, **form.cleaned_data),
                _("Batasan disimpan. Susun lagi agar agenda mengikutinya."))  # fmt: skip
    else:
        explain(request, form)
    return redirect("meeting:plan", pk)


@login_required
@require_POST
def without(request: HttpRequest, pk: int) -> HttpResponse:
    """An agency does not come."""
    actor = reader(request, "meeting.run")
    meeting = meeting_of(pk)
    agency = get_object_or_404(Agency, pk=number(request, "agency"))

    def replan() -> None:
        trial, moved = actions.without(actor, meeting, agency, timezone.now())
        words = _("Disusun ulang tanpa %(who)s dalam %(s)s detik: %(moved)d acara berpindah atau "
                  "keluar, %(out)d tidak termuat.")  # fmt: skip
        messages.success(request, words % {
            "who": agency, "s": f"{trial.seconds:.2f}".replace(".", ","), "moved": moved,
            "out": len(trial.left_out),
        })  # fmt: skip

    attempt(request, replan)
    return redirect(back(request, meeting.get_absolute_url()))


@login_required
@require_POST
def returned(request: HttpRequest, pk: int) -> HttpResponse:
    """An agency that was said not to come is there after all."""
    actor = reader(request, "meeting.run")
    meeting = meeting_of(pk)
    agency = get_object_or_404(Agency, pk=number(request, "agency"))
    attempt(request, lambda: actions.returned(actor, meeting, agency, timezone.now()),
            _("%s kembali masuk agenda sejauh muat.") % agency)  # fmt: skip
    return redirect("meeting:day", pk)
