"""Several named byte strings as one, and frames as byte strings: what travels between processes."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping

import polars as pl


def pack(head: Mapping[str, object], parts: Mapping[str, bytes]) -> bytes:
    """One line of JSON (`head` and the lengths of the parts), then the parts."""
    lengths = {name: len(part) for name, part in parts.items()}
    line = json.dumps({"head": head, "parts": lengths}, ensure_ascii=False)
    return b"".join((line.encode(), b"\n", *parts.values()))


def unpack(packed: bytes) -> tuple[dict[str, object], dict[str, bytes]]:
    """What `pack` was given."""
    at = packed.index(b"\n") + 1
    told = json.loads(packed[:at])
    parts = {}
    for name, length in told["parts"].items():
        parts[name] = packed[at : at + length]
        at += length
    return told["head"], parts


def frame_bytes(frame: pl.DataFrame) -> bytes:
    """A frame as bytes that are equal for equal frames."""
    held = io.BytesIO()
    frame.write_ipc(held, compression="zstd")
    return held.getvalue()


def frame_of(content: bytes) -> pl.DataFrame:
    return pl.read_ipc(io.BytesIO(content))
