"""Pose frames: what goes in comes out, and whatever is not a frame is refused."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakorsus.hall.gateway import codec

U8, U16, U32 = st.integers(0, 255), st.integers(0, 65535), st.integers(0, 2**32 - 1)
I16 = st.integers(-32768, 32767)
MINE = st.builds(codec.Mine, U32, U32, U16, I16, I16, U8, U8)
RECORDS = st.lists(st.tuples(U16, I16, I16, U8, U8), max_size=60)


@given(MINE)
def test_a_client_frame_comes_back(mine):
    data = codec.encode_mine(mine)
    assert len(data) == 20
    assert codec.decode_mine(data) == mine


@given(RECORDS, st.integers(0, 2**40), st.integers(0, 2**40))
def test_a_server_frame_comes_back(rows, sequence, clock):
    data = codec.encode_people(np.array(rows, codec.RECORD), sequence, clock)
    assert len(data) == 12 + 8 * len(rows)
    again = codec.decode_people(data)
    assert again[:2] == (sequence % 2**32, clock % 2**32)
    assert [r.item() for r in again[2]] == rows


def test_the_bytes_are_those_of_the_protocol():
    mine = codec.Mine(sequence=7, clock=1000, id=513, x=-2, z=300, yaw=64, flags=32)
    assert codec.encode_mine(mine) == bytes.fromhex(
        "01020100 07000000 e8030000 0102 feff 2c01 40 20"
    )
    people = np.array([(1, 100, -100, 128, 3)], codec.RECORD)
    frame = codec.encode_people(people, 1, 2)
    assert frame == bytes.fromhex("01010100 01000000 02000000 0100 6400 9cff 80 03")


@given(st.binary(max_size=64))
def test_other_bytes_are_refused_or_are_a_frame(data):
    """An independent reading with struct decides which."""
    head = struct.unpack("<BBHII", data[:12]) if len(data) >= 12 else None
    mine = len(data) == 20 and head[:3] == (1, 2, 1)
    people = head is not None and head[:2] == (1, 1) and len(data) == 12 + 8 * head[2]
    for decode, good in ((codec.decode_mine, mine), (codec.decode_people, people)):
        if good:
            decode(data)
        else:
            with pytest.raises(codec.Malformed):
                decode(data)


@given(MINE, st.integers(0, 30))
def test_a_frame_of_another_length_is_refused(mine, length):
    data = (codec.encode_mine(mine) * 2)[:length]
    if length != 20:
        with pytest.raises(codec.Malformed):
            codec.decode_mine(data)
