"""Desks and presentations of a meeting day: the solver beside a careful clerk (greedy)."""

from __future__ import annotations

import random
from typing import Any

from rakorsus.bench.measure import Report, compete
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


def run(repeats: int = 5) -> Report:
    """300 findings of 60 agencies at 8 tables; 57 presentations before 22:00."""
    many = cases(300, 60)
    speakers = [Talk(str(n), 2, 7, 3 if n % 10 == 0 else 1) for n in range(57)]

    def solver() -> dict[str, Any]:
        return _figures(desks.arrange(many, _DAY, 8))

    def greedy() -> dict[str, Any]:
        return _figures(desks.greedy(many, _DAY, 8))

    def evening() -> dict[str, Any]:
        return _figures(talks.arrange(speakers, _EVENING))

    timings = compete({"desks": solver, "desks, greedy": greedy, "presentations": evening}, repeats)
    return Report("agenda", {"findings": 300, "agencies": 60, "presentations": 57}, timings)


def _figures(schedule: Schedule) -> dict[str, Any]:
    return {
        "objective": schedule.objective,
        "bound": schedule.bound,
        "gap": schedule.gap,
        "placed": len(schedule.placed),
        "left_out": len(schedule.left_out),
    }
