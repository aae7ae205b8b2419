"""Which words of several titles are the same, as spans that a page can mark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

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
    count = Counter(word for tokens in read for word in {t.word for t in tokens})
    return [
        {
            "key": key,
            "text": title,
            "marks": _marked(tokens, count),
        }
        for (key, title), tokens in zip(titles, read, strict=True)
    ]


class _Token(NamedTuple):
    start: int
    end: int
    word: str  # its normal form; empty for words that say nothing
    beside: bool  # nothing but spaces and signs between it and the word before


@lru_cache(maxsize=1 << 15)
def _tokens(title: str) -> tuple[_Token, ...]:
    """The words of a title, kept for the next finding that names it."""
    found: list[_Token] = []
    last = 0
    for match in _TOKEN.finditer(title):
        beside = bool(found) and not any(c.isalnum() for c in title[last : match.start()])
        found.append(_Token(match.start(), match.end(), _normal(match.group()), beside))
        last = match.end()
    return tuple(found)


def _normal(token: str) -> str:
    opened = plain(token)
    if opened in _SMALL or (len(opened) < 3 and not opened.isdigit()):
        return ""
    return opened.lstrip("0") or "0" if opened.isdigit() else stem(opened.split()[0])


def _marked(tokens: Sequence[_Token], count: Mapping[str, int]) -> list[list[int]]:
    """Spans of the words that more than one title has; words side by side become one span."""
    joined: list[list[int]] = []
    open_ = False
    for token in tokens:
        if not token.word or count[token.word] < 2:
            open_ = False
        elif open_ and token.beside:
            joined[-1][1] = token.end
        else:
            joined.append([token.start, token.end])
            open_ = True
    return joined
