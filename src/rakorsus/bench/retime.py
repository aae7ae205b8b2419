"""Re-timing 2,000 works: by connected component beside one model of everything."""

from __future__ import annotations

import random
from typing import Any

from rakorsus.bench.measure import Report, compete
from rakorsus.engine.retime import Conflict, Work, components, retime


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


def run(repeats: int = 3, count: int = 2000, limit: float = 10.0) -> Report:
    works, conflicts = problem(count)

    def ours() -> dict[str, Any]:
        return _figures(retime(works, conflicts, limit=limit))

    def one_model() -> dict[str, Any]:
        return _figures(retime(works, conflicts, limit=limit, decompose=False))

    size = {
        "works": count,
        "conflicts": len(conflicts),
        "components": len(components(works, conflicts)),
    }
    timings = compete({"components": ours, "one model": one_model}, repeats)
    return Report("retime", size, timings, (f"limit {limit:g} s for each",))


def _figures(result: Any) -> dict[str, Any]:
    return {
        "cost": result.cost,
        "bound": result.bound,
        "gap": result.gap,
        "moves": len(result.moves),
        "impossible": len(result.impossible),
    }
