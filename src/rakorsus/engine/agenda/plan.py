"""Plan a meeting day, and plan it again with the least change."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from rakorsus.engine.agenda import again, desks, talks
from rakorsus.engine.agenda.day import Day, LeftOut, Plan, Session
from rakorsus.engine.agenda.reasons import case_reason, talk_reason
from rakorsus.engine.agenda.records import Case, Schedule, Talk

#: A busy machine, or the solver's own loading, must not leave a session without any time.
_LEAST_S: Final = 0.3
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
        left_s = limit - (time.perf_counter() - began)
        share = max(_LEAST_S, left_s / (len(day.sessions) - place))
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
            later = _held_later(day, before, place)
            cases = [c for c in wanted if _may_stand(day, session, c.id) and c.id not in later]
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
                spent[one] += 0 if session.talks else p.end - p.start
        left |= {reason.id: reason for reason in reasons}
    if lost := [case.id for case in waiting if case.id not in left]:
        raise ValueError(f"{lost[0]} is pinned outside of every session with desks")
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
    if old is None:
        return desks.arrange(
            cases, session.window, session.tables, grid=session.grid, away=busy, most=most,
            pinned=inside, limit=limit,
        )  # fmt: skip
    return again.rearrange(
        old.placed, cases, session.window, session.tables, grid=session.grid, away=busy, most=most,
        pinned=inside, limit=limit,
    )  # fmt: skip


def _held_later(day: Day, before: Plan | None, place: int) -> set[str]:
    """What an earlier plan held in a session after this one and is not pinned: it waits for it."""
    if before is None:
        return set()
    after = [before.schedules[s.id] for s in day.sessions[place + 1 :] if s.id in before.schedules]
    return {p.id for schedule in after for p in schedule.placed} - set(day.pinned)


def _may_stand(day: Day, session: Session, name: str) -> bool:
    """Whether a finding is free, or pinned to a minute of this session."""
    minute = day.pinned.get(name, session.window.start)
    return session.window.start <= minute < session.window.end


def _left_talks(session: Session, schedule: Schedule, day: Day) -> list[LeftOut]:
    gone = set(schedule.left_out)
    left: list[Talk] = [t for t in session.talks if t.id in gone]
    return [talk_reason(talk, session, day.away) for talk in left]
