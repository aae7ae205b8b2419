"""Sealed files: what goes in comes out, and nothing else does."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rakorsus.operation import sealing


def sealed(content: bytes, phrase: str = "kunci") -> bytes:
    out = io.BytesIO()
    sealing.seal(io.BytesIO(content), out, phrase)
    return out.getvalue()


def opened(content: bytes, phrase: str = "kunci") -> bytes:
    out = io.BytesIO()
    sealing.unseal(io.BytesIO(content), out, phrase)
    return out.getvalue()


@pytest.mark.parametrize("size", [0, 1, 2**20 - 1, 2**20, 2**20 + 1, 2**21 + 5])
def test_what_goes_in_comes_out(size):
    content = bytes(i % 251 for i in range(size))
    assert opened(sealed(content)) == content


def test_the_same_content_is_never_sealed_the_same_way():
    assert sealed(b"isi") != sealed(b"isi")


SEALED = sealed(b"isi yang rahasia" * 5)


@settings(max_examples=15, deadline=None)
@given(place=st.integers(0, len(SEALED) - 1), bit=st.integers(0, 7))
def test_a_changed_bit_is_seen(place, bit):
    changed = bytearray(SEALED)
    changed[place] ^= 1 << bit
    with pytest.raises(sealing.WrongPassphrase):
        opened(bytes(changed))


def test_a_piece_cut_off_added_or_moved_is_seen():
    long = sealed(bytes(2**21 + 7))
    head, piece = long[:24], 2**20 + 16
    first, second, rest = (
        long[24 : 24 + piece],
        long[24 + piece : 24 + 2 * piece],
        long[24 + 2 * piece :],
    )
    assert opened(head + first + second + rest)
    for wrong in (first, first + second, second + first + rest, first + second + rest + rest, b""):
        with pytest.raises(sealing.WrongPassphrase):
            opened(head + wrong)
