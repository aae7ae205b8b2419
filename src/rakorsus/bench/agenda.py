"""Desks and presentations of a meeting day: the solver beside a careful clerk (greedy)."""

from __future__ import annotations

import random
from typing import Any

from rakorsus.bench.measure import Contender, Report, Target, Timing, compete
from rakorsus.engine.agenda import desks, talks
from rakorsus.engine.agenda.records import Case, Schedule, Talk, Window

_DAY = Window(8 * 60, 16 * 60, ((12 * 60, 13 * 60),))
_EVENING = Window(19 * 60, 22 * 60, ((19 * 60 + 10, 19 * 60 + 25),))


def cases(count: int, agencies: int, seed: int = 1) -> list[Case]:
    """Findings that want a desk: two or three agencies each, 15 or 30 minutes."""
    draw = random.Random(seed)  # noqa: S311 (a frozen case, no secret)
    names = [f"A{n}" for n in range(agencies)]
    return [
        Case(str(n), frozenset(draw.sample(names, draw.choice((2, 2, 2, 3)))),
             draw.choice((15, 15, 30)), draw.randint(1, 100))
        for n in range(count)
    ]  # fmt: skip


def run(repeats: int = 5) -> list[Report]:
    """300 findings of 60 agencies at 8 tables; 57 presentations before 22:00."""
    return [_desks(repeats), _presentations(repeats)]


def _desks(repeats: int) -> Report:
    timings = compete(
        [
            Contender("solver", _solver, _cases, needs=("ortools",)),
            Contender("greedy", _greedy, _cases),
        ],
        repeats,
    )
    best, clerk = (t.result["objective"] for t in timings)
    return Report(
        "agenda-desks",
        {"findings": 300, "agencies": 60, "tables": 8},
        timings,
        quality={"objective": "more", "gap": "less"},
        targets=(
            _proven(timings[0]),
            Target("never below greedy", f"{best} against {clerk}", best >= clerk),
        ),
        notes=("the bound of greedy is the sum of all weights",),
    )


def _presentations(repeats: int) -> Report:
    timings = compete([Contender("solver", _evening, _talks, needs=("ortools",))], repeats)
    return Report("agenda-talks", {"presentations": 57}, timings, targets=(_proven(timings[0]),))


def _proven(timing: Timing, limit: float = 5.0) -> Target:
    gap, slowest = timing.result["gap"], max(timing.walls)
    return Target(
        f"proven optimal within {limit:g} s",
        f"gap {gap:.2%}, slowest run {slowest:.2f} s",
        gap == 0 and slowest <= limit,
    )


def _cases() -> list[Case]:
    import ortools.sat.python.cp_model  # noqa: F401 (importing it is not solving)

    return cases(300, 60)


def _talks() -> list[Talk]:
    import ortools.sat.python.cp_model  # noqa: F401

    return [Talk(str(n), 2, 7, 3 if n % 10 == 0 else 1) for n in range(57)]


def _solver(many: list[Case]) -> dict[str, Any]:
    return _figures(desks.arrange(many, _DAY, 8))


def _greedy(many: list[Case]) -> dict[str, Any]:
    return _figures(desks.greedy(many, _DAY, 8))


def _evening(speakers: list[Talk]) -> dict[str, Any]:
    return _figures(talks.arrange(speakers, _EVENING))


def _figures(schedule: Schedule) -> dict[str, Any]:
    return {
        "objective": schedule.objective,
        "bound": schedule.bound,
        "gap": schedule.gap,
        "placed": len(schedule.placed),
        "left_out": len(schedule.left_out),
    }
