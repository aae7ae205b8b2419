"""Notes on an item: by a plain form, or typed by several people at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.meeting import shared_text
from rakorsus.stages.meeting.actions.guard import guarded, unsigned
from rakorsus.stages.meeting.models import AgendaItem, Note, NoteChange

_KEEP: Final = 200  # changes of a note that are kept for those who follow it
_ONCE_IN: Final = timedelta(minutes=1)


def note(actor: Actor, item: AgendaItem, field: str, text: str, seen: int) -> Note:
    """Write one field of the notes by a plain form; those who type in it see it appear.

    Args:
        seen: the version that the writer saw, 0 for an empty field; another one is refused, so
            that nobody's words are lost.
    """
    with guarded(actor, "meeting.note", item):
        kept = _opened(actor, item, field)
        if kept.version != seen:
            raise ValidationError(
                _("Orang lain baru saja menulis di sini; catatan Anda belum disimpan.")
            )
        words = text[: shared_text.LONGEST]
        state, update = shared_text.replaced(_whole(kept), words)
        return _keep(actor, item, kept, state, words, update)


def type_note(actor: Actor, item: AgendaItem, field: str, update: bytes) -> Note:
    """Merge what somebody typed (a Yjs update) into one field of the notes. The same update again
    changes nothing, so that it may be sent again after a lost connection.

    Raises:
        ValidationError: the minutes are signed, the bytes are no update, or the text is too long.
    """
    with guarded(actor, "meeting.note", item):
        kept = _opened(actor, item, field)
        before = _whole(kept)
        try:
            state, words = shared_text.merged(before, update)
        except shared_text.NotAnUpdate as error:
            raise ValidationError(
                _("Catatan tidak dapat disimpan: paling panjang 8.000 huruf.")
            ) from error
        if state == before:
            return kept
        return _keep(actor, item, kept, state, words, update)


def _opened(actor: Actor, item: AgendaItem, field: str) -> Note:
    require(actor, "meeting.note", item)
    unsigned(item.session.meeting_id)
    if field not in Note.Field.values:
        raise ValidationError(_("Tidak dikenal."))
    AgendaItem.objects.select_for_update().get(pk=item.pk)
    had = Note.objects.filter(item=item, field=field).first()
    return had or Note(item=item, field=field, version=0)


def _whole(kept: Note) -> bytes:
    """The shared document; made from the text where there was none yet."""
    if kept.state or not kept.text:
        return bytes(kept.state)
    return shared_text.seeded(kept.text)


def _keep(
    actor: Actor, item: AgendaItem, kept: Note, state: bytes, words: str, update: bytes
) -> Note:
    now = timezone.now()
    kept.state, kept.text, kept.by_name = state, words, actor.name
    kept.version += 1
    logged = kept.logged_by == actor.name and kept.logged_at and now - kept.logged_at < _ONCE_IN
    if not logged:
        kept.logged_at, kept.logged_by = now, actor.name
    kept.save()
    NoteChange.objects.create(note=kept, number=kept.version, data=update, by_name=actor.name)
    if kept.version % _KEEP == 0:
        kept.changes.filter(number__lte=kept.version - _KEEP).delete()
    if not logged:
        audit.record(actor, "meeting.note", item,
                     changes={"field": kept.field, "version": kept.version})  # fmt: skip
    return kept
