"""Keeping how good the data of lines were, before a version touches them."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils import timezone

from rakorsus.clock import today
from rakorsus.stages.register import bulk
from rakorsus.stages.register.models import PastQuality, Program
from rakorsus.stages.register.queries.quality import LACKING, WORK

_BATCH = 5000


def keep(lines: Collection[int]) -> None:
    """Note what these lines of work (primary keys) say now, by the day of their version. Call in
    the transaction that changes or removes them, before it does."""
    waiting = sorted(lines)
    for start in range(0, len(waiting), _BATCH):
        _keep(Program.objects.filter(WORK, pk__in=waiting[start : start + _BATCH]).order_by())


def _keep(rows: QuerySet[Program]) -> None:
    lacking = {name: set(rows.filter(q).values_list("pk", flat=True))
               for name, q in LACKING.items()}  # fmt: skip
    first = bulk.next_id(PastQuality)
    noted = []
    for n, (pk, created, removed) in enumerate(
        rows.values_list("pk", "version__created", "removed")
    ):
        says = [
            None if removed else pk not in lacking[name] for name in ("tempat", "waktu", "volume")
        ]
        day = min(timezone.localtime(created).date(), today())
        noted.append((first + n, pk, day, *says))
    if noted:
        columns = ("id", "program_id", "as_of", "placed", "dated", "measured")
        bulk.upsert(PastQuality, columns, noted, ("program_id", "as_of"))
