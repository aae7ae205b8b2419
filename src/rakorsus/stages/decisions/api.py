"""Decisions for programs: the same rights and actions as the pages."""

from __future__ import annotations

from collections.abc import Callable
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
from rakorsus.stages.decisions import actions, queries
from rakorsus.stages.decisions.actions import Draft
from rakorsus.stages.decisions.composing import Step
from rakorsus.stages.decisions.models import Change, Decision
from rakorsus.stages.findings.queries import visible as findings_of

router = Router(tags=["decisions"])
_SIZE = 100


class DecisionFilters(Schema):
    q: str = Field("", max_length=100)
    kind: str = Field("", max_length=10)
    state: str = Field("", max_length=8)
    verdict: str = Field("", max_length=7)
    agency: str = Field("", max_length=60)
    page: int = Field(1, ge=1, le=10_000)


class DecisionChangeOut(Schema):
    key: str
    field: str
    before: Any
    after: Any
    new: bool = Field(alias="fresh")


class DecisionOut(Schema):
    id: int
    label: str
    number: int | None
    year: int
    kind: str
    state: str
    title: str
    text: str
    finding: int | None = Field(alias="finding_id")
    meeting: int | None = Field(alias="meeting_id")
    replaces: int | None = Field(alias="replaces_id")
    owner: str | None
    owner_post: str
    due: date | None
    decided_at: datetime | None
    register_version: int | None
    verdict: str
    version: int

    @staticmethod
    def resolve_owner(decision: Decision) -> str | None:
        return decision.owner.code if decision.owner else None

    @staticmethod
    def resolve_register_version(decision: Decision) -> int | None:
        return decision.plan_version.number if decision.plan_version else None


class DecisionFull(DecisionOut):
    changes: list[DecisionChangeOut]
    preview: dict[str, Any]
    result: dict[str, Any]

    @staticmethod
    def resolve_changes(decision: Decision) -> list[Change]:
        return list(decision.changes.all())


class DecisionsPage(Schema):
    total: int
    page: int
    items: list[DecisionOut]


class StepIn(Schema):
    key: str = Field(max_length=200)
    field: str = Field(max_length=20)
    after: Any


class DraftIn(Schema):
    kind: str = Field(max_length=10)
    title: str = Field(max_length=250)
    text: str = Field(max_length=4000)
    changes: list[StepIn] = Field([], max_length=200)
    new: list[dict[str, Any]] = Field([], max_length=20)
    finding: int | None = Field(None, ge=1, le=2**31)
    owner: str = Field("", max_length=60)
    owner_post: str = Field("", max_length=200)
    due: date | None = None


class SeenIn(Schema):
    version: int = Field(ge=1, le=2**31)


def _actor(request: HttpRequest, rule: str = "decisions.read") -> Actor:
    actor = of_request(request, "api")
    require(actor, rule)
    return actor


def _readable(actor: Actor, pk: int) -> Decision:
    found = queries.listed(actor).prefetch_related("changes")
    return get_object_or_404(found, pk=pk)


def _done(change: Callable[[], Any]) -> Any:
    try:
        return change()
    except ValidationError as error:
        raise HttpError(422, " ".join(error.messages)) from error


@router.get("", response=DecisionsPage)
def decisions(request: HttpRequest, asked: Query[DecisionFilters]) -> dict[str, Any]:
    """Decisions that the caller may see, a hundred a page."""
    actor = _actor(request)
    filters = queries.Filters.of({
        "q": asked.q, "jenis": asked.kind, "keadaan": asked.state, "mesin": asked.verdict,
        "perangkat": asked.agency,
    })  # fmt: skip
    found = queries.narrow(queries.listed(actor), filters)
    start = (asked.page - 1) * _SIZE
    return {"total": found.count(), "page": asked.page, "items": found[start : start + _SIZE]}


@router.post("", response={201: DecisionFull})
def draft(request: HttpRequest, said: DraftIn) -> Status[Decision]:
    """A draft, looked at by the engine at once where the register is small."""
    actor = _actor(request, "decisions.draft")
    finding = get_object_or_404(findings_of(actor), pk=said.finding) if said.finding else None
    owner = get_object_or_404(Agency, code=said.owner) if said.owner else None
    wanted = Draft(
        said.kind, said.title, said.text, [Step(s.key, s.field, s.after) for s in said.changes],
        said.new, finding=finding, owner=owner, owner_post=said.owner_post, due=said.due,
    )  # fmt: skip
    made = _done(lambda: actions.draft(actor, wanted))
    _done(lambda: actions.look_ahead(actor, made))
    return Status(201, _readable(actor, made.pk))


@router.get("/{int:pk}", response=DecisionFull)
def decision(request: HttpRequest, pk: int) -> Decision:
    """One decision with its changes and what the engine said."""
    return _readable(_actor(request), pk)


@router.post("/{int:pk}/preview", response=DecisionFull)
def look_ahead(request: HttpRequest, pk: int) -> Decision:
    """Have the engine look at a draft again."""
    actor = _actor(request, "decisions.draft")
    found = _readable(actor, pk)
    _done(lambda: actions.look_ahead(actor, found))
    return _readable(actor, pk)


@router.post("/{int:pk}/take", response=DecisionFull)
def take(request: HttpRequest, pk: int, said: SeenIn) -> Decision:
    """Take a draft as it was seen: the register gets a new version."""
    actor = _actor(request)
    found = _readable(actor, pk)
    _done(lambda: actions.take(actor, found, said.version))
    return _readable(actor, pk)
