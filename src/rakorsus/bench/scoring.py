"""How well a ranking finds what was asked for, and how far two readers agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray


def _ranked(scores: ArrayLike, true: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Hits and number of pairs after each distinct score, best first: ties count together."""
    values, hits = np.asarray(scores, np.float64), np.asarray(true, np.float64)
    order = np.argsort(-values, kind="stable")
    ends = np.flatnonzero(np.append(np.diff(values[order]) != 0, True))
    return np.cumsum(hits[order])[ends], ends + 1.0


def average_precision(scores: ArrayLike, true: ArrayLike, among: int | None = None) -> float:
    """Mean precision over the true ones, as scikit-learn defines it; pairs of one score are ranked
    together, so the order of a tie neither helps nor harms.

    `among` is the number of true ones in all, when some were never ranked.
    """
    hits, counts = _ranked(scores, true) if len(np.asarray(scores)) else (np.zeros(1), np.ones(1))
    total = among if among is not None else hits[-1]
    if not total:
        return 0.0
    gained = np.diff(np.concatenate([[0.0], hits]))
    return float((gained * hits / counts).sum() / total)


def recall_at(
    scores: ArrayLike, true: ArrayLike, precision: float, among: int | None = None
) -> float:
    """The largest share of the true ones that some cut of the ranking finds at this precision."""
    hits, counts = _ranked(scores, true)
    total = among if among is not None else hits[-1]
    good = hits / counts >= precision
    return float(hits[good].max() / total) if good.any() and total else 0.0


def kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Cohen's kappa of two readings of the same things: agreement beyond chance."""
    count = len(first)
    agreed = sum(a == b for a, b in zip(first, second, strict=True)) / count
    ours, theirs = Counter(first), Counter(second)
    chance = sum(ours[label] * theirs[label] for label in ours) / count**2
    return 1.0 if chance == 1 else (agreed - chance) / (1 - chance)
