"""Fragmentation in one place: three or more agencies work on one named thing in one village."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise

from rakorsus.engine.blocks import blocks
from rakorsus.engine.context import Context
from rakorsus.engine.draft import draft
from rakorsus.engine.marks import shared_words
from rakorsus.engine.pairs.lines import Line, at_stake, lines
from rakorsus.engine.pairs.topics import shown
from rakorsus.engine.records import Finding, FindingKind, Level, Option, Text
from rakorsus.engine.sentences import listing, proper, rupiah
from rakorsus.engine.words import stems

_HOUSES = 3


def find(context: Context) -> list[Finding]:
    """Packages of three or more houses in one village whose titles share two words in a row.

    The words must not be the village's own name, and must not stand in so many villages that
    they name a kind of work rather than a thing.
    """
    if not context.enabled("fragmentation.place"):
        return []
    known = lines(context)
    phrases = _Phrases(context)
    villages = blocks(context, "villages of packages", _villages)
    common = max(3, len(villages) // 10)
    found = []
    for village in villages.asked(context.only):
        taken: set[str] = set()
        groups = phrases.of(village, villages[village])
        for phrase, keys in sorted(groups.items(), key=lambda g: (-len(g[1]), g[0])):
            houses = {known[key].family for key in keys}
            if len(houses) < _HOUSES or taken & set(keys) or phrases.spread(phrase, common):
                continue
            taken |= set(keys)
            if context.wanted(keys):
                found.append(_finding(context, village, phrase, [known[k] for k in keys]))
    return found


def _villages(line: Line) -> set[str]:
    if line.level != Level.PAKET or line.overhead or line.support:
        return set()
    return {a.village for a in line.anchors if a.village}


class _Phrases:
    """Two words in a row of each package, in each village where it stands."""

    def __init__(self, context: Context) -> None:
        regions = context.region_names
        names: dict[str, frozenset[str]] = {}

        def placed(line: Line) -> Iterator[str]:
            for village in _villages(line):
                if village not in names:
                    names[village] = _names(regions, village)
                yield from (f"{village}|{phrase}" for phrase in _said(line, names[village]))

        self._placed = blocks(context, "fragmentation.place", placed)
        self._places = blocks(context, "villages of packages", _villages).asked()
        self._counted: dict[str, bool] = {}

    def of(self, village: str, keys: Iterable[str]) -> dict[str, list[str]]:
        """The phrases in a village with the packages that say them, in order of key."""
        groups: dict[str, list[str]] = defaultdict(list)
        for key in sorted(keys):
            for name in self._placed.names(key):
                where, _, phrase = name.partition("|")
                if where == village:
                    groups[phrase].append(key)
        return groups

    def spread(self, phrase: str, most: int) -> bool:
        """Whether a phrase stands in more than `most` villages."""
        if phrase not in self._counted:
            said = (place for place in self._places if self._placed[f"{place}|{phrase}"])
            self._counted[phrase] = next(islice(said, most, None), None) is not None
        return self._counted[phrase]


def _names(regions: Mapping[str, str], village: str) -> frozenset[str]:
    parts = village.split(".")
    codes = [".".join(parts[:n]) for n in range(1, len(parts) + 1)]
    return frozenset(s for code in codes for s in stems(proper(regions.get(code, code)).lower()))


def _said(line: Line, names: frozenset[str]) -> set[str]:
    street = {s for x in line.anchors for s in stems(f"{x.street or ''} {x.facility or ''}")}
    words = [w for w in stems(line.text) if w not in names and w not in street]
    return {f"{a} {b}" for a, b in pairwise(words)}


def _finding(context: Context, village: str, phrase: str, group: Sequence[Line]) -> Finding:
    agencies = sorted({line.agency for line in group})
    names = listing([context.agency(a) for a in agencies])
    what = shown([line.title for line in group], frozenset(phrase.split()))
    where, total = context.area(village), rupiah(sum(line.money for line in group))
    count = len(agencies)
    return draft(
        context,
        FindingKind.FRAGMENTATION,
        [line.key for line in group],
        rule="fragmentation.place",
        reasons=Text(
            f"{count} perangkat daerah ({names.id}) menangani {what} di {where} lewat "
            f"{len(group)} paket, seluruhnya {total.id}, tanpa koordinator yang tampak.",
            f"{count} agencies ({names.en}) work on {what} in {where} through {len(group)} "
            f"packages, {total.en} in all, and no coordinator shows.",
        ),
        score=min(0.55 + 0.05 * (count - _HOUSES) + 0.02 * (len(group) - _HOUSES), 0.75),
        sure=0.65,
        money=at_stake([line.money for line in group]),
        options=(
            Option(
                "coordinator",
                Text(
                    "Tunjuk satu koordinator dan satu jadwal bersama",
                    "Appoint one coordinator and one joint schedule",
                ),
            ),
            Option("joint", Text("Gabungkan dalam satu rencana kawasan", "Make one area plan")),
        ),
        evidence={
            "phrase": phrase,
            "words": shared_words([(line.key, line.title) for line in group]),
        },
        places=[village],
    )
