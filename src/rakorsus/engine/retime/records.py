"""Works, what must not meet, and the answer. Dates are day numbers; the caller chooses day 0."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Work:
    """A work of `days` days, planned from day `start`, that must lie within [earliest, latest].

    `latest` is the first day after its last possible day. `weight` makes its days dear: a day's
    shift costs so much.
    """

    id: str
    start: int
    days: int
    earliest: int
    latest: int
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two works that must not run at the same time, `gap` days apart at least.

    With `ordered` the first must end before the second begins (dig before pave).
    """

    first: str
    second: str
    gap: int = 0
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    id: str
    start: int
    shift: int  # days, negative is earlier


@dataclass(frozen=True, slots=True)
class Retiming:
    """The moves found. Cost is the sum of weight times days of shift; `bound` is what no schedule
    can undercut; `impossible` are works of components that no dates within their limits can mend.
    """

    moves: tuple[Move, ...]
    impossible: tuple[str, ...]
    cost: int
    bound: int
    seconds: float

    @property
    def gap(self) -> float:
        return (self.cost - self.bound) / self.cost if self.cost else 0.0
