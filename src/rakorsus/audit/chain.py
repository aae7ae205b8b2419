"""The chain of digests over the log, and its proof."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC

from rakorsus.audit.models import Event

GENESIS = "0" * 64

_FIELDS = ("actor_name", "surface", "address", "action", "kind", "object_id", "agency_code")


def digest_of(event: Event) -> str:
    """SHA-256, as hex, of the event's content and of the digest before it."""
    content = {name: getattr(event, name) for name in _FIELDS}
    content |= {
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": event.actor_id,
        "summary": event.summary,
        "changes": event.changes,
        "previous": event.previous,
    }
    line = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(line.encode()).hexdigest()


def verify(events: Iterable[Event] | None = None) -> int | None:
    """The id of the first event that does not fit the chain, or None when all fit."""
    previous = GENESIS
    for event in events if events is not None else Event.objects.order_by("id").iterator():
        if event.previous != previous or digest_of(event) != event.digest:
            return int(event.pk)
        previous = event.digest
    return None
