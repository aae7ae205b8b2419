"""Verdicts to a model: the table is counted, the weights are fitted near the default's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from rakorsus.engine.learning.candidates import Candidate
from rakorsus.engine.learning.corpus import Corpus, words_of
from rakorsus.engine.learning.features import LEARNT, NAMES, features
from rakorsus.engine.learning.model import Model
from rakorsus.engine.learning.table import Table

_Said = tuple[frozenset[str], frozenset[str], bool]

_FOLDS: Final = 5
_HOLD: Final = 4.0  # how firmly weights are held to the default's, in verdicts
#: How much more firmly that of the learnt pairs of words is. The table itself counts how far a pair
#: of words is believed; a weight on top of it, fitted on what desks were shown, lets one believed
#: pair outweigh place, time and object in the many more pairs of a larger government.
_PAIRS: Final = 1000.0
#: How likely a candidate that nobody was asked about is a true one, and for how many of them one
#: verdict may speak. Verdicts come from the top of a ranking; without the crowd below it the
#: weights are fitted on the top alone, and lift what desks never saw (`rakorsus bench overlap`).
_CHANCE: Final = 0.005
_SPEAKS_FOR: Final = 10.0


@dataclass(frozen=True)
class Lesson:
    """Judged pairs of one government with the corpus that they are measured against.

    `words` says of each pair whether its verdict tells about the words; None: all do. "Another
    place" does not: the words may well say the same. `crowd` is a sample of the `unasked`
    candidates that nobody was asked about.
    """

    pairs: Sequence[Candidate]
    accepted: Sequence[bool]
    corpus: Corpus
    words: Sequence[bool] | None = None
    crowd: Sequence[Candidate] = ()
    unasked: int = 0


@dataclass(frozen=True)
class _Measured:
    """Measures (one row a pair, columns as NAMES), what each pair is taken for (0..1), and for how
    many pairs it stands."""

    rows: NDArray[np.float64]
    target: NDArray[np.float64]
    weight: NDArray[np.float64]


def train(lessons: Sequence[Lesson], base: Model, hold: float = _HOLD) -> Model:
    """`base` with these verdicts learnt. The same lessons in the same order give the same model.

    The table's own measures are cross-fitted: what a verdict taught is left out when the weight of
    the table is fitted on that verdict, else the table would seem all-knowing.
    """
    if not any(lesson.pairs for lesson in lessons):
        return base
    about = [yes for lesson in lessons for yes in lesson.words or [True] * len(lesson.pairs)]
    said = _verdicts(lessons)
    table = base.table.with_verdicts([v for v, tells in zip(said, about, strict=True) if tells])
    measured = _with_crowd(_measures(lessons, said, about, base.table), lessons, table)
    weights, constant = _fit(measured, base, hold)
    return Model(dict(zip(NAMES, weights, strict=True)), constant, table, base.verdicts + len(said))


def _verdicts(lessons: Sequence[Lesson]) -> list[_Said]:
    return [
        (words_of(pair.left.text), words_of(pair.right.text), bool(yes))
        for lesson in lessons
        for pair, yes in zip(lesson.pairs, lesson.accepted, strict=True)
    ]


def _measures(
    lessons: Sequence[Lesson], said: Sequence[_Said], about: Sequence[bool], known: Table
) -> _Measured:
    """Measures of every judged pair, the table's from the verdicts of the other folds.

    With two or more governments a fold is a government, else every fifth verdict.
    """
    places = [(n, i) for n, lesson in enumerate(lessons) for i in range(len(lesson.pairs))]
    fold = [n if len(lessons) > 1 else i % _FOLDS for n, i in places]
    rows = np.vstack(
        [features(lesson.pairs, lesson.corpus, Table()) for lesson in lessons if lesson.pairs]
    )
    for part in sorted(set(fold)):
        others = [v for v, f, tells in zip(said, fold, about, strict=True) if f != part and tells]
        table = known.with_verdicts(others)
        for i, f in enumerate(fold):
            if f == part:
                rows[i, LEARNT] = table.score(said[i][0], said[i][1])
    target = np.array([yes for _, _, yes in said], dtype=np.float64)
    return _Measured(rows, target, np.ones(len(said)))


def _with_crowd(judged: _Measured, lessons: Sequence[Lesson], table: Table) -> _Measured:
    """The judged pairs, and beside them the sampled crowd, each pair for those it stands for."""
    crowded = [lesson for lesson in lessons if lesson.crowd]
    if not crowded:
        return judged
    unasked = sum(lesson.unasked for lesson in crowded)
    share = min(1.0, _SPEAKS_FOR * len(judged.target) / unasked)
    rows, target, weight = [judged.rows], [judged.target], [judged.weight]
    for lesson in crowded:
        many = len(lesson.crowd)
        rows.append(features(lesson.crowd, lesson.corpus, table))
        target.append(np.full(many, _CHANCE))
        weight.append(np.full(many, share * lesson.unasked / many))
    return _Measured(np.vstack(rows), np.concatenate(target), np.concatenate(weight))


def _fit(measured: _Measured, base: Model, hold: float) -> tuple[list[float], float]:
    """Logistic regression held to the base's weights (a Gaussian prior around them)."""
    start = np.array([*(base.weights.get(name, 0.0) for name in NAMES), base.constant])
    rows = np.hstack([measured.rows, np.ones((len(measured.rows), 1))])
    target, many = measured.target, measured.weight
    firm = np.append(np.ones(len(NAMES)), 0.1)
    firm[NAMES.index("learnt_pairs")] = _PAIRS

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = rows @ weights
        away = weights - start
        held = hold * firm
        value = many @ (np.logaddexp(0, margin) - target * margin) + 0.5 * (held * away) @ away
        slope = rows.T @ (many * (1 / (1 + np.exp(-margin)) - target)) + held * away
        return float(value), slope

    found = minimize(loss, start, jac=True, method="L-BFGS-B").x
    rounded = [round(float(w), 4) for w in found]
    return rounded[:-1], rounded[-1]
