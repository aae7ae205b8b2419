"""Short-lived signed tickets: what a page may follow, and in which language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.core.signing import BadSignature

from rakorsus.people.fresh import FreshSigner

_SALT: Final = "rakorsus.live"
#: Seconds in which a ticket opens a stream; an open stream outlives it.
OPENS: Final = 300


@dataclass(frozen=True)
class Ticket:
    topics: tuple[str, ...]
    language: str


def made(topics: Sequence[str], language: str) -> str:
    return FreshSigner(salt=_SALT).sign_object({"t": list(topics), "l": language})


def opened(text: str) -> Ticket | None:
    """What the ticket says; None when it is forged or too old."""
    try:
        found = FreshSigner(salt=_SALT).unsign_object(text, max_age=OPENS)
    except BadSignature:
        return None
    return Ticket(tuple(found["t"]), str(found["l"]))
