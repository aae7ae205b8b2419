"""Fragmentation in one place: three or more agencies work on one named thing in one village."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from rakorsus.engine.context import Context
from rakorsus.engine.draft import draft
from rakorsus.engine.marks import shared_words
from rakorsus.engine.pairs.lines import Line, at_stake, lines
from rakorsus.engine.pairs.topics import shown
from rakorsus.engine.records import Finding, FindingKind, Level, Option, Text
from rakorsus.engine.sentences import listing, rupiah
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
    villages = _villages(known)
    spread: dict[str, set[str]] = defaultdict(set)
    phrases: dict[str, dict[str, list[Line]]] = {}
    for village, members in sorted(villages.items()):
        phrases[village] = _phrases(members, _names(context, village))
        for phrase in phrases[village]:
            spread[phrase].add(village)
    common = max(3, len(villages) // 10)
    found = []
    for village, groups in phrases.items():
        taken: set[str] = set()
        for phrase, group in sorted(groups.items(), key=lambda g: (-len(g[1]), g[0])):
            houses = {line.family for line in group}
            keys = {line.key for line in group}
            if len(houses) < _HOUSES or len(spread[phrase]) > common or keys & taken:
                continue
            taken |= keys
            if context.wanted(keys):
                found.append(_finding(context, village, phrase, group))
    return found


def _villages(known: Mapping[str, Line]) -> Mapping[str, list[Line]]:
    villages: dict[str, list[Line]] = defaultdict(list)
    for line in known.values():
        if line.level == Level.PAKET and not line.overhead and not line.support:
            for village in sorted({a.village for a in line.anchors if a.village}):
                villages[village].append(line)
    return villages


def _names(context: Context, village: str) -> frozenset[str]:
    parts = village.split(".")
    codes = [".".join(parts[:n]) for n in range(1, len(parts) + 1)]
    return frozenset(s for code in codes for s in stems(context.region(code).lower()))


def _phrases(members: Sequence[Line], names: frozenset[str]) -> dict[str, list[Line]]:
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in members:
        street = {s for x in line.anchors for s in stems(f"{x.street or ''} {x.facility or ''}")}
        words = [w for w in stems(line.text) if w not in names and w not in street]
        for pair in sorted({f"{a} {b}" for a, b in pairwise(words)}):
            groups[pair].append(line)
    return groups


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
