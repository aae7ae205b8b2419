"""Duplication: the same output for the same object, place and period is paid twice.

The definition follows GAO-15-49SP.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from rakorsus.engine.blocks import blocks
from rakorsus.engine.context import Context
from rakorsus.engine.draft import draft
from rakorsus.engine.marks import shared_words
from rakorsus.engine.pairs.anchors import Meeting, meet, meeting_points
from rakorsus.engine.pairs.groups import components, edges_in
from rakorsus.engine.pairs.lines import Line, at_stake, lines, one_area, same_time
from rakorsus.engine.records import Finding, FindingKind, Option, Text
from rakorsus.engine.refusal import Refusal
from rakorsus.engine.sentences import join, listing, proper, rupiah
from rakorsus.engine.thesaurus import CONTAINERS, INSIDE_GENERIC, OBJECT_NAMES, WAYS
from rakorsus.engine.words import meaning

_LOT = re.compile(
    r"\b(paket|lot|tahap|lokasi|gelombang|angkatan|wilayah) ?(\d+|[a-z]|[ivx]+)\b|\d+$"
)
_ROUND = 1_000_000
_RARE = 4
_SAME_RW = 0.9  # strength of a meeting by RW alone, see anchors.meet


@dataclass(frozen=True, slots=True)
class _Edge:
    left: Line
    right: Line
    meeting: Meeting
    objects: frozenset[str]
    hidden: bool  # one of the two does not say what it builds
    amount: bool = False  # both have the same telling amount


def find(context: Context) -> list[Finding]:
    """Duplicates on the ground: packages that build the same thing at the same place."""
    if not context.enabled("duplicate.place"):
        return []
    known = lines(context)
    amounts = blocks(context, "amount", amount)
    ceiling = context.rules.direct_procurement_ceiling

    def compare(left: str, right: str) -> _Edge | None:
        a, b = known[left], known[right]
        if not homes(a) & homes(b):
            return None
        said = judge(a, b)
        if isinstance(said, Refusal):
            return None
        tells = a.money == b.money and _tells(a.money, len(amounts[amount(a)[0]]), ceiling)
        return replace(said, amount=tells)

    edges = edges_in(blocks(context, "duplicate.place", spots), compare, context.only)
    found = []
    for group in components(edges):
        if context.wanted(group):
            inside = [edges[p] for p in combinations(group, 2) if p in edges]
            found.append(_finding(context, [known[k] for k in group], inside))
    return found


def amount(line: Line) -> tuple[str]:
    """The line's money as the name of a block."""
    return (str(line.money),)


def spots(line: Line) -> Iterator[str]:
    """Where a work may be one with another's: a named object, or the RW, hamlet, street or
    facility under which two lines can meet at a spot. Finer than `homes`; none for other lines."""
    if not line.physical:
        return
    yield from line.names
    yield from meeting_points(line.anchors)
    for anchor in line.anchors:
        if anchor.village:
            yield from (f"{anchor.village}|kampung {name}" for name in line.hamlets)


def homes(line: Line) -> set[str]:
    """The villages and named objects under which a work is compared; none for other lines."""
    if not line.physical:
        return set()
    return {anchor.village for anchor in line.anchors if anchor.village} | line.names


def judge(a: Line, b: Line) -> _Edge | Refusal:
    """What `duplicate.place` says of two works of one block: an edge, or why not."""
    if a.work == b.work:
        return Refusal.SAME_WORK
    if _lots(a, b):
        return Refusal.LOTS
    if not one_area(a, b):
        return Refusal.OTHER_GOVERNMENT
    met = meeting(a, b)
    if met is None or met.strength < 0.9:
        return Refusal.APART
    both = (a.objects & b.objects) - {"generic"} - CONTAINERS
    if not both and _same_activity(a, b):
        both = a.objects & b.objects - {"generic"}
    if not both and a.objects | b.objects == WAYS:
        both = WAYS
    hidden = not both and vague(a, b)
    if not both and not hidden:
        return Refusal.OTHER_OBJECT
    if a.family != b.family and hidden:
        return Refusal.VAGUE  # two agencies, one of them vague: an overlap, see overlap.py
    return _Edge(a, b, met, both, hidden)


def vague(a: Line, b: Line) -> bool:
    """Whether one of two titles is so general that it may hide the other's work."""
    return ("generic" in a.objects and b.objects <= INSIDE_GENERIC) or (
        "generic" in b.objects and a.objects <= INSIDE_GENERIC
    )


def meeting(a: Line, b: Line) -> Meeting | None:
    """Where two lines meet, by place or by a named object; weak when finer places disagree."""
    met = meet(a.anchors, b.anchors)
    hamlets = a.hamlets & b.hamlets
    if met and hamlets and 0.3 <= met.strength < 0.9 and not _apart(a, b):
        name = sorted(hamlets)[0].title()
        met = Meeting(1.0, met.region, Text(f"Kampung {name}", f"the hamlet of {name}"))
    if met and met.strength == _SAME_RW and _elsewhere(a, b):
        met = Meeting(0.7, met.region, met.what)
    names = a.names & b.names
    if not names or (met is None and a.anchors and b.anchors):
        return met
    name = proper(max(sorted(names), key=len).upper())
    strength = 0.5 if _apart(a, b) else 1.0
    if met is not None and met.strength > strength:
        return met
    return Meeting(strength, met.region if met else "", Text(name, name))


def _apart(a: Line, b: Line) -> bool:
    """Whether both say village, RW, RT or hamlet and share none: two stretches of one object."""
    return any(
        ours and theirs and not ours & theirs
        for ours, theirs in zip(_spots(a), _spots(b), strict=True)
    )


def _elsewhere(a: Line, b: Line) -> bool:
    """Whether both name streets, hamlets or facilities inside their RW, and share none."""
    ours, theirs = _details(a), _details(b)
    return bool(ours and theirs and not ours & theirs)


def _details(line: Line) -> frozenset[str]:
    named = {n for x in line.anchors for n in (x.hamlet, x.street, x.facility) if n}
    return frozenset(named) | line.names | line.hamlets


def _spots(line: Line) -> tuple[frozenset[str], ...]:
    """Villages, RW, RT and hamlets of a line."""
    hamlets = frozenset(anchor.hamlet for anchor in line.anchors if anchor.hamlet)
    return (
        frozenset(anchor.village for anchor in line.anchors if anchor.village),
        frozenset(n for anchor in line.anchors for n in anchor.rw),
        frozenset(n for anchor in line.anchors for n in anchor.rt),
        hamlets | line.hamlets,
    )


def _same_activity(a: Line, b: Line) -> bool:
    """Whether two titles say the same beside the name of the object that they share."""
    names = frozenset(w for name in a.names & b.names for w in meaning(name))
    ours, theirs = meaning(a.text) - names, meaning(b.text) - names
    return len(ours & theirs) >= 0.6 * len(ours | theirs)


def lots_of(text: str) -> frozenset[str]:
    """The lots, phases and rounds that a normal title numbers: {"paket 2"}."""
    return frozenset(found[0] for found in _LOT.finditer(text))


def _lots(a: Line, b: Line) -> bool:
    """Numbered lots of one package: equal but for the number."""
    return a.plain != b.plain and _LOT.sub("", a.plain) == _LOT.sub("", b.plain)


def _finding(context: Context, group: Sequence[Line], edges: Sequence[_Edge]) -> Finding:
    best = max(edges, key=lambda e: (_score(e), e.left.key, e.right.key))
    money = at_stake([line.money for line in group])
    agencies = sorted({line.agency for line in group})
    score = min(_score(best) + 0.03 * (len(group) - 2) + _weight(money), 0.97)
    region = best.meeting.region
    return draft(
        context,
        FindingKind.DUPLICATE,
        [line.key for line in group],
        rule="duplicate.place",
        reasons=_reasons(context, group, best, agencies),
        score=score,
        sure=0.6 + 0.3 * (best.meeting.strength >= 0.9) - 0.15 * best.hidden,
        money=money,
        options=_options(group, agencies, context),
        evidence={
            "words": shared_words([(line.key, line.title) for line in group]),
            "meeting": {
                "what": best.meeting.what.as_dict(),
                "strength": best.meeting.strength,
                "region": region,
            },
            "objects": sorted({o for line in group for o in line.objects}),
        },
        places=[region] if region else None,
    )


def _score(edge: _Edge) -> float:
    a, b = edge.left, edge.right
    score = 0.58 if edge.hidden else 0.66
    score += 0.14 * (a.plain == b.plain)
    score += 0.06 * (edge.meeting.strength >= 1.0)
    score += 0.08 * edge.amount
    score += 0.05 * (a.code is not None and a.code == b.code) * edge.hidden
    score += 0.05 * (same_time(a, b) is True)
    score -= 0.2 * (same_time(a, b) is False)
    score += 0.06 * (a.family != b.family)
    return score


def _weight(money: int) -> float:
    """Up to 0.08 for what is at stake: nothing at Rp20 million, all of it from Rp500 million."""
    return min(max((money - 20_000_000) / 480_000_000, 0.0), 1.0) * 0.08


def _tells(money: int, times: int, ceiling: int) -> bool:
    """Whether an amount says something when it repeats: unround, rare, not just under the
    ceiling. `times` is how many lines of the run have it."""
    return times <= _RARE and money % _ROUND != 0 and not 0.97 * ceiling <= money <= ceiling


def _reasons(context: Context, group: Sequence[Line], best: _Edge, agencies: Sequence[str]) -> Text:
    names = listing([context.agency(a) for a in agencies])
    region = context.area(best.meeting.region)
    at_id = ", ".join(t for t in (best.meeting.what.id, region) if t)
    at_en = ", ".join(t for t in (best.meeting.what.en, region) if t)
    count, total = len(group), rupiah(sum(line.money for line in group))
    thing = _thing(best)
    who_id = f"{names.id} merencanakan" if len(agencies) > 1 else f"{names.id} memiliki"
    who_en = f"{names.en} plan" if len(agencies) > 1 else f"{names.en} has"
    first = Text(
        f"{who_id} {count} paket {thing.id} di {at_id}, seluruhnya {total.id}.",
        f"{who_en} {count} packages for {thing.en} at {at_en}, {total.en} in all.",
    )
    return join(first, *_signs(context, group, best), _question(best))


def _thing(best: _Edge) -> Text:
    if best.objects:
        name = OBJECT_NAMES[max(best.objects)]
        return Text(name.id, f"one object ({name.en})")
    return Text("prasarana lingkungan", "neighbourhood infrastructure")


def _signs(context: Context, group: Sequence[Line], best: _Edge) -> Iterator[Text]:
    if best.left.plain == best.right.plain:
        yield Text("Nama paketnya sama persis.", "The package names are identical.")
    elif best.hidden:
        yield Text(
            "Nama paketnya terlalu umum untuk menunjukkan bahwa pekerjaannya berbeda.",
            "The names are too general to show that the works differ.",
        )
    if best.amount:
        said = rupiah(best.left.money)
        yield Text(
            f"Nilainya sama persis ({said.id}).", f"The amounts are exactly equal ({said.en})."
        )
    ceiling = context.rules.direct_procurement_ceiling
    one_house = len({line.family for line in group}) == 1
    if one_house and 0.95 * ceiling < min(line.money for line in group) <= ceiling:
        limit = rupiah(ceiling)
        yield Text(
            f"Masing-masing tepat di bawah batas pengadaan langsung {limit.id}; "
            "bila satu pekerjaan, seharusnya ditender.",
            f"Each is just under the direct-procurement ceiling of {limit.en}; "
            "as one work it would have to be tendered.",
        )
    codes = {line.code for line in group if line.code}
    if len(codes) > 1:
        yield Text(
            f"Anggarannya berada di {len(codes)} sub kegiatan yang berbeda.",
            f"The money sits under {len(codes)} different sub kegiatan.",
        )


def _question(best: _Edge) -> Text:
    if best.hidden:
        return Text(
            "Pastikan volume dan titik pekerjaannya tidak tumpang tindih sebelum kontrak berjalan.",
            "Make sure that volumes and spots do not overlap before the contracts run.",
        )
    return Text(
        "Periksa apakah objeknya satu dan dibayar dua kali.",
        "Check whether it is one object that is paid for twice.",
    )


def _options(
    group: Sequence[Line], agencies: Sequence[str], context: Context
) -> tuple[Option, ...]:
    largest = max(group, key=lambda line: (line.money, line.key))
    rest = sorted(line.key for line in group if line.key != largest.key)
    owner = context.agency(largest.agency)
    merge = Option(
        "merge",
        Text(
            f"Gabungkan menjadi satu paket di {owner}",
            f"Merge into one package under {owner}",
        ),
        ({"keep": largest.key, "merge": rest},),
    )
    split = Option(
        "split",
        Text(
            "Tetapkan pembagian RT/ruas dan volume tiap paket, lalu perbaiki nama paketnya",
            "Fix which stretch and volume each package covers, and correct the names",
        ),
        tuple({"key": line.key, "set": "title"} for line in group),
    )
    cancel = Option(
        "cancel",
        Text("Batalkan paket yang berulang", "Cancel the repeated package"),
        tuple({"key": key, "set": "status", "to": "cancelled"} for key in rest),
    )
    return (cancel, merge, split) if len(agencies) > 1 else (merge, split, cancel)
