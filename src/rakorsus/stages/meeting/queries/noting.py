"""Notes as shared documents: what they are now, and what came after a version."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q

from rakorsus.stages.meeting import shared_text
from rakorsus.stages.meeting.models import Note


@dataclass(frozen=True)
class Change:
    """Updates that lead to version `number`, and who made them."""

    number: int
    update: str  # base64
    by: str


def key_of(item: int, field: str) -> str:
    """A note's name among the topics: `12-discussion`."""
    return f"{item}-{field}"


def parts_of(key: str) -> tuple[int, str] | None:
    item, _, field = key.partition("-")
    return (int(item), field) if item.isdigit() and field in Note.Field.values else None


def versions(keys: Collection[str]) -> Mapping[str, int]:
    """Versions of the notes, 0 where nothing is written yet; one query."""
    asked = {key: part for key in keys if (part := parts_of(key))}
    wanted = Q(pk__in=[])
    for item, field in asked.values():
        wanted |= Q(item=item, field=field)
    rows = Note.objects.filter(wanted).values_list("item_id", "field", "version")
    found = {(item, field): version for item, field, version in rows}
    return {key: found.get(part, 0) for key, part in asked.items()}


def changes(item: int, field: str, after: int | None) -> list[Change]:
    """What came after a version; the whole document where that is not kept any more."""
    note = Note.objects.filter(item=item, field=field).first()
    if note is None:
        return []
    if after is not None:
        rows = list(note.changes.filter(number__gt=after).order_by("number"))
        if [row.number for row in rows] == list(range(after + 1, note.version + 1)):
            return [Change(r.number, _text(r.data), r.by_name) for r in rows]
    state = note.state or (shared_text.seeded(note.text) if note.text else b"")
    return [Change(note.version, _text(state), "")]


def _text(data: bytes) -> str:
    return b64encode(bytes(data)).decode()
