"""Words of the register's search: plain letters and figures, stemmed by Snowball `indonesian`.

The stems are stored in an indexed column, so that SQLite and PostgreSQL, which only compare them,
find the same lines.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

_STEMMER = snowballstemmer.stemmer("indonesian")
_WORD = re.compile(r"[a-z0-9]+")
_CODE = re.compile(r"\d+(?:\.(?:\d+|x+))+", re.IGNORECASE)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of one lower-case word; figures stay."""
    return str(_STEMMER.stemWord(word)) if word.isalpha() else word


def words(text: str) -> list[str]:
    """Lower-case words of letters a-z and figures, without accents."""
    plain = unicodedata.normalize("NFKD", text) if not text.isascii() else text
    return _WORD.findall(plain.lower())


def stemmed(texts: Iterable[str | None]) -> str:
    """The distinct stems of some texts, separated by spaces."""
    return " ".join(dict.fromkeys(stem(w) for text in texts if text for w in words(text)))


def split_query(query: str) -> tuple[list[str], list[str]]:
    """Stems to be found (all of them, as beginnings of words) and nomenclature codes.

    At most twelve stems count: longer input is text that somebody pasted.
    """
    codes = [code.rstrip(".") for code in _CODE.findall(query)]
    rest = _CODE.sub(" ", query)
    return list(dict.fromkeys(stem(w) for w in words(rest)))[:12], codes[:4]
