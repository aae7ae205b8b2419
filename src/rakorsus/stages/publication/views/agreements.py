"""Agreements for officials and partners: what is due, what is in order, what was promised."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rakorsus.clock import today
from rakorsus.people.actor import Actor, of_request
from rakorsus.people.rules import can, require
from rakorsus.stages.publication import actions, papers
from rakorsus.stages.publication.forms import (
    AgreementForm,
    MilestoneForm,
    PartyForm,
    ReportForm,
    RequirementForm,
    SignForm,
)
from rakorsus.stages.publication.models import Agreement, Requirement
from rakorsus.stages.publication.queries import agreements as queries
from rakorsus.stages.publication.views.desk import attempt, explain, number

SIZE = 30


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    actor = of_request(request)
    require(actor, "agreements.read")
    found = queries.visible(actor)
    now = today()
    page = Paginator(found, SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page, "due": queries.due(found, now)[:20], "edit": can(actor, "agreements.edit"),
        "states": {a.pk: Agreement.State(a.state_on(now)) for a in page},
    }  # fmt: skip
    return render(request, "publication/agreements/index.html", context)


def _visible(actor: Actor, slug: str) -> Agreement:
    """404 for what the actor may not see: that it exists is not told either."""
    require(actor, "agreements.read")
    found = (
        queries.visible(actor)
        .select_related("parent", "meeting")
        .prefetch_related(
            "clauses", "milestones__programs", "milestones__owner", "milestones__party", "children"
        )
    )
    return get_object_or_404(found, slug=slug)


@login_required
@require_GET
def agreement(request: HttpRequest, slug: str) -> HttpResponse:
    actor = of_request(request)
    shown = _visible(actor, slug)
    now = today()
    edit = can(actor, "agreements.edit")
    draft = shown.state == Agreement.State.DRAFT
    context = {
        "agreement": shown, "edit": edit, "draft": draft, "state": shown.state_on(now),
        "state_label": Agreement.State(shown.state_on(now)).label,
        "milestones": [
            {"m": m, "late": m.late(now), "report": can(actor, "agreements.report", m)}
            for m in shown.milestones.all()
        ],
        "obstacles": actions.obstacles(shown) if draft and edit else [],
        "missing": sum(r.state == Requirement.State.MISSING for r in shown.requirements.all()),
        "report_states": ReportForm().fields["state"].choices,
        "requirement_states": Requirement.State.choices, "sign_form": SignForm(),
    }  # fmt: skip
    return render(request, "publication/agreements/agreement.html", context)


def _edited(request: HttpRequest, slug: str) -> tuple[Actor, Agreement]:
    """Who asks, who must be allowed to edit, and the agreement as they see it."""
    actor = of_request(request)
    require(actor, "agreements.edit")
    return actor, _visible(actor, slug)


def _taken(form: Any, save: Callable[[dict[str, Any]], Any]) -> Any:
    """What `save` made of a form that holds; None where it does not: the form then says why."""
    if form.is_bound and form.is_valid():
        try:
            return save(dict(form.cleaned_data))
        except ValidationError as error:
            form.add_error(None, error)
    return None


def _said(request: HttpRequest, form: Any, act: Callable[[dict[str, Any]], Any], done: str) -> None:
    """Act on a small form of the page; what is wrong is told as a message."""
    if form.is_valid():
        attempt(request, lambda: act(form.cleaned_data), done)
    else:
        explain(request, form)


_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@login_required
@never_cache
@require_GET
def paper(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """The document of the agreement, for those who may see it."""
    shown = _visible(of_request(request), slug)
    if ending not in _TYPES:
        raise Http404
    response = HttpResponse(papers.file(shown, ending), content_type=_TYPES[ending])
    way = "inline" if ending == "pdf" else "attachment"
    response.headers["Content-Disposition"] = f'{way}; filename="{slug[:60]}.{ending}"'
    return response


@login_required
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    actor = of_request(request)
    require(actor, "agreements.edit")
    form = AgreementForm(request.POST or None)
    if made := _taken(form, lambda data: actions.save_agreement(actor, None, **data)):
        return redirect(made)
    return _form(request, form, None, _("Kerja sama baru"))


@login_required
@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, slug: str) -> HttpResponse:
    actor, kept = _edited(request, slug)
    form = AgreementForm(request.POST or None, instance=kept)

    def save(data: dict[str, Any]) -> Agreement:  # the form has written into `kept`
        return actions.save_agreement(actor, _visible(actor, slug), number(request, "seen"), **data)

    if made := _taken(form, save):
        return redirect(made)
    return _form(request, form, _visible(actor, slug), _("Ubah kerja sama"))


@login_required
@require_http_methods(["GET", "POST"])
def party(request: HttpRequest, slug: str, pk: int = 0) -> HttpResponse:
    actor, kept = _edited(request, slug)
    known = get_object_or_404(kept.parties, pk=pk) if pk else None
    if request.method == "POST" and known and "remove" in request.POST:
        attempt(request, lambda: actions.remove_party(actor, known), _("Pihak dihapus."))
        return redirect(kept)
    start = {"position": kept.parties.count() + 1}
    form = PartyForm(request.POST or None, instance=known, initial=None if known else start)
    if _taken(form, lambda data: actions.save_party(actor, kept, known, **data)):
        return redirect(kept)
    return _form(request, form, kept, _("Pihak"), removable=known is not None)


@login_required
@require_http_methods(["GET", "POST"])
def milestone(request: HttpRequest, slug: str, pk: int = 0) -> HttpResponse:
    actor, kept = _edited(request, slug)
    known = get_object_or_404(kept.milestones.prefetch_related("programs"), pk=pk) if pk else None
    start = {"lines": "\n".join(p.key for p in known.programs.all())} if known else None
    form = MilestoneForm(request.POST or None, instance=known, initial=start, agreement=kept)

    def save(data: dict[str, Any]) -> Any:
        return actions.save_milestone(actor, kept, known, data.pop("lines").splitlines(), **data)

    if _taken(form, save):
        return redirect(kept)
    return _form(request, form, kept, _("Tonggak"))


def _form(
    request: HttpRequest, form: Any, kept: Agreement | None, heading: str, *,
    removable: bool = False,
) -> HttpResponse:  # fmt: skip
    context = {"form": form, "agreement": kept, "heading": heading, "removable": removable}
    return render(request, "publication/agreements/form.html", context)


@login_required
@require_POST
def clause(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a pasal, or add one."""
    actor, kept = _edited(request, slug)
    title, text = request.POST.get("title", ""), request.POST.get("text", "")
    pk = number(request, "clause")
    if pk:
        known = get_object_or_404(kept.clauses, pk=pk)
        attempt(request, lambda: actions.save_clause(actor, known, title, text), _("Tersimpan."))
    else:
        attempt(request, lambda: actions.add_clause(actor, kept, title, text), _("Tersimpan."))
    return redirect(kept.get_absolute_url() + "#pasal")


@login_required
@require_POST
def requirement(request: HttpRequest, slug: str) -> HttpResponse:
    """Say whether a document is in order, or add one."""
    actor, kept = _edited(request, slug)
    pk = number(request, "requirement")
    if not pk:
        name, source = request.POST.get("name", ""), request.POST.get("source", "")
        to_sign = "to_sign" in request.POST
        attempt(
            request, lambda: actions.add_requirement(actor, kept, name, source, to_sign=to_sign),
            _("Tersimpan."),
        )  # fmt: skip
        return redirect(kept.get_absolute_url() + "#dokumen")
    known = get_object_or_404(kept.requirements, pk=pk)
    _said(request, RequirementForm(request.POST),
          lambda data: actions.set_requirement(actor, known, **data), _("Tersimpan."))  # fmt: skip
    return redirect(kept.get_absolute_url() + "#dokumen")


@login_required
@require_POST
def report(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """How a milestone stands; the action asks for the right."""
    actor = of_request(request)
    kept = _visible(actor, slug)
    known = get_object_or_404(kept.milestones.select_related("agreement", "party", "owner"), pk=pk)
    _said(request, ReportForm(request.POST),
          lambda data: actions.report_milestone(actor, known, **data), _("Tersimpan."))  # fmt: skip
    return redirect(kept.get_absolute_url() + "#tonggak")


@login_required
@require_POST
def sign(request: HttpRequest, slug: str) -> HttpResponse:
    actor, kept = _edited(request, slug)
    _said(request, SignForm(request.POST),
          lambda data: actions.sign_agreement(actor, kept, **data),
          _("Penandatanganan dicatat."))  # fmt: skip
    return redirect(kept)


@login_required
@require_POST
def end(request: HttpRequest, slug: str) -> HttpResponse:
    actor, kept = _edited(request, slug)
    state, reason = request.POST.get("state", ""), request.POST.get("reason", "")
    attempt(request, lambda: actions.end_agreement(actor, kept, state, reason), _("Tersimpan."))
    return redirect(kept)
