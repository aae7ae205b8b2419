"""Desks planned again after something has changed, with the least change.

In this order: as much as possible of what was planned stays in; as few findings as possible are
moved; then what was left out is added. When only what can no longer stay has to move, everything
else is held fast and the rest is a small problem; otherwise all is decided together.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from rakorsus.engine.agenda.desk_times import Away, seat
from rakorsus.engine.agenda.desks import Problem
from rakorsus.engine.agenda.records import Case, Placed, Schedule, Window
from rakorsus.engine.agenda.solving import solve


def rearrange(
    before: Sequence[Placed],
    cases: Sequence[Case],
    window: Window,
    tables: int,
    *,
    grid: int = 15,
    away: Away | None = None,
    most: Mapping[str, int] | None = None,
    pinned: Mapping[str, int] | None = None,
    limit: float = 2.0,
) -> Schedule:
    """The schedule nearest to `before` under the rules of now (as of `desks.arrange`).

    Returns:
        The schedule; `moved` are the findings of `before` that begin at another time. Its bound is
        that of plans that keep as much and move as little.

    Raises:
        ValueError: what is pinned contradicts itself.
    """
    began = time.perf_counter()
    problem = Problem(cases, window, tables, grid, away or {}, most or {}, pinned or {})
    old = {p.id: p.start for p in before if problem.starts.get(p.id)}
    stays = {name: start for name, start in old.items() if start in problem.starts[name]}
    found = _solved(problem, old, stays, limit / 2)
    if found is None or not set(old) <= set(found[0]):
        left = limit - (time.perf_counter() - began)
        found = _solved(problem, old, {}, left) or found
    if found is None:
        raise ValueError("no schedule keeps everything that is pinned")
    chosen, bound, proven = found
    plan = problem.schedule(chosen, 0, time.perf_counter() - began)
    tables_before = {p.id: p.table for p in before}
    return Schedule(
        placed=seat(problem.cases, chosen.items(), grid, tables_before),
        left_out=plan.left_out,
        objective=plan.objective,
        bound=plan.objective if proven else max(bound, plan.objective),
        seconds=plan.seconds,
        moved=tuple(sorted(n for n, start in chosen.items() if old.get(n, start) != start)),
    )


def _solved(
    problem: Problem, old: Mapping[str, int], fixed: Mapping[str, int], limit: float
) -> tuple[dict[str, int], int, bool] | None:
    """Starts, a bound of the worth, and whether this is the best with everything `fixed` held."""
    free = {name: [fixed[name]] if name in fixed else s for name, s in problem.starts.items()}
    model, at = problem.model(problem.cases, free)
    for (name, start), variable in at.items():
        model.add_hint(variable, old.get(name) == start)
    for name, possible in free.items():
        ways = [at[name, start] for start in possible]
        if name in fixed or name in problem.pinned:
            model.add_exactly_one(ways)
        else:
            model.add_at_most_one(ways)
    weight = {name: case.weight for name, case in problem.cases.items()}
    fresh = sum(w for name, w in weight.items() if name not in old)
    same = fresh + 1  # to stay where one was is worth more than everything new
    inside = same * (len(old) + 1)  # to stay in is worth more than all of that
    model.maximize(
        sum(
            (weight[name] * inside + (old[name] == start) * same if name in old else weight[name])
            * variable
            for (name, start), variable in at.items()
        )
    )
    solved = solve(model, limit)
    if solved is None:
        return None
    chosen = {name: start for (name, start), v in at.items() if solved.solver.value(v)}
    return chosen, sum(weight.values()), solved.proven
