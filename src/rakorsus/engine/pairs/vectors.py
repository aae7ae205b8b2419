"""Distinct texts to vectors of length one: character 2- to 4-grams and word stems, by TF-IDF.

The similarity of two texts is the dot product of their rows, in 0..1: half of it from characters
(spelling variants), half from stems (same words in another form).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from rakorsus.engine.words import stems

ALPHABET = 37  # space, a-z, 0-9
SIZES = (2, 3, 4)
CODES = np.zeros(256, dtype=np.int64)
CODES[ord("a") : ord("z") + 1] = np.arange(1, 27)
CODES[ord("0") : ord("9") + 1] = np.arange(27, 37)


def vectors(texts: Sequence[str], alias: Mapping[str, str] | None = None) -> sparse.csr_array:
    """A row for each text, float32, of length one (zero for an empty text).

    `alias` maps stems to the stem that stands for them (synonyms that were learnt).
    """
    halves = [_weighted(_characters(texts)), _weighted(_stems(texts, alias or {}))]
    both = sparse.hstack([h * np.float32(np.sqrt(0.5)) for h in halves], format="csr")
    return sparse.csr_array(both)


def _characters(texts: Sequence[str]) -> sparse.csr_array:
    """Counts of character n-grams inside ` text `, spelt with a-z, 0-9 and space."""
    joined = "".join(f" {t} " for t in texts).encode("ascii", "replace")
    codes = CODES[np.frombuffer(joined, dtype=np.uint8)]
    lengths = np.array([len(t) + 2 for t in texts], dtype=np.int64)
    row = np.repeat(np.arange(len(texts)), lengths)
    rows, grams, base = [], [], 0
    for size in SIZES:
        count = max(len(codes) - size + 1, 0)
        gram = np.zeros(count, dtype=np.int64)
        for shift in range(size):
            gram = gram * ALPHABET + codes[shift : shift + count]
        inside = row[:count] == row[size - 1 : size - 1 + count]
        rows.append(row[:count][inside])
        grams.append(gram[inside] + base)
        base += ALPHABET**size
    return _counts(np.concatenate(rows), np.concatenate(grams), (len(texts), base))


def _stems(texts: Sequence[str], alias: Mapping[str, str]) -> sparse.csr_array:
    words = [tuple(dict.fromkeys(alias.get(w, w) for w in stems(t))) for t in texts]
    index = {w: i for i, w in enumerate(sorted({w for ws in words for w in ws}))}
    rows = np.repeat(np.arange(len(texts)), [len(ws) for ws in words])
    columns = np.array([index[w] for ws in words for w in ws], dtype=np.int64)
    return _counts(rows, columns, (len(texts), max(len(index), 1)))


def _counts(
    rows: NDArray[np.int64], columns: NDArray[np.int64], shape: tuple[int, int]
) -> sparse.csr_array:
    ones = np.ones(len(rows), dtype=np.float32)
    return sparse.csr_array(sparse.coo_array((ones, (rows, columns)), shape=shape))


def _weighted(counts: sparse.csr_array) -> sparse.csr_array:
    """Sublinear TF times smooth IDF, each row scaled to length one; deterministic order of sums."""
    counts.sum_duplicates()
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    idf = (np.log((1 + counts.shape[0]) / (1 + frequency)) + 1).astype(np.float32)
    data = (1 + np.log(counts.data)) * idf[counts.indices]
    lengths = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    norm = np.sqrt(np.bincount(lengths, weights=data * data, minlength=counts.shape[0]))
    norm[norm == 0] = 1
    scaled = (data / norm[lengths]).astype(np.float32)
    return sparse.csr_array((scaled, counts.indices, counts.indptr), shape=counts.shape)
