"""A guest's own page, opened by a signed address, without an account."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rakorsus.people.actor import of_request
from rakorsus.stages.meeting import actions, letters
from rakorsus.stages.meeting.forms import ReplyForm
from rakorsus.stages.meeting.links import opened, token_of
from rakorsus.stages.meeting.models import AgendaItem, Material, Meeting, Participant, Session
from rakorsus.stages.meeting.queries import agenda, before, papers
from rakorsus.stages.meeting.views.before import sent
from rakorsus.stages.meeting.views.common import attempt
from rakorsus.stages.meeting.views.papers import addressed

_FEW = 30  # entries that are shown at once


def gone(request: HttpRequest) -> HttpResponse:
    """An address that opens nothing (any more)."""
    return render(request, "meeting/gone.html", status=403)


def valid(token: str) -> Participant | None:
    """The invitation whose address this is now."""
    found = opened(token)
    return found[0] if found and found[0].key == found[1] else None


@never_cache
@require_http_methods(["GET", "POST"])
def guest(request: HttpRequest, token: str) -> HttpResponse:
    found = opened(token)
    if found is None:
        return gone(request)
    shown, key = found
    form = ReplyForm(request.POST if request.method == "POST" else None, initial={
        "answer": shown.reply, "deputy_name": shown.deputy_name,
        "deputy_post": shown.deputy_post, "letter": shown.letter,
    })  # fmt: skip
    if request.method == "POST":
        after = _answer(request, shown, key, form)
        if after is not None:
            return after
    if shown.key != key:
        return gone(request)
    sessions = agenda.by_session(shown.meeting, agenda.items(shown.meeting))
    placed = [item for _s, found_, _loose in sessions for item in found_]
    context = {
        "guest": shown, "meeting": shown.meeting, "sessions": sessions, "token": token,
        "form": form,
        "code": letters.code(letters.door(request.build_absolute_uri("/"), shown)),
        "rated": set(shown.feedback.values_list("session_id", flat=True)),
        "done": [s for s, _placed, _loose in sessions if _begun(s)],
        "own": _own(shown, placed), "few": len(placed) <= _FEW,
        "materials": before.materials(shown.meeting),
        "letter": papers.invitation(shown.meeting) is not None,
        "stars": range(1, 6), "arrived": getattr(shown, "attendance", None),
    }  # fmt: skip
    return render(request, "meeting/guest.html", context)


def _begun(session: Session) -> bool:
    """Whether there is something to think of. An installation with a day of its own, such as a
    demonstration, has no clock: there a session has begun when its meeting runs or ran."""
    if session.meeting.state in (Meeting.State.RUNNING, Meeting.State.CLOSED):
        return True
    return settings.TODAY is None and session.starts <= timezone.now()


def _own(guest: Participant, placed: list[AgendaItem]) -> list[AgendaItem]:
    """Entries at which the guest's agency presents or sits."""
    if guest.agency_id is None:
        return []
    return [
        item for item in placed
        if item.agency_id == guest.agency_id
        or (item.finding and any(s.agency_id == guest.agency_id for s in item.finding.sides.all()))
    ]  # fmt: skip


def _answer(
    request: HttpRequest, shown: Participant, key: str, form: ReplyForm
) -> HttpResponse | None:
    """Where the answer leads; None when it is to be corrected, with what was typed."""
    if not form.is_valid():
        return None
    data = dict(form.cleaned_data)
    answer = data.pop("answer")
    try:
        new = actions.reply(of_request(request), shown, key, answer, **data)
    except ValidationError as error:
        form.add_error(None, error)
        return None
    messages.success(request, _("Terima kasih, jawaban Anda dicatat."))
    shown.refresh_from_db()
    return redirect("meeting:guest", token_of(shown) if new != key else _same(request))


def _same(request: HttpRequest) -> str:
    return request.path.rstrip("/").rsplit("/", 1)[-1]


@require_GET
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    shown = valid(token)
    if shown is None:
        return gone(request)
    body = letters.calendar(shown.meeting)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rapat.ics"'
    return response


@never_cache
@require_GET
def letter(request: HttpRequest, token: str, ending: str) -> HttpResponse:
    """The guest's own invitation, once it is issued."""
    shown = valid(token)
    if shown is None:
        return gone(request)
    if papers.invitation(shown.meeting) is None:
        raise Http404
    return addressed(shown, request.build_absolute_uri("/"), ending)


@require_GET
def material(request: HttpRequest, token: str, pk: int) -> HttpResponse | FileResponse:
    """A material of a session, for a guest."""
    shown = valid(token)
    if shown is None:
        return gone(request)
    return sent(get_object_or_404(Material, pk=pk, session__meeting=shown.meeting))


@require_POST
def feedback(request: HttpRequest, token: str, session: int) -> HttpResponse:
    """What a guest thought of a session."""
    found = opened(token)
    if found is None:
        return gone(request)
    shown, key = found
    target = get_object_or_404(shown.meeting.sessions, pk=session)
    text = request.POST.get("useful", "")
    attempt(request, lambda: actions.give_feedback(
        of_request(request), target, shown, key, int(text) if text.isdigit() else 0,
        request.POST.get("text", ""),
    ), _("Terima kasih atas penilaian Anda."))  # fmt: skip
    return redirect("meeting:guest", token)
