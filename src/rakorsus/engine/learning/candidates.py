"""Which pairs of lines are worth a closer look: those that share a place or a subject.

Lines are compared inside blocks only: a village, a kecamatan for lines that name no village, a
government for lines that name neither, and a named object. Two lines at one spot (RW, hamlet,
street, facility) are always candidates; others when their words are alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from rakorsus.engine.context import Context
from rakorsus.engine.learning.corpus import corpus
from rakorsus.engine.pairs.anchors import Anchor, Meeting
from rakorsus.engine.pairs.blocks import similar
from rakorsus.engine.pairs.duplicates import meeting
from rakorsus.engine.pairs.lines import Line, lines, one_area

#: Least likeness of words by the finest area that two lines share.
VILLAGE: Final = 0.2
DISTRICT: Final = 0.35
GOVERNMENT: Final = 0.45
_CROWD: Final = 60  # lines at one spot beyond which words must be alike there too
_SPOT: Final = 0.9


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two lines, in order of key, with the likeness of their words and where they meet."""

    left: Line
    right: Line
    similarity: float
    meeting: Meeting | None

    @property
    def keys(self) -> tuple[str, str]:
        return self.left.key, self.right.key


def candidates(
    context: Context, alias: Mapping[str, str] | None = None, only: frozenset[str] | None = None
) -> list[Candidate]:
    """Candidate pairs of the run in order of their keys.

    `alias` gives stems that count as the same word (learnt synonyms). With `only`, pairs that
    touch none of these keys are left out.
    """
    known = corpus(context, alias)
    chosen, rows = known.lines, known.rows()
    number = {line.key: i for i, line in enumerate(chosen)}
    wanted = None if only is None else frozenset(number[k] for k in only if k in number)
    found: set[tuple[int, int]] = set(_spots(chosen, wanted))
    for least, blocks in _blocks(chosen):
        for pair in similar(rows, blocks.values(), least, wanted):
            found.add((pair.left, pair.right))
    made = []
    for i, j in sorted(found):
        a, b = chosen[i], chosen[j]
        if a.level == b.level and a.work != b.work and one_area(a, b):
            met = meeting(a, b)
            if met is not None or not (a.anchors and b.anchors):
                made.append(Candidate(a, b, known.likeness(a.text, b.text), met))
    return made


def pair_of(context: Context, left: str, right: str) -> Candidate:
    """Two live lines as a candidate pair, whatever they share.

    Raises:
        KeyError: one of the lines is not live or not in the run.
    """
    known = lines(context)
    a, b = known[min(left, right)], known[max(left, right)]
    return Candidate(a, b, corpus(context).likeness(a.text, b.text), meeting(a, b))


def _blocks(chosen: Sequence[Line]) -> Iterator[tuple[float, Mapping[str, list[int]]]]:
    """Blocks of line numbers with the likeness asked for inside them, finest first."""
    villages: dict[str, list[int]] = defaultdict(list)
    districts: dict[str, list[int]] = defaultdict(list)
    coarse: dict[str, list[int]] = defaultdict(list)
    for i, line in enumerate(chosen):
        for code in {a.village for a in line.anchors if a.village}:
            villages[f"{line.level} {code}"].append(i)
        for name in line.names:
            villages[f"{line.level} {name}"].append(i)
        for code in {_district(a) for a in line.anchors}:
            districts[f"{line.level} {code}"].append(i)
        if not line.anchors:
            coarse[f"{line.level} {line.government}"].append(i)
    yield VILLAGE, villages
    yield DISTRICT, _with_coarse(districts, chosen)
    yield GOVERNMENT, coarse


def _with_coarse(
    districts: Mapping[str, list[int]], chosen: Sequence[Line]
) -> Mapping[str, list[int]]:
    """Blocks of kecamatan in which at least one line names no village."""
    return {
        name: members
        for name, members in districts.items()
        if any(any(a.village is None for a in chosen[i].anchors) for i in members)
    }


def _district(anchor: Anchor) -> str:
    return ".".join(anchor.region.split(".")[:3])


def _spots(chosen: Sequence[Line], wanted: frozenset[int] | None) -> Iterator[tuple[int, int]]:
    """Pairs of lines that name one RW, hamlet, street or facility of one village."""
    spots: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, line in enumerate(chosen):
        for anchor in line.anchors:
            area = anchor.village or anchor.region
            marks = [("rw", n) for n in anchor.rw]
            marks += [("named", n) for n in (anchor.hamlet, anchor.street, anchor.facility) if n]
            for mark in marks:
                spots[(line.level, area, *mark)].append(i)
    for name in sorted(spots):
        members = sorted(set(spots[name]))
        if len(members) <= _CROWD:
            for a, b in combinations(members, 2):
                if wanted is None or a in wanted or b in wanted:
                    yield a, b
