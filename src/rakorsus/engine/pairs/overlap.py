"""Overlap: different agencies give the same kind of service to the same area (GAO-15-49SP)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rakorsus.engine.blocks import blocks
from rakorsus.engine.context import Context
from rakorsus.engine.draft import draft
from rakorsus.engine.marks import shared_words
from rakorsus.engine.pairs.anchors import Meeting
from rakorsus.engine.pairs.duplicates import meeting, spots, vague
from rakorsus.engine.pairs.groups import components, edges_in
from rakorsus.engine.pairs.lines import Line, at_stake, lines, same_time
from rakorsus.engine.records import Finding, FindingKind, Option, Text
from rakorsus.engine.refusal import Refusal
from rakorsus.engine.sentences import join, listing, rupiah
from rakorsus.engine.thesaurus import CONTAINERS, INSIDE_GENERIC, OBJECT_NAMES

#: Objects that several agencies build by their own norms; meeting in one village is a question.
SHARED = frozenset({"well", "sanitation", "irrigation", "drain", "light", "wall", "waste", "lane"})


@dataclass(frozen=True, slots=True)
class _Edge:
    left: Line
    right: Line
    meeting: Meeting
    objects: frozenset[str]

    @property
    def spot(self) -> bool:
        return self.meeting.strength >= 0.9


def find(context: Context) -> list[Finding]:
    """Overlaps on the ground: at one spot, and as a pattern over several villages."""
    known = lines(context)
    found = []
    if context.enabled("overlap.spot"):
        found += _spots(context, known)
    if context.enabled("overlap.village"):
        found += _patterns(context, known)
    return found


def _vague_spots(line: Line) -> Iterator[str]:
    """The spots of works that hide what they build, and of those that they may hide."""
    if line.physical and ("generic" in line.objects or line.objects <= INSIDE_GENERIC):
        yield from spots(line)


def _villages(line: Line) -> set[str]:
    return {a.village for a in line.anchors if a.village}


def _things(line: Line) -> Iterator[str]:
    """The villages of a work with each object that it shares with another's only by chance."""
    if line.physical:
        for thing in line.objects - {"generic"} - CONTAINERS:
            yield from (f"{village}|{thing}" for village in _villages(line))


def _of_house(line: Line) -> Iterator[str]:
    """The houses that build each thing of which a pattern is told."""
    if line.physical and _villages(line):
        yield from (f"{thing}|{line.family}" for thing in line.objects & SHARED)


def judge(a: Line, b: Line) -> _Edge | Refusal:
    """What the overlap rules say of two works: an edge, or why not. Whoever calls it has seen
    that both are physical and name one village."""
    if a.family == b.family:
        return Refusal.ONE_HOUSE
    if a.work == b.work:
        return Refusal.SAME_WORK
    met = meeting(a, b)
    if met is None or met.strength < 0.3:
        return Refusal.APART
    if same_time(a, b) is False:
        return Refusal.OTHER_TIME
    both = (a.objects & b.objects) - {"generic"} - CONTAINERS
    if both or (met.strength >= 0.9 and vague(a, b)):
        return _Edge(a, b, met, both)
    return Refusal.OTHER_OBJECT


def _spots(context: Context, known: Mapping[str, Line]) -> list[Finding]:
    """Two agencies at one RW, hamlet or street where at least one does not say what it builds."""

    def compare(left: str, right: str) -> _Edge | None:
        edge = _edge(known[left], known[right])
        return edge if edge is not None and not edge.objects and edge.spot else None

    edges = edges_in(blocks(context, "overlap.spot", _vague_spots), compare, context.only)
    found = []
    for group in components(edges):
        if context.wanted(group):
            inside = [edges[p] for p in combinations(group, 2) if p in edges]
            found.append(_spot(context, [known[k] for k in group], inside[0]))
    return found


def _edge(a: Line, b: Line) -> _Edge | None:
    """The edge of two works that name one village."""
    if a.family == b.family or not _villages(a) & _villages(b):
        return None
    said = judge(a, b)
    return None if isinstance(said, Refusal) else said


def _spot(context: Context, group: Sequence[Line], edge: _Edge) -> Finding:
    agencies = sorted({line.agency for line in group})
    names = listing([context.agency(a) for a in agencies])
    place = ", ".join(t for t in (edge.meeting.what.id, context.area(edge.meeting.region)) if t)
    total = rupiah(sum(line.money for line in group))
    things = listing(sorted({_thing(line).id for line in group}))
    things_en = listing(sorted({_thing(line).en for line in group}))
    return draft(
        context,
        FindingKind.OVERLAP,
        [line.key for line in group],
        rule="overlap.spot",
        reasons=Text(
            f"{names.id} sama-sama bekerja di {place} ({things.id}, seluruhnya {total.id}). "
            "Salah satu paket tidak menyebut apa yang dibangun, sehingga bisa mengerjakan hal "
            "yang sama.",
            f"{names.en} both work at {place} ({things_en.en}, {total.en} in all). One of the "
            "packages does not say what it builds, so both may do the same.",
        ),
        score=min(0.6 + 0.02 * len(group) + 0.08 * min(at_stake(_money(group)) / 2e8, 1.0), 0.8),
        sure=0.6,
        money=at_stake(_money(group)),
        options=_options(context, agencies),
        evidence={
            "words": shared_words([(line.key, line.title) for line in group]),
            "meeting": {
                "what": edge.meeting.what.as_dict(),
                "strength": edge.meeting.strength,
                "region": edge.meeting.region,
            },
        },
        places=[edge.meeting.region] if edge.meeting.region else None,
    )


def _patterns(context: Context, known: Mapping[str, Line]) -> list[Finding]:
    """One finding for each kind of object and pair of agencies, over all villages they share."""
    groups: dict[tuple[str, str, str], list[_Edge]] = defaultdict(list)
    for left, right in blocks(context, "overlap.village", _things).pairs(context.only):
        edge = _edge(known[left], known[right])
        if edge is not None:
            low, high = sorted((edge.left.family, edge.right.family))
            for thing in edge.objects & SHARED:
                groups[thing, low, high].append(edge)
    found = []
    for (thing, low, high), near in sorted(groups.items()):
        edges = near if context.only is None else _between(context, known, thing, low, high)
        keys = sorted({key for e in edges for key in (e.left.key, e.right.key)})
        group = [known[k] for k in keys]
        if context.wanted(keys) and not _said_elsewhere(edges, group):
            areas = sorted({e.meeting.region for e in edges})
            found.append(_pattern(context, thing, group, areas, edges))
    return found


def _between(
    context: Context, known: Mapping[str, Line], thing: str, low: str, high: str
) -> list[_Edge]:
    """Every edge between the works of two houses on one kind of object."""
    houses = blocks(context, "houses of a thing", _of_house)
    theirs: dict[str, list[Line]] = defaultdict(list)
    for key in houses[f"{thing}|{high}"]:
        for village in _villages(known[key]):
            theirs[village].append(known[key])
    found: dict[tuple[str, str], _Edge] = {}
    for key in houses[f"{thing}|{low}"]:
        ours = known[key]
        for other in (x for village in _villages(ours) for x in theirs.get(village, ())):
            a, b = (ours, other) if ours.key < other.key else (other, ours)
            if (a.key, b.key) not in found and (edge := _edge(a, b)) is not None:
                found[a.key, b.key] = edge
    return list(found.values())


def _said_elsewhere(edges: Sequence[_Edge], group: Sequence[Line]) -> bool:
    """Whether every meeting is at one spot: duplicates.py says it already."""
    if any(not e.spot for e in edges):
        return False
    others = (_edge(a, b) for a, b in combinations(group, 2))
    return all(e is None or e.spot for e in others)


def _pattern(
    context: Context,
    thing: str,
    group: Sequence[Line],
    areas: Sequence[str],
    close: Sequence[_Edge],
) -> Finding:
    agencies = sorted({line.agency for line in group})
    names = listing([context.agency(a) for a in agencies])
    what = OBJECT_NAMES[thing]
    villages = listing([context.region(a) for a in areas], most=5)
    total = rupiah(sum(line.money for line in group))
    nearest = max(close, key=lambda e: (e.meeting.strength, e.left.key, e.right.key))
    sides: dict[str, int] = defaultdict(int)
    for line in group:
        sides[line.family] += line.money
    stake = min(sides.values())
    many = len(areas) > 1
    head = Text(
        f"{names.id} sama-sama membangun {what.id} di {villages.id} "
        f"({len(group)} paket, {total.id}).",
        f"{names.en} both build {what.en} in {villages.en} ({len(group)} packages, {total.en}).",
    )
    spot = Text("", "")
    if nearest.spot:
        where = ", ".join(
            t for t in (nearest.meeting.what.id, context.area(nearest.meeting.region)) if t
        )
        spot = Text(
            f"Di {where} keduanya bertemu di titik yang sama.", f"At {where} both meet at one spot."
        )
    ask = Text(
        "Perlu satu daftar lokasi dan penerima manfaat"
        + (" agar satu wilayah tidak dilayani dua kali." if many else " di desa ini."),
        "One list of locations and beneficiaries is needed"
        + (" so that no area is served twice." if many else " in this village."),
    )
    score = 0.5 + 0.05 * min(len(areas) - 1, 4) + 0.12 * nearest.spot
    score += 0.08 * min(stake / 5e8, 1.0)
    return draft(
        context,
        FindingKind.OVERLAP,
        [line.key for line in group],
        rule="overlap.village",
        about=f"{thing}",
        reasons=join(head, spot, ask),
        score=min(score, 0.85),
        sure=0.55 + 0.25 * nearest.spot,
        money=stake,
        options=_options(context, agencies),
        evidence={
            "words": shared_words([(line.key, line.title) for line in group]),
            "objects": [thing],
            "villages": [
                {
                    "region": area,
                    "name": context.area(area),
                    "keys": sorted(
                        {
                            k
                            for e in close
                            if e.meeting.region == area
                            for k in (e.left.key, e.right.key)
                        }
                    ),
                }
                for area in areas
            ],
        },
        places=areas,
    )


def _thing(line: Line) -> Text:
    named = sorted(line.objects - {"generic"}) or sorted(line.objects)
    return OBJECT_NAMES[named[0]]


def _money(group: Sequence[Line]) -> list[int]:
    return [line.money for line in group]


def _options(context: Context, agencies: Sequence[str]) -> tuple[Option, ...]:
    first = context.agency(agencies[0])
    return (
        Option(
            "lead_support",
            Text(
                f"Tunjuk satu perangkat daerah utama (misalnya {first}) dan yang lain pendukung",
                f"Appoint one lead agency (for example {first}), the others support",
            ),
        ),
        Option(
            "one_list",
            Text(
                "Susun satu daftar lokasi dan penerima manfaat bersama",
                "Draw up one joint list of locations and beneficiaries",
            ),
        ),
        Option("joint", Text("Selaraskan jadwal pelaksanaan", "Agree on a joint schedule")),
    )
