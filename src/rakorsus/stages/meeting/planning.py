"""From the agenda's items to the solver's records and back. Times are minutes after the midnight
that begins the meeting's day, so that an evening past midnight stays one line."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from rakorsus.engine.agenda import desks, talks
from rakorsus.engine.agenda.records import Case, Schedule, Talk, Window
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.meeting.models import AgendaItem, Meeting, Session

_SEVERITY = {Finding.Severity.HIGH: 60, Finding.Severity.MEDIUM: 30, Finding.Severity.LOW: 10}
_WANTED = 100
_DISPUTED = 20
#: What a plan may still move.
MOVABLE = (AgendaItem.Kind.DESK, AgendaItem.Kind.PRESENTATION)


@dataclass(frozen=True)
class Wishes:
    """The numbers of a what-if."""

    tables: int = 8
    grid: int = 15
    shortest: int = 3
    longest: int = 7
    change: int = 0
    limit: float = 5.0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Answer:
    """What the solver said of all sessions together."""

    placed: list[dict[str, int]] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)
    objective: int = 0
    bound: int = 0
    seconds: float = 0.0

    def add(self, schedule: Schedule) -> None:
        self.placed += [
            {"item": int(p.id), "start": p.start, "minutes": p.end - p.start, "table": p.table}
            for p in schedule.placed
        ]
        self.left_out += [int(name) for name in schedule.left_out]
        self.objective += schedule.objective
        self.bound += schedule.bound
        self.seconds += schedule.seconds


def weight(finding: Finding, wanted: bool = False) -> int:
    """What settling a finding is worth: severity, ten per decade of money above one million,
    a dispute, and the wish of the leadership."""
    money = max(0, math.floor(10 * math.log10(max(finding.money, 1) / 1_000_000)))
    disputed = _DISPUTED if finding.state == Finding.State.DISPUTED else 0
    return _SEVERITY[Finding.Severity(finding.severity)] + money + disputed + _WANTED * wanted


def midnight(meeting: Meeting) -> datetime:
    local = timezone.localtime(meeting.starts)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def minute(meeting: Meeting, at: datetime) -> int:
    return round((at - midnight(meeting)).total_seconds() / 60)


def clock(meeting: Meeting, minutes: int) -> datetime:
    return midnight(meeting) + timedelta(minutes=minutes)


def solve(
    meeting: Meeting,
    wishes: Wishes,
    *,
    away: Collection[str] = (),
    keep: bool = False,
    now: datetime | None = None,
) -> Answer:
    """Plan every session of desks or presentations.

    Args:
        away: codes of agencies that do not come; their desks and presentations are left out.
        keep: among equally good plans take the one nearest to the present agenda.
        now: plan only what has not begun, from this moment on.

    Raises:
        ValueError: what is pinned contradicts itself.
    """
    answer = Answer()
    for session in meeting.sessions.all():
        items = _items(session, now)
        if not items:
            continue
        window = _window(meeting, session, now, wishes.grid)
        if window.end <= window.start:
            answer.left_out += [item.pk for item in items]
        elif session.kind == Session.Kind.DESKS:
            answer.add(_desks(meeting, items, window, wishes, away, keep))
        else:
            answer.add(_talks(meeting, items, window, wishes, away))
    return answer


def _items(session: Session, now: datetime | None) -> list[AgendaItem]:
    found = (
        session.items.filter(kind__in=MOVABLE)
        .exclude(state=AgendaItem.State.DROPPED)
        .select_related("finding", "agency")
        .prefetch_related("finding__sides__agency")
        .order_by("position", "id")
    )
    if now is not None:
        found = found.filter(state=AgendaItem.State.WAITING)
    return list(found)


def _window(meeting: Meeting, session: Session, now: datetime | None, grid: int) -> Window:
    """The session's time, with its fixed entries and what runs at this moment as breaks."""
    end = min(minute(meeting, session.ends), minute(meeting, meeting.ends))
    start = minute(meeting, session.starts)
    if now is not None:
        start = max(start, -(-minute(meeting, now) // grid) * grid)
    fixed = session.items.exclude(kind__in=MOVABLE).exclude(start=None)
    breaks = sorted(
        (minute(meeting, i.start), minute(meeting, i.start) + i.minutes) for i in fixed if i.start
    )
    return Window(start, end, tuple(breaks))


def _desks(
    meeting: Meeting,
    items: list[AgendaItem],
    window: Window,
    wishes: Wishes,
    away: Collection[str],
    keep: bool,
) -> Schedule:
    cases = []
    for item in items:
        if item.finding is None:
            continue
        codes = frozenset(side.agency.code for side in item.finding.sides.all())
        cases.append(
            Case(str(item.pk), codes, item.minutes, max(1, weight(item.finding, item.wanted)))
        )
    gone = {code: [(window.start, window.end)] for code in away}
    now = {str(i.pk): minute(meeting, i.start) for i in items if i.start}
    pinned = {str(i.pk): now[str(i.pk)] for i in items if i.pinned and i.start}
    return desks.arrange(
        cases, window, wishes.tables, grid=wishes.grid, away=gone, pinned=pinned,
        before=now if keep else None, limit=wishes.limit,
    )  # fmt: skip


def _talks(
    meeting: Meeting,
    items: list[AgendaItem],
    window: Window,
    wishes: Wishes,
    away: Collection[str],
) -> Schedule:
    here = [i for i in items if not (i.agency and i.agency.code in away)]
    asked = [
        Talk(
            str(i.pk), wishes.shortest, max(wishes.shortest, wishes.longest),
            3 if i.wanted else 1, fixed=minute(meeting, i.start) if i.pinned and i.start else None,
        )
        for i in here
    ]  # fmt: skip
    found = talks.arrange(asked, window, change=wishes.change, limit=wishes.limit)
    gone = tuple(str(i.pk) for i in items if i not in here)
    return Schedule(
        found.placed, (*found.left_out, *gone), found.objective, found.bound, found.seconds
    )


def moves(items: Iterable[AgendaItem], meeting: Meeting, answer: Answer) -> int:
    """How many entries that had a time would begin at another one, or lose it."""
    new = {row["item"]: row["start"] for row in answer.placed}
    return sum(
        1 for item in items if item.start and new.get(item.pk) != minute(meeting, item.start)
    )
