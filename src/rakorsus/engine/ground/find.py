"""Clash and opportunity: the same place at the same time, a new surface dug up, one dig for two.

Places meet by what a text says down to the street, RW or hamlet, or by drawn shapes where a file
has them. Whole-year dates say nothing about when, and never make a clash.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import shapely

from rakorsus.engine.context import Context
from rakorsus.engine.draft import draft
from rakorsus.engine.ground.near import Drawn, near
from rakorsus.engine.ground.works import Works, works_of
from rakorsus.engine.pairs.anchors import Meeting, meet
from rakorsus.engine.pairs.groups import components
from rakorsus.engine.pairs.lines import Line, lines, one_area
from rakorsus.engine.records import DateGrade, Finding, FindingKind, Option, Text
from rakorsus.engine.refusal import Refusal
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
        for group in components((a, b) for a, b in by_pair):
            if context.wanted(group):
                inside = [e for pair, e in by_pair.items() if set(pair) <= set(group)]
                found.append(_finding(context, rule, group, inside))
    return found


def _edges(context: Context) -> list[_Edge]:
    """Pairs of works that meet, each with the first rule that fires."""
    known = {
        key: (line, kind)
        for key, line in lines(context).items()
        if not isinstance(kind := timed_works(line), Refusal)
    }
    pairs = meetings(context, known)
    edges = []
    for (a, b), meeting in sorted(pairs.items(), key=lambda item: item[0]):
        edge = judge(context, known[a], known[b], meeting)
        if not isinstance(edge, Refusal):
            edges.append(edge)
    return edges


def timed_works(line: Line) -> Works | Refusal:
    """The class of a work on the ground whose period says when it runs, or why it is none."""
    kind = works_of(line)
    if line.level != "paket" or line.support or kind is None:
        return Refusal.NO_SURFACE
    if line.date_grade < DateGrade.HALF or line.begin is None or line.finish is None:
        return Refusal.WEAK_DATES
    return kind


def meetings(
    context: Context, known: Mapping[str, tuple[Line, Works]]
) -> dict[tuple[str, str], Meeting]:
    """The pairs of these works that meet, the smaller key first, by text or by drawn shape."""
    drawn = _by_shape(context, known)
    close = {pair: met for pair, met in drawn.items() if met.strength >= _CLOSE}
    return drawn | _by_text(known) | close


def _by_text(known: Mapping[str, tuple[Line, Works]]) -> dict[tuple[str, str], Meeting]:
    """Pairs whose texts name one street, facility, hamlet or RW."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for key, (line, _) in known.items():
        for spot in {
            f"{a.region}|{a.street or ''}|{a.facility or ''}|{a.hamlet or ''}" if not a.rw
            else f"{a.region}|rw"
            for a in line.anchors
            if a.fine
        }:  # fmt: skip
            blocks[spot].append(key)
        for anchor in line.anchors:
            if anchor.street:
                blocks[f"{anchor.region[:8]}|{anchor.street}"].append(key)
    found: dict[tuple[str, str], Meeting] = {}
    for inside in blocks.values():
        for n, a in enumerate(sorted(set(inside))):
            for b in sorted(set(inside))[n + 1 :]:
                if (a, b) in found or not one_area(known[a][0], known[b][0]):
                    continue
                met = meet(known[a][0].anchors, known[b][0].anchors)
                if met is not None and met.strength >= _CLOSE:
                    found[a, b] = met
    return found


def _by_shape(
    context: Context, known: Mapping[str, tuple[Line, Works]]
) -> dict[tuple[str, str], Meeting]:
    """Pairs whose drawn shapes lie within the distance for a clash (strength 1), or only within
    that for joint works."""
    drawn = []
    shapes = context.programs.select("key", "geometry").drop_nulls()
    for key, text in shapes.iter_rows():
        if key in known and known[key][0].begin and known[key][0].finish:
            line = known[key][0]
            assert line.begin is not None and line.finish is not None  # noqa: PT018
            drawn.append(Drawn(key, shapely.from_wkt(text), line.begin, line.finish))
    clash, days = context.rules.clash_distance_m, _YEAR * 5
    reach = max(clash, context.rules.opportunity_distance_m)
    return {
        (a, b): Meeting(
            1.0 if metres <= clash else _NEAR,
            "",
            Text(f"jarak {metres:.0f} m", f"{metres:.0f} m apart"),
        )
        for a, b, metres in near(drawn, reach, days)
    }


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
