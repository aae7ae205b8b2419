"""Writing a draft: from a desk, from the plenary, from a finding, or from lines of the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from rakorsus.stages.decisions import actions
from rakorsus.stages.decisions.actions import Draft
from rakorsus.stages.decisions.forms import DraftForm
from rakorsus.stages.decisions.models import Decision
from rakorsus.stages.decisions.proposing import kind_of, propose
from rakorsus.stages.decisions.views.common import readable, reader
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.findings.queries import visible
from rakorsus.stages.meeting.models import AgendaItem, Outcome, Resolution
from rakorsus.stages.meeting.queries.agenda import newest
from rakorsus.stages.meeting.views.common import version_seen
from rakorsus.stages.register.models import Program

_MOST = 40


@dataclass(frozen=True)
class _Origin:
    """Where a draft comes from, and the lines that it may change."""

    finding: Finding | None
    item: AgendaItem | None
    outcome: Outcome | None
    resolution: Resolution | None
    lines: list[Program]
    kind: str
    query: dict[str, str]

    def words(self) -> dict[str, Any]:
        """First words and owner, as the desk or the plenary wrote them."""
        source = self.outcome or self.resolution
        if source is None:
            return {}
        title = self.resolution.title if self.resolution else ""
        if self.finding and not title:
            title = ": ".join(p for p in (self.finding.get_kind_display(), self.finding.place) if p)
        return {"title": title[:250], "text": source.text, "owner": source.owner,
                "owner_post": source.owner_post, "due": source.due}  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    actor = reader(request, "decisions.draft")
    origin = _origin(request.GET, visible(actor))
    form = DraftForm(
        request.POST or None, kind=origin.kind, lines=origin.lines, initial=origin.words(),
        proposal=propose(origin.kind, origin.finding, origin.lines),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.draft(actor, _draft(form, origin))
            return redirect(actions.look_ahead(actor, made))
        except ValidationError as error:
            form.add_error(None, error)
    return _page(request, form, origin, None)


@login_required
@require_http_methods(["GET", "POST"])
def redraft(request: HttpRequest, pk: int) -> HttpResponse:
    """Another content for a draft; its kind and where it comes from stay."""
    actor = reader(request, "decisions.draft")
    known = readable(actor, pk)
    lines = {c.key for c in known.changes.all() if not c.fresh}
    query = QueryDict(mutable=True)
    query["jenis"] = request.GET.get("jenis") or known.kind
    query["baris"] = " ".join([*sorted(lines), request.GET.get("baris", "")])
    if known.finding_id:
        query["temuan"] = str(known.finding_id)
    origin = _origin(query, visible(actor))
    words = {n: getattr(known, n) for n in ("title", "text", "owner", "owner_post", "due")}
    form = DraftForm(
        request.POST or None, kind=origin.kind, lines=origin.lines, initial=words,
        proposal=propose(origin.kind, origin.finding, origin.lines),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            wanted = _draft(form, origin, known)
            made = actions.redraft(actor, known, wanted, version_seen(request))
            return redirect(actions.look_ahead(actor, made))
        except ValidationError as error:
            form.add_error(None, error)
    return _page(request, form, origin, known)


def _draft(form: DraftForm, origin: _Origin, known: Decision | None = None) -> Draft:
    data = form.cleaned_data
    source = known or origin
    return Draft(
        origin.kind, data["title"], data["text"], form.steps(), form.fresh(),
        finding=source.finding, item=source.item, outcome=source.outcome,
        resolution=source.resolution, owner=data["owner"], owner_post=data["owner_post"],
        due=data["due"], replaces=known.replaces if known else None,
    )  # fmt: skip


def _origin(query: QueryDict, findings: Any) -> _Origin:
    """What the address names; findings only of those that may be seen."""
    item = resolution = outcome = finding = None
    if number := _number(query, "meja"):
        item = get_object_or_404(
            AgendaItem.objects.select_related("session__meeting", "finding"), pk=number
        )
        outcome, finding = newest(list(item.outcomes.select_related("owner"))), item.finding
    elif number := _number(query, "resolusi"):
        resolution = get_object_or_404(
            Resolution.objects.select_related("finding", "owner"), pk=number
        )
        finding = resolution.finding
    elif number := _number(query, "temuan"):
        finding = get_object_or_404(findings, pk=number)
    asked = query.get("jenis", "")
    kind = asked if asked in Decision.Kind.values else kind_of(finding, outcome)
    kept = {n: query[n] for n in ("meja", "resolusi", "temuan", "baris") if query.get(n)}
    return _Origin(finding, item, outcome, resolution, _lines(finding, query), kind, kept)


def _lines(finding: Finding | None, query: QueryDict) -> list[Program]:
    """The finding's lines that stand, and those named by key or number."""
    named = query.get("baris", "").replace(",", " ").split()[:_MOST]
    about = Q(touched__finding=finding) if finding else Q(pk=None)
    if named:
        about |= Q(key__in=named) | Q(ident__in=named) | Q(package__in=named)
    found = Program.objects.filter(about, removed=False).select_related("agency")
    return list(found.defer("search").distinct().order_by("key")[:_MOST])


def _number(query: QueryDict, name: str) -> int | None:
    text = query.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _page(
    request: HttpRequest, form: DraftForm, origin: _Origin, known: Decision | None
) -> HttpResponse:
    kinds = [
        {"value": value, "label": label, "here": value == origin.kind,
         "url": "?" + urlencode(origin.query | {"jenis": value})}
        for value, label in Decision.Kind.choices
    ]  # fmt: skip
    lacking = origin.kind != Decision.Kind.NEW_PROGRAM and not origin.lines
    context = {"form": form, "origin": origin, "known": known, "kinds": kinds,
               "needs_lines": lacking}  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "decisions/form.html", context, status=status)
