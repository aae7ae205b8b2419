"""The word-pair table: which words stood on the two sides of pairs that desks accepted or rejected.

A pair (w, v) counts how often w stood on one side only and v on the other only; (w, w) counts words
that both sides shared. Stems only: the table names no program, agency or place, so that it may be
passed on to another government.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log
from typing import Final

Words = frozenset[str]
Pair = tuple[str, str]

_PRIOR: Final = 4.0  # verdicts that a pair must have before its own count outweighs the average
_FEW: Final = 8  # words on one side beyond which a title says too much to tell which word mattered
_ALIAS_VERDICTS: Final = 3
_ALIAS_ODDS: Final = 1.0
_LIMIT: Final = 3.0
#: Verdicts that the word of a coordinator stands for.
CORRECTED: Final = 20.0


@dataclass(frozen=True)
class Table:
    """`counts` gives (accepted, rejected) for each pair of stems in alphabetical order."""

    counts: Mapping[Pair, tuple[float, float]] = field(default_factory=dict)
    accepted: float = 0.0
    rejected: float = 0.0

    def __bool__(self) -> bool:
        return bool(self.counts)

    def odds(self, a: str, b: str) -> float:
        """Log odds of the pair against the average verdict, in -3..3; 0 when never seen."""
        seen = self.counts.get((a, b) if a <= b else (b, a))
        if seen is None:
            return 0.0
        share = (self.accepted + 1) / (self.accepted + self.rejected + 2)
        yes, no = seen[0] + _PRIOR * share, seen[1] + _PRIOR * (1 - share)
        value = log(yes / no) - log(share / (1 - share))
        return max(-_LIMIT, min(value, _LIMIT))

    def score(self, left: Words, right: Words) -> tuple[float, float]:
        """What the table says of two titles: by the words they share, by those they do not.

        Each is a mean of log odds; of the words that are not shared each takes its best partner.
        """
        both, ours, theirs = left & right, left - right, right - left
        shared = _mean([self.odds(w, w) for w in sorted(both)])
        if not ours or not theirs:
            return shared, 0.0
        few, many = (ours, theirs) if len(ours) <= len(theirs) else (theirs, ours)
        best = [max((self.odds(w, v) for v in sorted(many)), key=abs) for w in sorted(few)]
        return shared, _mean(best)

    def aliases(self) -> dict[str, str]:
        """Stems that desks have shown to say the same, each with the stem that stands for it."""
        root: dict[str, str] = {}

        def find(word: str) -> str:
            while root.get(word, word) != word:
                word = root[word]
            return word

        for (a, b), (yes, no) in sorted(self.counts.items()):
            if a != b and yes >= _ALIAS_VERDICTS and yes > 3 * no and self.odds(a, b) > _ALIAS_ODDS:
                first, second = sorted((find(a), find(b)))
                root[second] = first
        return {word: find(word) for word in sorted(root)}

    def with_verdicts(self, verdicts: Iterable[tuple[Words, Words, bool]]) -> Table:
        """This table with more verdicts counted in."""
        counts = {pair: list(seen) for pair, seen in self.counts.items()}
        accepted, rejected = self.accepted, self.rejected
        for left, right, yes in verdicts:
            accepted, rejected = accepted + yes, rejected + (not yes)
            for pair, share in word_pairs(left, right):
                counts.setdefault(pair, [0.0, 0.0])[0 if yes else 1] += share
        return Table(
            {pair: (round(yes, 4), round(no, 4)) for pair, (yes, no) in sorted(counts.items())},
            accepted,
            rejected,
        )

    def corrected(self, said: Mapping[Pair, bool | None]) -> Table:
        """This table with pairs that somebody set right: True they say the same, False they do not,
        None what verdicts said of them is forgotten."""
        counts = dict(self.counts)
        for pair, same in said.items():
            if same is None:
                counts.pop(pair, None)
            else:
                counts[pair] = (CORRECTED, 0.0) if same else (0.0, CORRECTED)
        return Table(dict(sorted(counts.items())), self.accepted, self.rejected)

    def common(self, least: float) -> Table:
        """This table without what fewer verdicts speak of: a rare word may be a name."""
        kept = {pair: (yes, no) for pair, (yes, no) in self.counts.items() if yes + no >= least}
        return Table(kept, self.accepted, self.rejected)

    def merged(self, other: Table) -> Table:
        """Both tables' verdicts together, as when one government takes over another's."""
        counts = dict(self.counts)
        for pair, (yes, no) in other.counts.items():
            mine = counts.get(pair, (0.0, 0.0))
            counts[pair] = (mine[0] + yes, mine[1] + no)
        return Table(
            dict(sorted(counts.items())),
            self.accepted + other.accepted,
            self.rejected + other.rejected,
        )


def word_pairs(left: Words, right: Words) -> Iterable[tuple[Pair, float]]:
    """The pairs that one verdict counts for, each with its share."""
    for word in left & right:
        yield (word, word), 1.0
    ours, theirs = sorted(left - right), sorted(right - left)
    if len(ours) > _FEW or len(theirs) > _FEW:
        return
    share = round(1 / max(len(ours), len(theirs), 1), 4)  # one of them mattered, which is not said
    for a in ours:
        for b in theirs:
            yield ((a, b) if a <= b else (b, a)), share


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
