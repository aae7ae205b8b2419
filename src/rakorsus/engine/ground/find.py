"""Clash and opportunity: the same place at the same time, a new surface dug up, one dig for two.

Places meet by what a text says down to the street, RW or hamlet, or by drawn shapes where a file
has them. Whole-year dates say nothing about when, and never make a clash.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from rakorsus.engine.blocks import Blocks, blocks
from rakorsus.engine.context import Context
from rakorsus.engine.draft import draft
from rakorsus.engine.ground.drawn import drawn
from rakorsus.engine.ground.works import Works, works_of
from rakorsus.engine.pairs.anchors import Meeting, meet, meeting_points
from rakorsus.engine.pairs.groups import components, edges_in
from rakorsus.engine.pairs.lines import Line, lines, one_area
from rakorsus.engine.records import DateGrade, Finding, FindingKind, Option, Text
from rakorsus.engine.refusal import Refusal
from rakorsus.engine.rules import Rules
from rakorsus.engine.sentences import day, join, listing, quoted, rupiah

_CLOSE: Final = 0.9  # strength of a meeting: one street, facility, hamlet or RW
_NEAR: Final = 0.8  # drawn near each other: one closure may serve both, but they do not clash
_YEAR: Final = 366


@dataclass(frozen=True, slots=True)
class _Edge:
    rule: str
    first: Line  # the one that begins first
    second: Line
    works: tuple[Works, Works]
    meeting: Meeting
    days: int  # days together (clash), or days between the end of one and the begin of the other


def find(context: Context) -> list[Finding]:
    """Clashes and opportunities of a run, one finding for each place and rule."""
    edges = [e for e in _edges(context) if context.enabled(e.rule)]
    found = []
    for rule in ("clash.same_time", "clash.dig_after_pave", "opportunity.joint"):
        by_pair = {tuple(sorted((e.first.key, e.second.key))): e for e in edges if e.rule == rule}
        around: dict[str, list[_Edge]] = defaultdict(list)
        for (low, _), edge in by_pair.items():
            around[low].append(edge)
        for group in components((a, b) for a, b in by_pair):
            if context.wanted(group):
                inside = [edge for key in group for edge in around[key]]
                found.append(_finding(context, rule, group, inside))
    return found


def _edges(context: Context) -> list[_Edge]:
    """Pairs of works that meet, each with the first rule that fires."""
    known = lines(context)
    if context.only is None:
        works = {
            key: (line, kind)
            for key, line in known.items()
            if line.date_grade >= DateGrade.HALF
            and not isinstance(kind := timed_works(line), Refusal)
        }
        pairs = sorted(meetings(context, works).items())
        said = (judge(context, works[a], works[b], met) for (a, b), met in pairs)
        return [edge for edge in said if not isinstance(edge, Refusal)]

    shapes = drawn(context)

    def names(line: Line) -> Iterator[str]:
        if line.date_grade >= DateGrade.HALF and not isinstance(timed_works(line), Refusal):
            yield from meeting_points(line.anchors)
            yield from shapes.names(line.key)

    def compare(left: str, right: str) -> _Edge | None:
        return _edge(context, known[left], known[right], shapes.metres(left, right))

    return list(edges_in(blocks(context, "ground", names), compare, context.only).values())


def _edge(context: Context, a: Line, b: Line, metres: float | None) -> _Edge | None:
    kinds = timed_works(a), timed_works(b)
    met = _meeting(a, b, metres, context.rules)
    if met is None or isinstance(kinds[0], Refusal) or isinstance(kinds[1], Refusal):
        return None
    said = judge(context, (a, kinds[0]), (b, kinds[1]), met)
    return None if isinstance(said, Refusal) else said


def timed_works(line: Line) -> Works | Refusal:
    """The class of a work on the ground whose period says when it runs, or why it is none."""
    if line.level != "paket" or line.support or (kind := works_of(line)) is None:
        return Refusal.NO_SURFACE
    if line.date_grade < DateGrade.HALF or line.begin is None or line.finish is None:
        return Refusal.WEAK_DATES
    return kind


def meetings(
    context: Context, known: Mapping[str, tuple[Line, Works]]
) -> dict[tuple[str, str], Meeting]:
    """The pairs of these works that meet, the smaller key first, by text or by drawn shape."""
    shapes = drawn(context)
    metres = shapes.near({key: line for key, (line, _) in known.items()})
    named = Blocks(lambda line: meeting_points(line.anchors))
    for line, _ in known.values():
        named.put(line)
    found = {}
    for left, right in {*named.pairs(), *metres}:
        far = metres.get((left, right))
        met = _meeting(known[left][0], known[right][0], far, context.rules)
        if met is not None:
            found[left, right] = met
    return found


def _areas(line: Line) -> set[str]:
    """The streets, facilities, hamlets and villages with an RW that a text names."""
    fine = (a for a in line.anchors if a.fine)
    return {
        f"{a.region}|rw" if a.rw
        else f"{a.region}|{a.street or ''}|{a.facility or ''}|{a.hamlet or ''}"
        for a in fine
    } | {f"{a.region[:8]}|{a.street}" for a in line.anchors if a.street}  # fmt: skip


def _meeting(a: Line, b: Line, metres: float | None, rules: Rules) -> Meeting | None:
    """How two works meet: drawn within the distance of a clash, by their texts, or drawn near
    enough for joint works. `metres` apart as drawn, None when out of reach or not drawn."""
    shown = None
    if metres is not None:
        close = metres <= rules.clash_distance_m
        words = Text(f"jarak {metres:.0f} m", f"{metres:.0f} m apart")
        shown = Meeting(1.0 if close else _NEAR, "", words)
        if close:
            return shown
    if not one_area(a, b) or not _areas(a) & _areas(b):
        return shown
    met = meet(a.anchors, b.anchors)
    return met if met is not None and met.strength >= _CLOSE else shown


def judge(
    context: Context, one: tuple[Line, Works], other: tuple[Line, Works], meeting: Meeting
) -> _Edge | Refusal:
    """What the rules say of two works that meet, each with its class: an edge, or why not."""
    (a, kind_a), (b, kind_b) = sorted((one, other), key=lambda p: (p[0].begin, p[0].key))
    assert a.begin and a.finish and b.begin and b.finish  # noqa: PT018 (filtered before)
    if a.work == b.work:
        return Refusal.SAME_WORK
    if not (kind_a.closes or kind_b.closes):
        return Refusal.OPEN
    if kind_a.code == kind_b.code and a.family == b.family:
        return Refusal.ONE_KIND  # stretches of one programme, or a duplicate: not for this rule
    together = (min(a.finish, b.finish) - b.begin).days + 1
    gap = (b.begin - a.finish).days
    both = (kind_a, kind_b)
    close = meeting.strength >= _CLOSE
    if together > 0:
        if not close:
            return Refusal.APART
        disturbs = kind_a.closes and kind_b.closes and kind_a.code != kind_b.code
        if not disturbs:
            return Refusal.HARMLESS
        return _Edge("clash.same_time", a, b, both, meeting, together)
    years = context.rules.moratorium_years.get(kind_a.surface, 0)
    late = kind_a.surface and kind_b.digs and kind_b.code != "drain"
    if close and late and gap <= years * _YEAR:
        return _Edge("clash.dig_after_pave", a, b, both, meeting, gap)
    if (
        kind_a.digs
        and kind_b.digs
        and a.family != b.family
        and (gap <= context.rules.opportunity_days)
    ):
        return _Edge("opportunity.joint", a, b, both, meeting, gap)
    return Refusal.FAR_IN_TIME


def _finding(context: Context, rule: str, group: Iterable[str], edges: list[_Edge]) -> Finding:
    best = max(edges, key=lambda e: (min(e.first.money, e.second.money), e.first.key))
    kind = FindingKind.OPPORTUNITY if rule.startswith("opportunity") else FindingKind.CLASH
    members = {e.first.key: e.first for e in edges} | {e.second.key: e.second for e in edges}
    money = sum(sorted(line.money for line in members.values())[:-1])
    offices = {line.family for line in members.values()}
    score = {"clash.same_time": 0.72, "clash.dig_after_pave": 0.82, "opportunity.joint": 0.6}[rule]
    score += 0.06 * (len(offices) > 1) + 0.03 * min(len(members) - 2, 3)
    return draft(
        context,
        kind,
        list(group),
        rule=rule,
        reasons=_reasons(context, best, members),
        score=min(score, 0.95),
        sure=0.9 if min(best.first.date_grade, best.second.date_grade) > DateGrade.HALF else 0.7,
        money=money,
        options=_options(best),
        evidence={
            "meeting": {
                "what": best.meeting.what.as_dict(),
                "strength": best.meeting.strength,
                "region": best.meeting.region,
            },
            "works": [k.name.as_dict() for k in best.works],
            "days": best.days,
            "by": best.second.begin.isoformat() if best.second.begin else None,
        },
        places=[best.meeting.region] if best.meeting.region else None,
    )


def _reasons(context: Context, edge: _Edge, members: Mapping[str, Line]) -> Text:
    a, b = edge.first, edge.second
    assert a.begin and a.finish and b.begin and b.finish  # noqa: PT018
    where_id = ", ".join(t for t in (edge.meeting.what.id, context.area(edge.meeting.region)) if t)
    where_en = ", ".join(t for t in (edge.meeting.what.en, context.area(edge.meeting.region)) if t)
    ours, theirs = context.agency(a.agency), context.agency(b.agency)
    say = {
        "clash.same_time": lambda: Text(
            f"{edge.works[0].name.id.capitalize()} oleh {ours} dan {edge.works[1].name.id} oleh "
            f"{theirs} berjalan bersamaan {edge.days} hari di {where_id} "
            f"({day(b.begin).id} sampai {day(min(a.finish, b.finish)).id}).",
            f"{ours} ({edge.works[0].name.en}) and {theirs} ({edge.works[1].name.en}) work at the "
            f"same time for {edge.days} days at {where_en} "
            f"({day(b.begin).en} to {day(min(a.finish, b.finish)).en}).",
        ),
        "clash.dig_after_pave": lambda: Text(
            f"{theirs} akan menggali ({edge.works[1].name.id}) pada {day(b.begin).id} "
            f"di {where_id}, "
            f"{edge.days} hari setelah {edge.works[0].name.id} {ours} senilai "
            f"{rupiah(a.money).id} selesai ({day(a.finish).id}).",
            f"{theirs} will dig ({edge.works[1].name.en}) on {day(b.begin).en} at {where_en}, "
            f"{edge.days} days after {ours}'s {edge.works[0].name.en} of {rupiah(a.money).en} is "
            f"finished ({day(a.finish).en}).",
        ),
        "opportunity.joint": lambda: Text(
            f"{ours} ({edge.works[0].name.id}) dan {theirs} ({edge.works[1].name.id}) menggali di "
            f"{where_id} dengan jeda {edge.days} hari; satu penutupan jalan dan satu galian cukup "
            "untuk keduanya.",
            f"{ours} ({edge.works[0].name.en}) and {theirs} ({edge.works[1].name.en}) dig at "
            f"{where_en} {edge.days} days apart; one closure and one dig would serve both.",
        ),
    }[edge.rule]()
    rest = sorted(k for k in members if k not in (a.key, b.key))
    if not rest:
        return say
    names = listing([quoted(members[k].title, 60) for k in rest], 3)
    return join(say, Text(f"Di tempat itu juga: {names.id}.", f"Also there: {names.en}."))


def _options(edge: _Edge) -> tuple[Option, ...]:
    a, b = edge.first, edge.second
    assert a.begin and a.finish and b.begin and b.finish  # noqa: PT018
    later = _shifted(b, a.finish + timedelta(days=1))
    retime = Option(
        "retime",
        Text(
            f"Geser {quoted(b.title, 50)} mulai {day(a.finish + timedelta(days=1)).id}.",
            f"Move {quoted(b.title, 50)} to begin on {day(a.finish + timedelta(days=1)).en}.",
        ),
        later,
    )
    first = _shifted(a, b.finish + timedelta(days=1))
    swap = Option(
        "swap",
        Text("Tukar urutan: yang menggali lebih dahulu, permukaan sesudahnya.",
             "Swap the order: dig first, lay the surface after."),
        first,
    )  # fmt: skip
    joint = Option(
        "joint",
        Text("Kerjakan bersama: satu jadwal, satu penutupan jalan, satu pengembalian permukaan.",
             "Work jointly: one schedule, one closure, one surface restored."),
    )  # fmt: skip
    waive = Option(
        "waive",
        Text("Biarkan, dengan alasan tertulis dan pemulihan oleh yang menggali.",
             "Waive, with a written reason and restoration by whoever digs."),
    )  # fmt: skip
    if edge.rule == "opportunity.joint":
        return (joint, waive)
    return (swap, joint, waive) if edge.rule == "clash.dig_after_pave" else (retime, joint, waive)


def _shifted(line: Line, start: date) -> tuple[dict[str, str], ...]:
    """New dates of the same length, when they still end inside the year."""
    assert line.begin and line.finish  # noqa: PT018
    end = start + (line.finish - line.begin)
    if end.year != line.finish.year:
        return ()
    return (
        {"key": line.key, "set": "start", "to": start.isoformat()},
        {"key": line.key, "set": "end", "to": end.isoformat()},
    )
