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


def solve(model: CpModel, limit: float, *, linear: bool = False) -> Solved | None:
    """The best solution within `limit` seconds, or None when there is none or none was found."""
    return outcome(model, limit, linear=linear)[0]


def outcome(model: CpModel, limit: float, *, linear: bool = False) -> tuple[Solved | None, bool]:
    """The best solution within `limit` seconds, and whether it is proven that there is none.

    One worker: the same model gives the same solution wherever the search ends before the limit.
    `linear` is for models whose linear relaxation says much, such as assignments of desks to times:
    it is kept tight, and what would be tried instead is left out.
    """
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(limit, 0.01)
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = _SEED
    if linear:
        solver.parameters.linearization_level = 2
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.symmetry_level = 0
    began = time.perf_counter()
    status = solver.solve(model)
    seconds = time.perf_counter() - began
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None, status == cp_model.INFEASIBLE
    best, bound = round(solver.objective_value), round(solver.best_objective_bound)
    return Solved(solver, best, bound, seconds, status == cp_model.OPTIMAL), False
