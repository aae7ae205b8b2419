"""Which pairs of a real plan are read and judged: drawn from every side, so that no ranking is
favoured.

The strata: `found` (pairs of the engine's findings), `likely` (what its judge of pairs puts first
beside them), `alike` (the most alike titles by character TF-IDF), and three that are drawn blindly:
`spot` (pairs of one RW, hamlet, street or facility), `village` (pairs of one village), `wide`
(pairs of alike words with no closer place). A pair counts for the first stratum that has it.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Final, TypeVar

import polars as pl

from rakorsus.bench.peers import characters
from rakorsus.engine.analysis import judged
from rakorsus.engine.context import Context
from rakorsus.engine.learning.candidates import Candidate, candidates
from rakorsus.engine.learning.corpus import corpus
from rakorsus.engine.learning.model import default
from rakorsus.engine.pairs.blocks import similar
from rakorsus.engine.pairs.lines import lines, one_area
from rakorsus.engine.records import FindingKind

Pair = tuple[str, str]
_T = TypeVar("_T")
SIZES: Final = {
    "found": 110, "likely": 60, "alike": 60, "spot": 70, "village": 30, "wide": 30,
}  # fmt: skip
_KINDS: Final = frozenset({FindingKind.DUPLICATE, FindingKind.OVERLAP, FindingKind.CLASH,
                           FindingKind.OPPORTUNITY, FindingKind.FRAGMENTATION})  # fmt: skip
_EACH: Final = 3  # pairs of one finding at most
_SPOT, _VILLAGE = 0.7, 0.3
_ALIKE: Final = 0.9
_BLIND: Final = ("spot", "village", "wide")


def pool(run: Context, seed: int = 1) -> pl.DataFrame:
    """`left`, `right` (program keys, left < right), `stratum`; the same for the same run."""
    draw = random.Random(seed)  # noqa: S311 (a frozen draw, no secret)
    known = candidates(run)
    strata = {
        "found": _sample(draw, list(_found(run, draw)), SIZES["found"]),
        "likely": _likely(run, known),
        "alike": _sample(draw, list(_alike(run)), SIZES["alike"]),
        **{name: [c.keys for c in _blind(draw, known, name)] for name in _BLIND},
    }
    taken: dict[Pair, str] = {}
    for name, pairs in strata.items():
        fresh = [p for p in pairs if p not in taken][: SIZES[name]]
        taken |= dict.fromkeys(fresh, name)
    rows = [(a, b, name) for (a, b), name in sorted(taken.items())]
    return pl.DataFrame(rows, schema=["left", "right", "stratum"], orient="row")


def _found(run: Context, draw: random.Random) -> Iterator[Pair]:
    """Some pairs of every finding about pairs; of two agencies' where it has several agencies."""
    live = lines(run)
    for finding in judged(run).findings:
        keys = [k for k in finding.keys if k in live]
        if finding.kind not in _KINDS or len(keys) < 2:
            continue
        pairs = list(combinations(sorted(keys), 2))
        if len(finding.agencies) > 1:
            pairs = [(a, b) for a, b in pairs if live[a].agency != live[b].agency]
        yield from _sample(draw, pairs, _EACH)


def _likely(run: Context, known: list[Candidate]) -> list[Pair]:
    chances = default().probability(known, corpus(run))
    order = sorted(zip(-chances, (c.keys for c in known), strict=True))
    return [keys for _, keys in order[: 4 * SIZES["likely"]]]


def _alike(run: Context) -> Iterator[Pair]:
    """Pairs of different works whose titles are nearly one, inside the peer's blocks."""
    live = [line for line in lines(run).values() if line.level in ("paket", "sub_kegiatan")]
    blocks: dict[str, list[int]] = defaultdict(list)
    for i, line in enumerate(live):
        for place in {a.village or a.region for a in line.anchors} or {line.government}:
            blocks[f"{line.level} {place}"].append(i)
    rows = characters([line.plain for line in live])
    for pair in similar(rows, blocks.values(), _ALIKE):
        a, b = live[pair.left], live[pair.right]
        if a.work != b.work and one_area(a, b):
            yield (a.key, b.key) if a.key < b.key else (b.key, a.key)


def _blind(draw: random.Random, known: list[Candidate], name: str) -> list[Candidate]:
    inside = []
    for c in known:
        strength = c.meeting.strength if c.meeting else 0.0
        where = "spot" if strength >= _SPOT else "village" if strength >= _VILLAGE else "wide"
        if where == name:
            inside.append(c)
    return _sample(draw, inside, 2 * SIZES[name])


def _sample(draw: random.Random, things: Iterable[_T], count: int) -> list[_T]:
    listed = list(things)
    return draw.sample(listed, min(count, len(listed)))
