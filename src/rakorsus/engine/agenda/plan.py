"""Plan a meeting day, and plan it again with the least change."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence

from rakorsus.engine.agenda import again, desks, talks
from rakorsus.engine.agenda.day import Day, LeftOut, Plan, Session
from rakorsus.engine.agenda.reasons import case_reason, talk_reason
from rakorsus.engine.agenda.records import Case, Placed, Schedule, Talk

_Busy = dict[str, list[tuple[int, int]]]


def plan(day: Day, *, limit: float = 5.0) -> Plan:
    """The best day under its rules.

    Args:
        limit: seconds for all sessions together.

    Raises:
        ValueError: what is pinned contradicts itself.
    """
    return _plan(day, None, limit)


def replan(day: Day, before: Plan, *, limit: float = 2.0) -> Plan:
    """The best day that is nearest to `before`: as much as possible of what was planned stays in,
    as few items as possible begin at another time, then what was left out is added where there is
    room.

    Use it when someone does not come (`away`, or an item taken out of the day), something overruns,
    or an item is dragged (pinned) to another time.

    Raises:
        ValueError: what is pinned contradicts itself.
    """
    return _plan(day, before, limit)


def _plan(day: Day, before: Plan | None, limit: float) -> Plan:
    began = time.perf_counter()
    busy: _Busy = defaultdict(list, {who: list(gaps) for who, gaps in day.away.items()})
    spent: dict[str, int] = defaultdict(int)
    waiting: tuple[Case, ...] = ()
    schedules: dict[str, Schedule] = {}
    left: dict[str, LeftOut] = {}
    for place, session in enumerate(day.sessions):
        share = (limit - (time.perf_counter() - began)) / (len(day.sessions) - place)
        old = before.schedules.get(session.id) if before else None
        most = {who: minutes - spent[who] for who, minutes in day.most.items()}
        who: dict[str, frozenset[str]]
        if session.talks:
            schedule = talks.arrange(
                session.talks, session.window, change=session.change, away=busy,
                before={p.id: p.start for p in old.placed} if old else None, limit=share,
            )  # fmt: skip
            who = {t.id: t.people for t in session.talks}
            reasons = _left_talks(session, schedule, day)
        else:
            wanted = (*session.cases, *waiting)
            cases = [c for c in wanted if _may_stand(day, session, c.id)]
            schedule = _desks(day, session, cases, busy, most, old, share)
            who = {c.id: c.agencies for c in cases}
            reasons = [
                case_reason(case, session, schedule, cases, busy, most)
                for case in cases
                if case.id in set(schedule.left_out)
            ]
            waiting = tuple(c for c in wanted if c.id not in {p.id for p in schedule.placed})
        schedules[session.id] = schedule
        for p in schedule.placed:
            left.pop(p.id, None)
            for one in who[p.id]:
                busy[one].append((p.start, p.end))
                spent[one] += p.end - p.start if session.cases else 0
        left |= {reason.id: reason for reason in reasons}
    return Plan(schedules, tuple(left.values()), time.perf_counter() - began)


def _desks(
    day: Day,
    session: Session,
    cases: Sequence[Case],
    busy: _Busy,
    most: Mapping[str, int],
    old: Schedule | None,
    limit: float,
) -> Schedule:
    inside = {case.id: day.pinned[case.id] for case in cases if case.id in day.pinned}
    rules = {"grid": session.grid, "away": busy, "most": most, "pinned": inside, "limit": limit}
    if old is None:
        return desks.arrange(cases, session.window, session.tables, **rules)  # type: ignore[arg-type]
    placed: Sequence[Placed] = old.placed
    return again.rearrange(placed, cases, session.window, session.tables, **rules)  # type: ignore[arg-type]


def _may_stand(day: Day, session: Session, name: str) -> bool:
    """Whether a finding is free, or pinned to a minute of this session."""
    minute = day.pinned.get(name, session.window.start)
    return session.window.start <= minute < session.window.end


def _left_talks(session: Session, schedule: Schedule, day: Day) -> list[LeftOut]:
    gone = set(schedule.left_out)
    left: list[Talk] = [t for t in session.talks if t.id in gone]
    return [talk_reason(talk, session, day.away) for talk in left]
