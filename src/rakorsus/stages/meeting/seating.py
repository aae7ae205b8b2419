"""Seats by rank: the highest in the middle of the first row, the next one to the right of that
seat, the next to its left, and so outwards and backwards. Pure: no database, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar


class Guest(Protocol):
    """What a seat is given by (`models.Participant`)."""

    group: str
    rank: int
    reply: str


G = TypeVar("G", bound=Guest)


def outwards(seats: int) -> list[int]:
    """Indexes of a row from its middle outwards, right of the middle first, as those who sit there
    see it: they look to the front, so their right is the plan's right."""
    middle = (seats - 1) // 2
    order = [middle]
    for step in range(1, seats):
        order += [place for place in (middle + step, middle - step) if 0 <= place < seats]
    return order[:seats]


def ordered(guests: Iterable[G]) -> list[G]:
    """By rank; whoever only stands in for somebody sits after those of the group who came
    themselves, since a seat of honour belongs to the post's holder."""
    listed = sorted(guests, key=lambda g: g.rank)
    first: dict[str, int] = {}
    for guest in listed:
        first.setdefault(guest.group, guest.rank)
    return sorted(listed, key=lambda g: (first[g.group], g.reply == "deputy", g.rank))


def arrange(guests: Sequence[G], rows: int, seats: int) -> tuple[list[list[G | None]], list[G]]:
    """Rows from the front, and those for whom there is no seat.

    Returns:
        `rows` lists of `seats` places each, None where a seat is free; the rest in order.
    """
    plan: list[list[G | None]] = [[None] * seats for _row in range(rows)]
    waiting = ordered(guests)
    places = [(row, seat) for row in range(rows) for seat in outwards(seats)]
    for guest, (row, seat) in zip(waiting, places, strict=False):
        plan[row][seat] = guest
    return plan, waiting[len(places) :]
