"""The chain of digests over the log, and its proof."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import NamedTuple

from rakorsus.audit.models import ChainHead, Event

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


class Proof(NamedTuple):
    """`broken`: the first event that does not fit; `whole`: the newest one is still there."""

    events: int
    broken: int | None
    last: int | None
    whole: bool


def prove() -> Proof:
    """Check every link, and that the chain ends where its head says: cutting off its end shows."""
    count, last, previous = 0, None, GENESIS
    for event in Event.objects.order_by("id").iterator():
        if event.previous != previous or digest_of(event) != event.digest:
            return Proof(count, int(event.pk), last, False)
        count, last, previous = count + 1, int(event.pk), event.digest
    return Proof(count, None, last, head() == previous)


def head() -> str:
    """The newest digest: as long as it stays, nothing that is recorded has changed."""
    return ChainHead.objects.filter(pk=1).values_list("digest", flat=True).first() or GENESIS


def verify() -> int | None:
    """The id of the first event that does not fit the chain, or None when all fit."""
    return prove().broken
