"""How long each presentation lasts, and in which order, so that the evening ends on time.

The order that protocol gives is kept; only talks with a window of their own may move out of it.
Each minute of a talk is worth its weight, and later minutes are worth less than earlier ones, so
that time is shared rather than heaped.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from rakorsus.engine.agenda.clerk import in_turn
from rakorsus.engine.agenda.desk_times import starts
from rakorsus.engine.agenda.records import Case, Placed, Schedule, Talk, Window
from rakorsus.engine.agenda.solving import outcome

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel


def worth(talk: Talk, minutes: int) -> int:
    """What `minutes` of a talk are worth: each further minute a little less than the one before."""
    return talk.weight * sum(2 * talk.longest - n for n in range(minutes))


def arrange(
    talks: Sequence[Talk],
    window: Window,
    *,
    change: int = 0,
    away: Mapping[str, Sequence[tuple[int, int]]] | None = None,
    before: Mapping[str, int] | None = None,
    limit: float = 5.0,
) -> Schedule:
    """Lengths (whole minutes) and times with the greatest sum of worth.

    Args:
        talks: in the order of protocol.
        change: minutes lost between two speakers.
        away: person or agency -> intervals in which it cannot present.
        before: an earlier schedule (talk -> start): as few talks as possible begin at another
            time, and only then the worth counts.
        limit: seconds for the solver.

    Returns:
        The schedule; talks that cannot be fitted even at their shortest are left out: those that
        could not be held alone, then, as long as it is proven that not all can be held, the last
        in the order; of those, the first that still fit beside the others are taken in again.
        Objective and bound are of the talks that could be held; where the time was
        over before any schedule was found, that of before stands if it can, else a clerk's; not
        proven.
    """
    began = time.perf_counter()
    gaps, known = away or {}, before or {}
    inside = [talk for talk in talks if _possible(talk, window, gaps)]
    dropped: list[Talk] = []
    found: Schedule | None = None

    def tried(some: Sequence[Talk]) -> Schedule | None:
        return _solve(some, window, change, gaps, known, limit - (time.perf_counter() - began))

    while inside and (found := tried(inside)) is None:
        movable = [talk for talk in inside if talk.fixed is None] or inside
        dropped.append(movable[-1])
        inside.remove(movable[-1])
    if found is None:
        return Schedule((), tuple(talk.id for talk in talks), 0, 0, 0.0)
    for talk in reversed(dropped[:-1]):  # a shorter one may still fit where a longer one did not
        more = [t for t in talks if t in inside or t is talk]
        longer = tried(more)
        if longer is not None and not longer.left_out:
            inside, found = more, longer
    held = {p.id for p in found.placed}
    return replace(found, left_out=tuple(t.id for t in talks if t.id not in held))


def _possible(talk: Talk, window: Window, away: Mapping[str, Sequence[tuple[int, int]]]) -> bool:
    first, last = talk.window or (window.start, window.end)
    alone = starts(Case(talk.id, talk.people, talk.shortest, 1), window, 1, away)
    return any(
        first <= minute <= last - talk.shortest and talk.fixed in (None, minute) for minute in alone
    )


def _solve(
    talks: Sequence[Talk],
    window: Window,
    change: int,
    away: Mapping[str, Sequence[tuple[int, int]]],
    before: Mapping[str, int],
    limit: float,
) -> Schedule | None:
    """The best schedule of all these talks, or None when it is proven that there is none."""
    from ortools.sat.python import cp_model

    if sum(t.shortest + change for t in talks) - change > _free(window):
        return None
    stands = _standing(talks, window, change, away, before) if before else None
    clerk = stands or in_turn(talks, window, change, away)
    model = cp_model.CpModel()
    begins, lengths, intervals, values, same = {}, {}, [], [], []
    for talk in talks:
        first, last = talk.window or (window.start, window.end)
        start = model.new_int_var(max(first, window.start), min(last, window.end), f"s{talk.id}")
        length = model.new_int_var(talk.shortest, talk.longest, f"l{talk.id}")
        model.add(start + length <= min(last, window.end))
        end = model.new_int_var(window.start, window.end + change, f"e{talk.id}")
        intervals.append(model.new_interval_var(start, _plus(length, change), end, f"i{talk.id}"))
        if talk.fixed is not None:
            model.add(start == talk.fixed)
        blocked = [*window.breaks, *(gap for who in talk.people for gap in away.get(who, ()))]
        _keep_out(model, talk.id, start, length, blocked)
        if talk.id in before:
            stays = model.new_bool_var(f"stays {talk.id}")
            model.add(start == before[talk.id]).only_enforce_if(stays)
            model.add_hint(start, before[talk.id])
            same.append(stays)
        begins[talk.id], lengths[talk.id] = start, length
        values.append(_value(model, talk, length))
    in_order = [talk for talk in talks if talk.window is None and talk.fixed is None]
    for one, other in pairwise(in_order):
        model.add(begins[one.id] + lengths[one.id] + change <= begins[other.id])
    model.add_no_overlap(intervals)
    stay = 1 + sum(worth(talk, talk.longest) for talk in talks)
    model.maximize(sum(values) + stay * sum(same))
    if stands or (not before and not clerk[1]):
        for known in clerk[0]:
            if not before:
                model.add_hint(begins[known.id], known.start)
            model.add_hint(lengths[known.id], known.end - known.start)
    solved, impossible = outcome(model, limit)
    if impossible:
        return None
    if solved is None:
        return _unproven(talks, clerk, before)
    times = {t.id: (solved.solver.value(begins[t.id]), solved.solver.value(lengths[t.id]))
             for t in talks}  # fmt: skip
    value = sum(worth(talk, times[talk.id][1]) for talk in talks)
    return Schedule(
        placed=tuple(
            Placed(name, start, start + length)
            for name, (start, length) in sorted(times.items(), key=lambda item: item[1])
        ),
        left_out=(),
        objective=value,
        bound=value + solved.bound - solved.objective,
        seconds=solved.seconds,
        moved=tuple(t.id for t in talks if before.get(t.id, times[t.id][0]) != times[t.id][0]),
    )


def _standing(
    talks: Sequence[Talk],
    window: Window,
    change: int,
    away: Mapping[str, Sequence[tuple[int, int]]],
    before: Mapping[str, int],
) -> tuple[tuple[Placed, ...], list[str]] | None:
    """Everything where it was before, each as long as there is room, without what had no place;
    None where that cannot be."""
    kept = [t for t in talks if t.id in before]
    left = [t.id for t in talks if t.id not in before]
    if any(t.fixed not in (None, before[t.id]) for t in kept):
        return None
    if any(t.fixed is not None for t in talks if t.id in left):
        return None
    in_order = [before[t.id] for t in kept if t.window is None and t.fixed is None]
    if in_order != sorted(in_order):
        return None
    placed: list[Placed] = []
    following = window.end
    for talk in sorted(kept, key=lambda t: before[t.id], reverse=True):
        start, last = before[talk.id], min(following, (talk.window or (0, window.end))[1])
        gaps = [*window.breaks, *(gap for who in talk.people for gap in away.get(who, ()))]
        if start < max(window.start, (talk.window or (0, 0))[0]):
            return None
        last = min([last, *(begin for begin, end in gaps if start < end)])
        length = min(talk.longest, last - start)
        if length < talk.shortest:
            return None
        placed.append(Placed(talk.id, start, start + length))
        following = start - change
    return tuple(reversed(placed)), left


def _unproven(
    talks: Sequence[Talk], clerk: tuple[tuple[Placed, ...], list[str]], before: Mapping[str, int]
) -> Schedule:
    """The clerk's schedule, or what stands where it was; nothing is known of a better one but that
    no talk gets more than its longest."""
    placed, left = clerk
    known = {talk.id: talk for talk in talks}
    return Schedule(
        placed=placed,
        left_out=tuple(left),
        objective=sum(worth(known[p.id], p.end - p.start) for p in placed),
        bound=sum(worth(talk, talk.longest) for talk in talks),
        seconds=0.0,
        moved=tuple(p.id for p in placed if before.get(p.id, p.start) != p.start),
    )


def _keep_out(
    model: CpModel, name: str, start: Any, length: Any, gaps: Sequence[tuple[int, int]]
) -> None:
    """A talk ends before each of these gaps or begins after it."""
    for n, (begin, end) in enumerate(gaps):
        earlier = model.new_bool_var(f"{name} before gap {n}")
        model.add(start + length <= begin).only_enforce_if(earlier)
        model.add(start >= end).only_enforce_if(~earlier)


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
