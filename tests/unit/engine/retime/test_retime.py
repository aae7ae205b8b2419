"""Re-timing equals brute force on small cases and keeps every limit on large ones."""

from __future__ import annotations

import itertools
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from rakorsus.engine.retime import Conflict, Retiming, Work, components, retime


def cost_by_brute_force(works: list[Work], conflicts: list[Conflict]) -> int | None:
    best: int | None = None
    ranges = [range(w.earliest, w.latest - w.days + 1) for w in works]
    for starts in itertools.product(*ranges):
        at = {w.id: s for w, s in zip(works, starts, strict=True)}
        days = {w.id: w.days for w in works}
        fits = all(
            at[c.first] + days[c.first] + c.gap <= at[c.second]
            or (not c.ordered and at[c.second] + days[c.second] + c.gap <= at[c.first])
            for c in conflicts
        )
        if fits:
            cost = sum(w.weight * abs(at[w.id] - w.start) for w in works)
            best = cost if best is None else min(best, cost)
    return best


def check(result: Retiming, works: list[Work], conflicts: list[Conflict]) -> None:
    moved = {m.id: m.start for m in result.moves}
    at = {w.id: moved.get(w.id, w.start) for w in works}
    known = {w.id: w for w in works}
    for c in conflicts:
        if {c.first, c.second} & set(result.impossible):
            continue
        first_ends = at[c.first] + known[c.first].days + c.gap <= at[c.second]
        second_ends = at[c.second] + known[c.second].days + c.gap <= at[c.first]
        assert first_ends or (second_ends and not c.ordered)
    for name, start in moved.items():
        assert known[name].earliest <= start <= known[name].latest - known[name].days
    assert result.cost == sum(known[m.id].weight * abs(m.shift) for m in result.moves)


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[Work], list[Conflict]]:
    count = draw(st.integers(2, 4))
    works = []
    for n in range(count):
        days, start = draw(st.integers(1, 3)), draw(st.integers(0, 5))
        works.append(Work(str(n), start, days, 0, 8, draw(st.integers(1, 3))))
    pairs = draw(st.lists(st.sampled_from(list(itertools.combinations(range(count), 2))),
                          min_size=1, max_size=4, unique=True))  # fmt: skip
    conflicts = [
        Conflict(str(a), str(b), draw(st.integers(0, 1)), draw(st.booleans())) for a, b in pairs
    ]
    return works, conflicts


@settings(max_examples=30, deadline=None)
@given(problems())
def test_equals_brute_force(problem: tuple[list[Work], list[Conflict]]) -> None:
    works, conflicts = problem
    result = retime(works, conflicts)
    check(result, works, conflicts)
    together = {name for c in conflicts for name in (c.first, c.second)}
    if not result.impossible:
        inside = [w for w in works if w.id in together]
        assert result.cost == result.bound == cost_by_brute_force(inside, conflicts)
    else:
        for group, between in components(works, conflicts):
            if group[0].id in result.impossible:
                assert cost_by_brute_force(group, between) is None


def test_components_give_what_one_model_gives() -> None:
    draw = random.Random(3)
    works = [
        Work(f"{n:03d}", draw.randint(30, 250), draw.randint(20, 60), 0, 365) for n in range(24)
    ]
    conflicts = [
        Conflict(works[a].id, works[a + 1].id)
        for a in range(0, 23, 3)
        if abs(works[a].start - works[a + 1].start) < 60
    ]
    parts = retime(works, conflicts)
    whole = retime(works, conflicts, decompose=False)
    check(parts, works, conflicts)
    assert parts.cost == whole.cost == parts.bound
