"""Sentences that were made in Indonesian, in English: also those with numbers and names in them,
which no catalogue has as they stand."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from django.utils import translation
from django.utils.translation import trans_real

_PLACE: Final = re.compile(r"%\((\w+)\)[sd]|%[sd]")


def english(sentence: str) -> str:
    """The translation; the sentence itself where there is none."""
    with translation.override("en"):
        found = translation.gettext(sentence)
    if found != sentence:
        return found
    for pattern, template in _patterns():
        if match := pattern.fullmatch(sentence):
            named = match.groupdict()
            values: Any = named or match.groups()
            return template % values
    return sentence


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Every message with places in it, the most telling first."""
    catalogue: Any = trans_real.translation("en")._catalog  # type: ignore[attr-defined]
    made = []
    for key, template in catalogue.items():
        message = key[0] if isinstance(key, tuple) else key
        if not isinstance(template, str) or not template or not _PLACE.search(message):
            continue
        parts, at, names = "", 0, set[str]()
        for place in _PLACE.finditer(message):
            parts += re.escape(message[at : place.start()].replace("%%", "%"))
            name = place[1]
            parts += f"(?P={name})" if name in names else f"(?P<{name}>.+?)" if name else "(.+?)"
            names |= {name} if name else set()
            at = place.end()
        parts += re.escape(message[at:].replace("%%", "%"))
        fixed = len(_PLACE.sub("", message))
        made.append((fixed, re.compile(parts, re.DOTALL), template))
    made.sort(key=lambda row: -row[0])
    return [(pattern, template) for fixed, pattern, template in made if fixed > 3]
