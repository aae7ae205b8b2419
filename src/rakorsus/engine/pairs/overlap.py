"""Overlap: different agencies give the same kind of service to the same area (GAO-15-49SP)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rakorsus.engine.blocks import Blocks, blocks, keep
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
        found += _patterns(context)
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


_Unit = tuple[str, str, str]  # a kind of object and two houses, in order


class _Edges:
    """The edges between works on one kind of object, by the object and the two houses."""

    def __init__(self) -> None:
        self._near = Blocks(_things)
        self._lines: dict[str, Line] = {}
        self._edges: dict[_Unit, dict[tuple[str, str], _Edge]] = {}
        self._of: dict[str, dict[tuple[_Unit, tuple[str, str]], None]] = {}

    def put(self, line: Line) -> None:
        """Compare a line with those that it can meet."""
        self.drop(line.key)
        self._near.put(line)
        self._lines[line.key] = line
        for key in {k for name in self._near.names(line.key) for k in self._near[name]}:
            other = self._lines[key]
            edge = _edge(*((line, other) if line.key < key else (other, line)))
            if edge is not None:
                low, high = sorted((line.family, other.family))
                for thing in edge.objects & SHARED:
                    self._join((thing, low, high), edge)

    def _join(self, unit: _Unit, edge: _Edge) -> None:
        pair = (edge.left.key, edge.right.key)
        self._edges.setdefault(unit, {})[pair] = edge
        for key in pair:
            self._of.setdefault(key, {})[unit, pair] = None

    def drop(self, key: str) -> None:
        """Forget a line and its edges."""
        self._near.drop(key)
        self._lines.pop(key, None)
        for unit, pair in self._of.pop(key, {}):
            del self._edges[unit][pair]
            if not self._edges[unit]:
                del self._edges[unit]
            other = pair[pair[0] == key]
            self._of.get(other, {}).pop((unit, pair), None)

    def settle(self) -> None:
        """Nothing is left behind by a change."""
        self._near.settle()

    def units(self, only: frozenset[str] | None) -> list[tuple[_Unit, list[_Edge]]]:
        """Every unit with its edges, or those in which one of these lines stands, in order."""
        asked = self._edges if only is None else {u for k in only for u, _ in self._of.get(k, ())}
        return [(unit, list(self._edges[unit].values())) for unit in sorted(asked)]


def _patterns(context: Context) -> list[Finding]:
    """One finding for each kind of object and pair of agencies, over all villages they share."""
    known = lines(context)
    found = []
    for (thing, _, _), edges in keep(context, "overlap.village", _Edges).units(context.only):
        keys = sorted({key for e in edges for key in (e.left.key, e.right.key)})
        group = [known[k] for k in keys]
        if not _said_elsewhere(edges, group):
            areas = sorted({e.meeting.region for e in edges})
            found.append(_pattern(context, thing, group, areas, edges))
    return found


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
    there: dict[str, set[str]] = defaultdict(set)
    for edge in close:
        there[edge.meeting.region].update((edge.left.key, edge.right.key))
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
                    "keys": sorted(there[area]),
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
