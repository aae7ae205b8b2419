"""Set-aside rows: grouped by cause with examples, and one by one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q, QuerySet

from rakorsus.stages.intake.models import ImportBatch, SetAsideRow, SourceFile


@dataclass(frozen=True)
class Cause:
    """Rows with the same cause: how many, how many still open, two of them as examples."""

    family: str
    count: int
    open: int
    dismissed: int
    files: int
    examples: tuple[SetAsideRow, ...]

    @property
    def reason(self) -> dict[str, str]:
        return self.examples[0].reason


def rows_of(
    batch: ImportBatch, *, file: SourceFile | None = None, family: str = "", state: str = ""
) -> QuerySet[SetAsideRow]:
    rows = SetAsideRow.objects.filter(file__batch=batch).select_related("file")
    if file is not None:
        rows = rows.filter(file=file)
    if family:
        rows = rows.filter(family=family)
    if state:
        rows = rows.filter(state=state)
    return rows


def causes(batch: ImportBatch, *, file: SourceFile | None = None) -> list[Cause]:
    """The causes of a batch (or of one file of it), most open rows first. Two queries."""
    groups = list(
        rows_of(batch, file=file)
        .order_by()
        .values("family")
        .annotate(
            count=Count("pk"),
            open=Count("pk", filter=Q(state=SetAsideRow.State.OPEN)),
            dismissed=Count("pk", filter=Q(state=SetAsideRow.State.DISMISSED)),
            files=Count("file", distinct=True),
            first=Min("pk"),
            last=Max("pk"),
        )
    )
    wanted = {pk for g in groups for pk in (g["first"], g["last"])}
    found = SetAsideRow.objects.select_related("file").in_bulk(wanted)
    made = [
        Cause(
            family=g["family"],
            count=g["count"],
            open=g["open"],
            dismissed=g["dismissed"],
            files=g["files"],
            examples=tuple(found[pk] for pk in sorted({g["first"], g["last"]})),
        )
        for g in groups
    ]
    return sorted(made, key=lambda c: (-c.open, -c.count, c.family))
