"""The least that any comparison of all lines inside blocks must do, to measure ours against.

Words are cut by compiled code, each text becomes a sparse row, and one triangle of each block's
matrix product is computed. Blocks are the places as written, so nothing is read out of them; no
rule is asked and nothing is written. A sound analysis cannot be faster than this on one core.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import polars as pl
from scipy import sparse

from rakorsus.engine.backends import Folder

_ALIKE = 0.5 - 1e-5  # half of the words shared, in single precision
_LARGEST = 2_000  # lines of one block; larger ones are cut


def floor(folder: Folder) -> dict[str, Any]:
    """Go through a folder; figures: lines and pairs that were multiplied."""
    lines = pairs = 0
    for government in folder.governments:
        texts = folder.programs(government).select("title", place=pl.col("places").list.first())
        lines += texts.height
        rows = _rows(texts["title"])
        for block in _blocks(texts["place"]):
            part = rows[block]
            product = sparse.triu(part @ part.T, k=1)
            pairs += int((product.data >= _ALIKE).sum())
    return {"lines": lines, "pairs": pairs}


def _rows(titles: pl.Series) -> sparse.csr_array:
    """Texts as rows of length one over their words."""
    words = titles.str.to_lowercase().str.extract_all("[a-z]+")
    flat = words.explode().cast(pl.Categorical).to_physical().fill_null(0).to_numpy()
    counts = words.list.len().to_numpy()
    ends = np.concatenate([[0], np.cumsum(np.maximum(counts, 1))])
    values = np.repeat(1 / np.sqrt(np.maximum(counts, 1)), np.maximum(counts, 1))
    return sparse.csr_array(
        (values.astype(np.float32), flat, ends), shape=(len(titles), int(flat.max()) + 1)
    )


def _blocks(places: pl.Series) -> Iterator[np.ndarray[Any, Any]]:
    order = places.fill_null("").arg_sort().to_numpy()
    written = places.fill_null("").gather(order)
    edges = np.flatnonzero((written != written.shift()).fill_null(True).to_numpy())
    for block in np.split(order, edges[1:]):
        for start in range(0, len(block), _LARGEST):
            yield block[start : start + _LARGEST]
