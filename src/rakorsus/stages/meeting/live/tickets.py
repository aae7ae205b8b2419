"""Short-lived signed tickets: what a page may follow, and in which language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.core import signing

_SALT: Final = "rakorsus.live"
#: Seconds in which a ticket opens a stream; an open stream outlives it.
OPENS: Final = 300


@dataclass(frozen=True)
class Ticket:
    topics: tuple[str, ...]
    language: str


def made(topics: Sequence[str], language: str) -> str:
    return signing.dumps({"t": list(topics), "l": language}, salt=_SALT)


def opened(text: str) -> Ticket | None:
    """What the ticket says; None when it is forged or too old."""
    try:
        found = signing.loads(text, salt=_SALT, max_age=OPENS)
    except signing.BadSignature:
        return None
    return Ticket(tuple(found["t"]), str(found["l"]))
