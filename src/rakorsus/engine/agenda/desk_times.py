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
    """Give each desk a table: the one it had `before` where that is free, else the lowest that is,
    in order of time."""
    known = before or {}
    times = {name: (start, start + length(cases[name], grid)) for name, start in chosen}
    taken: list[tuple[int, int, int]] = []
    tables: dict[str, int] = {}
    for name, (start, end) in sorted(
        times.items(), key=lambda item: (item[0] not in known, item[1][0], item[0])
    ):
        busy = {table for table, begin, stop in taken if begin < end and start < stop}
        wish = known.get(name)
        table = wish if wish and wish not in busy else 1
        while table in busy:
            table += 1
        tables[name] = table
        taken.append((table, start, end))
    return tuple(
        Placed(name, *times[name], tables[name])
        for name in sorted(times, key=lambda n: (times[n][0], n))
    )
