"""Checkpoints of items: planned tender, contract and completion dates of their lines, kept true to
the register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.db.models import Q

from rakorsus.stages.followup.models import ActionItem, Checkpoint
from rakorsus.stages.register.models import Program

Kind = Checkpoint.Kind
_BEGUN = (Program.Status.ANNOUNCED, Program.Status.CONTRACTED, Program.Status.DONE)
_SIGNED = (Program.Status.CONTRACTED, Program.Status.DONE)
_GONE = (Program.Status.CANCELLED,)
Step = tuple[str, date, date | None]


def steps(line: Program) -> Iterator[Step]:
    """(kind, planned, met) of each step whose planned date the line knows.

    A step that happened on a day that no file tells is met on its planned day.
    """
    if line.removed or line.status in _GONE:
        return
    if line.tender_start:
        begun = line.announced or line.contract_date
        met = begun or (line.tender_start if line.status in _BEGUN else None)
        yield Kind.TENDER, line.tender_start, met
    signed = line.contract_start or line.tender_end or line.start
    if signed:
        happened = line.contract_date or (signed if line.status in _SIGNED else None)
        yield Kind.CONTRACT, signed, happened
    end = line.contract_end or line.end
    if end:
        yield Kind.COMPLETION, end, end if line.status == Program.Status.DONE else None


def follow(item: ActionItem) -> None:
    """Make the item's checkpoints what the register says now."""
    wanted = {
        (line.pk, kind): (planned, met)
        for line in item.programs.all()
        for kind, planned, met in steps(line)
    }
    known = {(c.program_id, c.kind): c for c in item.checkpoints.all()}
    gone = [c.pk for name, c in known.items() if name not in wanted]
    Checkpoint.objects.filter(pk__in=gone).delete()
    changed = []
    for name, (planned, met) in wanted.items():
        point = known.get(name)
        if point and (point.planned, point.met) != (planned, met):
            point.planned, point.met = planned, met
            changed.append(point)
    Checkpoint.objects.bulk_update(changed, ["planned", "met"])
    Checkpoint.objects.bulk_create(
        Checkpoint(item=item, program_id=line, kind=kind, planned=planned, met=met)
        for (line, kind), (planned, met) in wanted.items()
        if (line, kind) not in known
    )


@transaction.atomic
def follow_lines(keys: list[str] | None = None) -> int:
    """The checkpoints of all open items, or of those about these lines; returns how many items."""
    about = Q() if keys is None else Q(programs__key__in=keys)
    items = ActionItem.objects.filter(about, state=ActionItem.State.OPEN).exclude(programs=None)
    found = list(items.distinct().prefetch_related("programs", "checkpoints"))
    for item in found:
        follow(item)
    return len(found)
