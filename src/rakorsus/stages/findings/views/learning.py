"""What answers have taught: read, set right, forgotten, passed on and taken over."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rakorsus.engine.learning.model import default, from_dict
from rakorsus.people.actor import of_request
from rakorsus.people.rules import can, require
from rakorsus.stages.findings import actions, teaching
from rakorsus.stages.findings.actions.learning import shared
from rakorsus.stages.findings.forms_learning import TakeForm, WordForm
from rakorsus.stages.findings.models import Learnt, Run, Taken
from rakorsus.stages.findings.queries import learning as queries

SIZE = 30


@login_required
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Words, signs, sources; coordinators get the forms."""
    actor = of_request(request)
    require(actor, "findings.learnt")
    newest = Learnt.objects.first()
    model = from_dict(newest.model) if newest else default()
    kind = "bersama" if request.GET.get("jenis") == "bersama" else ""
    asked = request.GET.get("cari", "").strip().lower()[:40]
    rows = Paginator(queries.words(model, kind, asked), SIZE).get_page(request.GET.get("page"))
    run = Run.objects.filter(partial=False).first()
    coordinate = can(actor, "findings.coordinate")
    return render(
        request, "findings/learning.html",
        {
            "tab": "learning", "newest": newest, "model": model, "page": rows, "kind": kind,
            "asked": asked, "coordinate": coordinate,
            "examples": queries.examples(actor, newest, rows.object_list),
            "signs": queries.signs(model), "taken": teaching.taken(),
            "behind": newest is not None and (run is None or run.at < newest.at),
            "waiting": teaching.digest() != (newest.heard if newest else ""),
            "word_form": WordForm() if coordinate else None,
            "take_form": TakeForm() if coordinate else None,
            "history": Learnt.objects.all()[:8],
        },
    )  # fmt: skip


@login_required
@require_POST
def word(request: HttpRequest) -> HttpResponse:
    """What a coordinator says of two words."""
    sent = request.POST
    return _done(
        request,
        lambda: actions.set_word(
            of_request(request), sent.get("left", ""), sent.get("right", ""), sent.get("says", "")
        ),
        _("Koreksi disimpan."),
    )


@login_required
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Another government's file."""
    form = TakeForm(request.POST, request.FILES)
    if not form.is_valid():
        for problems in form.errors.values():
            messages.error(request, " ".join(map(str, problems)))
        return redirect("findings:learning")
    sent = form.cleaned_data
    return _done(
        request,
        lambda: actions.take(of_request(request), sent["name"], sent["file"].read()),
        _("Hasil belajar diambil."),
    )


@login_required
@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Another government's file is used no more."""
    actor = of_request(request)
    require(actor, "findings.coordinate")
    held = get_object_or_404(Taken, pk=pk)
    return _done(request, lambda: actions.give_back(actor, held), _("Tidak dipakai lagi."))


@login_required
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """All that answers have taught, after a box was ticked."""
    actor = of_request(request)
    require(actor, "findings.coordinate")
    if request.POST.get("yakin") != "1":
        messages.error(request, _("Centang dahulu bahwa Anda yakin."))
        return redirect("findings:learning")
    return _done(
        request, lambda: actions.forget(actor), _("Semua pelajaran dari jawaban dilupakan.")
    )


@login_required
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """What may be passed on: words and figures that name no program, agency or place."""
    actor = of_request(request)
    require(actor, "findings.coordinate")
    newest = Learnt.objects.first()
    model = shared(newest) if newest else default()
    answer = HttpResponse(model.to_json(), content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="rakorsus-pelajaran.json"'
    return answer


def _done(request: HttpRequest, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except ValidationError as error:
        for words in error.messages:
            messages.error(request, words)
    else:
        messages.success(request, said)
    return redirect("findings:learning")
