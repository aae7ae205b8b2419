"""Bytes of pose frames (docs/reference/hall-protocol.en.md). Little-endian, fixed lengths."""

from __future__ import annotations

import struct
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

VERSION: Final = 1
PEOPLE: Final = 1  # server to client
MYSELF: Final = 2  # client to server
HEADER: Final = struct.Struct("<BBHII")
RECORD: Final = np.dtype(
    [("id", "<u2"), ("x", "<i2"), ("z", "<i2"), ("yaw", "u1"), ("flags", "u1")]
)
ONE: Final = struct.Struct("<HhhBB")  # a record by itself
_MINE: Final = struct.Struct("<BBHIIHhhBB")

SPEAKING, HAND, SEATED, STAGE, AWAY, MOVING, JUMPED = (1 << n for n in range(7))
CLIENT_FLAGS: Final = AWAY | MOVING


class Malformed(ValueError):
    """Another version, type, length or count."""


class Mine(NamedTuple):
    """What a client says of itself."""

    sequence: int
    clock: int
    id: int
    x: int
    z: int
    yaw: int
    flags: int


def encode_mine(mine: Mine) -> bytes:
    return _MINE.pack(VERSION, MYSELF, 1, *mine)


def decode_mine(data: bytes | memoryview) -> Mine:
    """Raises Malformed."""
    if len(data) != _MINE.size:
        raise Malformed(f"{len(data)} bytes")
    version, kind, count, *rest = _MINE.unpack(data)
    if version != VERSION or kind != MYSELF or count != 1:
        raise Malformed(f"version {version}, type {kind}, count {count}")
    return Mine(*rest)


def header(count: int, sequence: int, clock: int) -> bytes:
    return HEADER.pack(VERSION, PEOPLE, count, sequence & 0xFFFFFFFF, clock & 0xFFFFFFFF)


def encode_people(records: NDArray[np.void], sequence: int, clock: int) -> bytes:
    return header(len(records), sequence, clock) + records.astype(RECORD, copy=False).tobytes()


def decode_people(data: bytes) -> tuple[int, int, NDArray[np.void]]:
    """Sequence, clock and records of a server frame.

    Raises:
        Malformed: as a client must refuse it.
    """
    if len(data) < HEADER.size:
        raise Malformed(f"{len(data)} bytes")
    version, kind, count, sequence, clock = HEADER.unpack_from(data)
    if version != VERSION or kind != PEOPLE:
        raise Malformed(f"version {version}, type {kind}")
    if len(data) != HEADER.size + count * RECORD.itemsize:
        raise Malformed(f"{len(data)} bytes for {count} records")
    return sequence, clock, np.frombuffer(data, RECORD, offset=HEADER.size)
