"""The weekly letters of what is late."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from rakorsus.clock import today
from rakorsus.documents import handing
from rakorsus.documents import render as rendering
from rakorsus.documents.actions import subject_of
from rakorsus.documents.drafts import draft
from rakorsus.documents.queries import valid
from rakorsus.stages.followup import actions
from rakorsus.stages.followup import letter as words
from rakorsus.stages.followup.models import Letter
from rakorsus.stages.followup.views.common import reader
from rakorsus.stages.meeting.views.common import attempt
from rakorsus.stages.meeting.views.papers import file_of

_TYPES = ("pdf", "docx")


@login_required
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """All letters; this week's is made by a button."""
    actor = reader(request, "followup.settings")
    if request.method == "POST":
        return redirect("followup:letter", actions.weekly_letter(actor, today()).pk)
    page = Paginator(Letter.objects.all(), 30).get_page(request.GET.get("page"))
    context = {"page": page, "week": actions.week_of(today())}
    return render(request, "followup/letters.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter as text, its files, and the button that gives it a number."""
    actor = reader(request, "followup.settings")
    found = get_object_or_404(Letter, pk=pk)
    if request.method == "POST":
        base = request.build_absolute_uri("/")
        attempt(request, lambda: actions.issue_letter(actor, found, base),
                _("Surat diterbitkan."))  # fmt: skip
        return redirect("followup:letter", pk)
    context = {"letter": found, "text": words.text(found), "title": words.title(found)}
    return render(request, "followup/letter.html", context)


@login_required
@require_GET
def file(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The letter to print and to edit; a draft as long as it has no number."""
    reader(request, "followup.settings")
    if ending not in _TYPES:
        raise Http404
    found = get_object_or_404(Letter, pk=pk)
    paper = valid(subject_of(found), words.KIND.key)
    if paper is not None:
        made = handing.pdf(paper) if ending == "pdf" else handing.docx(paper)
        return file_of(made, ending, words.KIND.key, inline=True)
    data = draft(words.KIND.key, words.compose(found), today())
    made = rendering.pdf(data) if ending == "pdf" else rendering.docx(data)
    return file_of(made, ending, f"{words.KIND.key}-rancangan", inline=True)
