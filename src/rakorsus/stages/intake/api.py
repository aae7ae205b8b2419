"""Imports over the API: the same actions and rights as the pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Router, Schema, Status
from ninja.errors import HttpError
from ninja.files import UploadedFile
from ninja.security import SessionAuth

from rakorsus.people import actor as actors
from rakorsus.people.actor import Actor
from rakorsus.people.rules import can, require
from rakorsus.stages.intake import actions
from rakorsus.stages.intake.limits import MARGIN, MEGABYTE, limits
from rakorsus.stages.intake.models import ImportBatch, SetAsideRow, SourceFile
from rakorsus.stages.intake.queries import batches as queries
from rakorsus.stages.intake.queries.rows import rows_of

#: Rows of one answer.
MOST = 1000


class Session(SessionAuth):
    """Signed in by session; an upload that is far too large is refused before it is read."""

    def __call__(self, request: HttpRequest) -> Any:
        if int(request.META.get("CONTENT_LENGTH") or 0) > limits().batch + MARGIN:
            most = limits().batch // MEGABYTE
            raise HttpError(413, f"Unggahan lebih dari {most} MB. / The upload exceeds {most} MB.")
        return super().__call__(request)


router = Router(tags=["impor"], auth=Session())


class Words(Schema):
    id: str
    en: str


class ImportFileOut(Schema):
    """One file: `read` = `accepted` + `set_aside`; `sheets` says the same for each sheet."""

    id: int
    name: str
    sha256: str
    size: int
    state: str
    kind: str
    kind_name: Words
    read: int
    accepted: int
    set_aside: int
    structure: int
    repaired: int
    problem: Words
    dropped: list[str]
    sheets: list[dict[str, Any]]


class BatchOut(Schema):
    uuid: UUID
    state: str
    progress: int
    message: Words
    created: datetime
    ended: datetime | None
    started_by_name: str
    read: int
    accepted: int
    set_aside: int
    repaired: int
    versions: list[dict[str, Any]]


class BatchDetail(BatchOut):
    files: list[ImportFileOut]

    @staticmethod
    def resolve_files(batch: ImportBatch) -> list[SourceFile]:
        return queries.files_of(batch)


class RowOut(Schema):
    """A set-aside row: its place in the file, its content without personal columns, why."""

    file: int
    sheet: str
    row: int
    column: str
    reason: Words
    content: dict[str, Any]
    state: str
    note: str

    @staticmethod
    def resolve_file(row: SetAsideRow) -> int:
        return row.file_id


class RowsOut(Schema):
    count: int
    rows: list[RowOut]


class DismissIn(Schema):
    """`family` as the page groups the rows; leave it out to dismiss nothing by accident."""

    family: str
    note: str


def _actor(request: HttpRequest) -> Actor:
    return actors.of_request(request, "api")


def _batch(request: HttpRequest, uuid: UUID) -> ImportBatch:
    actor = _actor(request)
    require(actor, "intake.load")
    return _read(actor, get_object_or_404(ImportBatch, pk=uuid))


def _read(actor: Actor, batch: ImportBatch) -> ImportBatch:
    """The batch, for those who may see it; to others it does not exist."""
    if not can(actor, "intake.read", batch):
        raise Http404
    return batch


@router.get("", response=list[BatchOut], summary="Imports, newest first")
def listed(request: HttpRequest, offset: int = 0, limit: int = 50) -> Any:
    require(_actor(request), "intake.load")
    start = max(offset, 0)
    return queries.batches(_actor(request))[start : start + min(max(limit, 1), 200)]


@router.post("", response={202: BatchDetail}, summary="Upload files and queue their import")
def upload(
    request: HttpRequest, files: File[list[UploadedFile]], corrects: int | None = None
) -> Any:
    actor = _actor(request)
    require(actor, "intake.load")
    corrected = get_object_or_404(SourceFile, pk=corrects) if corrects else None
    if corrected is not None:
        _read(actor, corrected.batch)
    try:
        return Status(202, actions.receive(actor, files, corrects=corrected))
    except ValidationError as error:
        raise HttpError(422, "; ".join(error.messages)) from error


@router.get("/{uuid}", response=BatchDetail, summary="How far an import is, and what it gave")
def batch(request: HttpRequest, uuid: UUID) -> Any:
    return _batch(request, uuid)


@router.get("/{uuid}/rows", response=RowsOut, summary="Rows that were set aside")
def rows(
    request: HttpRequest,
    uuid: UUID,
    state: str = "",
    file: int | None = None,
    offset: int = 0,
    limit: int = 200,
) -> Any:
    found = _batch(request, uuid)
    chosen = get_object_or_404(SourceFile, pk=file, batch=found) if file else None
    rows = rows_of(found, file=chosen, state=state)
    start = max(offset, 0)
    return {"count": rows.count(), "rows": rows[start : start + min(max(limit, 1), MOST)]}


@router.post("/{uuid}/stop", response=BatchOut, summary="Stop an import that does not write yet")
def stop(request: HttpRequest, uuid: UUID) -> Any:
    found = _batch(request, uuid)
    if not actions.ask_stop(_actor(request), found):
        raise HttpError(409, "Terlambat dibatalkan. / Too late to stop.")
    found.refresh_from_db()
    return found


@router.post("/{uuid}/again", response=BatchOut, summary="Run an ended import again")
def again(request: HttpRequest, uuid: UUID) -> Any:
    found = _batch(request, uuid)
    try:
        actions.run_again(_actor(request), found)
    except actions.Unusable as error:
        raise HttpError(409, f"{error.reason.id} / {error.reason.en}") from error
    found.refresh_from_db()
    return found


@router.post("/{uuid}/dismiss", response=dict[str, int], summary="Leave rows of one cause out")
def dismiss(request: HttpRequest, uuid: UUID, data: DismissIn) -> Any:
    found = _batch(request, uuid)
    try:
        return {"rows": actions.dismiss(_actor(request), found, data.family, data.note)}
    except ValidationError as error:
        raise HttpError(422, "; ".join(error.messages)) from error
