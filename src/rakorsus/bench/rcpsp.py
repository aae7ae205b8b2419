"""480 scheduling problems of the kind of PSPLIB's set j30: how many are proven optimal, how soon.

The set itself is not shipped. These are drawn after the description of its generator ProGen
(Kolisch, Sprecher, Drexl 1995; Kolisch and Sprecher 1996): 30 activities and 4 renewable resources,
network complexity 1.5, 1.8 and 2.1, resource factor .25, .5, .75 and 1, resource strength .2, .5,
.7 and 1, ten problems for each of the 48 combinations. Every schedule is checked by `mistakes`,
which shares nothing with the solver.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import product
from typing import Any, Final

from rakorsus.bench.measure import Contender, Report, Target, compete
from rakorsus.engine.agenda.network import Task, in_turn, shortest

_CELLS: Final = tuple(product((1.5, 1.8, 2.1), (0.25, 0.5, 0.75, 1.0), (0.2, 0.5, 0.7, 1.0)))
_TASKS, _RESOURCES, _ENDS, _MOST = 30, 4, 3, 3
_LIMIT: Final = 60.0  # seconds for each problem

Problem = tuple[list[Task], dict[str, int]]


def problem(complexity: float, factor: float, strength: float, seed: int) -> Problem:
    """One problem: tasks in topological order, and the capacities."""
    draw = random.Random(f"{complexity} {factor} {strength} {seed}")  # noqa: S311 (no secret)
    after = _network(draw, complexity)
    minutes = [draw.randint(1, 10) for _ in range(_TASKS)]
    needs: list[dict[str, int]] = [{} for _ in range(_TASKS)]
    cells = [(n, f"R{k}") for n in range(_TASKS) for k in range(_RESOURCES)]
    wanted = round(factor * len(cells))
    once = [draw.choice([c for c in cells if c[0] == n]) for n in range(_TASKS)]
    rest = [cell for cell in draw.sample(cells, len(cells)) if cell not in once]
    for n, name in (once + rest)[:wanted]:
        needs[n][name] = draw.randint(1, 10)
    tasks = [
        Task(f"{n:02d}", minutes[n], tuple(f"{p:02d}" for p in sorted(after[n])), needs[n])
        for n in range(_TASKS)
    ]
    return tasks, {f"R{k}": _capacity(tasks, f"R{k}", strength) for k in range(_RESOURCES)}


def _network(draw: random.Random, complexity: float) -> list[set[int]]:
    """Predecessors of each task: no arc that others imply, at most three in and three out; three
    tasks wait for none and none waits for three."""
    arcs = round(complexity * (_TASKS + 2)) - 2 * _ENDS  # the arcs of source and sink count too
    while True:
        after, out = _arcs(draw, arcs)
        complete = all(after[_ENDS:]) and all(out[: _TASKS - _ENDS])
        if complete and sum(out) >= arcs - 1:
            return after


def _arcs(draw: random.Random, arcs: int) -> tuple[list[set[int]], list[int]]:
    after: list[set[int]] = [set() for _ in range(_TASKS)]
    out = [0] * _TASKS

    def reaches(a: int, b: int) -> bool:
        return any(p == a or (p > a and reaches(a, p)) for p in after[b])

    def add(a: int, b: int) -> bool:
        if out[a] >= _MOST or len(after[b]) >= _MOST or reaches(a, b):
            return False
        followers = [n for n in range(b, _TASKS) if n == b or reaches(b, n)]
        if any(p == a or reaches(p, a) for n in followers for p in after[n]):
            return False  # an arc that is there would be implied by this one
        after[b].add(a)
        out[a] += 1
        return True

    for b in range(_ENDS, _TASKS):
        for a in draw.sample(range(min(b, _TASKS - _ENDS)), min(b, _TASKS - _ENDS)):
            if add(a, b):
                break
    for a in range(_TASKS - _ENDS):
        if not out[a]:
            later = range(max(a + 1, _ENDS), _TASKS)
            any(add(a, b) for b in draw.sample(later, len(later)))
    pairs = [(a, b) for b in range(_ENDS, _TASKS) for a in range(min(b, _TASKS - _ENDS))]
    for a, b in draw.sample(pairs, len(pairs)):
        if sum(out) >= arcs:
            break
        add(a, b)
    return after, out


def _capacity(tasks: Sequence[Task], name: str, strength: float) -> int:
    """Between the greatest single need and the peak when everything begins as early as it can."""
    known = {task.id: task for task in tasks}
    least = max(((t.needs or {}).get(name, 0) for t in tasks), default=0)
    starts: dict[str, int] = {}
    load: dict[int, int] = {}
    for task in tasks:
        starts[task.id] = max((starts[a] + known[a].minutes for a in task.after), default=0)
        for t in range(starts[task.id], starts[task.id] + task.minutes):
            load[t] = load.get(t, 0) + (task.needs or {}).get(name, 0)
    return least + round(strength * (max(load.values()) - least))


def mistakes(
    tasks: Sequence[Task], capacity: Mapping[str, int], starts: Mapping[str, int]
) -> list[str]:
    """What is wrong with a schedule, each rule looked at by itself; empty when it is right."""
    known = {task.id: task for task in tasks}
    found = [f"{t.id} has no start" for t in tasks if starts.get(t.id, -1) < 0]
    if found:
        return found
    for task in tasks:
        found += [
            f"{task.id} begins before {a} has ended"
            for a in task.after
            if starts[a] + known[a].minutes > starts[task.id]
        ]
    for name, most in capacity.items():
        for minute in {starts[t.id] for t in tasks}:  # a peak begins where a task begins
            running = [t for t in tasks if starts[t.id] <= minute < starts[t.id] + t.minutes]
            if sum((t.needs or {}).get(name, 0) for t in running) > most:
                found.append(f"{name} is overdrawn at {minute}")
    return found


def problems(count: int) -> list[Problem]:
    """`count` problems, spread over the 48 combinations."""
    return [problem(*_CELLS[n % len(_CELLS)], n // len(_CELLS)) for n in range(count)]


def run(repeats: int = 1, lines: int | None = None) -> Report:
    """`lines` problems (480)."""
    count = lines or 480
    given = partial(_given, count)
    timings = compete(
        [
            Contender("solver", _solver, given, _judge, ("ortools",), limit=7200),
            Contender("longest chain first", _clerk, given, _judge),
        ],
        repeats,
    )
    ours = timings[0].result
    return Report(
        "rcpsp",
        {"problems": count, "activities": _TASKS, "resources": _RESOURCES},
        timings,
        notes=(
            f"at most {_LIMIT:g} s for each problem, one worker",
            "problems drawn after ProGen's description, not PSPLIB's own files",
        ),
        quality={"total_length": "less", "proven": "more"},
        targets=(
            Target(f"all {count} proven optimal", f"{ours['proven']}", ours["proven"] == count),
            Target("no mistake in any schedule", f"{ours['mistakes']}", ours["mistakes"] == 0),
        ),
    )


def _given(count: int) -> list[Problem]:
    import ortools.sat.python.cp_model  # noqa: F401 (importing it is not solving)

    return problems(count)


def _solver(given: list[Problem]) -> list[tuple[Mapping[str, int], int, float]]:
    answers = [shortest(*each, limit=_LIMIT) for each in given]
    return [(a.starts, a.bound, a.seconds) for a in answers]


def _clerk(given: list[Problem]) -> list[tuple[Mapping[str, int], int, float]]:
    return [(in_turn(*each), 0, 0.0) for each in given]


def _judge(
    given: list[Problem], answers: list[tuple[Mapping[str, int], int, float]]
) -> dict[str, Any]:
    ends = [
        max(starts[t.id] + t.minutes for t in tasks)
        for (tasks, _), (starts, _, _) in zip(given, answers, strict=True)
    ]
    seconds = sorted(each for _, _, each in answers)
    return {
        "proven": sum(end == bound for end, (_, bound, _) in zip(ends, answers, strict=True)),
        "total_length": sum(ends),
        "total_bound": sum(bound for _, bound, _ in answers),
        "mistakes": sum(
            bool(mistakes(*each, answer[0])) for each, answer in zip(given, answers, strict=True)
        ),
        "median_s": round(seconds[len(seconds) // 2], 3),
        "slowest_s": round(seconds[-1], 2),
    }
