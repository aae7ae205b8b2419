"""Before the day: what is ready and what is not, slides and materials to read, questions."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rakorsus.people.rules import can
from rakorsus.stages.meeting import actions
from rakorsus.stages.meeting.forms import MaterialForm
from rakorsus.stages.meeting.models import AgendaItem, Brief, Material, Question, Session
from rakorsus.stages.meeting.queries import before
from rakorsus.stages.meeting.slides.isolated import Unreadable
from rakorsus.stages.meeting.slides.pages import WIDTHS, page_png
from rakorsus.stages.meeting.views.common import attempt, explain, item_of, meeting_of, reader

_FIRST = 8  # desks that are shown at once, the own ones before the others


@login_required
@require_GET
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """What the day still needs: desks to settle, presentations to fill, replies to come."""
    actor = reader(request)
    meeting = meeting_of(pk)
    desks, left = before.desks(meeting, actor)
    talks = before.presentations(meeting)
    invite = can(actor, "meeting.invite")
    context = {
        "meeting": meeting, "tab": "before", "desks": desks, "left": left, "talks": talks,
        "groups": [desks[:_FIRST], desks[_FIRST:]],
        "filled": sum(hasattr(t, "brief") for t in talks),
        "mine": [t for t in talks if t.agency_id in actor.agency_ids],
        "materials": before.materials(meeting), "invite": invite,
        "replies": before.replies(meeting) if invite else None,
    }  # fmt: skip
    return render(request, "meeting/before.html", context)


def _brief(pk: int) -> tuple[AgendaItem, Brief]:
    item = item_of(pk)
    found = before.brief_of(item)
    if found is None:
        raise Http404
    return item, found


@login_required
@require_GET
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """A presentation page by page, with its form and its questions."""
    actor = reader(request)
    item, brief = _brief(pk)
    text = request.GET.get("hal", "1")
    number = int(text) if text.isdigit() and len(text) < 5 else 1
    number = min(max(number, 1), max(brief.pages, 1))
    context = {
        "meeting": item.session.meeting, "tab": "before", "item": item, "brief": brief,
        "page": number, "text": brief.outline[number - 1] if brief.outline else "",
        "numbers": range(1, brief.pages + 1), "questions": before.questions(item),
        "answer": can(actor, "meeting.prepare", item), "speak": can(actor, "meeting.speak"),
    }  # fmt: skip
    return render(request, "meeting/read.html", context)


@login_required
@require_GET
def slide(request: HttpRequest, pk: int, page: int) -> HttpResponse:
    """A page of a presentation as PNG, for reading ahead, projector and hall."""
    reader(request)
    _item, brief = _brief(pk)
    if brief.slides_kind != "pdf":
        raise Http404
    return picture(brief.slides.name, page, request.GET.get("lebar", ""))


def picture(name: str, page: int, width: str) -> HttpResponse:
    """The image, or not found; `width` as the address has it."""
    asked = int(width) if width.isdigit() and len(width) < 6 else WIDTHS[-1]
    try:
        made = page_png(name, page, asked)
    except (Unreadable, ValueError, FileNotFoundError) as error:
        raise Http404 from error
    answer = HttpResponse(made, content_type="image/png")
    answer["Cache-Control"] = "private, max-age=300"
    return answer


@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The presenter answers a question."""
    actor = reader(request)
    question = get_object_or_404(Question.objects.select_related("item__session__meeting"), pk=pk)
    text = request.POST.get("text", "")
    attempt(request, lambda: actions.answer_question(actor, question, text),
            _("Jawaban dicatat."))  # fmt: skip
    return redirect("meeting:read", question.item_id)


@login_required
@require_http_methods(["GET", "POST"])
def materials(request: HttpRequest, pk: int) -> HttpResponse:
    """Files of a session: add, take away."""
    actor = reader(request, "meeting.invite")
    session = get_object_or_404(Session.objects.select_related("meeting"), pk=pk)
    form = MaterialForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if gone := request.POST.get("hapus", ""):
            found = get_object_or_404(session.materials, pk=int(gone) if gone.isdigit() else 0)
            attempt(request, lambda: actions.remove_material(actor, found), _("Dihapus."))
        elif form.is_valid():
            data = form.cleaned_data
            attempt(request, lambda: actions.add_material(actor, session, data["title"],
                    data["file"]), _("Materi ditambahkan."))  # fmt: skip
        else:
            explain(request, form)
        return redirect("meeting:materials", pk)
    context = {"meeting": session.meeting, "tab": "before", "session": session, "form": form,
               "found": session.materials.all()}  # fmt: skip
    return render(request, "meeting/materials.html", context)


def sent(material: Material) -> FileResponse:
    """A material as a download: files of others are never shown as pages of ours."""
    name = f"materi-{material.pk}.{material.kind}"
    return FileResponse(material.file.open(), as_attachment=True, filename=name)


@login_required
@require_GET
def material(request: HttpRequest, pk: int) -> FileResponse:
    reader(request)
    return sent(get_object_or_404(Material, pk=pk))


@login_required
@require_GET
def opinions(request: HttpRequest, pk: int) -> HttpResponse:
    """What guests thought of the sessions, without names."""
    reader(request, "meeting.papers")
    meeting = meeting_of(pk)
    context = {"meeting": meeting, "tab": "before", "rows": before.opinions(meeting)}
    return render(request, "meeting/opinions.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def signers(request: HttpRequest, pk: int) -> HttpResponse:
    """Who signs at a signing, in order."""
    actor = reader(request, "meeting.plan")
    item = item_of(pk)
    if item.kind != AgendaItem.Kind.SIGNING:
        raise Http404
    if request.method == "POST":
        posts = request.POST.getlist("post")
        places = request.POST.getlist("institution")
        rows = [{"post": p, "institution": i} for p, i in zip(posts, places, strict=False)][:20]
        attempt(request, lambda: actions.set_signers(actor, item, rows), _("Tersimpan."))
        return redirect("meeting:signers", pk)
    rows_ = [*item.signing.all(), None, None]
    context = {"meeting": item.session.meeting, "tab": "before", "item": item, "rows": rows_}
    return render(request, "meeting/signers.html", context)
