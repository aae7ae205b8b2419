"""Pages of report cards: the comparison, one unit's card, the method, closing a quarter."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rakorsus.clock import today
from rakorsus.engine.reportcard import LEAST, MEASURES, Card, Figure, Quarter
from rakorsus.engine.reportcard.figures import METHOD
from rakorsus.people.actor import Actor, of_request
from rakorsus.people.models import Agency
from rakorsus.people.rules import can, require
from rakorsus.stages.followup.actions import cards as actions
from rakorsus.stages.followup.card_words import records, shown
from rakorsus.stages.followup.forms_watching import CommentForm
from rakorsus.stages.followup.models import CardComment, CardQuarter
from rakorsus.stages.followup.queries import card_inputs, kept_cards


def reader(request: HttpRequest) -> Actor:
    actor = of_request(request)
    require(actor, "cards.read")
    return actor


def _quarter(request: HttpRequest) -> Quarter:
    text = request.GET.get("triwulan") or request.POST.get("triwulan") or ""
    if not text:
        return card_inputs.quarters()[0]
    try:
        return Quarter.parse(text)
    except ValueError as error:
        raise Http404(text) from error


def _frame(request: HttpRequest, quarter: Quarter) -> dict[str, Any]:
    closed = CardQuarter.objects.filter(year=quarter.year, number=quarter.number).first()
    return {
        "quarter": quarter, "quarters": card_inputs.quarters(), "closed": closed, "tab": "cards",
        "running": quarter.ends >= today(), "least": LEAST,
    }  # fmt: skip


@login_required
@require_GET
def table(request: HttpRequest) -> HttpResponse:
    actor, quarter = reader(request), _quarter(request)
    made, at = kept_cards.of_quarter(quarter)
    counts = Counter(c.kind for c in made)
    kind = request.GET.get("jenis") or ("opd" if "opd" in counts else next(iter(counts), ""))
    agencies = {a.code: a for a in Agency.objects.filter(kind=kind)}
    mine = [c for c in made if c.kind == kind]
    rows = [
        {"card": c, "agency": agencies.get(c.agency),
         "cells": [(MEASURES[f.measure], shown(f)) for f in _order(c)], "index": _index(c)}
        for c in sorted(mine, key=lambda c: (c.rank is None, c.rank or 0, c.agency))
        if any(f.n or f.missing for f in c.figures.values())
    ]  # fmt: skip
    return render(
        request, "followup/cards.html",
        {
            **_frame(request, quarter), "rows": rows, "kind": kind, "at": at,
            "without": len(mine) - len(rows),
            "kinds": [(k, Agency.Kind(k).label, n) for k, n in sorted(counts.items())],
            "measures": list(MEASURES.values()),
            "may_freeze": quarter.ends < today() and can(actor, "cards.freeze"),
        },
    )  # fmt: skip


def _order(card: Card) -> list[Figure]:
    return [card.figures[name] for name in MEASURES]


def _index(card: Card) -> int | None:
    return None if card.index is None else round(100 * card.index)


@login_required
@require_GET
def card(request: HttpRequest, code: str) -> HttpResponse:
    return _card(request, reader(request), code, CommentForm())


def _card(
    request: HttpRequest, actor: Actor, code: str, form: CommentForm, status: int = 200
) -> HttpResponse:
    quarter = _quarter(request)
    agency = get_object_or_404(Agency, code=code)
    made, at = kept_cards.of_quarter(quarter)
    own = next((c for c in made if c.agency == code), None)
    if own is None:
        raise Http404(code)
    figures = [
        {"measure": MEASURES[f.measure], "cell": shown(f), "figure": f,
         "records": records(actor, f, f.records), "missing": records(actor, f, f.missing)}
        for f in _order(own)
    ]  # fmt: skip
    comments = CardComment.objects.filter(
        agency=agency, year=quarter.year, number=quarter.number
    )  # fmt: skip
    return render(
        request, "followup/card.html",
        {
            **_frame(request, quarter), "agency": agency, "card": own, "figures": figures, "at": at,
            "index": _index(own), "form": form, "comment": comments.first(),
            "earlier": max(0, comments.count() - 1),
            "may_comment": can(actor, "cards.comment", agency.pk),
        },
        status=status,
    )  # fmt: skip


@login_required
@require_POST
def comment(request: HttpRequest, code: str) -> HttpResponse:
    actor, quarter = reader(request), _quarter(request)
    agency, form = get_object_or_404(Agency, code=code), CommentForm(request.POST)
    if form.is_valid():
        try:
            actions.comment(actor, agency, quarter, form.cleaned_data["text"])
            messages.success(request, _("Tanggapan disimpan."))
            return redirect(f"{reverse('watching:card', args=[code])}?triwulan={quarter}")
        except ValidationError as error:
            form.add_error(None, error)
    else:
        require(actor, "cards.comment", agency.pk)
    return _card(request, actor, code, form, 422)


@login_required
@require_POST
def freeze(request: HttpRequest) -> HttpResponse:
    actor, quarter = reader(request), _quarter(request)
    try:
        actions.freeze(actor, quarter)
        messages.success(request, _("Triwulan %s ditutup; rapornya dibekukan.") % quarter)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(f"{reverse('watching:cards')}?triwulan={quarter}")


@login_required
@require_GET
def method(request: HttpRequest) -> HttpResponse:
    reader(request)
    return render(
        request, "followup/method.html",
        {"measures": list(MEASURES.values()), "least": LEAST, "number": METHOD, "tab": "method"},
    )  # fmt: skip
