"""Order: a step is planned before the step that it needs.

Steps of one object, earliest first: land and design, then building, then equipment; and below a
street the drain before the surface. Lines are steps of one object when they meet at one spot and
name the same thing. Only firm dates count (shorter than half a year, or of a contract).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rakorsus.engine.blocks import blocks
from rakorsus.engine.context import Context
from rakorsus.engine.draft import draft
from rakorsus.engine.ground.works import works_of
from rakorsus.engine.pairs.anchors import Meeting, meet, meeting_points
from rakorsus.engine.pairs.lines import Line, lines, one_area
from rakorsus.engine.records import DateGrade, Finding, FindingKind, Option, Text
from rakorsus.engine.refusal import Refusal
from rakorsus.engine.sentences import day, join, quoted, rupiah
from rakorsus.engine.words import stems

_LAND: Final = re.compile(r"\b(pembebasan|pengadaan|ganti rugi|pembelian) (lahan|tanah)")
_EQUIP: Final = re.compile(
    r"\b(mebel\w*|peralatan|perlengkapan|alat kesehatan|meubelair|interior)\b"
)
_RANKS: Final = {"land": 0, "design": 1, "build": 2, "equip": 3}
_NAMES: Final = {
    "land": Text("pengadaan lahan", "acquiring the land"),
    "design": Text("perencanaan teknis", "design"),
    "build": Text("pekerjaan fisik", "the works"),
    "equip": Text("pengadaan perlengkapan", "equipment"),
    "drain": Text("drainase", "the drain"),
    "surface": Text("permukaan jalan", "the road surface"),
}
_SAME: Final = 0.4  # share of words that two steps of one object have in common


@dataclass(frozen=True, slots=True)
class _Wrong:
    rule: str
    needed: Line  # the step that must come first
    early: Line  # the step that is planned too early
    steps: tuple[str, str]
    meeting: Meeting


def find(context: Context) -> list[Finding]:
    """Wrong orders of a run, one finding for each pair of steps."""
    return [
        _finding(context, wrong)
        for wrong in _wrongs(context)
        if context.enabled(wrong.rule) and context.wanted((wrong.needed.key, wrong.early.key))
    ]


def _wrongs(context: Context) -> Iterator[_Wrong]:
    known = lines(context)
    for left, right in blocks(context, "order", _steps).pairs(context.only):
        a, b = known[left], known[right]
        one, other = timed_step(a), timed_step(b)
        assert not isinstance(one, Refusal) and not isinstance(other, Refusal)  # noqa: PT018
        if a.work != b.work and one_area(a, b) and set(spots(a)) & set(spots(b)):
            wrong = judge(a, one, b, other)
            if not isinstance(wrong, Refusal):
                yield wrong


def _steps(line: Line) -> Iterator[str]:
    """Where a timed step may meet another of the same object."""
    if line.date_grade >= DateGrade.HALF and not isinstance(timed_step(line), Refusal):
        yield from meeting_points(line.anchors)


def spots(line: Line) -> list[str]:
    """The streets, facilities and kecamatan under which steps are compared."""
    return [
        f"{anchor.region[:8]}|{anchor.street or anchor.facility or ''}"
        for anchor in line.anchors
        if anchor.fine
    ]


def timed_step(line: Line) -> str | Refusal:
    """The step of a package whose period says when it is taken, or why it has none."""
    step = _step(line)
    if not step or line.level != "paket":
        return Refusal.NO_STEP
    if line.date_grade < DateGrade.HALF or not line.begin or not line.finish:
        return Refusal.WEAK_DATES
    return step


def _step(line: Line) -> str:
    """Which step of an object's life the line is; empty when it is none."""
    if _LAND.search(line.plain):
        return "land"
    if line.stage == "design":
        return "design"
    if _EQUIP.search(line.plain) and line.stage in ("goods", "build"):
        return "equip"
    return "build" if works_of(line) or line.stage == "build" else ""


def judge(a: Line, step_a: str, b: Line, step_b: str) -> _Wrong | Refusal:
    """What the rules say of two timed steps: the wrong order, or why there is none."""
    met = meet(a.anchors, b.anchors)
    if met is None or met.strength < 0.9:
        return Refusal.APART
    if step_a == step_b == "build":
        return _surface(a, b, met) or Refusal.SAME_STEP
    if step_a == step_b:
        return Refusal.SAME_STEP
    (needed, first), (early, later) = sorted(
        ((a, step_a), (b, step_b)), key=lambda pair: _RANKS[pair[1]]
    )
    if first == "land" and later == "design":
        return Refusal.IN_ORDER  # may go side by side
    assert early.begin and needed.finish  # noqa: PT018 (firm dates)
    if early.begin > needed.finish:
        return Refusal.IN_ORDER
    if not _one_object(needed, early):
        return Refusal.OTHER_OBJECT
    return _Wrong(f"order.{first}", needed, early, (first, later), met)


def _surface(a: Line, b: Line, met: Meeting) -> _Wrong | None:
    """A street's surface laid before the drain below it is dug."""
    kinds = {line.key: works_of(line) for line in (a, b)}
    for surface, drain in ((a, b), (b, a)):
        top, below = kinds[surface.key], kinds[drain.key]
        if top and below and top.surface and below.code == "drain":
            assert surface.finish and drain.begin  # noqa: PT018
            if surface.finish < drain.begin and (drain.begin - surface.finish).days <= 366:
                return _Wrong("order.pave", drain, surface, ("drain", "surface"), met)
    return None


def _one_object(a: Line, b: Line) -> bool:
    ours, theirs = set(stems(a.plain)), set(stems(b.plain))
    return bool(ours and theirs) and len(ours & theirs) >= _SAME * min(len(ours), len(theirs))


def _finding(context: Context, wrong: _Wrong) -> Finding:
    needed, early = wrong.needed, wrong.early
    assert early.begin and early.finish and needed.begin and needed.finish  # noqa: PT018
    first, later = (_NAMES[s] for s in wrong.steps)
    where = context.area(wrong.meeting.region)
    spot_id = ", ".join(t for t in (wrong.meeting.what.id, where) if t)
    spot_en = ", ".join(t for t in (wrong.meeting.what.en, where) if t)
    start = Text(
        f"{later.id.capitalize()} di {spot_id} dijadwalkan mulai {day(early.begin).id} "
        f"({context.agency(early.agency)}, {rupiah(early.money).id}),",
        f"At {spot_en} {later.en} is planned from {day(early.begin).en} "
        f"({context.agency(early.agency)}, {rupiah(early.money).en}),",
    )
    end = Text(
        f"padahal {first.id} baru selesai {day(needed.finish).id} "
        f"({context.agency(needed.agency)}).",
        f"but {first.en} is finished only on {day(needed.finish).en} "
        f"({context.agency(needed.agency)}).",
    )
    if wrong.rule == "order.pave":
        end = Text(
            f"lalu digali lagi untuk drainase mulai {day(needed.begin).id} "
            f"({context.agency(needed.agency)}).",
            f"and will be dug up again for the drain from {day(needed.begin).en} "
            f"({context.agency(needed.agency)}).",
        )
    option = Option(
        "retime",
        Text(f"Dahulukan {first.id}, lalu {later.id}: geser {quoted(early.title, 50)}.",
             f"Put {first.en} first, then {later.en}: move {quoted(early.title, 50)}."),
    )  # fmt: skip
    return draft(
        context,
        FindingKind.ORDER,
        [needed.key, early.key],
        rule=wrong.rule,
        reasons=join(start, end),
        score=0.78,
        sure=0.85 if wrong.meeting.strength >= 1 else 0.75,
        money=early.money,
        options=(option,),
        evidence={
            "meeting": {
                "what": wrong.meeting.what.as_dict(),
                "strength": wrong.meeting.strength,
                "region": wrong.meeting.region,
            },
            "steps": list(wrong.steps),
            "first": needed.key,
            "by": early.begin.isoformat(),
        },
        places=[wrong.meeting.region],
    )
