"""What every change of a meeting has in common: what is refused goes to the log, screens that
follow hear of what is done, and nothing changes after the minutes were signed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.stages.meeting.models import AgendaItem, Meeting, Minutes


@contextmanager
def guarded(actor: Actor, action: str, target: models.Model) -> Iterator[None]:
    """A transaction; when it is refused, the refusal is recorded and raised again."""
    try:
        with transaction.atomic():
            yield
    except (ValidationError, PermissionDenied) as error:
        words = " ".join(error.messages) if isinstance(error, ValidationError) else "tidak berhak"
        with transaction.atomic():
            audit.record(actor, "meeting.refused", target, summary=words[:200],
                         changes={"action": action})  # fmt: skip
        raise


def beat(meeting_id: int) -> None:
    """Tell the screens that follow the running order; arrivals and replies are not on it."""
    Meeting.objects.filter(pk=meeting_id).update(pulse=F("pulse") + 1)


def unsigned(meeting_id: int) -> None:
    """Raises when the minutes are signed. In a transaction the meeting is held until its end, so
    that nobody signs between this look and the change."""
    if transaction.get_connection().in_atomic_block:
        Meeting.objects.select_for_update(no_key=True).filter(pk=meeting_id).first()
    if Minutes.objects.filter(meeting_id=meeting_id).exists():
        raise ValidationError(
            _("Notula sudah ditandatangani; isinya tidak dapat diubah. Catat di rapat berikutnya.")
        )


def locked(item: AgendaItem, seen: int | None) -> AgendaItem:
    """The item, locked, when it is still as it was seen; None: whatever it is now."""
    fresh = AgendaItem.objects.select_for_update().select_related("session").get(pk=item.pk)
    if seen is not None and fresh.version != seen:
        raise ValidationError(
            _("Orang lain baru saja mengubahnya. Muat ulang halaman ini dan lihat dahulu.")
        )
    return fresh


def changed(item: AgendaItem, *fields: str) -> None:
    """Save the fields as the item's next version."""
    item.version += 1
    item.save(update_fields=[*fields, "version"])
    beat(item.session.meeting_id)
