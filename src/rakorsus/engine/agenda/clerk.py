"""What a careful clerk would do without a solver: the yardstick, and where the solver begins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from rakorsus.engine.agenda.desk_times import Away, length, seat, starts
from rakorsus.engine.agenda.records import Case, Placed, Schedule, Talk, Window


def greedy(
    cases: Sequence[Case],
    window: Window,
    tables: int,
    *,
    grid: int = 15,
    away: Away | None = None,
    most: Mapping[str, int] | None = None,
    pinned: Mapping[str, int] | None = None,
) -> Schedule:
    """What is pinned first, then the heaviest, each at its earliest possible time.

    Its bound is the trivial one, all weights together.
    """
    fixed = pinned or {}
    busy: set[tuple[str, int]] = set()
    load: dict[int, int] = defaultdict(int)
    minutes: dict[str, int] = defaultdict(int)
    chosen = []
    for case in sorted(cases, key=lambda c: (c.id not in fixed, -c.weight, c.id)):
        long = length(case, grid)
        for start in starts(case, window, grid, away or {}):
            steps = range(start, start + long, grid)
            if fixed.get(case.id, start) == start and all(
                load[t] < tables and not any((a, t) in busy for a in case.agencies) for t in steps
            ) and all(
                minutes[a] + long <= (most or {}).get(a, 10**9) for a in case.agencies
            ):  # fmt: skip
                for t in steps:
                    load[t] += 1
                    busy |= {(a, t) for a in case.agencies}
                for agency in case.agencies:
                    minutes[agency] += long
                chosen.append((case.id, start))
                break
    known = {case.id: case for case in cases}
    placed = seat(known, chosen, grid)
    worth = sum(known[p.id].weight for p in placed)
    inside = {p.id for p in placed}
    left = tuple(case.id for case in cases if case.id not in inside)
    return Schedule(placed, left, worth, sum(case.weight for case in cases), 0.0)


def in_turn(
    talks: Sequence[Talk], window: Window, change: int, away: Away
) -> tuple[tuple[Placed, ...], list[str]]:
    """Presentations at their shortest, one after the other, each as early as it can be held; and
    those for which no time was found, which proves nothing."""
    taken: list[tuple[int, int]] = []
    placed, left, turn = [], [], window.start
    for talk in sorted(talks, key=lambda t: (t.fixed is None, t.window is None)):
        first, last = talk.window or (window.start, window.end)
        alone = Case(talk.id, talk.people, talk.shortest, 1)
        bound_to_turn = talk.window is None and talk.fixed is None
        free = (
            minute
            for minute in starts(alone, window, 1, away)
            if talk.fixed in (None, minute)
            and max(first, turn if bound_to_turn else first) <= minute <= last - talk.shortest
            and not any(
                minute < end + change and begin < minute + talk.shortest + change
                for begin, end in taken
            )
        )
        start = next(free, None)
        if start is None:
            left.append(talk.id)
            continue
        taken.append((start, start + talk.shortest))
        placed.append(Placed(talk.id, start, start + talk.shortest))
        turn = start + talk.shortest + change if bound_to_turn else turn
    return tuple(sorted(placed, key=lambda p: p.start)), left
