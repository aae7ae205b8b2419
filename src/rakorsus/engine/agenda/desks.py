"""Which findings get a synchronisation desk, at which table, when.

Every agency sits at one table at a time; tables are equal; nothing runs in a break. The sum of the
weights of the findings that get a desk is made as large as possible. Times are chosen on a grid,
which makes the model an assignment that is proven optimal quickly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rakorsus.engine.agenda.records import Case, Placed, Schedule, Window
from rakorsus.engine.agenda.solving import solve

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

_KEEP = 1000  # weights are multiplied by it when an old schedule is to be kept as far as possible


def arrange(
    cases: Sequence[Case],
    window: Window,
    tables: int,
    *,
    grid: int = 15,
    away: Mapping[str, Sequence[tuple[int, int]]] | None = None,
    pinned: Mapping[str, int] | None = None,
    before: Mapping[str, int] | None = None,
    limit: float = 5.0,
) -> Schedule:
    """The schedule that settles the most.

    Args:
        grid: minutes between possible starts; lengths are rounded up to it.
        away: agency -> intervals in which it cannot come.
        pinned: finding -> start that must be kept.
        before: an earlier schedule (finding -> start): among equally good schedules the one with
            the fewest moves is taken.
        limit: seconds for the solver.

    Raises:
        ValueError: what is pinned contradicts itself, so that no schedule exists.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    starts = {case.id: _starts(case, window, grid, away or {}) for case in cases}
    at: dict[tuple[str, int], Any] = {
        (case.id, start): model.new_bool_var(f"{case.id}@{start}")
        for case in cases
        for start in starts[case.id]
    }
    for case in cases:
        model.add_at_most_one(at[case.id, start] for start in starts[case.id])
    _one_seat_each(model, cases, at, grid, tables)
    for name, start in (pinned or {}).items():
        if (name, start) not in at:
            raise ValueError(f"{name} cannot stand at minute {start}")
        model.add(at[name, start] == 1)
    factor = _KEEP if before else 1
    worth = sum(
        case.weight * factor * at[case.id, start] for case in cases for start in starts[case.id]
    )
    kept = sum(at[key] for key in (before or {}).items() if key in at)
    model.maximize(worth + kept)
    solved = solve(model, limit)
    if solved is None:
        raise ValueError("no schedule keeps everything that is pinned")
    chosen = [key for key, variable in at.items() if solved.solver.value(variable)]
    placed = _seat({case.id: case for case in cases}, chosen, grid)
    inside = {p.id for p in placed}
    return Schedule(
        placed=placed,
        left_out=tuple(case.id for case in cases if case.id not in inside),
        objective=solved.objective // factor,
        bound=solved.bound // factor,
        seconds=solved.seconds,
    )


def greedy(cases: Sequence[Case], window: Window, tables: int, *, grid: int = 15) -> Schedule:
    """Heaviest first, each at its earliest possible time: what a careful clerk would do.

    Its bound is the trivial one, all weights together.
    """
    busy: dict[tuple[str, int], bool] = {}
    load: dict[int, int] = defaultdict(int)
    chosen = []
    for case in sorted(cases, key=lambda c: (-c.weight, c.id)):
        for start in _starts(case, window, grid, {}):
            steps = range(start, start + _length(case, grid), grid)
            if all(
                load[t] < tables and not any(busy.get((a, t)) for a in case.agencies) for t in steps
            ):
                for t in steps:
                    load[t] += 1
                    busy.update({(a, t): True for a in case.agencies})
                chosen.append((case.id, start))
                break
    known = {case.id: case for case in cases}
    placed = _seat(known, chosen, grid)
    worth = sum(known[p.id].weight for p in placed)
    inside = {p.id for p in placed}
    left = tuple(case.id for case in cases if case.id not in inside)
    return Schedule(placed, left, worth, sum(case.weight for case in cases), 0.0)


def _one_seat_each(
    model: CpModel, cases: Sequence[Case], at: Mapping[tuple[str, int], Any], grid: int, tables: int
) -> None:
    by_time: dict[int, list[Any]] = defaultdict(list)
    by_seat: dict[tuple[str, int], list[Any]] = defaultdict(list)
    known = {case.id: case for case in cases}
    for (name, start), variable in at.items():
        for t in range(start, start + _length(known[name], grid), grid):
            by_time[t].append(variable)
            for agency in known[name].agencies:
                by_seat[agency, t].append(variable)
    for variables in by_time.values():
        model.add(sum(variables) <= tables)
    for variables in by_seat.values():
        if len(variables) > 1:
            model.add_at_most_one(variables)


def _starts(
    case: Case, window: Window, grid: int, away: Mapping[str, Sequence[tuple[int, int]]]
) -> list[int]:
    """Grid times at which the case can begin without touching a break or an absence."""
    length = _length(case, grid)
    blocked = [*window.breaks, *(gap for a in case.agencies for gap in away.get(a, ()))]
    return [
        start
        for start in range(window.start, window.end - length + 1, grid)
        if not any(start < end and begin < start + length for begin, end in blocked)
    ]


def _length(case: Case, grid: int) -> int:
    return -(-case.minutes // grid) * grid


def _seat(
    cases: Mapping[str, Case], chosen: Collection[tuple[str, int]], grid: int
) -> tuple[Placed, ...]:
    """Give each desk a table: the lowest that is free, in order of time."""
    free: dict[int, int] = {}
    placed = []
    for name, start in sorted(chosen, key=lambda c: (c[1], c[0])):
        end = start + _length(cases[name], grid)
        table = next(n for n in range(1, len(chosen) + 1) if free.get(n, start) <= start)
        free[table] = end
        placed.append(Placed(name, start, end, table))
    return tuple(placed)
