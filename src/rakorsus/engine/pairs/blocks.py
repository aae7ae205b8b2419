"""Which lines are compared at all, and the similar pairs inside each block."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

_CHUNK = 1024


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows, the smaller first, with the similarity of their texts in 0..1."""

    left: int
    right: int
    similarity: float


def similar(
    rows: sparse.csr_array,
    blocks: Iterable[Sequence[int]],
    threshold: float,
    only: frozenset[int] | None = None,
) -> list[Pair]:
    """Every pair of rows that shares a block and reaches `threshold`, each once, in order.

    `rows` are vectors of length one; `blocks` hold row numbers. With `only`, pairs that touch none
    of these rows are neither computed nor returned.
    """
    found: dict[tuple[int, int], float] = {}
    for block in blocks:
        members = np.unique(np.asarray(block, dtype=np.int64))
        if len(members) < 2:
            continue
        asked = members if only is None else members[[int(m) in only for m in members]]
        for left, right, value in _product(rows, asked, members, threshold):
            if left != right:
                found[min(left, right), max(left, right)] = value
    return [Pair(a, b, round(s, 4)) for (a, b), s in sorted(found.items())]


def _product(
    rows: sparse.csr_array, asked: NDArray[np.int64], members: NDArray[np.int64], threshold: float
) -> Iterable[tuple[int, int, float]]:
    """Entries of the block's matrix product that reach the threshold, chunk by chunk."""
    other = sparse.csr_array(rows[members].T)
    for start in range(0, len(asked), _CHUNK):
        part = asked[start : start + _CHUNK]
        product = sparse.coo_array(rows[part] @ other)
        high = product.data >= threshold
        left, right = product.coords[0][high], product.coords[1][high]
        values = product.data[high].tolist()
        yield from zip(part[left].tolist(), members[right].tolist(), values, strict=True)
