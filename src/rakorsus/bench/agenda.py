"""A meeting day: desks for 300 findings, 57 presentations, both together, and planned again.

The peer is a careful clerk: greedy, heaviest finding first, each at its earliest time; in
presentations, the same length for all; after a change, the day planned anew.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, Final

from rakorsus.bench.measure import Contender, Report, Target, Timing, compete
from rakorsus.engine.agenda import desks, talks
from rakorsus.engine.agenda.clerk import greedy
from rakorsus.engine.agenda.day import Day, Plan, Session
from rakorsus.engine.agenda.desk_times import starts
from rakorsus.engine.agenda.plan import plan, replan
from rakorsus.engine.agenda.records import Case, Schedule, Talk, Window
from rakorsus.engine.agenda.trials import cost, ending, lasting

_DAY: Final = Window(8 * 60, 16 * 60, ((12 * 60, 13 * 60),))
_EVENING: Final = Window(19 * 60, 22 * 60, ((19 * 60 + 10, 19 * 60 + 25),))
_AGENCIES, _FINDINGS, _TABLES, _TALKS = 60, 300, 8, 57


def cases(count: int, agencies: int, seed: int = 1) -> list[Case]:
    """Findings that want a desk: two or three agencies each, 15 or 30 minutes."""
    draw = random.Random(seed)  # noqa: S311 (a frozen case, no secret)
    names = [f"A{n}" for n in range(agencies)]
    return [
        Case(str(n), frozenset(draw.sample(names, draw.choice((2, 2, 2, 3)))),
             draw.choice((15, 15, 30)), draw.randint(1, 100))
        for n in range(count)
    ]  # fmt: skip


def speakers(people: bool = True) -> list[Talk]:
    """Two to seven minutes each; every tenth matters three times as much."""
    return [
        Talk(f"talk {n}", 2, 7, 3 if n % 10 == 0 else 1,
             people=frozenset([f"A{n}"]) if people else frozenset())
        for n in range(_TALKS)
    ]  # fmt: skip


def day() -> Day:
    """Presentations in the afternoon of one hall while desks run beside them all day."""
    hall = Window(13 * 60, 16 * 60, ((15 * 60, 15 * 60 + 15),))
    return Day((
        Session("presentations", hall, talks=tuple(speakers())),
        Session("desks", _DAY, cases=tuple(cases(_FINDINGS, _AGENCIES)), tables=_TABLES),
    ))  # fmt: skip


def no_show(planned: Plan) -> Day:
    """The same day without the agency that sits at the most desks before noon."""
    wanted = {c.id: c.agencies for c in day().session("desks").cases}
    seats = [a for p in planned.schedules["desks"].placed if p.end <= 720 for a in wanted[p.id]]
    gone = max(sorted(set(seats)), key=seats.count)
    return replace(day(), away={gone: [(8 * 60, 12 * 60)]})


def dragged(planned: Plan) -> Day:
    """The same day with the first desk of the morning dragged into the last hour, when its agencies
    do not present."""
    first = planned.schedules["desks"].placed[0]
    case = next(c for c in day().session("desks").cases if c.id == first.id)
    hall = {f"A{p.id.split()[1]}": [(p.start, p.end)]
            for p in planned.schedules["presentations"].placed}  # fmt: skip
    return replace(day(), pinned={case.id: starts(case, _DAY, 15, hall)[-3]})


def run(repeats: int = 5) -> Iterator[Report]:
    """Desks alone, presentations alone, the whole day, a no-show, a dragged desk, the evening."""
    yield _desks(repeats)
    yield _presentations(repeats)
    yield _whole(repeats)
    yield _again("agenda-no-show", no_show, repeats)
    yield _again("agenda-dragged", dragged, repeats)


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
        {"findings": _FINDINGS, "agencies": _AGENCIES, "tables": _TABLES},
        timings,
        quality={"objective": "more", "gap": "less"},
        targets=(
            _proven(timings[0]),
            Target("never below greedy", f"{best} against {clerk}", best >= clerk),
        ),
        notes=("the bound of greedy is the sum of all weights",),
    )


def _presentations(repeats: int) -> Report:
    timings = compete(
        [
            Contender("solver", _evening, _talks, needs=("ortools",)),
            Contender("the same length for all", _equal, _talks),
        ],
        repeats,
    )
    figures = timings[0].result
    return Report(
        "agenda-evening",
        {"presentations": _TALKS, "from": "19:00", "to": "22:00"},
        timings,
        quality={"objective": "more"},
        targets=(
            _proven(timings[0]),
            Target("all 57 held by 22:00", f"{figures['held']} held, last one ends at "
                   f"{figures['ends']}", figures["held"] == _TALKS),
        ),
        notes=(
            "as held in 2022, seven minutes each: ends at "
            f"{figures['as_held_ends']}; by 22:00 it costs {figures['minutes_cut']} minutes of "
            f"speech, {figures['shortened']} presentations are shortened",
        ),
    )  # fmt: skip


def _whole(repeats: int) -> Report:
    timings = compete([Contender("solver", _plan, _day, needs=("ortools",))], repeats)
    return Report(
        "agenda-day",
        {"presentations": _TALKS, "findings": _FINDINGS, "tables": _TABLES},
        timings,
        targets=(_proven(timings[0]),),
        notes=("presentations have the right of way, desks are planned around them",),
    )


def _again(name: str, change: Callable[[Plan], Day], repeats: int) -> Report:
    given = partial(_changed, change)
    timings = compete(
        [
            Contender("least change", _replan, given, needs=("ortools",)),
            Contender("planned anew", _anew, given, needs=("ortools",)),
        ],
        repeats,
    )
    return Report(
        name,
        {"presentations": _TALKS, "findings": _FINDINGS},
        timings,
        quality={"moves": "less", "objective": "more"},
        targets=(_proven(timings[0], 2.0, "re-planned with the fewest moves, proven,"),),
    )


def _proven(timing: Timing, limit: float = 5.0, what: str = "proven optimal") -> Target:
    gap, slowest = timing.result["gap"], max(timing.walls)
    return Target(
        f"{what} within {limit:g} s",
        f"gap {gap:.2%}, slowest run {slowest:.2f} s",
        gap == 0 and slowest <= limit,
    )


def _load() -> None:
    import ortools.sat.python.cp_model  # noqa: F401 (importing it is not solving)


def _cases() -> list[Case]:
    _load()
    return cases(_FINDINGS, _AGENCIES)


def _talks() -> list[Talk]:
    _load()
    return speakers(people=False)


def _day() -> Day:
    _load()
    return day()


def _changed(change: Callable[[Plan], Day]) -> tuple[Day, Plan]:
    before = plan(_day(), limit=30)
    return change(before), before


def _solver(many: list[Case]) -> dict[str, Any]:
    return _figures(desks.arrange(many, _DAY, _TABLES))


def _greedy(many: list[Case]) -> dict[str, Any]:
    return _figures(greedy(many, _DAY, _TABLES))


def _evening(many: list[Talk]) -> dict[str, Any]:
    made = talks.arrange(many, _EVENING)
    short = Day((Session("evening", _EVENING, talks=tuple(many)),))
    planned = Plan({"evening": made}, (), made.seconds)
    long = lasting(ending(short, "evening", 26 * 60), "evening", 7, 7)
    price, held = cost(short, planned), cost(long, plan(long))
    return {
        "objective": made.objective,
        "gap": made.gap,
        "held": len(made.placed),
        "ends": _clock(planned.end),
        "as_held_ends": _clock(held.end),
        "minutes_cut": price.minutes,
        "shortened": price.shortened,
    }


def _equal(many: list[Talk]) -> dict[str, Any]:
    free = _EVENING.end - _EVENING.start - sum(end - begin for begin, end in _EVENING.breaks)
    each = free // len(many)
    return {"objective": sum(talks.worth(t, each) for t in many), "held": len(many)}


def _plan(given: Day) -> dict[str, Any]:
    return _plan_figures(plan(given))


def _replan(given: tuple[Day, Plan]) -> dict[str, Any]:
    return _plan_figures(replan(*given))


def _anew(given: tuple[Day, Plan]) -> dict[str, Any]:
    made = plan(given[0])
    before = given[1].placed
    moved = [n for n, p in made.placed.items() if n in before and before[n].start != p.start]
    return _plan_figures(made) | {"moves": len(moved)}


def _figures(schedule: Schedule) -> dict[str, Any]:
    return {
        "objective": schedule.objective,
        "bound": schedule.bound,
        "gap": schedule.gap,
        "placed": len(schedule.placed),
        "left_out": len(schedule.left_out),
    }


def _plan_figures(made: Plan) -> dict[str, Any]:
    return {
        "objective": made.objective,
        "bound": made.bound,
        "gap": made.gap,
        "placed": len(made.placed),
        "left_out": len(made.left_out),
        "moves": len(made.moved),
    }


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"
