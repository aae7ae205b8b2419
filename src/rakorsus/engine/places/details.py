"""Whether a text can say more about a place than is known, told before it is read in full."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from rakorsus.engine.places.normal import FACILITIES, LABELS, OPENED
from rakorsus.engine.records import PlaceGrade


def _begins(words: Iterable[str]) -> re.Pattern[str]:
    """One of the words, or what is written for it, at the beginning of a word."""
    wanted = frozenset(words)
    written = wanted | {said for said, short in OPENED.items() if short in wanted}
    parts = sorted(said.replace(" ", "[ ./]+") for said in written)
    return re.compile(rf"(?<![a-z'])(?:{'|'.join(parts)})")


_STREETS: Final = {word for word, kind in LABELS.items() if kind == "street"} | set(FACILITIES)
_INSIDE: Final = {word for word, kind in LABELS.items() if kind in ("rw", "rt", "hamlet")}
_STREET: Final = _begins(_STREETS | set(FACILITIES.values()))
_DETAIL: Final = _begins(_STREETS | set(FACILITIES.values()) | _INSIDE)


def may_name_more(text: str, known: int) -> bool:
    """False only when no reading of the text can give a grade above `known`.

    Above a village stand RW, hamlet, street and facility, above an RW only the last two; all of
    them are marked by a word. Nothing that a text says stands above a street.
    """
    if known < PlaceGrade.VILLAGE:
        return True
    if known >= PlaceGrade.STREET:
        return False
    mark = _DETAIL if known == PlaceGrade.VILLAGE else _STREET
    return mark.search(text.lower()) is not None
