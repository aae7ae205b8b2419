"""Seats by rank, against rules stated anew."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rakorsus.stages.meeting.seating import arrange, ordered, outwards


@dataclass(frozen=True)
class Guest:
    name: str
    group: str
    rank: int
    reply: str = "coming"


guests = st.lists(
    st.builds(
        Guest, st.sampled_from("abcdef"), st.sampled_from(["a", "b", "c"]), st.integers(0, 50),
        st.sampled_from(["coming", "deputy", "waiting"]),
    ),
    max_size=25,
)  # fmt: skip


@given(st.integers(1, 40))
def test_a_row_is_filled_from_its_middle(seats: int) -> None:
    order = outwards(seats)
    assert sorted(order) == list(range(seats))
    middle = (seats - 1) / 2
    distances = [abs(place - middle) for place in order]
    assert all(b - a > -1.01 for a, b in pairwise(distances))
    assert order[0] in (int(middle), int(middle + 0.5))


def test_right_comes_before_left() -> None:
    assert outwards(5) == [2, 3, 1, 4, 0]
    assert outwards(4) == [1, 2, 0, 3]


@given(guests, st.integers(0, 6), st.integers(1, 9))
def test_nobody_is_lost_or_doubled(found, rows: int, seats: int) -> None:
    plan, left = arrange(found, rows, seats)
    assert len(plan) == rows
    assert all(len(row) == seats for row in plan)
    seated = [guest for row in plan for guest in row if guest is not None]
    assert sorted(map(repr, seated + left)) == sorted(map(repr, found))
    assert not left or len(seated) == rows * seats


@given(guests)
def test_order_keeps_rank_within_a_group_and_puts_deputies_last(found) -> None:
    order = ordered(found)
    best: dict[str, int] = {}
    for guest in found:
        best[guest.group] = min(best.get(guest.group, guest.rank), guest.rank)
    for one, two in pairwise(order):
        if one.group == two.group:
            assert (one.reply == "deputy", one.rank) <= (two.reply == "deputy", two.rank)
        else:
            assert best[one.group] <= best[two.group]
