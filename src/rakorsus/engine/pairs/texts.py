"""Distinct texts that come and go, and how alike two of them are, by TF-IDF.

The measure of `vectors`: half characters (2- to 4-grams), half stems, weighted by how few texts of
the list have them; kept text by text, so that one more text costs its own n-grams only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from math import fsum, log, sqrt

import numpy as np

from rakorsus.engine.pairs.vectors import ALPHABET, CODES, SIZES
from rakorsus.engine.words import stems

_Weights = tuple[Mapping[object, float], Mapping[object, float]]


class Texts:
    """Texts of words, each once, with the texts that have each word."""

    def __init__(self) -> None:
        self._grams: dict[str, dict[object, float]] = {}  # 1 + log of the count of each n-gram
        self._stems: dict[str, tuple[str, ...]] = {}
        self._with_gram: Counter[object] = Counter()
        self._with_stem: Counter[object] = Counter()
        self._with_word: dict[str, dict[str, None]] = {}
        self._weights: dict[str, _Weights] = {}

    def __len__(self) -> int:
        return len(self._stems)

    def __iter__(self) -> Iterator[str]:
        return iter(self._stems)

    def add(self, text: str) -> None:
        """Let a text in that is not there yet."""
        self._grams[text] = _grams(text)
        self._stems[text] = stems(text)
        self._with_gram.update(self._grams[text].keys())
        self._with_stem.update(self._stems[text])
        for word in text.split():
            self._with_word.setdefault(word, {})[text] = None
        self._weights.clear()

    def remove(self, text: str) -> None:
        """Take out a text that is there."""
        self._with_gram.subtract(self._grams.pop(text).keys())
        self._with_stem.subtract(self._stems.pop(text))
        for word in set(text.split()):
            del self._with_word[word][text]
        self._weights.clear()

    def having(self, word: str) -> Mapping[str, None]:
        """The texts that have a word."""
        return self._with_word.get(word, {})

    def alike(self, a: str, b: str) -> float:
        """Likeness of two texts of the list, in 0..1."""
        ours, theirs = self._weighed(min(a, b)), self._weighed(max(a, b))
        return (_dot(ours[0], theirs[0]) + _dot(ours[1], theirs[1])) / 2

    def _weighed(self, text: str) -> _Weights:
        if text not in self._weights:
            said: dict[object, float] = dict.fromkeys(self._stems[text], 1.0)
            self._weights[text] = (
                self._scaled(self._grams[text], self._with_gram),
                self._scaled(said, self._with_stem),
            )
        return self._weights[text]

    def _scaled(
        self, counts: Mapping[object, float], frequency: Mapping[object, int]
    ) -> Mapping[object, float]:
        """Sublinear TF times smooth IDF, of length one."""
        size = 1 + len(self)
        raw = {x: tf * (log(size / (1 + frequency[x])) + 1) for x, tf in counts.items()}
        norm = sqrt(fsum(v * v for v in raw.values())) or 1.0
        return {x: v / norm for x, v in raw.items()}


def _dot(ours: Mapping[object, float], theirs: Mapping[object, float]) -> float:
    # exact, so that it is the same in whatever order words came into the list
    return fsum(weight * theirs[x] for x, weight in ours.items() if x in theirs)


def _grams(text: str) -> dict[object, float]:
    """Codes of the character n-grams inside ` text `, with 1 + log of their count."""
    codes = CODES[np.frombuffer(f" {text} ".encode("ascii", "replace"), dtype=np.uint8)]
    found, base = [], 0
    for size in SIZES:
        count = max(len(codes) - size + 1, 0)
        gram = np.zeros(count, dtype=np.int64)
        for shift in range(size):
            gram = gram * ALPHABET + codes[shift : shift + count]
        found.append(gram + base)
        base += ALPHABET**size
    grams, counts = np.unique(np.concatenate(found), return_counts=True)
    return dict(zip(grams.tolist(), (1 + np.log(counts)).tolist(), strict=True))
