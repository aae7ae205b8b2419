"""Presentations: the hard end holds, the order is kept, and the lengths are the best possible."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from rakorsus.engine.agenda import talks
from rakorsus.engine.agenda.clerk import in_turn
from rakorsus.engine.agenda.records import Talk, Window


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 3), st.integers(0, 3), st.integers(1, 5)), max_size=4),
    st.integers(4, 16),
)
def test_equals_brute_force(drawn: list[tuple[int, int, int]], length: int) -> None:
    given_talks = [Talk(str(n), low, low + more, w) for n, (low, more, w) in enumerate(drawn)]
    schedule = talks.arrange(given_talks, Window(0, length))
    inside = [t for t in given_talks if t.id not in schedule.left_out]
    options = [range(t.shortest, t.longest + 1) for t in inside]
    best = max(
        (
            sum(talks.worth(t, n) for t, n in zip(inside, lengths, strict=True))
            for lengths in itertools.product(*options)
            if sum(lengths) <= length
        ),
        default=0,
    )
    assert schedule.objective == best
    assert [p.id for p in schedule.placed] == [t.id for t in inside]
    assert all(p.end <= length for p in schedule.placed)


def test_the_evening_of_2022_ends_at_ten() -> None:
    """57 presentations that ran from 19:00 to 01:50 fit before 22:00, with a prayer break."""
    evening = Window(19 * 60, 22 * 60, ((19 * 60 + 10, 19 * 60 + 25),))
    agencies = [Talk(str(n), 2, 7, 3 if n % 10 == 0 else 1) for n in range(57)]
    schedule = talks.arrange(agencies, evening)
    assert schedule.proven
    assert not schedule.left_out
    assert max(p.end for p in schedule.placed) <= 22 * 60
    assert not any(p.start < 19 * 60 + 25 and p.end > 19 * 60 + 10 for p in schedule.placed)


def test_a_speaker_who_can_only_come_late_moves_alone() -> None:
    three = [Talk("a", 5, 5, window=(20, 40)), Talk("b", 5, 5), Talk("c", 5, 5)]
    schedule = talks.arrange(three, Window(0, 40))
    order = [p.id for p in schedule.placed]
    assert order.index("b") < order.index("c")
    assert next(p.start for p in schedule.placed if p.id == "a") >= 20


def test_what_cannot_fit_is_said() -> None:
    schedule = talks.arrange([Talk(str(n), 10, 10) for n in range(5)], Window(0, 30))
    assert schedule.left_out == ("3", "4")


def test_no_time_to_solve_again_moves_nobody() -> None:
    speakers = [Talk(f"t{n}", 2, 7, people=frozenset({f"a{n}"})) for n in range(57)]
    window = Window(1140, 1305, ((1155, 1170),))
    first = talks.arrange(speakers, window, limit=5.0)
    before = {p.id: p.start for p in first.placed}
    again = talks.arrange(
        speakers, window, away={"a3": [(0, 5000)]}, before=before, limit=0.0
    )  # fmt: skip
    assert again.left_out == ("t3",)
    assert again.moved == ()
    assert {p.id: p.start for p in again.placed} == {k: v for k, v in before.items() if k != "t3"}
    ends = [(p.start, p.end) for p in again.placed]
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(ends))
    assert all(2 <= p.end - p.start <= 7 for p in again.placed)
    assert not any(start < 1170 and end > 1155 for start, end in ends)


def test_no_time_to_solve_leaves_nobody_out() -> None:
    """A solver that was given no time has proven nothing: everybody speaks, and the gap is said."""
    evening = Window(19 * 60, 22 * 60, ((19 * 60 + 10, 19 * 60 + 25),))
    agencies = [Talk(str(n), 2, 7, 3 if n % 10 == 0 else 1) for n in range(57)]
    schedule = talks.arrange(agencies, evening, limit=0)
    assert len(schedule.placed) == 57
    assert not schedule.left_out
    assert schedule.proven or schedule.gap > 0


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 4), st.integers(0, 30), st.booleans()), min_size=1, max_size=6
    ),
    st.integers(0, 2),
)
def test_the_clerk_keeps_the_rules(drawn: list[tuple[int, int, bool]], change: int) -> None:
    window = Window(0, 30, ((10, 13),))
    given_talks = [
        Talk(str(n), long, long + 2, window=(begin, 30) if own else None, people=frozenset("x"))
        for n, (long, begin, own) in enumerate(drawn)
    ]
    placed, left = in_turn(given_talks, window, change, {"x": [(20, 22)]})
    known = {t.id: t for t in given_talks}
    assert {p.id for p in placed} | set(left) == set(known)
    for p in placed:
        first, last = known[p.id].window or (0, 30)
        assert first <= p.start < p.end <= last
        assert p.end - p.start == known[p.id].shortest
        assert not any(p.start < end and begin < p.end for begin, end in [(10, 13), (20, 22)])
    for one, other in itertools.pairwise(placed):
        assert one.end + change <= other.start
    free = [p.id for p in placed if known[p.id].window is None]
    assert free == sorted(free, key=int)
