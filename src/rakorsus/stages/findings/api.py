"""Findings for programs: the same rights and actions as the pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status
from ninja.errors import HttpError

from rakorsus.people.actor import Actor, of_request
from rakorsus.people.models import Agency
from rakorsus.people.rules import require
from rakorsus.stages.findings import actions, queries
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.register import panels
from rakorsus.stages.register.models import Program

router = Router(tags=["findings"])
_SIZE = 100


class FindingFilters(Schema):
    """As in the address of the page; `state` "open" is the default."""

    q: str = Field("", max_length=200)
    kind: str = Field("", max_length=14)
    severity: str = Field("", max_length=6)
    state: str = Field("terbuka", max_length=10, description="terbuka, semua, or a state")
    agency: str = Field("", max_length=60)
    counterpart: str = Field("", max_length=60)
    place: str = Field("", max_length=20)
    order: str = Field("urut", max_length=8)
    page: int = Field(1, ge=1, le=10_000)


class LineOut(Schema):
    key: str
    title: str
    agency: str
    money: int

    @staticmethod
    def resolve_agency(line: Program) -> str:
        return line.agency.code


class SideOut(Schema):
    agency: str
    answer: str


class FindingOut(Schema):
    id: int
    fingerprint: str
    kind: str
    state: str
    severity: str
    score: float
    sure: float
    money: int
    start: date | None
    end: date | None
    due: date | None
    rule: str
    place: str
    reasons: dict[str, str]
    programs: list[LineOut]
    sides: list[SideOut]

    @staticmethod
    def resolve_reasons(finding: Finding) -> dict[str, str]:
        return {"id": finding.reasons_id, "en": finding.reasons_en}

    @staticmethod
    def resolve_programs(finding: Finding) -> list[Program]:
        return [line.program for line in finding.lines.all()]

    @staticmethod
    def resolve_sides(finding: Finding) -> list[dict[str, str]]:
        return [{"agency": s.agency.code, "answer": s.answer} for s in finding.sides.all()]


class FindingFull(FindingOut):
    options: list[dict[str, Any]]
    evidence: dict[str, Any]


class FindingsPage(Schema):
    total: int
    page: int
    items: list[FindingOut]


class PairIn(Schema):
    left: str = Field(max_length=200, description="key of a line, source:id")
    right: str = Field(max_length=200)


class ConditionOut(Schema):
    rules: list[str]
    refusal: str | None
    text: dict[str, str]


class WhyOut(Schema):
    """Findings by id; every rule that compares lines with the condition that failed."""

    found: list[int]
    expected: list[int]
    closed: list[int]
    conditions: list[ConditionOut]


class QuestionOut(Schema):
    """`missing` is place, dates or volume; `decides` counts the comparisons that wait for it."""

    finding: int
    key: str
    missing: str
    ask: dict[str, str]
    money: int
    decides: int


class ReplyIn(Schema):
    finding: int = Field(ge=1, le=2**31)
    key: str = Field(max_length=200)
    changes: dict[str, Any] = Field({}, description="places, start and end, or volume")
    put_off: str = Field("", max_length=8, description="later or unknown instead of an answer")


class ReplyOut(Schema):
    at: datetime
    kind: str
    until: datetime | None


class FindingAnswerIn(Schema):
    agency: str = Field(max_length=60)
    answer: str = Field(max_length=9)
    cause: str = Field("", max_length=12)
    reason: str = Field("", max_length=2000)


class AnswerOut(Schema):
    at: datetime
    answer: str
    state: str


class FindingCommentIn(Schema):
    text: str = Field(min_length=1, max_length=5000)


def _readable(actor: Actor, pk: int) -> Finding:
    require(actor, "findings.read")
    lines = queries.with_lines(veil=panels.veil_of(actor))
    found = queries.visible(actor).prefetch_related("sides__agency", lines)
    return get_object_or_404(found, pk=pk)


@router.get("", response=FindingsPage)
def findings(request: HttpRequest, asked: Query[FindingFilters]) -> dict[str, Any]:
    """Findings that the caller may see, a hundred at a time."""
    actor = of_request(request, "api")
    require(actor, "findings.read")
    filters = queries.Filters(
        q=asked.q, jenis=asked.kind, bobot=asked.severity, keadaan=asked.state,
        perangkat=asked.agency, lawan=asked.counterpart, wilayah=asked.place,
    )  # fmt: skip
    found = queries.listed(actor, filters, asked.order)
    start = (asked.page - 1) * _SIZE
    return {
        "total": found.count(),
        "page": asked.page,
        "items": list(found[start : start + _SIZE]),
    }


@router.get("/questions", response=list[QuestionOut])
def waiting_questions(request: HttpRequest) -> list[dict[str, Any]]:
    """What the caller's agencies are asked, the question that decides most first."""
    actor = of_request(request, "api")
    require(actor, "findings.read")
    return [
        {
            "finding": q.finding.pk, "key": q.key, "missing": q.missing, "ask": q.ask,
            "money": q.money, "decides": q.decides,
        }
        for q in queries.questions(actor.agency_ids)
    ]  # fmt: skip


@router.post("/questions", response=ReplyOut)
def reply(request: HttpRequest, said: ReplyIn) -> dict[str, Any]:
    """Answer a question, or put it off (`later`, `unknown`), by the line's own planner."""
    actor = of_request(request, "api")
    found = _readable(actor, said.finding)
    seen = panels.unveiled(Program.objects.all(), panels.veil_of(actor))
    line = get_object_or_404(seen, key=said.key)
    try:
        if said.put_off:
            kept = actions.put_off(actor, found, line, said.put_off)
        else:
            kept = actions.reply(actor, found, line, said.changes)
    except ValidationError as error:
        raise HttpError(422, " ".join(error.messages)) from error
    return {"at": kept.at, "kind": kept.kind, "until": kept.until}


@router.get("/why", response=WhyOut)
def why(request: HttpRequest, asked: Query[PairIn]) -> dict[str, Any]:
    """Two lines by key: the findings that name both, and each rule's condition."""
    actor = of_request(request, "api")
    require(actor, "findings.read")
    left, right = queries.line(actor, asked.left), queries.line(actor, asked.right)
    if left is None or right is None or left == right:
        raise HttpError(404, "Two different lines of the register are needed.")
    told = queries.why(actor, left, right)
    return {
        "found": [f.pk for f in told.found],
        "expected": [f.pk for f in told.expected],
        "closed": [f.pk for f in told.closed],
        "conditions": [
            {"rules": list(c.rules), "refusal": c.refusal, "text": c.text.as_dict()}
            for c in told.conditions
        ],
    }


@router.get("/{int:pk}", response=FindingFull)
def finding(request: HttpRequest, pk: int) -> Finding:
    """One finding with its evidence."""
    return _readable(of_request(request, "api"), pk)


@router.post("/{int:pk}/answers", response=AnswerOut)
def answer(request: HttpRequest, pk: int, said: FindingAnswerIn) -> dict[str, Any]:
    """The answer of one side, by its planner."""
    actor = of_request(request, "api")
    found = _readable(actor, pk)
    agency = get_object_or_404(Agency, code=said.agency)
    try:
        verdict = actions.answer(
            actor, found, agency, said.answer, cause=said.cause, reason=said.reason
        )
    except ValidationError as error:
        raise HttpError(422, " ".join(error.messages)) from error
    found.refresh_from_db()
    return {"at": verdict.at, "answer": verdict.answer, "state": found.state}


@router.post("/{int:pk}/comments", response={201: None})
def comment(request: HttpRequest, pk: int, said: FindingCommentIn) -> tuple[int, None]:
    """Say something about a finding."""
    actor = of_request(request, "api")
    found = _readable(actor, pk)
    try:
        actions.comment(actor, found, said.text)
    except ValidationError as error:
        raise HttpError(422, " ".join(error.messages)) from error
    return Status(201, None)
