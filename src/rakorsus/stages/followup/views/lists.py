"""Lists of items: mine, those I wrote down for others, my agency's, all; and writing one down."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from rakorsus.clock import today
from rakorsus.people.models import Agency
from rakorsus.people.rules import can
from rakorsus.stages.followup import actions, queries
from rakorsus.stages.followup.forms import NoteForm
from rakorsus.stages.followup.models import ActionItem
from rakorsus.stages.followup.views.common import reader
from rakorsus.stages.meeting.models import Meeting

SIZE = 30
_TABS = (
    ("saya", _("Tugas saya")), ("dicatat", _("Yang saya catat untuk orang lain")),
    ("perangkat", _("Perangkat daerah saya")), ("semua", _("Semua")),
)  # fmt: skip


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    actor = reader(request)
    day = today()
    numbers = queries.numbers(actor, day)
    first = next((n for n in ("saya", "dicatat", "perangkat") if numbers[n]), "semua")
    asked = queries.Filters.of(request.GET, first)
    found = queries.narrow(queries.listed(actor), actor, asked, day)
    page = Paginator(found, SIZE).get_page(request.GET.get("page"))
    for item in page:
        item.days = item.late(day)
    holding = ActionItem.objects.order_by()
    context = {
        "page": page, "asked": asked, "today": day,
        "tabs": [(n, label, numbers[n], numbers[f"{n}_late"]) for n, label in _TABS],
        "agencies": Agency.objects.filter(pk__in=holding.values("agency")),
        "meetings": Meeting.objects.filter(pk__in=holding.values("meeting")),
        "note": can(actor, "followup.note"), "set": can(actor, "followup.settings"),
    }  # fmt: skip
    return render(request, "followup/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest) -> HttpResponse:
    """Write an item down for others."""
    actor = reader(request, "followup.note")
    meeting = request.GET.get("rapat", "")
    start = {"meeting": meeting} if meeting.isascii() and meeting.isdigit() else {}
    form = NoteForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            return redirect(actions.note(
                actor, data["text"], data["agency"], data["post"], data["due"],
                person=data["person"], meeting=data["meeting"], programs=data["lines"],
            ))  # fmt: skip
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "followup/note.html", {"form": form})
