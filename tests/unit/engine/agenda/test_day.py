"""A whole day: valid whatever comes in, equal to brute force on small cases, least change."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rakorsus.engine.agenda import talks as talk_models
from rakorsus.engine.agenda.day import Day, Plan, Session
from rakorsus.engine.agenda.groups import group_of, in_order
from rakorsus.engine.agenda.plan import plan, replan
from rakorsus.engine.agenda.records import Case, Talk, Window
from rakorsus.engine.agenda.trials import compare, cost, ending, lasting, seated

PEOPLE = "ABCD"
gaps = st.dictionaries(
    st.sampled_from(PEOPLE),
    st.lists(st.sampled_from([(0, 15), (15, 30), (20, 50), (45, 60)]), max_size=2),
    max_size=2,
)
cases = st.lists(
    st.tuples(
        st.frozensets(st.sampled_from(PEOPLE), min_size=1, max_size=2),
        st.sampled_from([15, 30]),
        st.integers(1, 9),
    ),
    max_size=4,
).map(lambda drawn: tuple(Case(f"c{n}", *parts) for n, parts in enumerate(drawn)))
talks = st.lists(
    st.tuples(
        st.integers(1, 12), st.integers(0, 3), st.integers(1, 3),
        st.frozensets(st.sampled_from(PEOPLE), min_size=1, max_size=1),
    ),
    max_size=3,
).map(
    lambda drawn: tuple(
        Talk(f"t{n}", low, low + more, weight, people=people)
        for n, (low, more, weight, people) in enumerate(drawn)
    )
)  # fmt: skip
days = st.builds(
    lambda drawn_talks, drawn_cases, away, tables, pause, most: Day(
        (
            Session("stage", Window(0, 30), talks=drawn_talks),
            Session("desks", Window(0, 60, ((15, 30),) if pause else ()), cases=drawn_cases,
                    tables=tables),
        ),
        away=away,
        most={"A": 30} if most else {},
    ),
    talks, cases, gaps, st.integers(1, 2), st.booleans(), st.booleans(),
)  # fmt: skip


def check(day: Day, made: Plan) -> None:
    """Every rule of the day, tested without the solver's help."""
    spans: dict[str, list[tuple[int, int]]] = {}
    minutes: dict[str, int] = {}
    gone = {out.id for out in made.left_out}
    wanted = [i.id for s in day.sessions for i in (*s.talks, *s.cases)]
    assert set(made.placed) | gone == set(wanted)
    assert not set(made.placed) & gone
    for session in day.sessions:
        placed = made.schedules[session.id].placed
        known = {i.id: i for s in day.sessions for i in (*s.talks, *s.cases)}
        for p in placed:
            item = known[p.id]
            assert session.window.start <= p.start < p.end <= session.window.end
            assert not any(p.start < e and b < p.end for b, e in session.window.breaks)
            who = item.people if isinstance(item, Talk) else item.agencies
            for one in who:
                assert not any(p.start < e and b < p.end for b, e in day.away.get(one, ()))
                spans.setdefault(one, []).append((p.start, p.end))
            if isinstance(item, Talk):
                assert item.shortest <= p.end - p.start <= item.longest
            else:
                assert p.end - p.start == item.minutes
                for one in who:
                    minutes[one] = minutes.get(one, 0) + item.minutes
            assert day.pinned.get(p.id, p.start) == p.start
        for a, b in itertools.combinations(placed, 2):
            if a.start < b.end and b.start < a.end:
                assert session.cases
                assert a.table != b.table
        assert all(1 <= p.table <= session.tables for p in placed if session.cases)
        order = [p.id for p in placed]
        assert not session.talks or order == [t.id for t in session.talks if t.id in order]
    for taken in spans.values():
        assert all(a[1] <= b[0] or b[1] <= a[0] for a, b in itertools.combinations(taken, 2))
    assert all(minutes.get(who, 0) <= most for who, most in day.most.items())


def timetables(day: Day, session: Session, busy: dict) -> Iterator[dict[str, int]]:
    """Every way to place some of a session's cases."""

    def fits(chosen: dict[str, int]) -> bool:
        load: dict[int, int] = {}
        seats = set()
        minutes: dict[str, int] = {}
        for case in session.cases:
            if case.id not in chosen:
                continue
            start = chosen[case.id]
            blocked = [*session.window.breaks]
            for a in case.agencies:
                blocked += [*day.away.get(a, ()), *busy.get(a, ())]
                minutes[a] = minutes.get(a, 0) + case.minutes
            if any(start < e and b < start + case.minutes for b, e in blocked):
                return False
            for t in range(start, start + case.minutes, 15):
                load[t] = load.get(t, 0) + 1
                for a in case.agencies:
                    if (a, t) in seats:
                        return False
                    seats.add((a, t))
        full = any(n > session.tables for n in load.values())
        return not full and all(minutes.get(a, 0) <= m for a, m in day.most.items())

    ways = [
        [None, *range(session.window.start, session.window.end - case.minutes + 1, 15)]
        for case in session.cases
    ]
    for starts in itertools.product(*ways):
        chosen = {c.id: s for c, s in zip(session.cases, starts, strict=True) if s is not None}
        if fits(chosen):
            yield chosen


def best_talks(day: Day, session: Session, inside: list[Talk]) -> int | None:
    """The greatest worth of holding all of these in order, minute by minute, or None."""

    def search(rest: list[Talk], free: int) -> int | None:
        if not rest:
            return 0
        talk, *others = rest
        found = None
        for start in range(free, session.window.end):
            for length in range(talk.shortest, talk.longest + 1):
                end = start + length
                blocked = [g for who in talk.people for g in day.away.get(who, ())]
                if end > session.window.end or any(start < e and b < end for b, e in blocked):
                    continue
                after = search(others, end)
                if after is not None:
                    found = max(found or 0, after + talk_models.worth(talk, length))
        return found

    return search(inside, session.window.start)


def busy_of(day: Day, made: Plan) -> dict[str, list[tuple[int, int]]]:
    busy: dict[str, list[tuple[int, int]]] = {}
    people = {t.id: t.people for t in day.session("stage").talks}
    for p in made.schedules["stage"].placed:
        for one in people[p.id]:
            busy.setdefault(one, []).append((p.start, p.end))
    return busy


@settings(max_examples=40, deadline=None)
@given(days)
def test_a_day_equals_brute_force(day: Day) -> None:
    made = plan(day)
    check(day, made)
    assert made.proven
    stage, desks = day.sessions
    held = [t for t in stage.talks if t.id in made.placed]
    assert made.schedules["stage"].objective == best_talks(day, stage, held)
    for talk in [t for t in stage.talks if t not in held]:  # nothing fits that was left out
        more = [t for t in stage.talks if t in held or t is talk]
        assert best_talks(day, stage, more) is None
    weights = {c.id: c.weight for c in desks.cases}
    best = max(sum(weights[n] for n in way) for way in timetables(day, desks, busy_of(day, made)))
    assert made.schedules["desks"].objective == best


@settings(max_examples=80, deadline=None)
@given(days, gaps, st.integers(1, 2), st.sampled_from([None, 0, 30, 45]))
def test_planned_again_with_the_fewest_moves(
    day: Day, away: dict, tables: int, pin: int | None
) -> None:
    desks = day.session("desks")
    first = Day((Session("stage", Window(0, 30)), desks), most=day.most)
    before = plan(first)
    pinned = {} if pin is None or not desks.cases else {desks.cases[0].id: pin}
    changed = seated(Day(first.sessions, away, day.most, pinned), "desks", tables)
    try:
        after = replan(changed, before)
    except ValueError:
        ways = timetables(changed, changed.session("desks"), {})
        assert not any(pinned.items() <= way.items() for way in ways)
        return
    check(changed, after)
    assert after.proven
    old = {p.id: p.start for p in before.schedules["desks"].placed}
    weights = {c.id: c.weight for c in desks.cases}

    def kept(way: dict[str, int]) -> tuple[int, int]:
        inside = [n for n in way if n in old]
        return sum(weights[n] for n in inside), sum(old[n] == way[n] for n in inside)

    ways = [
        way
        for way in timetables(changed, changed.session("desks"), {})
        if pinned.items() <= way.items()
    ]
    got = {p.id: p.start for p in after.schedules["desks"].placed}
    assert kept(got) == max(kept(way) for way in ways)
    held = {n: start for n, start in got.items() if n in old or n in pinned}
    assert after.objective == max(
        sum(weights[n] for n in way) for way in ways if held.items() <= way.items()
    )
    assert set(after.moved) == {n for n in got if n in old and old[n] != got[n]}


def evening(count: int = 57) -> Day:
    talks = tuple(
        Talk(f"{n:02d}", 2, 7, 3 if n % 10 == 0 else 1, people=frozenset([f"A{n}"]))
        for n in range(count)
    )
    hours = Window(19 * 60, 22 * 60, ((19 * 60 + 10, 19 * 60 + 25),))
    return Day((Session("evening", hours, talks=talks),))


def test_the_evening_of_2022_and_what_it_costs() -> None:
    """Seven minutes each lasted till 01:50; by 22:00 all 57 speak, and the cost is said."""
    as_held = lasting(ending(evening(), "evening", 26 * 60), "evening", 7, 7)
    short, long = compare({"22:00": evening(), "as held": as_held})
    assert long.cost.end == 19 * 60 + 15 + 57 * 7 + 3  # 01:57: no third talk before the prayer
    assert long.cost.minutes == long.cost.left_out == 0
    assert short.plan.proven
    assert short.cost.end <= 22 * 60
    assert short.cost.left_out == 0
    assert short.cost.minutes == 57 * 7 - 165
    assert short.cost.shortened >= 50


def test_a_speaker_who_does_not_come_moves_nobody() -> None:
    day = evening(12)
    before = plan(day)
    talks = tuple(t for t in day.session("evening").talks if t.id != "05")
    after = replan(day.with_session(Session("evening", Window(19 * 60, 22 * 60,
                   ((19 * 60 + 10, 19 * 60 + 25),)), talks=talks)), before)  # fmt: skip
    assert after.moved == ()
    assert after.proven


def test_a_dragged_desk_stays_where_it_is_put() -> None:
    many = tuple(Case(f"c{n}", frozenset(p), 15, 5) for n, p in enumerate(("AB", "CD", "AC")))
    day = Day((Session("desks", Window(0, 60), cases=many, tables=2),))
    before = plan(day)
    start = {p.id: p.start for p in before.schedules["desks"].placed}
    pinned = Day(day.sessions, pinned={"c0": 45 if start["c0"] != 45 else 30})
    after = replan(pinned, before)
    assert after.placed["c0"].start == pinned.pinned["c0"]
    assert "c0" in after.moved
    assert len(after.moved) <= 2


def test_what_does_not_fit_has_a_reason() -> None:
    desk = [
        Case("long", frozenset("A"), 45, 1),
        Case("absent", frozenset("B"), 15, 1),
        Case("limit", frozenset("C"), 30, 1),
        Case("one", frozenset("DE"), 30, 9),
        Case("two", frozenset("DE"), 30, 8),
        Case("three", frozenset("D"), 15, 1),
    ]
    stage = Session("stage", Window(100, 110), talks=(Talk("x", 8, 9), Talk("y", 5, 5)))
    day = Day(
        (Session("desks", Window(0, 60, ((30, 30),)), cases=tuple(desk), tables=2), stage),
        away={"B": [(0, 60)]},
        most={"C": 15},
    )
    left = {out.id: (out.reason, out.who) for out in plan(day).left_out}
    assert left["absent"] == ("absent", ("B",))
    assert left["limit"] == ("limit", ("C",))
    assert left["three"] == ("agency_busy", ("D",))
    assert left["y"] == ("end", ())


def test_left_over_findings_go_to_the_next_session_with_desks() -> None:
    many = tuple(Case(f"c{n}", frozenset("A"), 15, 5 - n) for n in range(4))
    day = Day((
        Session("morning", Window(0, 30), cases=many),
        Session("afternoon", Window(60, 75)),
    ))  # fmt: skip
    made = plan(day)
    assert [p.id for p in made.schedules["afternoon"].placed] == ["c2"]
    assert [out.id for out in made.left_out] == ["c3"]
    assert cost(day, made).weight == 2
    assert replan(seated(day, "morning", 2), made).moved == ()
    roomy = Day((Session("morning", Window(0, 60), cases=many), day.sessions[1]))
    again = replan(roomy, made)  # there is room in the morning now: only what was left out moves in
    assert again.placed["c2"].start == 60
    assert "c3" in again.placed
    limited = Day(day.sessions, most={"A": 30})
    assert {out.reason for out in plan(limited).left_out} == {"limit"}
    with pytest.raises(ValueError, match="outside"):
        plan(Day(day.sessions, pinned={"c0": 50}))


def test_groups_come_from_the_first_digit() -> None:
    codes = {"PU": "1.03.0.00", "Inspektorat": "6.01.0", "Setda": "4.01.0", "Camat": "7.01",
             "PDAM": None, "Bappeda": "5.01", "Kesbangpol": "8.01", "Pangan": "2.09"}  # fmt: skip
    assert in_order(codes, codes) == [
        "PU", "Pangan", "Setda", "Inspektorat", "Bappeda", "PDAM", "Camat", "Kesbangpol",
    ]  # fmt: skip
    assert group_of("6.01").order == group_of("4.01").order
    assert group_of(" 3.27").name.en == "Optional affairs"


def test_a_session_is_of_one_kind() -> None:
    with pytest.raises(ValueError, match="presentations and desks"):
        Session("x", Window(0, 10), talks=(Talk("t", 1, 1),), cases=(Case("c", frozenset(), 1, 1),))
