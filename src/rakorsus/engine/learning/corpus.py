"""The lines that may be one side of a pair, and what their words are measured against."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import log

from scipy import sparse

from rakorsus.engine.context import Context
from rakorsus.engine.pairs.lines import Line, lines
from rakorsus.engine.pairs.vectors import vectors
from rakorsus.engine.records import Level
from rakorsus.engine.words import meaning


class Corpus:
    """`lines` in order of key, the vector of each one's text, how common words and texts are."""

    def __init__(self, chosen: Sequence[Line], alias: Mapping[str, str]) -> None:
        self.lines = chosen
        texts = sorted({line.text for line in chosen})
        self._row = {text: i for i, text in enumerate(texts)}
        self._vectors = vectors(texts, alias)
        self._words = Counter(w for t in texts for w in words_of(t))
        self._texts = max(len(texts), 1)
        owners: dict[str, set[str]] = defaultdict(set)
        for line in chosen:
            owners[line.text].add(line.family)
        self._owners = {text: len(found) for text, found in owners.items()}

    def rows(self) -> sparse.csr_array:
        """The vector of each line, in the order of `lines`."""
        return sparse.csr_array(self._vectors[[self._row[line.text] for line in self.lines]])

    def likeness(self, a: str, b: str) -> float:
        """Likeness of two texts of the corpus, in 0..1; 0 for a text that it does not hold."""
        i, j = self._row.get(a), self._row.get(b)
        if i is None or j is None:
            return 0.0
        return round(float(self._vectors[[i]].multiply(self._vectors[[j]]).sum()), 4)

    def weight(self, word: str) -> float:
        """Inverse document frequency of a stem, at least 1."""
        return log((1 + self._texts) / (1 + self._words[word])) + 1

    def owners(self, text: str) -> int:
        """Houses that have a line with this text."""
        return self._owners.get(text, 0)


def corpus(context: Context, alias: Mapping[str, str] | None = None) -> Corpus:
    """The corpus of a run, made once; `alias` gives stems that count as another (learnt)."""
    name = f"corpus {sorted((alias or {}).items())}"
    if name not in context.memo:
        context.memo[name] = Corpus(eligible(context), alias or {})
    known: Corpus = context.memo[name]
    return known


def eligible(context: Context) -> list[Line]:
    """Lines that may be one side of a pair: live, no support, no overhead, one for each work."""
    chosen: dict[tuple[str, str], Line] = {}
    for line in lines(context).values():
        if line.support or line.overhead or not line.text:
            continue
        if line.level not in (Level.PAKET, Level.SUB_KEGIATAN):
            continue
        name = (line.level, line.work)
        if name not in chosen or line.key == line.work:
            chosen[name] = line
    return sorted(chosen.values(), key=lambda line: line.key)


@lru_cache(maxsize=1 << 16)
def words_of(text: str) -> frozenset[str]:
    """Stems of a text, kept for the next pair that asks."""
    return meaning(text)
