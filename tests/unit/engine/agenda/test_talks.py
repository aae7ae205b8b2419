"""Presentations: the hard end holds, the order is kept, and the lengths are the best possible."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from rakorsus.engine.agenda import talks
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
