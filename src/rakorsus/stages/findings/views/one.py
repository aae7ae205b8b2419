"""One finding: side by side, answers, talk, settlement."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rakorsus.people.actor import Actor, of_request
from rakorsus.people.models import Agency
from rakorsus.people.rules import can, require
from rakorsus.stages.findings import actions, queries, rulebook
from rakorsus.stages.findings.actions.answers import EDITABLE
from rakorsus.stages.findings.comparing import compare
from rakorsus.stages.findings.forms import AnswerForm, CommentForm, CompleteForm, ProposalForm
from rakorsus.stages.findings.models import Comment, Finding, Settlement
from rakorsus.stages.register import panels
from rakorsus.stages.register.actions import amend_program
from rakorsus.stages.register.models import Program


def readable(actor: Actor, pk: int) -> Finding:
    """The finding, when the actor may see it; otherwise as if it were not there."""
    lines = queries.with_lines(veil=panels.veil_of(actor))
    found = queries.visible(actor).prefetch_related("sides__agency", lines)
    return get_object_or_404(found, pk=pk)


@login_required
@require_GET
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    actor = of_request(request)
    require(actor, "findings.read")
    shown = readable(actor, pk)
    asked = queries.Filters.of(request.GET.dict())
    order = request.GET.get("urut", "urut")
    before, after = queries.neighbours_of(actor, shown, asked, order)
    talk = can(actor, "findings.discuss", shown)
    told = talk or not shown.hidden
    own = [side for side in shown.sides.all() if actor.plans_for(side.agency_id)]
    open_proposal = shown.settlements.filter(state=Settlement.State.PROPOSED).first()
    return render(
        request, "findings/finding.html",
        {
            "finding": shown, "comparison": compare(shown), "before": before, "after": after,
            "rule": rulebook.words(shown.rule),
            "query": urlencode(asked.query | ({"urut": order} if order != "urut" else {})),
            "own": own, "talk": talk, "sides": shown.sides.all(),
            "answer_form": AnswerForm(), "comment_form": CommentForm(),
            "proposal_form": ProposalForm(finding=shown) if own and shown.alive else None,
            "complete_forms": _complete_forms(actor, shown),
            "comments": shown.comments.select_related("by", "agency") if talk else [],
            "editable_since": timezone.now() - EDITABLE,
            "verdicts": shown.verdicts.select_related("agency")[:20] if told else [],
            "settlements": _settlements(shown) if told else [],
            "proposal": open_proposal, "waits": _waits(actor, open_proposal),
            "panels": panels.of_page("finding", actor, shown),
        },
    )  # fmt: skip


def _settlements(shown: Finding) -> list[Settlement]:
    """With the changes of the lines that the reader may see."""
    rows = list(shown.settlements.prefetch_related("sides__agency"))
    if shown.hidden:
        seen = {line.program.key for line in shown.lines.all()}
        for row in rows:
            row.changes = [change for change in row.changes if change["key"] in seen]
    return rows


def _waits(actor: Actor, proposal: Settlement | None) -> list[Agency]:
    """Own sides that have not yet said anything to the open proposal."""
    if proposal is None:
        return []
    sides = proposal.sides.select_related("agency").filter(agreed=None)
    return [side.agency for side in sides if actor.plans_for(side.agency_id)]


def _complete_forms(actor: Actor, shown: Finding) -> list[tuple[Program, CompleteForm]]:
    """For a finding that lacks data: a form for each line that the actor may amend."""
    if shown.kind != Finding.Kind.UNCLEAR or not shown.alive:
        return []
    lines = [line.program for line in shown.lines.all()]
    return [
        (line, CompleteForm(initial={"key": line.key, "volume": line.volume}))
        for line in lines
        if can(actor, "register.amend", line)
    ]


@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    actor = of_request(request)
    shown = readable(actor, pk)
    agency = get_object_or_404(Agency, pk=request.POST.get("agency") or 0)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Pilih jawabannya."))
        return redirect(shown)
    data = form.cleaned_data
    _try(
        request,
        lambda: actions.answer(
            actor, shown, agency, data["answer"], cause=data["cause"], reason=data["reason"]
        ),
        _("Jawaban disimpan."),
    )
    return redirect(shown)


@login_required
@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    actor = of_request(request)
    shown = readable(actor, pk)
    _try(request, lambda: actions.comment(actor, shown, request.POST.get("text", "")), "")
    return redirect(f"{shown.get_absolute_url()}#tanggapan")


@login_required
@require_POST
def change_comment(request: HttpRequest, pk: int) -> HttpResponse:
    actor = of_request(request)
    require(actor, "findings.read")
    note = get_object_or_404(Comment.objects.select_related("finding"), pk=pk)
    readable(actor, note.finding_id)
    text = request.POST.get("text", "")
    _try(request, lambda: actions.change_comment(actor, note, text), _("Tanggapan diubah."))
    return redirect(f"{note.finding.get_absolute_url()}#tanggapan")


@login_required
@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    actor = of_request(request)
    shown = readable(actor, pk)
    agency = get_object_or_404(Agency, pk=request.POST.get("agency") or 0)
    form = ProposalForm(request.POST, finding=shown)
    if not form.is_valid():
        messages.error(request, _("Usulan belum lengkap: tulis apa yang disepakati."))
        return redirect(shown)
    data = form.cleaned_data
    _try(
        request,
        lambda: actions.propose(
            actor, shown, agency, data["text"], option=data["option"], changes=form.changes()
        ),
        _("Usulan dikirim; menunggu persetujuan pihak lain."),
    )
    return redirect(shown)


@login_required
@require_POST
def settlement(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Agree to a proposal, decline it, or withdraw it."""
    actor = of_request(request)
    require(actor, "findings.read")
    found = get_object_or_404(Settlement.objects.select_related("finding"), pk=pk)
    shown = readable(actor, found.finding_id)
    if what == "tarik":
        _try(request, lambda: actions.withdraw(actor, found), _("Usulan ditarik."))
        return redirect(shown)
    step: dict[str, Any] = {"setuju": actions.agree, "tolak": actions.decline}
    if what not in step:
        raise Http404
    agency = get_object_or_404(Agency, pk=request.POST.get("agency") or 0)
    _try(request, lambda: step[what](actor, found, agency), _("Jawaban atas usulan disimpan."))
    return redirect(shown)


@login_required
@require_POST
def complete(request: HttpRequest, pk: int) -> HttpResponse:
    """Supply what was missing; the line is amended and judged again at once."""
    actor = of_request(request)
    shown = readable(actor, pk)
    form = CompleteForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Periksa isian: tanggal dan lokasi."))
        return redirect(shown)
    line = get_object_or_404(shown.programs, key=form.cleaned_data["key"])
    reason = _("Melengkapi data untuk temuan %d") % shown.pk
    _try(
        request,
        lambda: amend_program(actor, line, form.changes(), reason),
        _("Data dilengkapi; program ini diperiksa ulang."),
    )
    return redirect(shown)


def _try(request: HttpRequest, change: Callable[[], Any], words: str) -> None:
    """Run a change; say that it was done, or why not."""
    try:
        change()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        if words:
            messages.success(request, words)
