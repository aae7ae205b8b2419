"""Tasks that wait for each other and share people, rooms or machines: the shortest schedule.

This is the resource-constrained project scheduling problem; a day of preparation (slides before
they are read, letters before they are signed, two clerks, one hall) is one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rakorsus.engine.agenda.solving import solve


@dataclass(frozen=True, slots=True)
class Task:
    """`after` are the tasks that must have ended; `needs` is what it takes of each resource all
    the time (a resource not named: nothing). `minutes` may be any unit of time, 0 or more."""

    id: str
    minutes: int
    after: tuple[str, ...] = ()
    needs: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """Starts of all tasks, the time at which the last one ends, and a time that none can beat."""

    starts: Mapping[str, int]
    end: int
    bound: int
    seconds: float

    @property
    def gap(self) -> float:
        return (self.end - self.bound) / self.end if self.end else 0.0


def shortest(tasks: Sequence[Task], capacity: Mapping[str, int], *, limit: float = 10.0) -> Network:
    """The schedule that ends first.

    Args:
        capacity: how much of each resource there is at any time.
        limit: seconds for the solver.

    Raises:
        ValueError: tasks wait for each other in a circle, for one that does not exist, or need more
            than there is.
    """
    from ortools.sat.python import cp_model

    first = in_turn(tasks, capacity)
    known = {task.id: task for task in tasks}
    horizon = max((first[t.id] + t.minutes for t in tasks), default=0)
    model = cp_model.CpModel()
    starts = {t.id: model.new_int_var(0, horizon - t.minutes, t.id) for t in tasks}
    end = model.new_int_var(0, horizon, "end")
    using: dict[str, list[tuple[Any, int]]] = {name: [] for name in capacity}
    for task in tasks:
        interval = model.new_fixed_size_interval_var(starts[task.id], task.minutes, task.id)
        model.add(end >= starts[task.id] + task.minutes)
        model.add_hint(starts[task.id], first[task.id])
        for name in task.after:
            model.add(starts[task.id] >= starts[name] + known[name].minutes)
        for name, amount in (task.needs or {}).items():
            if amount:
                using[name].append((interval, amount))
    for name, parts in using.items():
        if sum(amount for _, amount in parts) > capacity[name]:
            model.add_cumulative([i for i, _ in parts], [a for _, a in parts], capacity[name])
    model.minimize(end)
    solved = solve(model, limit, linear=True)
    if solved is None:  # no time: the clerk's schedule stands, without a bound of worth
        return Network(first, horizon, max((t.minutes for t in tasks), default=0), limit)
    found = {name: solved.solver.value(variable) for name, variable in starts.items()}
    return Network(found, solved.objective, solved.bound, solved.seconds)


def in_turn(tasks: Sequence[Task], capacity: Mapping[str, int]) -> dict[str, int]:
    """What a clerk would do: whichever task must be finished soonest begins as early as it can.

    Raises:
        ValueError: as of `shortest`.
    """
    known = {task.id: task for task in tasks}
    for task in tasks:
        if any(amount > capacity.get(name, 0) for name, amount in (task.needs or {}).items()):
            raise ValueError(f"{task.id} needs more than there is")
        if any(name not in known for name in task.after):
            raise ValueError(f"{task.id} waits for a task that does not exist")
    tail = _tails(tasks)
    starts: dict[str, int] = {}
    used: dict[tuple[str, int], int] = {}
    while len(starts) < len(tasks):
        ready = [t for t in tasks if t.id not in starts and all(a in starts for a in t.after)]
        task = max(ready, key=lambda t: (tail[t.id], t.id))
        start = max((starts[a] + known[a].minutes for a in task.after), default=0)
        needs = [(name, amount) for name, amount in (task.needs or {}).items() if amount]
        while any(
            used.get((name, t), 0) + amount > capacity[name]
            for t in range(start, start + task.minutes)
            for name, amount in needs
        ):
            start += 1
        starts[task.id] = start
        for name, amount in needs:
            for t in range(start, start + task.minutes):
                used[name, t] = used.get((name, t), 0) + amount
    return starts


def _tails(tasks: Sequence[Task]) -> dict[str, int]:
    """Time from the start of each task to the end along the longest chain."""
    followers: dict[str, list[str]] = {task.id: [] for task in tasks}
    for task in tasks:
        for name in task.after:
            followers[name].append(task.id)
    minutes = {task.id: task.minutes for task in tasks}
    tail: dict[str, int] = {}
    while len(tail) < len(tasks):
        done = {
            name: minutes[name] + max((tail[f] for f in after), default=0)
            for name, after in followers.items()
            if name not in tail and all(f in tail for f in after)
        }
        if not done:
            raise ValueError("tasks wait for each other in a circle")
        tail |= done
    return tail
