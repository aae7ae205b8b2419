"""Running the solver the same way every time: one seed, one worker count, a limit of time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, CpSolver

_SEED = 20220315


class Solved(NamedTuple):
    solver: CpSolver
    objective: int
    bound: int
    seconds: float
    proven: bool


def solve(model: CpModel, limit: float, workers: int = 1) -> Solved | None:
    """The best solution within `limit` seconds, or None when there is none.

    With one worker the same model gives the same solution wherever the search ends before the
    limit.
    """
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(limit, 0.01)
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = _SEED
    began = time.perf_counter()
    status = solver.solve(model)
    seconds = time.perf_counter() - began
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    best, bound = round(solver.objective_value), round(solver.best_objective_bound)
    return Solved(solver, best, bound, seconds, status == cp_model.OPTIMAL)
