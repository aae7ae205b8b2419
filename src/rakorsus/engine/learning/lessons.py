"""Verdicts on findings to a lesson: one verdict teaches by one pair of lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from rakorsus.engine.context import Context
from rakorsus.engine.learning.candidates import Candidate, candidates, pair_of
from rakorsus.engine.learning.corpus import corpus
from rakorsus.engine.learning.model import default
from rakorsus.engine.learning.training import Lesson
from rakorsus.engine.pairs.lines import lines

_MANY: Final = 6  # lines of a finding beyond which it is no matter of pairs
_CROWD: Final = 1000  # candidates that stand for all that nobody was asked about


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was said of a finding about these lines. `words`: whether it tells about their words.
    `name` is whatever the caller knows the finding by."""

    keys: tuple[str, ...]
    accepted: bool
    words: bool = True
    name: int = 0


def lesson(context: Context, said: Iterable[Verdict]) -> tuple[Lesson, list[Verdict]]:
    """The pair of each finding that most likely made it one, and the verdicts that have one.

    Lines that are no longer in the run teach nothing, nor do findings of many lines.
    """
    live, known, before = lines(context), corpus(context), default()
    pairs: list[Candidate] = []
    used: list[Verdict] = []
    asked: set[tuple[str, str]] = set()
    for verdict in said:
        keys = sorted(key for key in set(verdict.keys) if key in live)
        if not 2 <= len(keys) <= _MANY:
            continue
        choice = [pair_of(context, a, b) for a, b in combinations(keys, 2)]
        likely = before.probability(choice, known)
        pairs.append(choice[int(likely.argmax())])
        used.append(verdict)
        asked |= {pair.keys for pair in choice}
    told = [verdict.words for verdict in used]
    said_yes = [verdict.accepted for verdict in used]
    some, unasked = crowd(context, asked) if pairs else ((), 0)
    return Lesson(pairs, said_yes, known, told, some, unasked), used


def crowd(context: Context, asked: Collection[tuple[str, str]]) -> tuple[Sequence[Candidate], int]:
    """Candidates of the run that nobody was asked about: an even sample, and how many there are.

    `asked` holds the keys of all pairs that a verdict was about. The same run gives the same
    sample.
    """
    rest = [pair for pair in candidates(context) if pair.keys not in asked]
    step = max(len(rest) / _CROWD, 1.0)
    return [rest[int(i * step)] for i in range(min(len(rest), _CROWD))], len(rest)
