"""When a desk can stand at all, and at which table it stands in the end."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from rakorsus.engine.agenda.records import Case, Placed, Window

Away = Mapping[str, Sequence[tuple[int, int]]]
Key = tuple[str, int]  # finding, start


def length(case: Case, grid: int) -> int:
    """Minutes on the grid."""
    return -(-case.minutes // grid) * grid


def starts(case: Case, window: Window, grid: int, away: Away) -> list[int]:
    """Grid times at which the case can begin without touching a break or an absence."""
    minutes = length(case, grid)
    blocked = [*window.breaks, *(gap for a in case.agencies for gap in away.get(a, ()))]
    return [
        start
        for start in range(window.start, window.end - minutes + 1, grid)
        if not any(start < end and begin < start + minutes for begin, end in blocked)
    ]


def seat(
    cases: Mapping[str, Case],
    chosen: Collection[Key],
    grid: int,
    before: Mapping[str, int] | None = None,
) -> tuple[Placed, ...]:
    """Give each desk a table in order of time: the one it had `before` where that is free, else the
    lowest that is. Never more tables are used than desks stand side by side."""
    known = before or {}
    times = {name: (start, start + length(cases[name], grid)) for name, start in chosen}
    most = max((_beside(times.values(), start) for start, _ in times.values()), default=0)
    free_from = dict.fromkeys(range(1, most + 1), -1)
    placed = []
    for name in sorted(times, key=lambda n: (times[n][0], n not in known, n)):
        start, end = times[name]
        free = [table for table, since in free_from.items() if since <= start]
        table = known[name] if known.get(name) in free else free[0]
        free_from[table] = end
        placed.append(Placed(name, start, end, table))
    return tuple(sorted(placed, key=lambda p: (p.start, p.id)))


def _beside(times: Collection[tuple[int, int]], minute: int) -> int:
    return sum(start <= minute < end for start, end in times)
