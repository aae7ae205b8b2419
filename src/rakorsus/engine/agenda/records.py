"""What goes into a schedule and what comes out. Times are minutes after the day's midnight."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """A finding that wants a desk: who must sit there, how long, how much it matters (> 0)."""

    id: str
    agencies: frozenset[str]
    minutes: int
    weight: int


@dataclass(frozen=True, slots=True)
class Talk:
    """A presentation. `weight` is its worth per minute up to `longest`; `window` limits its start
    and end; `fixed` pins its start; `people` are those, agencies or persons, who must be there."""

    id: str
    shortest: int
    longest: int
    weight: int = 1
    window: tuple[int, int] | None = None
    fixed: int | None = None
    people: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Window:
    """The time at disposal, and breaks inside it during which nothing runs."""

    start: int
    end: int
    breaks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    id: str
    start: int
    end: int
    table: int = 0


@dataclass(frozen=True, slots=True)
class Schedule:
    """The best schedule found. `gap` is (bound - objective) / bound: 0 when proven optimal."""

    placed: tuple[Placed, ...]
    left_out: tuple[str, ...]
    objective: int
    bound: int
    seconds: float
    moved: tuple[str, ...] = ()  # after a change: what begins at another time than before

    @property
    def gap(self) -> float:
        return (self.bound - self.objective) / self.bound if self.bound else 0.0

    @property
    def proven(self) -> bool:
        return self.objective == self.bound
