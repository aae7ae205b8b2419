"""What if: the same day with another end, other lengths or more tables, and what each costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rakorsus.engine.agenda.day import Day, Plan
from rakorsus.engine.agenda.plan import plan


@dataclass(frozen=True, slots=True)
class Cost:
    """What a plan takes from those who asked for more.

    `minutes` are those that presentations get less than their longest, over all; `shortened` of
    `presentations` are concerned. `left_out` items are not held at all, `weight` is their weight
    together. `end` is the minute at which the last item ends.
    """

    presentations: int
    shortened: int
    minutes: int
    left_out: int
    weight: int
    end: int


@dataclass(frozen=True, slots=True)
class Trial:
    name: str
    plan: Plan
    cost: Cost


def ending(day: Day, session: str, end: int) -> Day:
    """The day with another hard end of a session."""
    old = day.session(session)
    return day.with_session(replace(old, window=replace(old.window, end=end)))


def lasting(day: Day, session: str, shortest: int, longest: int) -> Day:
    """The day with other lengths of all presentations of a session."""
    old = day.session(session)
    new = tuple(replace(t, shortest=shortest, longest=longest) for t in old.talks)
    return day.with_session(replace(old, talks=new))


def seated(day: Day, session: str, tables: int) -> Day:
    """The day with another number of tables."""
    return day.with_session(replace(day.session(session), tables=tables))


def cost(day: Day, made: Plan) -> Cost:
    """What the plan of this day costs."""
    placed = made.placed
    talks = [t for s in day.sessions for t in s.talks]
    cut = [
        t.longest - (placed[t.id].end - placed[t.id].start) for t in talks if t.id in placed
    ]  # fmt: skip
    weights = {t.id: t.weight for t in talks}
    weights |= {c.id: c.weight for s in day.sessions for c in s.cases}
    return Cost(
        presentations=len(cut),
        shortened=sum(minutes > 0 for minutes in cut),
        minutes=sum(cut),
        left_out=len(made.left_out),
        weight=sum(weights[out.id] for out in made.left_out),
        end=made.end,
    )


def compare(days: Mapping[str, Day], *, limit: float = 5.0) -> tuple[Trial, ...]:
    """Plan every variant, at most `limit` seconds each."""
    trials = []
    for name, day in days.items():
        made = plan(day, limit=limit)
        trials.append(Trial(name, made, cost(day, made)))
    return tuple(trials)
