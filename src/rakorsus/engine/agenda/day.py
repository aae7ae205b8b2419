"""A whole meeting day: its sessions, who is there when, and the plan of it.

Times are minutes after the day's midnight; the end of a session's window is a hard limit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from rakorsus.engine.agenda.records import Case, Placed, Schedule, Talk, Window


@dataclass(frozen=True, slots=True)
class Session:
    """Presentations one after the other (`talks`, in the order of precedence) or desks side by
    side at `tables` tables (`cases`); not both.

    `change` are minutes lost between two speakers; `grid` is the step of the desks' times.
    """

    id: str
    window: Window
    talks: tuple[Talk, ...] = ()
    cases: tuple[Case, ...] = ()
    tables: int = 1
    change: int = 0
    grid: int = 15

    def __post_init__(self) -> None:
        if self.talks and self.cases:
            raise ValueError(f"session {self.id} has presentations and desks")


@dataclass(frozen=True, slots=True)
class Day:
    """Sessions in the order of their right of way: what an earlier one has fixed, later ones work
    around. What finds no desk in one session is tried in the next one with desks.

    `away`: person or agency -> intervals in which it cannot come. `most`: agency -> minutes at
    desks altogether. `pinned`: finding -> start of its desk (presentations are pinned by
    `Talk.fixed`).
    """

    sessions: tuple[Session, ...]
    away: Mapping[str, Sequence[tuple[int, int]]] = field(default_factory=dict)
    most: Mapping[str, int] = field(default_factory=dict)
    pinned: Mapping[str, int] = field(default_factory=dict)

    def with_session(self, changed: Session) -> Day:
        """The same day with one session of that id replaced."""
        return replace(
            self, sessions=tuple(changed if s.id == changed.id else s for s in self.sessions)
        )

    def session(self, name: str) -> Session:
        return next(s for s in self.sessions if s.id == name)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What could not fit and why. `who` are the agencies the reason is about.

    Reasons: `absent` (someone cannot come at any time that is long enough), `too_long` (no stretch
    between the breaks is), `limit` (an agency's minutes are used up), `agency_busy` (whenever a
    table is free an agency sits at another), `tables_full` (no table is free when all can come),
    `displaced` (others matter more), `end` (the presentation does not fit before the end).
    """

    id: str
    session: str
    reason: str
    who: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The day's schedules by session. Objective and bound are sums over the sessions, each given
    the ones before it."""

    schedules: Mapping[str, Schedule]
    left_out: tuple[LeftOut, ...]
    seconds: float

    @property
    def objective(self) -> int:
        return sum(s.objective for s in self.schedules.values())

    @property
    def bound(self) -> int:
        return sum(s.bound for s in self.schedules.values())

    @property
    def gap(self) -> float:
        return (self.bound - self.objective) / self.bound if self.bound else 0.0

    @property
    def proven(self) -> bool:
        return all(s.proven for s in self.schedules.values())

    @property
    def moved(self) -> tuple[str, ...]:
        return tuple(name for s in self.schedules.values() for name in s.moved)

    @property
    def placed(self) -> dict[str, Placed]:
        return {p.id: p for s in self.schedules.values() for p in s.placed}

    @property
    def end(self) -> int:
        """When the last item ends; 0 for an empty plan."""
        return max((p.end for p in self.placed.values()), default=0)
