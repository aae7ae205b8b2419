"""Events as bytes. A block is compressed once and sent to everybody: each is a complete piece of a
deflate stream that refers to nothing before it, so that any pieces may follow each other."""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import dataclass
from typing import Any, Final

from rakorsus.stages.meeting.live.topics import News

#: The head of a gzip stream; its end never comes.
GZIP: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


@dataclass(frozen=True)
class Block:
    """Some bytes of the stream, plain and compressed."""

    plain: bytes
    packed: bytes

    def as_sent(self, packed: bool) -> bytes:
        return self.packed if packed else self.plain


def block(text: str) -> Block:
    plain = text.encode()
    press = zlib.compressobj(6, zlib.DEFLATED, -15)
    return Block(plain, press.compress(plain) + press.flush(zlib.Z_FULL_FLUSH))


def small(text: str) -> Block:
    """A few bytes that are not worth compressing: a stored block, made at once."""
    plain = text.encode()
    size = len(plain)
    return Block(plain, b"\x00" + struct.pack("<HH", size, size ^ 0xFFFF) + plain)


def event(topic: str, news: News) -> Block:
    """The shared part of an event; its id stands before it."""
    data: dict[str, Any] = {"topic": topic, "head": news.head, "body": news.body}
    return block(f"data: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n")


def numbered(heads: list[str | None]) -> Block:
    """The line of an event's id: one head for each topic of the stream."""
    return small(f"id: {'.'.join(head or '' for head in heads)}\n")
