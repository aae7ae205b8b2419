"""Running the solver the same way every time: one worker count, one seed, a limit of time."""

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


def solve(model: CpModel, limit: float, workers: int = 2) -> Solved | None:
    """The best solution within `limit` seconds, or None when there is none.

    An optimum is the same on every run; which of several equal optima is returned may depend on
    the number of workers.
    """
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = limit
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = _SEED
    began = time.perf_counter()
    status = solver.solve(model)
    seconds = time.perf_counter() - began
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    bound = solver.best_objective_bound
    return Solved(solver, round(solver.objective_value), round(bound), seconds)
