"""The papers of a meeting: list, files, issuing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from rakorsus.clock import today
from rakorsus.documents import handing
from rakorsus.documents import render as rendering
from rakorsus.documents.actions import subject_of
from rakorsus.documents.content import data_of
from rakorsus.documents.drafts import Compose, draft, frame_of
from rakorsus.documents.models import Issued
from rakorsus.documents.queries import valid
from rakorsus.people.actor import Actor
from rakorsus.people.rules import can
from rakorsus.stages.meeting import actions, letters
from rakorsus.stages.meeting.documents import KINDS, agreement, attendance, composer, indonesian
from rakorsus.stages.meeting.models import Meeting, Participant
from rakorsus.stages.meeting.queries import papers
from rakorsus.stages.meeting.views.common import attempt, meeting_of, reader
from rakorsus.stages.meeting.views.item import readable

_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def file_of(content: bytes, ending: str, name: str, *, inline: bool = False) -> HttpResponse:
    """A file of ours; PDFs may be shown by the browser itself."""
    answer = HttpResponse(content, content_type=_TYPES[ending])
    way = "inline" if inline and ending == "pdf" else "attachment"
    answer["Content-Disposition"] = f'{way}; filename="{name}.{ending}"'
    return answer


def _reader(request: HttpRequest, kind: str) -> Actor:
    return reader(request, "meeting.invite" if kind in papers.PERSONAL else "meeting.papers")


@login_required
@require_GET
def index(request: HttpRequest, pk: int) -> HttpResponse:
    actor = reader(request, "meeting.papers")
    meeting = meeting_of(pk)
    invite = can(actor, "meeting.invite")
    context = {
        "meeting": meeting, "tab": "papers", "rows": papers.rows(meeting, invite),
        "issue": can(actor, "meeting.issue"), "invite": invite,
        "manage": can(actor, "documents.manage"), "today": today().isoformat(),
    }  # fmt: skip
    return render(request, "meeting/papers.html", context)


@login_required
@never_cache
@require_GET
def file(request: HttpRequest, pk: int, kind: str, ending: str) -> HttpResponse:
    """The paper that counts, or a draft where none is issued or `?rancangan=1` asks for it."""
    if kind not in {k.key for k in KINDS} or ending not in _TYPES:
        raise Http404
    _reader(request, kind)
    meeting = meeting_of(pk)
    paper = None if request.GET.get("rancangan") else valid(subject_of(meeting), kind)
    return _handed(paper, kind, composer(kind, meeting), ending)


def _handed(paper: Issued | None, kind: str, compose: Compose, ending: str) -> HttpResponse:
    if paper is not None:
        made = handing.pdf(paper) if ending == "pdf" else handing.docx(paper)
        return file_of(made, ending, kind, inline=True)
    data = draft(kind, compose, today())
    made = rendering.pdf(data) if ending == "pdf" else rendering.docx(data)
    return file_of(made, ending, f"{kind}-rancangan", inline=True)


@login_required
@never_cache
@require_GET
def older(request: HttpRequest, pk: int, key: str, ending: str) -> HttpResponse:
    """A paper of the meeting that was replaced or revoked, as it was."""
    meeting = meeting_of(pk)
    paper = get_object_or_404(Issued, key=key, subject=subject_of(meeting))
    _reader(request, paper.kind)
    if ending not in _TYPES:
        raise Http404
    return _handed(paper, paper.kind, composer(paper.kind, meeting), ending)


@login_required
@require_POST
def issue(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Give a paper its number."""
    if kind not in {k.key for k in KINDS}:
        raise Http404
    actor = reader(request, "meeting.issue")
    meeting = meeting_of(pk)
    base, number = request.build_absolute_uri("/"), request.POST.get("number", "").strip()
    attempt(request, lambda: actions.issue(
        actor, meeting, kind, base, on=_day(request), number=number), _("Naskah diterbitkan."),
    )  # fmt: skip
    return redirect("meeting:papers", pk)


def _day(request: HttpRequest) -> date | None:
    try:
        return parse_date(request.POST.get("date", ""))
    except ValueError:
        return None


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Take a paper back."""
    actor = reader(request, "meeting.issue")
    meeting = meeting_of(pk)
    paper = get_object_or_404(Issued, key=key, subject=subject_of(meeting))
    reason = request.POST.get("reason", "")
    attempt(request, lambda: actions.revoke_paper(actor, paper, reason), _("Naskah dicabut."))
    return redirect("meeting:papers", pk)


@login_required
@never_cache
@require_GET
def sheet(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The sheet to sign, neither numbered nor a draft."""
    reader(request, "meeting.invite")
    if ending not in _TYPES:
        raise Http404
    return unnumbered("daftar-hadir", attendance.sheet(meeting_of(pk)), ending, "lembar-hadir")


def unnumbered(kind: str, compose: Compose, ending: str, name: str) -> HttpResponse:
    """Something to print that has no number."""
    frame = frame_of(kind, today(), "-")
    data: dict[str, Any] = data_of(indonesian(compose)(frame))
    made = rendering.pdf(data) if ending == "pdf" else rendering.docx(data)
    return file_of(made, ending, name, inline=True)


@login_required
@never_cache
@require_GET
def agreement_file(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The berita acara of one desk."""
    actor = reader(request, "meeting.papers")
    item = readable(actor, pk)
    if ending not in _TYPES or item.finding is None:
        raise Http404
    compose = indonesian(agreement.compose(item.session.meeting, item))
    return _handed(valid(subject_of(item), "berita-acara"), "berita-acara", compose, ending)


@login_required
@require_POST
def issue_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the berita acara of one desk its number."""
    actor = reader(request, "meeting.issue")
    item = readable(actor, pk)
    base = request.build_absolute_uri("/")
    attempt(request, lambda: actions.issue_agreement(actor, item, base, on=_day(request)),
            _("Naskah diterbitkan."))  # fmt: skip
    return redirect("meeting:item", pk)


@login_required
@never_cache
@require_GET
def personal_invitation(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The invitation addressed to one guest, for the secretariat."""
    reader(request, "meeting.invite")
    found = get_object_or_404(Participant.objects.select_related("meeting"), pk=pk)
    return addressed(found, request.build_absolute_uri("/"), ending)


def addressed(guest: Participant, base: str, ending: str) -> HttpResponse:
    """The issued invitation with the guest's post and code; a draft where none is issued."""
    if ending not in _TYPES:
        raise Http404
    made = addressed_file(guest.meeting, guest, base, ending)
    return file_of(made, ending, "undangan", inline=True)


def addressed_file(meeting: Meeting, guest: Participant, base: str, ending: str) -> bytes:
    return letters.invitation_file(papers.invitation(meeting), guest, base, ending)
