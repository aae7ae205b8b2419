"""What people do with set-aside rows: leave them out for a reason, or load them corrected."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.intake.models import ImportBatch, SetAsideRow, SourceFile
from rakorsus.stages.intake.results import Reading

State = SetAsideRow.State


def dismiss(actor: Actor, batch: ImportBatch, family: str, note: str) -> int:
    """Leave the open rows of one cause out for good; returns how many.

    Raises:
        ValidationError: no reason given.
    """
    require(actor, "intake.read", batch)
    note = note.strip()[:500]
    if not note:
        raise ValidationError(_("Tulis alasan mengapa baris ini diabaikan."))
    with transaction.atomic():
        rows = SetAsideRow.objects.filter(file__batch=batch, family=family, state=State.OPEN)
        count = rows.update(
            state=State.DISMISSED, settled_by=actor.user, settled=timezone.now(), note=note
        )
        if count:
            audit.record(
                actor,
                "intake.dismiss",
                batch,
                summary=f"{count} baris yang disisihkan diabaikan: {note}",
                changes={"family": family, "rows": count, "note": note},
            )
    return count


def reopen(actor: Actor, batch: ImportBatch, family: str) -> int:
    """Take dismissed rows of one cause back onto the list of what needs work."""
    require(actor, "intake.read", batch)
    with transaction.atomic():
        rows = SetAsideRow.objects.filter(file__batch=batch, family=family, state=State.DISMISSED)
        count = rows.update(state=State.OPEN, settled_by=None, settled=None, note="")
        if count:
            audit.record(
                actor,
                "intake.reopen",
                batch,
                summary=f"{count} baris yang diabaikan dibuka lagi",
                changes={"family": family, "rows": count},
            )
    return count


def settle_corrected(batch: ImportBatch, reading: Reading) -> None:
    """Settle the open rows whose corrected version came: reloaded where it was accepted, replaced
    where it was set aside anew. Rows that did not come back stay open.

    Called by the job in the transaction that writes the register.
    """
    came, good = reading.places()
    now = {"settled_by": batch.started_by, "settled_in": batch, "settled": timezone.now()}
    open_rows = SetAsideRow.objects.filter(file=batch.corrects, state=State.OPEN)
    places = {(sheet, row): pk for pk, sheet, row in open_rows.values_list("pk", "sheet", "row")}
    reloaded = [places[place] for place in good if place in places]
    anew = [places[place] for place in came - good if place in places]
    SetAsideRow.objects.filter(pk__in=reloaded).update(state=State.RELOADED, **now)
    SetAsideRow.objects.filter(pk__in=anew).update(state=State.REPLACED, **now)


def replace_older(batch: ImportBatch) -> None:
    """A file loaded anew speaks for itself: open rows of its earlier copies are replaced.

    An earlier copy has the same content; or the same name and kind by the same uploader, for some
    of the same agencies (fifty agencies may all send a "Renja.xlsx").
    """
    for file in batch.files.filter(state=SourceFile.State.READ):
        earlier = SourceFile.objects.filter(batch__created__lt=batch.created).exclude(batch=batch)
        named = earlier.filter(name=file.name, kind=file.kind, batch__started_by=batch.started_by)
        copies = {f.pk for f in named if _same_agencies(f, file)}
        copies.update(earlier.filter(sha256=file.sha256).values_list("pk", flat=True))
        SetAsideRow.objects.filter(file__in=copies, state=State.OPEN).update(
            state=State.REPLACED, settled_in=batch, settled=timezone.now()
        )


def _same_agencies(one: SourceFile, other: SourceFile) -> bool:
    """Both speak for some of the same agencies, or neither for any (tables that only complete
    others)."""
    mine, theirs = set(one.agencies), set(other.agencies)
    return bool(mine & theirs) or not (mine or theirs)
