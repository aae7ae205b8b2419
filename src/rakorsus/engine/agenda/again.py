"""Desks planned again after something has changed, with the least change.

In this order: as much as possible of what was planned stays in; as few findings as possible are
moved; then what was left out is added where there is room, without moving anything. When only what
can no longer stay has to move, everything else is held fast and the rest is a small problem;
otherwise all that was planned is decided together.
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
    loose, least = _disturbed(problem, old, stays)
    fixed = {name: start for name, start in stays.items() if name not in loose}
    kept = _kept(problem, old, fixed, old, limit / 2)
    if kept is None or not set(old) <= set(kept[0]) or _moves(old, kept[0]) > least:
        left = 0.9 * (limit - (time.perf_counter() - began))
        whole = _kept(problem, old, {}, kept[0] if kept else old, left)
        kept = whole or (kept and (kept[0], False))
    if kept is None:
        raise ValueError("no schedule keeps everything that is pinned")
    chosen, bound, full = _added(problem, kept[0], limit - (time.perf_counter() - began))
    proven = kept[1] and full
    plan = problem.schedule(chosen, bound, time.perf_counter() - began)
    tables_before = {p.id: p.table for p in before}
    return Schedule(
        placed=seat(problem.cases, chosen.items(), grid, tables_before),
        left_out=plan.left_out,
        objective=plan.objective,
        bound=plan.bound if proven else sum(case.weight for case in cases),
        seconds=plan.seconds,
        moved=tuple(sorted(n for n, start in chosen.items() if old.get(n, start) != start)),
    )


def _disturbed(
    problem: Problem, old: Mapping[str, int], stays: Mapping[str, int]
) -> tuple[set[str], int]:
    """What stands at the times of newly pinned findings, and how many moves are needed at least.

    Needed are the moves of what can no longer stay and what is pinned elsewhere, of what shares an
    agency with a newly pinned finding at its time, and of as many as then still are too many for
    the tables.
    """
    new = {n: start for n, start in problem.pinned.items() if old.get(n) != start}
    needed = {name for name in old if name not in stays or name in new}
    loose: set[str] = set()
    for name, start in new.items():
        end = start + problem.length(name)
        beside = {n for n, at in stays.items() if at < end and start < at + problem.length(n)}
        loose |= beside - set(problem.pinned)
        who = problem.cases[name].agencies
        needed |= {n for n in loose & beside if problem.cases[n].agencies & who}
    rest = {n: at for n, at in stays.items() if n not in needed} | new
    crowds = [
        sum(at <= start < at + problem.length(n) for n, at in rest.items())
        for start in new.values()
    ]
    crowd = max(crowds, default=0)
    return loose, len(needed) + max(crowd - problem.tables, 0)


def _moves(old: Mapping[str, int], new: Mapping[str, int]) -> int:
    return sum(new.get(name, start) != start for name, start in old.items())


def _kept(
    problem: Problem,
    old: Mapping[str, int],
    fixed: Mapping[str, int],
    hint: Mapping[str, int],
    limit: float,
) -> tuple[dict[str, int], bool] | None:
    """Starts of what was planned or is pinned, with everything `fixed` held, and whether no others
    keep more and move less."""
    free = {
        name: [fixed[name]] if name in fixed else possible
        for name, possible in problem.starts.items()
        if name in old or name in problem.pinned
    }
    model, at = problem.model(free, free)
    for (name, start), variable in at.items():
        model.add_hint(variable, hint.get(name) == start)
    for name, possible in free.items():
        ways = [at[name, start] for start in possible]
        if name in fixed or name in problem.pinned:
            model.add_exactly_one(ways)
        else:
            model.add_at_most_one(ways)
    stays_in = len(old) + 1  # is worth more than all that could stay where it was
    model.maximize(
        sum(
            (problem.cases[name].weight * stays_in * (name in old) + (old.get(name) == start)) * var
            for (name, start), var in at.items()
        )
    )
    solved = solve(model, limit, linear=True)
    if solved is None:
        return None
    chosen = {name: start for (name, start), v in at.items() if solved.solver.value(v)}
    return chosen, solved.proven


def _added(
    problem: Problem, kept: Mapping[str, int], limit: float
) -> tuple[dict[str, int], int, bool]:
    """What still fits beside `kept`: all starts, the bound of their worth, whether it is proven."""
    free = {n: [kept[n]] if n in kept else possible for n, possible in problem.starts.items()}
    model, at = problem.model(free, free)
    for name, possible in free.items():
        ways = [at[name, start] for start in possible]
        if name in kept:
            model.add_exactly_one(ways)
        else:
            model.add_at_most_one(ways)
    model.maximize(sum(problem.cases[name].weight * var for (name, _), var in at.items()))
    solved = solve(model, limit, linear=True)
    if solved is None:
        return dict(kept), 0, False
    chosen = {name: start for (name, start), v in at.items() if solved.solver.value(v)}
    return chosen, solved.bound, solved.proven
