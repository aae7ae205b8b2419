"""Which findings get a synchronisation desk, at which table, when.

Every agency sits at one table at a time; tables are equal; nothing runs in a break. The sum of the
weights of the findings that get a desk is made as large as possible. Times are chosen on a grid.

A day is solved in two steps. First the findings are chosen by what fits into the tables' and the
agencies' minutes, without looking at when: that is a bound for every timetable. Then a timetable
for just these is sought; where there is one, it is proven optimal. Only where there is none is
everything decided together, beginning from what a careful clerk would do.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rakorsus.engine.agenda.clerk import greedy
from rakorsus.engine.agenda.desk_times import Away, Key, length, seat, starts
from rakorsus.engine.agenda.records import Case, Schedule, Window
from rakorsus.engine.agenda.solving import Solved, solve

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

__all__ = ["arrange", "greedy"]


def arrange(
    cases: Sequence[Case],
    window: Window,
    tables: int,
    *,
    grid: int = 15,
    away: Away | None = None,
    most: Mapping[str, int] | None = None,
    pinned: Mapping[str, int] | None = None,
    limit: float = 5.0,
) -> Schedule:
    """The schedule that settles the most.

    Args:
        grid: minutes between possible starts; lengths are rounded up to it.
        away: agency -> intervals in which it cannot come.
        most: agency -> minutes it may sit at desks altogether.
        pinned: finding -> start that must be kept.
        limit: seconds for the solver.

    Raises:
        ValueError: what is pinned contradicts itself, so that no schedule exists.
    """
    began = time.perf_counter()
    problem = Problem(cases, window, tables, grid, away or {}, most or {}, pinned or {})
    bound, chosen = problem.select(limit / 4)
    found = problem.timetable(chosen, 0.7 * (limit - (time.perf_counter() - began)))
    if found is None:
        clerk = greedy(cases, window, tables, grid=grid, away=away, most=most, pinned=pinned)
        found, lower = problem.together(
            {p.id: p.start for p in clerk.placed}, limit - (time.perf_counter() - began)
        )
        bound = min(bound, lower)
    return problem.schedule(found, bound, time.perf_counter() - began)


class Problem:
    """The possible starts of all cases, and the rules between them, as models of the solver.

    Raises:
        ValueError: a pinned finding cannot stand at its minute.
    """

    def __init__(
        self,
        cases: Sequence[Case],
        window: Window,
        tables: int,
        grid: int,
        away: Away,
        most: Mapping[str, int],
        pinned: Mapping[str, int],
    ) -> None:
        self.cases = {case.id: case for case in cases}
        self.starts = {case.id: starts(case, window, grid, away) for case in cases}
        self._window, self.tables, self._grid, self._most = window, tables, grid, most
        for name, start in pinned.items():
            if start not in self.starts.get(name, ()):
                raise ValueError(f"{name} cannot stand at minute {start}")
            self.starts[name] = [start]
        self.pinned = pinned

    def length(self, name: str) -> int:
        return length(self.cases[name], self._grid)

    def select(self, limit: float) -> tuple[int, list[str]]:
        """An upper bound of all timetables, and the findings that would reach it."""
        from ortools.sat.python import cp_model

        model = cp_model.CpModel()
        inside = {n: model.new_bool_var(n) for n, possible in self.starts.items() if possible}
        minutes: dict[str, list[Any]] = defaultdict(list)
        open_at: dict[str, set[int]] = defaultdict(set)
        for name, variable in inside.items():
            steps = {t for s in self.starts[name] for t in self._steps(name, s)}
            for seat_ in ("", *self.cases[name].agencies):
                minutes[seat_].append(self.length(name) * variable)
                open_at[seat_] |= steps
        for who, parts in minutes.items():
            places = self.tables if not who else 1
            free = len(open_at[who]) * self._grid * places
            model.add(sum(parts) <= min(free, self._most.get(who, free)))
        for name in self.pinned:
            model.add(inside[name] == 1)
        worth = sum(self.cases[name].weight * variable for name, variable in inside.items())
        model.maximize(worth)
        solved = solve(model, limit)
        if solved is None:
            return sum(case.weight for case in self.cases.values()), []
        return solved.bound, [n for n, variable in inside.items() if solved.solver.value(variable)]

    def timetable(self, names: Collection[str], limit: float) -> dict[str, int] | None:
        """Starts for all of these, or None when there are none or none was found."""
        if not names and self.cases:
            return {} if not any(self.starts.values()) else None
        model, at = self.model(names)
        for name in names:
            model.add_exactly_one(at[name, start] for start in self.starts[name])
        return self._read(at, solve(model, limit, linear=True))

    def together(self, hint: Mapping[str, int], limit: float) -> tuple[dict[str, int], int]:
        """Findings and starts decided at once: the best found, and an upper bound."""
        model, at = self.model(self.cases)
        for name, possible in self.starts.items():
            model.add_at_most_one(at[name, start] for start in possible)
            if name in self.pinned:
                model.add_exactly_one(at[name, start] for start in possible)
        for (name, start), variable in at.items():
            model.add_hint(variable, hint.get(name) == start)
        model.maximize(sum(self.cases[name].weight * var for (name, _), var in at.items()))
        solved = solve(model, limit, linear=True)
        found = self._read(at, solved)
        if solved is None or found is None:
            if self.pinned and not set(self.pinned) <= set(hint):
                raise ValueError("no schedule keeps everything that is pinned")
            return dict(hint), sum(case.weight for case in self.cases.values())
        return found, solved.bound

    def model(
        self, names: Iterable[str], starts: Mapping[str, Sequence[int]] | None = None
    ) -> tuple[CpModel, dict[Key, Any]]:
        """One variable for each finding and start; tables, agencies and limits hold."""
        from ortools.sat.python import cp_model

        model = cp_model.CpModel()
        at: dict[Key, Any] = {
            (name, start): model.new_bool_var(f"{name}@{start}")
            for name in names
            for start in (starts or self.starts)[name]
        }
        by_time: dict[int, list[Any]] = defaultdict(list)
        by_seat: dict[tuple[str, int], list[Any]] = defaultdict(list)
        by_agency: dict[str, list[Any]] = defaultdict(list)
        for (name, start), variable in at.items():
            for agency in self.cases[name].agencies:
                by_agency[agency].append(self.length(name) * variable)
            for t in self._steps(name, start):
                by_time[t].append(variable)
                for agency in self.cases[name].agencies:
                    by_seat[agency, t].append(variable)
        for variables in by_time.values():
            model.add(sum(variables) <= self.tables)
        for variables in by_seat.values():
            model.add_at_most_one(variables)
        for agency, most in self._most.items():
            model.add(sum(by_agency[agency]) <= most)
        return model, at

    def schedule(self, found: Mapping[str, int], bound: int, seconds: float) -> Schedule:
        """The answer with tables given out."""
        worth = sum(self.cases[name].weight for name in found)
        return Schedule(
            placed=seat(self.cases, found.items(), self._grid),
            left_out=tuple(name for name in self.cases if name not in found),
            objective=worth,
            bound=max(bound, worth),
            seconds=seconds,
        )

    def _steps(self, name: str, start: int) -> range:
        return range(start, start + self.length(name), self._grid)

    @staticmethod
    def _read(at: Mapping[Key, Any], solved: Solved | None) -> dict[str, int] | None:
        if solved is None:
            return None
        return {name: start for (name, start), var in at.items() if solved.solver.value(var)}
