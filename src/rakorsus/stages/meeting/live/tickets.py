"""Short-lived signed tickets: what a page may follow, in which language, and whose page it is."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.core.signing import BadSignature, b62_decode

from rakorsus.people.fresh import FreshSigner
from rakorsus.people.standing import Mark

_SALT: Final = "rakorsus.live"
#: Seconds in which a ticket opens a stream. An open stream outlives it; whether its reader may
#: still have it is asked all along (`hub`).
OPENS: Final = 300


@dataclass(frozen=True)
class Ticket:
    topics: tuple[str, ...]
    language: str
    mark: Mark
    given: float  # when its rights were asked


def made(topics: Sequence[str], language: str, mark: Mark) -> str:
    return FreshSigner(salt=_SALT).sign_object({"t": list(topics), "l": language, "w": mark})


def opened(text: str) -> Ticket | None:
    """What the ticket says; None when it is forged or too old."""
    try:
        found = FreshSigner(salt=_SALT).unsign_object(text, max_age=OPENS)
    except BadSignature:
        return None
    given = float(b62_decode(text.rsplit(":", 2)[1]))
    return Ticket(tuple(found["t"]), str(found["l"]), Mark(*found["w"]), min(given, time.time()))
