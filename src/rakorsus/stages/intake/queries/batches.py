"""Batches as an actor may see them, and one batch with its files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from rakorsus.people.actor import Actor
from rakorsus.people.models import Role
from rakorsus.stages.intake.models import ImportBatch, SetAsideRow, SourceFile


def batches(actor: Actor) -> QuerySet[ImportBatch]:
    """All batches for coordinators; a planner's own; nobody else's. Newest first."""
    everything = ImportBatch.objects.select_related("started_by").order_by("-created", "pk")
    if actor.system or actor.has(Role.ADMINISTRATOR, Role.COORDINATOR):
        return everything
    if actor.user is None or not actor.agency_ids:
        return everything.none()
    return everything.filter(started_by=actor.user)


def with_work(page: Sequence[ImportBatch]) -> None:
    """Give the batches of one page `open_rows` (set aside, not settled) and `unknown` (files that
    need a mapping). Two queries."""
    open_rows = _counted(
        SetAsideRow.objects.filter(file__batch__in=page, state=SetAsideRow.State.OPEN),
        "file__batch",
    )
    unknown = _counted(
        SourceFile.objects.filter(batch__in=page, state=SourceFile.State.UNKNOWN), "batch"
    )
    for batch in page:
        batch.open_rows = open_rows.get(batch.pk, 0)  # type: ignore[attr-defined]
        batch.unknown = unknown.get(batch.pk, 0)  # type: ignore[attr-defined]


def _counted(rows: QuerySet[Any], by: str) -> dict[UUID, int]:
    return dict(rows.order_by().values_list(by).annotate(count=Count("pk")))


def files_of(batch: ImportBatch) -> list[SourceFile]:
    """The batch's files, those that need somebody first, each with `open_rows`. Two queries."""
    files = list(batch.files.select_related("same_as__batch"))
    give_open_rows(files)
    order = {SourceFile.State.UNKNOWN: 0, SourceFile.State.REFUSED: 1}
    return sorted(
        files,
        key=lambda f: (order.get(SourceFile.State(f.state), 2), -f.open_rows, f.name),  # type: ignore[attr-defined]
    )


def give_open_rows(files: Sequence[SourceFile]) -> None:
    """Give the files `open_rows`: how many of their rows are set aside and not settled."""
    found = dict(
        SetAsideRow.objects.filter(file__in=files, state=SetAsideRow.State.OPEN)
        .order_by()
        .values_list("file")
        .annotate(count=Count("pk"))
    )
    for file in files:
        file.open_rows = found.get(file.pk, 0)  # type: ignore[attr-defined]
