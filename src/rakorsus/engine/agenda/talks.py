"""How long each presentation lasts, and in which order, so that the evening ends on time.

The order that protocol gives is kept; only talks with a window of their own may move out of it.
Each minute of a talk is worth its weight, and later minutes are worth less than earlier ones, so
that time is shared rather than heaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from rakorsus.engine.agenda.records import Placed, Schedule, Talk, Window
from rakorsus.engine.agenda.solving import solve

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel


def worth(talk: Talk, minutes: int) -> int:
    """What `minutes` of a talk are worth: each further minute a little less than the one before."""
    return talk.weight * sum(2 * talk.longest - n for n in range(minutes))


def arrange(
    talks: Sequence[Talk], window: Window, *, change: int = 0, limit: float = 5.0
) -> Schedule:
    """Lengths (whole minutes) and times with the greatest sum of worth.

    Args:
        talks: in the order of protocol.
        change: minutes lost between two speakers.
        limit: seconds for the solver.

    Returns:
        The schedule; talks that cannot be fitted even at their shortest are left out, the last in
        the order first.
    """
    left: list[str] = []
    inside = list(talks)
    while inside:
        schedule = _solve(inside, window, change, limit)
        if schedule is not None:
            return Schedule(
                schedule.placed, tuple(reversed(left)), schedule.objective, schedule.bound,
                schedule.seconds,
            )  # fmt: skip
        movable = [talk for talk in inside if talk.fixed is None] or inside
        left.append(movable[-1].id)
        inside.remove(movable[-1])
    return Schedule((), tuple(talk.id for talk in talks), 0, 0, 0.0)


def _solve(talks: Sequence[Talk], window: Window, change: int, limit: float) -> Schedule | None:
    from ortools.sat.python import cp_model

    if sum(t.shortest + change for t in talks) - change > _free(window):
        return None
    model = cp_model.CpModel()
    starts, lengths, intervals, values = {}, {}, [], []
    for talk in talks:
        first, last = talk.window or (window.start, window.end)
        start = model.new_int_var(max(first, window.start), min(last, window.end), f"s{talk.id}")
        length = model.new_int_var(talk.shortest, talk.longest, f"l{talk.id}")
        model.add(start + length <= min(last, window.end))
        end = model.new_int_var(window.start, window.end + change, f"e{talk.id}")
        intervals.append(model.new_interval_var(start, _plus(length, change), end, f"i{talk.id}"))
        if talk.fixed is not None:
            model.add(start == talk.fixed)
        starts[talk.id], lengths[talk.id] = start, length
        values.append(_value(model, talk, length))
    in_order = [talk for talk in talks if talk.window is None and talk.fixed is None]
    for one, other in pairwise(in_order):
        model.add(starts[one.id] + lengths[one.id] + change <= starts[other.id])
    for pause, back in window.breaks:
        intervals.append(model.new_fixed_size_interval_var(pause, back - pause, f"b{pause}"))
    model.add_no_overlap(intervals)
    model.maximize(sum(values))
    solved = solve(model, limit)
    if solved is None:
        return None
    placed = sorted(
        (
            Placed(
                talk.id,
                solved.solver.value(starts[talk.id]),
                solved.solver.value(starts[talk.id]) + solved.solver.value(lengths[talk.id]),
            )
            for talk in talks
        ),
        key=lambda p: p.start,
    )
    return Schedule(tuple(placed), (), solved.objective, solved.bound, solved.seconds)


def _free(window: Window) -> int:
    return window.end - window.start - sum(end - begin for begin, end in window.breaks)


def _plus(length: Any, change: int) -> Any:
    return length + change if change else length


def _value(model: CpModel, talk: Talk, length: Any) -> Any:
    """The worth of the chosen length, as a table of allowed pairs."""
    most = worth(talk, talk.longest)
    value = model.new_int_var(0, most, f"v{talk.id}")
    pairs = [(n, worth(talk, n)) for n in range(talk.shortest, talk.longest + 1)]
    model.add_allowed_assignments([length, value], pairs)
    return value
