"""The learnt judge of pairs: a word-pair table and the weights of the signs, as plain figures."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from rakorsus.engine.learning.candidates import Candidate
from rakorsus.engine.learning.corpus import Corpus
from rakorsus.engine.learning.features import NAMES, features
from rakorsus.engine.learning.table import Table

FORMAT: Final = "rakorsus-learning/1"
_DEFAULT: Final = 50  # verdicts that the weights of the default are worth


@dataclass(frozen=True)
class Model:
    """Weights by the name of the sign (features.NAMES), the constant, and the table of words.

    `verdicts` says how many verdicts taught it; 0 is the default that comes with the engine.
    """

    weights: Mapping[str, float]
    constant: float
    table: Table = field(default_factory=Table)
    verdicts: int = 0

    def probability(self, pairs: Sequence[Candidate], corpus: Corpus) -> NDArray[np.float64]:
        """How likely an official accepts each pair, in 0..1."""
        return self.judge(features(pairs, corpus, self.table))

    def judge(self, measured: NDArray[np.float64]) -> NDArray[np.float64]:
        """The same for measures that are known already, one row a pair, columns as NAMES."""
        weights = np.array([self.weights.get(name, 0.0) for name in NAMES])
        return np.asarray(1 / (1 + np.exp(-(measured @ weights + self.constant))))

    def with_table(self, table: Table) -> Model:
        return replace(self, table=table)

    def merged(self, other: Model) -> Model:
        """Both models' verdicts together; weights by how many verdicts stand behind each, the
        default's by `_DEFAULT` of them."""
        ours, theirs = max(self.verdicts, _DEFAULT), other.verdicts
        share = theirs / (ours + theirs)

        def mean(a: float, b: float) -> float:
            return round(a + (b - a) * share, 4)

        return Model(
            {n: mean(self.weights.get(n, 0.0), other.weights.get(n, 0.0)) for n in NAMES},
            mean(self.constant, other.constant),
            self.table.merged(other.table),
            self.verdicts + other.verdicts,
        )

    def as_dict(self) -> dict[str, Any]:
        """Plain values for a file: words and figures, no program, agency or place."""
        return {
            "format": FORMAT,
            "verdicts": self.verdicts,
            "constant": self.constant,
            "weights": dict(self.weights),
            "accepted": self.table.accepted,
            "rejected": self.table.rejected,
            "pairs": [[a, b, yes, no] for (a, b), (yes, no) in self.table.counts.items()],
        }

    def to_json(self) -> str:
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=1)


def from_json(text: str | bytes) -> Model:
    """A model from what `Model.to_json` wrote.

    Raises:
        ValueError: it is no such file, of another format, or holds what is no figure.
    """
    try:
        return from_dict(json.loads(text))
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"no file of what a government has learnt: {error}") from error


def from_dict(plain: Mapping[str, Any]) -> Model:
    """A model from what `Model.as_dict` gave.

    Raises:
        ValueError: as `from_json`.
    """
    try:
        if plain["format"] != FORMAT:
            raise ValueError(f"format {plain['format']!r}, not {FORMAT!r}")
        counts = {
            (min(a, b), max(a, b)): (_count(yes), _count(no))
            for a, b, yes, no in ((_word(a), _word(b), y, n) for a, b, y, n in plain["pairs"])
        }
        table = Table(counts, _count(plain["accepted"]), _count(plain["rejected"]))
        weights = {name: float(plain["weights"][name]) for name in NAMES}
        if not np.isfinite([*weights.values(), float(plain["constant"])]).all():
            raise ValueError("a weight is no number")
        return Model(weights, float(plain["constant"]), table, int(plain["verdicts"]))
    except (KeyError, TypeError, OverflowError) as error:
        raise ValueError(f"no file of what a government has learnt: {error}") from error


def _word(text: Any) -> str:
    if not isinstance(text, str) or not 2 <= len(text) <= 40 or not text.isalpha():
        raise ValueError(f"no word: {text!r}")
    return text


def _count(value: Any) -> float:
    number = float(value)
    if not 0 <= number <= 1e9:
        raise ValueError(f"no count: {value!r}")
    return number


@cache
def default() -> Model:
    """What the engine knows before any verdict."""
    text = files("rakorsus.engine.learning").joinpath("default.json").read_text("utf-8")
    return from_json(text)
