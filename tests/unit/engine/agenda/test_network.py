"""The shortest schedule equals trying every order; impossible input is refused."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rakorsus.bench.rcpsp import mistakes, problem, problems
from rakorsus.engine.agenda.network import Task, in_turn, shortest

tasks = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.sets(st.integers(0, 5), max_size=2),
        st.dictionaries(st.sampled_from("xy"), st.integers(0, 2)),
    ),
    max_size=6,
).map(
    lambda drawn: [
        Task(str(n), minutes, tuple(str(p) for p in sorted(after) if p < n), needs)
        for n, (minutes, after, needs) in enumerate(drawn)
    ]
)


def best(given_tasks: list[Task], capacity: dict[str, int]) -> int:
    """Some order in which each task begins as early as it can is optimal: try them all."""
    ends = []
    for order in itertools.permutations(given_tasks):
        starts: dict[str, int] = {}
        for task in order:
            if any(a not in starts for a in task.after):
                break
            done = [t for t in given_tasks if t.id in starts]
            start = 0
            while mistakes([*done, task], capacity, starts | {task.id: start}):
                start += 1
            starts[task.id] = start
        else:
            ends.append(max((starts[t.id] + t.minutes for t in given_tasks), default=0))
    return min(ends)


@settings(max_examples=60, deadline=None)
@given(tasks, st.integers(2, 3), st.integers(2, 4))
def test_equals_trying_every_order(given_tasks: list[Task], x: int, y: int) -> None:
    capacity = {"x": x, "y": y}
    found = shortest(given_tasks, capacity)
    assert not mistakes(given_tasks, capacity, found.starts)
    assert found.end == found.bound == best(given_tasks, capacity)
    assert not mistakes(given_tasks, capacity, in_turn(given_tasks, capacity))


def test_impossible_networks_are_refused() -> None:
    with pytest.raises(ValueError, match="circle"):
        shortest([Task("a", 1, ("b",)), Task("b", 1, ("a",))], {})
    with pytest.raises(ValueError, match="does not exist"):
        shortest([Task("a", 1, ("b",))], {})
    with pytest.raises(ValueError, match="more than there is"):
        shortest([Task("a", 1, (), {"x": 2})], {"x": 1})


def test_drawn_problems_are_of_the_kind_described() -> None:
    for complexity, factor, strength in ((1.5, 0.25, 0.2), (1.8, 0.5, 0.7), (2.1, 1.0, 1.0)):
        drawn, capacity = problem(complexity, factor, strength, 0)
        assert len(drawn) == 30
        arcs = sum(len(t.after) for t in drawn)
        assert abs((arcs + 6) / 32 - complexity) < 0.05
        assert sum(not t.after for t in drawn) == 3
        used = {a for t in drawn for a in t.after}
        assert sum(t.id not in used for t in drawn) == 3
        assert abs(sum(len(t.needs or {}) for t in drawn) / 120 - factor) < 0.01
        known = {t.id: t for t in drawn}
        for task in drawn:  # no arc that others imply
            for one, other in itertools.permutations(task.after, 2):
                assert one not in _before(known, other)
        assert not mistakes(drawn, capacity, in_turn(drawn, capacity))
    assert problems(50) == problems(50)


def _before(known: dict[str, Task], name: str) -> set[str]:
    found = set(known[name].after)
    for a in known[name].after:
        found |= _before(known, a)
    return found
