"""Action items for programs: the same rights and actions as the pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, File, Query, Router, Schema, Status
from ninja.errors import HttpError
from ninja.files import UploadedFile

from rakorsus.clock import today
from rakorsus.people.actor import Actor, of_request
from rakorsus.people.models import Agency
from rakorsus.people.rules import require
from rakorsus.stages.followup import actions, queries
from rakorsus.stages.followup.models import ActionItem

router = Router(tags=["follow-up"])
_SIZE = 100


class ItemFilters(Schema):
    """`whose`: saya, dicatat, perangkat, semua; `state`: terbuka, lewat, selesai, batal, semua."""

    whose: str = Field("semua", max_length=9)
    q: str = Field("", max_length=100)
    state: str = Field("terbuka", max_length=7)
    agency: str = Field("", max_length=60)
    page: int = Field(1, ge=1, le=10_000)


class CheckpointOut(Schema):
    key: str
    kind: str
    planned: date
    met: date | None

    @staticmethod
    def resolve_key(point: Any) -> str:
        return str(point.program.key)


class EvidenceOut(Schema):
    id: int
    name: str
    type: str
    size: int
    sha256: str
    at: datetime


class ItemOut(Schema):
    id: int
    text: str
    agency: str
    post: str
    due: date
    state: str
    late: int
    decision: int | None = Field(alias="decision_id")
    meeting: int | None = Field(alias="meeting_id")
    escalated: date | None
    done_at: datetime | None
    version: int

    @staticmethod
    def resolve_agency(item: ActionItem) -> str:
        return item.agency.code

    @staticmethod
    def resolve_late(item: ActionItem) -> int:
        return item.late(today())


class ItemFull(ItemOut):
    checkpoints: list[CheckpointOut]
    evidence: list[EvidenceOut]

    @staticmethod
    def resolve_checkpoints(item: ActionItem) -> list[Any]:
        return list(item.checkpoints.select_related("program"))

    @staticmethod
    def resolve_evidence(item: ActionItem) -> list[Any]:
        return list(item.evidence.all())


class ItemsPage(Schema):
    total: int
    page: int
    items: list[ItemOut]


class NoteIn(Schema):
    text: str = Field(max_length=2000)
    agency: str = Field(max_length=60)
    post: str = Field(max_length=200)
    due: date


class DoneIn(Schema):
    version: int = Field(ge=1, le=2**31)
    words: str = Field(max_length=2000)


class ItemCommentIn(Schema):
    text: str = Field(max_length=2000)


def _actor(request: HttpRequest, rule: str = "followup.read") -> Actor:
    actor = of_request(request, "api")
    require(actor, rule)
    return actor


def _readable(actor: Actor, pk: int) -> ActionItem:
    return get_object_or_404(queries.listed(actor), pk=pk)


def _done(change: Callable[[], Any]) -> Any:
    try:
        return change()
    except ValidationError as error:
        raise HttpError(422, " ".join(error.messages)) from error


@router.get("", response=ItemsPage)
def items(request: HttpRequest, asked: Query[ItemFilters]) -> dict[str, Any]:
    """Items that the caller may see, open ones first by due date, a hundred a page."""
    actor = _actor(request)
    filters = queries.Filters.of({
        "milik": asked.whose, "q": asked.q, "keadaan": asked.state, "perangkat": asked.agency,
    })  # fmt: skip
    found = queries.narrow(queries.listed(actor), actor, filters, today())
    start = (asked.page - 1) * _SIZE
    return {"total": found.count(), "page": asked.page, "items": found[start : start + _SIZE]}


@router.post("", response={201: ItemFull})
def note(request: HttpRequest, said: NoteIn) -> Status[ActionItem]:
    """Write an item down for others."""
    actor = _actor(request, "followup.note")
    agency = get_object_or_404(Agency, code=said.agency)
    made = _done(lambda: actions.note(actor, said.text, agency, said.post, said.due))
    return Status(201, made)


@router.get("/{int:pk}", response=ItemFull)
def item(request: HttpRequest, pk: int) -> ActionItem:
    """One item with its checkpoints and evidence."""
    return _readable(_actor(request), pk)


@router.post("/{int:pk}/evidence", response={201: EvidenceOut})
def evidence(request: HttpRequest, pk: int, file: File[UploadedFile]) -> Status[Any]:
    """Add a file that shows what was done: PDF, JPEG, PNG, DOCX or XLSX by content."""
    actor = _actor(request)
    found = _readable(actor, pk)
    return Status(201, _done(lambda: actions.add_evidence(actor, found, file)))


@router.post("/{int:pk}/done", response=ItemFull)
def done(request: HttpRequest, pk: int, said: DoneIn) -> ActionItem:
    """Say that it is done; it needs evidence."""
    actor = _actor(request)
    found = _readable(actor, pk)
    _done(lambda: actions.complete(actor, found, said.version, said.words))
    return _readable(actor, pk)


@router.post("/{int:pk}/comments", response={201: None})
def comment(request: HttpRequest, pk: int, said: ItemCommentIn) -> Status[None]:
    """Say something about an item."""
    actor = _actor(request)
    found = _readable(actor, pk)
    _done(lambda: actions.comment(actor, found, said.text))
    return Status(201, None)
