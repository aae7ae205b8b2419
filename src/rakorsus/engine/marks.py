"""Which words of several titles are the same, as spans that a page can mark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from rakorsus.engine.words import plain, stem

_TOKEN: Final = re.compile(r"[A-Za-z]+|\d+")
_SMALL: Final = frozenset(
    ["dan", "di", "ke", "dari", "untuk", "dalam", "yang", "pada", "atau", "oleh", "dengan", "bagi"]
)


def shared_words(titles: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """For each (key, title) the spans `[start, end]` of words that another title has too.

    Words are compared by stem after abbreviations are opened, so that "Rehab" marks
    "Rehabilitasi".
    """
    read = [_tokens(title) for _, title in titles]
    count = Counter(word for tokens in read for word in {t[2] for t in tokens})
    return [
        {
            "key": key,
            "text": title,
            "marks": _joined([(s, e) for s, e, w in tokens if w and count[w] > 1], title),
        }
        for (key, title), tokens in zip(titles, read, strict=True)
    ]


@lru_cache(maxsize=1 << 15)
def _tokens(title: str) -> tuple[tuple[int, int, str], ...]:
    """Begin, end and normal form of each word, kept for the next finding that names the title."""
    return tuple((m.start(), m.end(), _normal(m.group())) for m in _TOKEN.finditer(title))


def _normal(token: str) -> str:
    opened = plain(token)
    if opened in _SMALL or (len(opened) < 3 and not opened.isdigit()):
        return ""
    return opened.lstrip("0") or "0" if opened.isdigit() else stem(opened.split()[0])


def _joined(spans: Sequence[tuple[int, int]], title: str) -> list[list[int]]:
    """Neighbouring spans with nothing but spaces and signs between them become one."""
    joined: list[list[int]] = []
    for start, end in spans:
        if joined and not any(c.isalnum() for c in title[joined[-1][1] : start]):
            joined[-1][1] = end
        else:
            joined.append([start, end])
    return joined
