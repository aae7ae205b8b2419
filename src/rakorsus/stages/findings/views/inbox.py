"""The list of findings, bulk answers, exports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from rakorsus.people.actor import Actor, of_request
from rakorsus.people.models import Agency
from rakorsus.people.rules import require
from rakorsus.stages.findings import actions, queries
from rakorsus.stages.findings.forms import AnswerForm
from rakorsus.stages.findings.models import Finding, FindingAgency
from rakorsus.stages.findings.views.asking import block
from rakorsus.stages.register import exports

SIZE = 30
_HEADS = ("nomor", "jenis", "keadaan", "bobot", "nilai", "lokasi", "mulai", "selesai", "aturan",
          "perangkat_daerah", "program", "kunci", "penjelasan")  # fmt: skip


@login_required
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """A planner's own agency first; everybody else all. Filters stand in the address."""
    actor = of_request(request)
    require(actor, "findings.read")
    asked = queries.Filters.of(_with_own(actor, request))
    order = request.GET.get("urut", "urut")
    page = Paginator(queries.listed(actor, asked, order), SIZE).get_page(request.GET.get("page"))
    counts = queries.kind_counts(actor, asked)
    return render(
        request, "findings/inbox.html",
        {
            "page": page, "asked": asked, "order": order, "query": urlencode(asked.query),
            "tabs": _tabs(counts, asked), "total": sum(c for c, _m in counts.values()),
            "money": sum(m for _c, m in counts.values()), "own": actor.agency_ids,
            "agencies": Agency.objects.filter(findings__isnull=False).distinct(),
            "states": Finding.State.choices, "severities": Finding.Severity.choices,
            "answers": FindingAgency.Answer.choices, "form": AnswerForm(), "tab": "inbox",
            "shown": block(actor),
        },
    )  # fmt: skip


def _with_own(actor: Actor, request: HttpRequest) -> dict[str, Any]:
    """A planner who asked for nothing sees the own agency."""
    data = request.GET.dict()
    if not data and len(actor.agency_ids) == 1 and not actor.has("coordinator"):
        data["perangkat"] = Agency.objects.get(pk=next(iter(actor.agency_ids))).code
    return data


def _tabs(counts: dict[str, tuple[int, int]], asked: queries.Filters) -> list[dict[str, Any]]:
    return [
        {
            "kind": kind.value, "label": kind.label, "count": counts[kind][0],
            "money": counts[kind][1], "here": asked.jenis == kind,
            "url": "?" + urlencode(asked.but(jenis=kind.value).query),
        }
        for kind in Finding.Kind
        if kind in counts
    ]  # fmt: skip


@login_required
@require_POST
def answer_many(request: HttpRequest) -> HttpResponse:
    """One answer for the findings that were ticked."""
    actor = of_request(request)
    require(actor, "findings.read")
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}):
        target = "/temuan/"
    form = AnswerForm(request.POST)
    ids = [int(n) for n in request.POST.getlist("finding") if n.isdigit()]
    if not ids:
        messages.warning(request, _("Pilih dahulu temuan yang hendak dijawab."))
    elif not form.is_valid():
        messages.error(request, _("Pilih jawabannya."))
    else:
        data = form.cleaned_data
        chosen = queries.visible(actor).filter(pk__in=ids).prefetch_related("sides__agency")
        done, refused = actions.answer_many(
            actor, chosen, data["answer"], cause=data["cause"], reason=data["reason"]
        )
        if done:
            words = ngettext("%d jawaban disimpan.", "%d jawaban disimpan.", done) % done
            messages.success(request, words)
        for words in refused[:5]:
            messages.error(request, words)
        if len(refused) > 5:
            messages.error(request, _("dan %d lainnya ditolak.") % (len(refused) - 5))
    return redirect(target)


@login_required
@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """Every finding of the filtered list as CSV, XLSX or JSON."""
    actor = of_request(request)
    require(actor, "findings.read")
    if kind not in ("csv", "xlsx", "json"):
        raise Http404
    asked = queries.Filters.of(request.GET.dict())
    rows = _rows(actor, asked, request.GET.get("urut", "urut"))
    if kind == "xlsx":
        book = exports.as_xlsx(_HEADS, rows, _("Temuan"))
        return FileResponse(book, as_attachment=True, filename="temuan.xlsx")
    body = exports.as_csv(_HEADS, rows) if kind == "csv" else exports.as_json(_HEADS, rows)
    response = StreamingHttpResponse(body, content_type=exports.FORMATS[kind])
    response["Content-Disposition"] = f'attachment; filename="temuan.{kind}"'
    return response


def _rows(actor: Actor, asked: queries.Filters, order: str) -> Iterator[tuple[Any, ...]]:
    for f in queries.listed(actor, asked, order).iterator(chunk_size=500):
        lines = [line.program for line in f.lines.all()]
        yield (
            f.pk, f.get_kind_display(), f.get_state_display(), f.get_severity_display(), f.money,
            f.place, f.start, f.end, f.rule, "; ".join(str(s.agency) for s in f.sides.all()),
            "; ".join(line.title for line in lines), "; ".join(line.key for line in lines),
            f.reasons,
        )  # fmt: skip
