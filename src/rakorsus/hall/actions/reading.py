"""Reading what a command was sent; whatever is not what it should be is a ValidationError."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from rakorsus.stages.meeting.models import AgendaItem, Meeting

Data = Mapping[str, Any]
_MOST = 2**31


def number(data: Data, name: str) -> int:
    """A whole number between 0 and 2³¹, also written as text (forms)."""
    value = data.get(name)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 11:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < _MOST:
        raise ValidationError(_("%(name)s harus angka.") % {"name": name})
    return value


def text(data: Data, name: str) -> str:
    value = data.get(name, "")
    if not isinstance(value, str):
        raise ValidationError(_("%(name)s harus teks.") % {"name": name})
    return value


def item_of(meeting: Meeting, data: Data) -> AgendaItem:
    """The entry of this meeting that is named."""
    found = (
        AgendaItem.objects.filter(pk=number(data, "item"), session__meeting=meeting)
        .select_related("session__meeting", "agency", "finding")
        .prefetch_related("finding__sides")
        .first()
    )
    if found is None:
        raise ValidationError(_("Acara ini tidak ada di rapat ini."))
    return found
