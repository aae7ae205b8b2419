"""Why something could not fit, read off the finished plan rather than from the solver."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rakorsus.engine.agenda.day import LeftOut, Session
from rakorsus.engine.agenda.desk_times import Away, length, starts
from rakorsus.engine.agenda.records import Case, Schedule, Talk


def case_reason(
    case: Case,
    session: Session,
    schedule: Schedule,
    cases: Sequence[Case],
    away: Away,
    most: Mapping[str, int],
) -> LeftOut:
    """The reason of a finding without a desk; the first that holds."""
    window, long = session.window, length(case, session.grid)
    if not starts(case, window, session.grid, {}):
        return LeftOut(case.id, session.id, "too_long")
    possible = starts(case, window, session.grid, away)
    if not possible:
        absent = [a for a in case.agencies if _hinders(case, a, session, away)]
        return LeftOut(case.id, session.id, "absent", tuple(sorted(absent or case.agencies)))
    known = {c.id: c for c in cases}
    sits = {a: [p for p in schedule.placed if a in known[p.id].agencies] for a in case.agencies}
    full = [a for a in case.agencies
            if sum(p.end - p.start for p in sits[a]) + long > most.get(a, 10**9)]  # fmt: skip
    if full:
        return LeftOut(case.id, session.id, "limit", tuple(sorted(full)))
    tables_full, hinderers = True, set()
    for start in possible:
        others = [a for a in sits if any(p.start < start + long and start < p.end for p in sits[a])]
        if _free_table(schedule, session.tables, start, start + long):
            tables_full = False
            hinderers |= set(others)
            if not others:
                return LeftOut(case.id, session.id, "displaced")
    if tables_full:
        return LeftOut(case.id, session.id, "tables_full")
    return LeftOut(case.id, session.id, "agency_busy", tuple(sorted(hinderers)))


def talk_reason(talk: Talk, session: Session, away: Away) -> LeftOut:
    """The reason of a presentation that is left out."""
    window = session.window
    first, last = talk.window or (window.start, window.end)
    alone = Case(talk.id, talk.people, talk.shortest, 1)
    own = [m for m in starts(alone, window, 1, {}) if first <= m <= last - talk.shortest]
    if not own:
        return LeftOut(talk.id, session.id, "too_long")
    if not set(own) & set(starts(alone, window, 1, away)):
        who = [p for p in talk.people if _hinders(alone, p, session, away, 1)]
        return LeftOut(talk.id, session.id, "absent", tuple(sorted(who or talk.people)))
    return LeftOut(talk.id, session.id, "end")


def _hinders(case: Case, who: str, session: Session, away: Away, grid: int | None = None) -> bool:
    return not starts(case, session.window, grid or session.grid, {who: away.get(who, ())})


def _free_table(schedule: Schedule, tables: int, start: int, end: int) -> bool:
    busy = {p.table for p in schedule.placed if p.start < end and start < p.end}
    return len(busy) < tables
