"""Early warnings and report cards for programs: the same rights and actions as the pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError

from rakorsus.engine.reportcard import Quarter
from rakorsus.people.actor import of_request
from rakorsus.people.rules import require
from rakorsus.stages.followup.actions import watching as actions
from rakorsus.stages.followup.models import EarlyWarning
from rakorsus.stages.followup.queries import kept_cards
from rakorsus.stages.followup.queries.watching import Asked, listed, visible

router = Router(tags=["warnings"])
_SIZE = 100


class WarningFilters(Schema):
    agency: str = Field("", max_length=60)
    rule: str = Field("", max_length=24)
    state: str = Field("", max_length=10, description="open, answered, closed, or semua")
    page: int = Field(1, ge=1, le=10_000)


class WarningOut(Schema):
    id: int
    rule: str
    key: str
    agency: str
    state: str
    first: date
    by: date
    past: bool
    money: int
    words_id: str
    words_en: str
    basis: dict[str, Any]
    records: list[str]
    action: str
    promised: date | None

    @staticmethod
    def resolve_agency(warning: EarlyWarning) -> str:
        return warning.agency.code

    @staticmethod
    def resolve_records(warning: EarlyWarning) -> list[str]:
        return list(warning.keys)


class WarningAnswerIn(Schema):
    action: str = Field(max_length=2000)
    promised: date | None = None


class FigureOut(Schema):
    """`part` and `whole` are null where there are no data."""

    measure: str
    n: int
    part: int | None
    whole: int | None
    records: list[str]
    missing: list[str]


class CardOut(Schema):
    agency: str
    kind: str
    rank: int | None
    among: int
    digest: str
    figures: list[FigureOut]


@router.get("warnings", response=list[WarningOut], summary="Early warnings, nearest first")
def warnings(request: HttpRequest, asked: Query[WarningFilters]) -> Any:
    actor = of_request(request, "api")
    require(actor, "warnings.read")
    begin = (asked.page - 1) * _SIZE
    found = listed(actor, Asked(asked.agency, asked.rule, asked.state))
    return found[begin : begin + _SIZE]


@router.post("warnings/{pk}/answer", response=WarningOut, summary="Answer with an action")
def answer(request: HttpRequest, pk: int, told: WarningAnswerIn) -> Any:
    actor = of_request(request, "api")
    require(actor, "warnings.read")
    if pk > 2**63 - 1:
        raise HttpError(404, "Not Found")
    warning = get_object_or_404(visible(actor).select_related("agency"), pk=pk)
    try:
        return actions.answer(actor, warning, told.action, told.promised)
    except ValidationError as error:
        raise HttpError(422, " ".join(error.messages)) from error


@router.get("cards/{quarter}", response=list[CardOut], summary="Report cards of a quarter (2022-1)")
def cards(request: HttpRequest, quarter: str) -> Any:
    require(of_request(request, "api"), "cards.read")
    try:
        wanted = Quarter.parse(quarter)
    except ValueError as error:
        raise HttpError(404, "Not Found") from error
    if not 2000 <= wanted.year <= 2100:
        raise HttpError(404, "Not Found")
    return [
        {
            "agency": c.agency, "kind": c.kind, "rank": c.rank, "among": c.among,
            "digest": c.digest,
            "figures": [
                {"measure": f.measure, "n": f.n, "part": f.part, "whole": f.whole,
                 "records": list(f.records), "missing": list(f.missing)}
                for f in c.figures.values()
            ],
        }
        for c in kept_cards.of_quarter(wanted)[0]
    ]  # fmt: skip
