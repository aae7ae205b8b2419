"""Participants: the list, import, invitations."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rakorsus.stages.meeting import actions, letters
from rakorsus.stages.meeting.forms import ParticipantForm, ReplyForm
from rakorsus.stages.meeting.importing import read_participants
from rakorsus.stages.meeting.models import Participant
from rakorsus.stages.meeting.queries import day
from rakorsus.stages.meeting.queries.minutes import attendance_counts, group_label
from rakorsus.stages.meeting.views.common import attempt, explain, meeting_of, reader

SIZE = 50
_SHOWN_PROBLEMS = 8


def base(request: HttpRequest) -> str:
    return request.build_absolute_uri("/")


@login_required
@require_GET
def people(request: HttpRequest, pk: int) -> HttpResponse:
    reader(request, "meeting.invite")
    meeting = meeting_of(pk)
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "kelompok", "hadir")}
    found = day.guests(meeting, asked["q"], asked["kelompok"], asked["hadir"])
    page = Paginator(found, SIZE).get_page(request.GET.get("page"))
    context = {
        "meeting": meeting, "tab": "people", "page": page, "asked": asked,
        "groups": Participant.Group.choices, "form": ParticipantForm(initial={"rank": 8000}),
        "counts": [{**row, "label": group_label(row["group"])} for row in
                   attendance_counts(meeting)],
    }  # fmt: skip
    return render(request, "meeting/people.html", context)


@login_required
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    actor = reader(request, "meeting.invite")
    meeting = meeting_of(pk)
    form = ParticipantForm(request.POST)
    if form.is_valid():
        attempt(request, lambda: actions.add_participants(actor, meeting, [form.cleaned_data]),
                _("Peserta ditambahkan."))  # fmt: skip
    else:
        explain(request, form)
    return redirect("meeting:people", pk)


@login_required
@require_POST
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """A workbook of participants."""
    actor = reader(request, "meeting.invite")
    meeting = meeting_of(pk)
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, _("Pilih berkas XLSX dahulu."))
        return redirect("meeting:people", pk)
    rows, problems = read_participants(file)
    new = actions.add_participants(actor, meeting, rows) if rows else 0
    _said(request, new)
    for words in problems[:_SHOWN_PROBLEMS]:
        messages.warning(request, words)
    if len(problems) > _SHOWN_PROBLEMS:
        more = len(problems) - _SHOWN_PROBLEMS
        messages.warning(request, _("dan %d baris lain disisihkan.") % more)
    return redirect("meeting:people", pk)


@login_required
@require_POST
def agencies(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite the heads of all agencies, city companies and camat."""
    actor = reader(request, "meeting.invite")
    _said(request, actions.invite_agencies(actor, meeting_of(pk)))
    return redirect("meeting:people", pk)


def _said(request: HttpRequest, new: int) -> None:
    words = ngettext("%d undangan ditambahkan.", "%d undangan ditambahkan.", new)
    messages.success(request, words % new)


@login_required
@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send invitations or reminders by e-mail."""
    actor = reader(request, "meeting.invite")
    again = request.POST.get("lagi") == "1"
    actions.ask_to_send(actor, meeting_of(pk), base(request), again=again)
    messages.success(request, _("Surel dikirim di latar belakang; lihat kolom Undangan."))
    return redirect("meeting:people", pk)


@login_required
@require_http_methods(["GET", "POST"])
def participant(request: HttpRequest, pk: int) -> HttpResponse:
    """One invitation: its address, code and texts."""
    actor = reader(request, "meeting.invite")
    shown = get_object_or_404(Participant.objects.select_related("meeting", "attendance"), pk=pk)
    if request.method == "POST":
        if attempt(request, lambda: actions.remove_participant(actor, shown),
                   _("Undangan ditarik.")):  # fmt: skip
            return redirect("meeting:people", shown.meeting_id)
        return redirect("meeting:participant", pk)
    address = letters.address(base(request), shown)
    context = {
        "meeting": shown.meeting, "guest": shown, "address": address, "tab": "people",
        "code": letters.code(letters.door(base(request), shown)),
        "text": letters.text(shown, base(request)),
        "whatsapp": letters.whatsapp(shown, base(request)),
        "form": ReplyForm(initial={"answer": shown.reply, "letter": shown.letter,
                                   "deputy_name": shown.deputy_name,
                                   "deputy_post": shown.deputy_post}),
    }  # fmt: skip
    return render(request, "meeting/participant.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an invitation."""
    actor = reader(request, "meeting.invite")
    shown = get_object_or_404(Participant.objects.select_related("meeting"), pk=pk)
    form = ParticipantForm(request.POST or None, instance=get_object_or_404(Participant, pk=pk))
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(request, lambda: actions.amend_participant(actor, shown, form.cleaned_data),
                    _("Tersimpan."))
    ):  # fmt: skip
        return redirect("meeting:participant", pk)
    context = {"meeting": shown.meeting, "tab": "people", "guest": shown, "form": form}
    return render(request, "meeting/participant_form.html", context)


@login_required
@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """A reply that came by letter or telephone."""
    actor = reader(request, "meeting.invite")
    shown = get_object_or_404(Participant.objects.select_related("meeting"), pk=pk)
    form = ReplyForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        given = data.pop("answer")
        attempt(request, lambda: actions.reply_for(actor, shown, given, **data),
                _("Jawaban dicatat."))  # fmt: skip
    else:
        explain(request, form)
    return redirect("meeting:participant", pk)


@login_required
@require_POST
def villages(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite the heads of all kelurahan."""
    actor = reader(request, "meeting.invite")
    _said(request, actions.invite_villages(actor, meeting_of(pk)))
    return redirect("meeting:people", pk)


@login_required
@require_http_methods(["GET", "POST"])
def whatsapp(request: HttpRequest, pk: int) -> HttpResponse:
    """Invitations with a number, one button each; what was opened is ticked off."""
    actor = reader(request, "meeting.invite")
    meeting = meeting_of(pk)
    again = bool(request.GET.get("lagi"))
    if request.method == "POST":
        ids = [int(i) for i in request.POST.getlist("guest") if i.isdigit() and len(i) < 16]
        actions.mark_invited(actor, meeting, ids, again=again)
        return redirect(request.get_full_path())
    waiting = meeting.participants.exclude(phone="").select_related("meeting")
    if again:
        waiting = waiting.exclude(invited=None).filter(
            reminded=None, reply=Participant.Reply.WAITING
        )
    else:
        waiting = waiting.filter(invited=None)
    page = Paginator(waiting, SIZE).get_page(request.GET.get("page"))
    rows = [(guest, letters.whatsapp(guest, base(request))) for guest in page]
    context = {"meeting": meeting, "tab": "people", "page": page, "rows": rows, "again": again}
    return render(request, "meeting/whatsapp.html", context)
