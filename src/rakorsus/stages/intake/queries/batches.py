"""Batches as an actor may see them, and one batch with its files."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from rakorsus.people.actor import Actor
from rakorsus.people.models import Role
from rakorsus.stages.intake.models import ImportBatch, SetAsideRow, SourceFile


def batches(actor: Actor) -> QuerySet[ImportBatch]:
    """All batches for coordinators; a planner's own; nobody else's.

    Each carries `unknown`: how many files need a mapping.
    """
    everything = ImportBatch.objects.annotate(
        unknown=Count("files", filter=Q(files__state=SourceFile.State.UNKNOWN), distinct=True)
    ).select_related("started_by")
    if actor.system or actor.has(Role.ADMINISTRATOR, Role.COORDINATOR):
        return everything
    if actor.user is None or not actor.agency_ids:
        return everything.none()
    return everything.filter(started_by=actor.user)


def with_open_rows(page: list[ImportBatch]) -> list[ImportBatch]:
    """The batches of one page with `open_rows`, counted in one query."""
    found = dict(
        SetAsideRow.objects.filter(
            file__batch__in=[b.pk for b in page], state=SetAsideRow.State.OPEN
        )
        .values_list("file__batch")
        .annotate(count=Count("pk"))
        .order_by()
    )
    for batch in page:
        batch.open_rows = found.get(batch.pk, 0)  # type: ignore[attr-defined]
    return page


def files_of(batch: ImportBatch) -> list[SourceFile]:
    """The batch's files, those that need somebody first, with `open_rows`."""
    files = list(
        batch.files.annotate(
            open_rows=Count("rows", filter=Q(rows__state=SetAsideRow.State.OPEN))
        ).select_related("same_as__batch")
    )
    order = {SourceFile.State.UNKNOWN: 0, SourceFile.State.REFUSED: 1}
    return sorted(files, key=lambda f: (order.get(f.state, 2), -f.open_rows, f.name))
