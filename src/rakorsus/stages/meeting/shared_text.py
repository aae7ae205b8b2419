"""A text that several people type at once: a Yjs document with one text, `text`, kept as bytes."""

from __future__ import annotations

from typing import Final

from pycrdt import Doc, Text

_NAME: Final = "text"
#: The text's characters, and the document's bytes with all that was ever deleted.
LONGEST: Final = 8000
LARGEST: Final = 400_000


class NotAnUpdate(ValueError):
    """The bytes are no Yjs update, or make the document too large."""


def _opened(state: bytes) -> tuple[Doc, Text]:
    document: Doc = Doc()
    if state:
        document.apply_update(state)
    return document, document.get(_NAME, type=Text)


def seeded(words: str) -> bytes:
    """A document for a text that was written without one; the same bytes each time."""
    document: Doc = Doc(client_id=1)
    text = document.get(_NAME, type=Text)
    text += words
    return document.get_update()


def merged(state: bytes, update: bytes) -> tuple[bytes, str]:
    """The document with somebody's update, and what it says then.

    Raises:
        NotAnUpdate: the bytes are none, or the text becomes longer than `LONGEST`.
    """
    if len(update) > LARGEST:
        raise NotAnUpdate("too large")
    document, text = _opened(state)
    try:
        document.apply_update(update)
    except ValueError as error:
        raise NotAnUpdate(str(error)) from error
    after, words = document.get_update(), str(text)
    if len(words) > LONGEST or len(after) > LARGEST:
        raise NotAnUpdate("too long")
    return after, words


def replaced(state: bytes, words: str) -> tuple[bytes, bytes]:
    """The document made to say `words` by the smallest change, and that change as an update."""
    document, text = _opened(state)
    before = document.get_state()
    old, new = str(text), words
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    at = len(old[:start].encode())  # the library counts bytes
    gone = len(old[start : len(old) - end].encode())
    with document.transaction():
        if gone:
            del text[at : at + gone]
        if added := new[start : len(new) - end]:
            text.insert(at, added)
    return document.get_update(), document.get_update(before)
