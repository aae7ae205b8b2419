"""What others do to find pairs of alike lines, as the functions that benches ask."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse


def characters(texts: Sequence[str]) -> sparse.csr_array:
    """TF-IDF of character 2- to 4-grams inside words, rows of length one (scikit-learn)."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    maker = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, dtype=np.float32
    )
    return sparse.csr_array(maker.fit_transform(texts))
