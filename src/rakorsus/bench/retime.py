"""Re-timing 2,000 works: by connected component beside one model of everything."""

from __future__ import annotations

import random
from functools import partial
from typing import Any, Final

from rakorsus.bench.measure import Contender, Report, Target, compete
from rakorsus.engine.retime import Conflict, Work, components, retime

_LIMIT: Final = 10.0  # seconds


def problem(count: int, seed: int = 1) -> tuple[list[Work], list[Conflict]]:
    """Works on about a third as many street sections; those on one section that meet conflict."""
    draw = random.Random(seed)  # noqa: S311 (a frozen case, no secret)
    works = []
    sections: dict[int, list[Work]] = {}
    for n in range(count):
        days = draw.choice((30, 45, 60, 75, 90))
        work = Work(f"{n:05d}", draw.randint(60, 340 - days), days, 30, 358, draw.randint(1, 3))
        works.append(work)
        sections.setdefault(draw.randrange(count // 3), []).append(work)
    conflicts = [
        Conflict(a.id, b.id, 7)
        for group in sections.values()
        for i, a in enumerate(group)
        for b in group[i + 1 :]
        if sum(w.days + 7 for w in group) < 320
    ]
    return works, conflicts


def run(repeats: int = 3, lines: int | None = None) -> Report:
    """New dates for `lines` works (2,000), at most 10 s for each contender."""
    count = lines or 2000
    works, conflicts = problem(count)
    given = partial(_given, count)
    timings = compete(
        [
            Contender("components", partial(_solve, decompose=True), given, needs=("ortools",)),
            Contender("one model", partial(_solve, decompose=False), given, needs=("ortools",)),
        ],
        repeats,
    )
    ours = timings[0]
    return Report(
        "retime",
        {
            "works": count,
            "conflicts": len(conflicts),
            "components": len(components(works, conflicts)),
        },
        timings,
        (f"limit {_LIMIT:g} s for each",),
        quality={"cost": "less", "gap": "less"},
        targets=(
            Target("proven gap of 1 % or less in 10 s",
                   f"gap {ours.result['gap']:.2%} in {max(ours.walls):.2f} s",
                   ours.result["gap"] <= 0.01 and max(ours.walls) <= _LIMIT),
        ),
    )  # fmt: skip


def _given(count: int) -> tuple[list[Work], list[Conflict]]:
    import ortools.sat.python.cp_model  # noqa: F401 (importing it is not solving)

    return problem(count)


def _solve(given: tuple[list[Work], list[Conflict]], decompose: bool) -> dict[str, Any]:
    return _figures(retime(*given, limit=_LIMIT, decompose=decompose))


def _figures(result: Any) -> dict[str, Any]:
    return {
        "cost": result.cost,
        "bound": result.bound,
        "gap": result.gap,
        "moves": len(result.moves),
        "impossible": len(result.impossible),
    }
