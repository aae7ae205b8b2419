"""Bytes of a text file into text, whatever the encoding."""

from __future__ import annotations

from rakorsus.engine.intake.trouble import broken


def decode(data: bytes) -> str:
    """The text of UTF-8 (with or without mark), UTF-16 or Windows-1252 bytes.

    Raises:
        Unreadable: the bytes are no text.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        return _clean(data[3:].decode("utf-8", "replace"))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _clean(data.decode("utf-16", "replace"))
    head = data[:4096]
    if head.count(0) * 3 > len(head):  # UTF-16 without a mark: every second byte is zero
        little = head[1::2].count(0) >= head[0::2].count(0)
        return _clean(data.decode("utf-16-le" if little else "utf-16-be", "replace"))
    if b"\0" in head:
        raise broken("teks")
    try:
        return _clean(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _clean(data.decode("cp1252", "replace"))


def _clean(text: str) -> str:
    return text.replace("\0", "")
