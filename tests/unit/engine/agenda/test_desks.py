"""Desks: valid whatever comes in, as good as brute force on small cases, never below greedy."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rakorsus.engine.agenda import again, desks
from rakorsus.engine.agenda.records import Case, Schedule, Window

cases = st.builds(
    Case,
    id=st.uuids().map(str),
    agencies=st.frozensets(st.sampled_from("ABCDE"), min_size=1, max_size=3),
    minutes=st.sampled_from([15, 30]),
    weight=st.integers(1, 9),
)


def check(schedule: Schedule, given_cases: list[Case], window: Window, tables: int) -> None:
    """Every rule of the problem, tested without the solver's help."""
    known = {case.id: case for case in given_cases}
    assert len({p.id for p in schedule.placed}) == len(schedule.placed)
    for p in schedule.placed:
        assert window.start <= p.start < p.end <= window.end
        assert 1 <= p.table <= tables
        assert not any(p.start < end and begin < p.end for begin, end in window.breaks)
    for a, b in itertools.combinations(schedule.placed, 2):
        if a.start < b.end and b.start < a.end:
            assert a.table != b.table
            assert not known[a.id].agencies & known[b.id].agencies
    assert schedule.objective == sum(known[p.id].weight for p in schedule.placed)
    assert {p.id for p in schedule.placed} | set(schedule.left_out) == set(known)


def best(given_cases: list[Case], window: Window, tables: int) -> int:
    """The optimum by trying everything."""

    def search(rest: list[Case], taken: list[tuple[int, int, frozenset[str]]]) -> int:
        if not rest:
            return 0
        case, *others = rest
        value = search(others, taken)
        for start in range(window.start, window.end - case.minutes + 1, 15):
            end = start + case.minutes
            if any(start < e and b < end for b, e in window.breaks):
                continue
            together = [t for t in taken if t[0] < end and start < t[1]]
            if any(t[2] & case.agencies for t in together):
                continue
            steps = range(start, end, 15)
            if any(sum(b <= s < e for b, e, _ in together) >= tables for s in steps):
                continue
            value = max(value, case.weight + search(others, [*taken, (start, end, case.agencies)]))
        return value

    return search(given_cases, [])


@settings(max_examples=25, deadline=None)
@given(st.lists(cases, max_size=6), st.integers(1, 2), st.booleans())
def test_equals_brute_force(given_cases: list[Case], tables: int, pause: bool) -> None:
    window = Window(480, 540, ((495, 510),) if pause else ())
    schedule = desks.arrange(given_cases, window, tables)
    check(schedule, given_cases, window, tables)
    assert schedule.proven
    assert schedule.objective == best(given_cases, window, tables)


def test_a_full_day_is_proven_and_not_below_greedy() -> None:
    draw = random.Random(1)
    many = [
        Case(
            str(n),
            frozenset(draw.sample([f"A{k}" for k in range(60)], draw.choice((2, 2, 2, 3)))),
            draw.choice((15, 15, 30)),
            draw.randint(1, 100),
        )
        for n in range(300)
    ]
    window = Window(480, 960, ((720, 780),))
    schedule = desks.arrange(many, window, tables=8, limit=20)
    check(schedule, many, window, 8)
    assert schedule.proven
    assert schedule.objective >= desks.greedy(many, window, 8).objective


def test_a_no_show_moves_as_little_as_possible() -> None:
    four = [Case(n, frozenset(a), 15, 5) for n, a in (("1", "AB"), ("2", "CD"), ("3", "AC"))]
    window = Window(480, 540)
    first = desks.arrange(four, window, 2)
    before = {p.id: p.start for p in first.placed}
    late = again.rearrange(first.placed, four, window, 2, away={"B": [(480, 495)]})
    moved = [p.id for p in late.placed if before[p.id] != p.start]
    assert late.objective == first.objective
    assert sorted(moved) == list(late.moved)
    assert len(moved) <= 2


def test_what_is_pinned_stays_or_is_refused() -> None:
    two = [Case("1", frozenset("A"), 15, 1), Case("2", frozenset("A"), 15, 1)]
    window = Window(480, 510)
    kept = desks.arrange(two, window, 1, pinned={"2": 480})
    assert {p.id: p.start for p in kept.placed} == {"2": 480, "1": 495}
    with pytest.raises(ValueError, match="pinned"):
        desks.arrange(two, window, 1, pinned={"1": 480, "2": 480})
