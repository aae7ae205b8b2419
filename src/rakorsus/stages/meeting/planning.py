"""From the agenda's items to the solver's records and back. Times are minutes after the midnight
that begins the meeting's day, so that an evening past midnight stays one line."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from rakorsus.engine.agenda.day import Day, Plan
from rakorsus.engine.agenda.day import Session as Part
from rakorsus.engine.agenda.plan import plan, replan
from rakorsus.engine.agenda.records import Case, Placed, Schedule, Talk, Window
from rakorsus.engine.agenda.trials import cost
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.meeting.models import AgendaItem, Meeting, Session

_SEVERITY = {Finding.Severity.HIGH: 60, Finding.Severity.MEDIUM: 30, Finding.Severity.LOW: 10}
_WANTED = 100
_NEVER = 3 * 24 * 60  # beyond the end of any meeting
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
    #: The hard end of the day, in minutes after the midnight that begins it (past 1,440 is after
    #: the next one); None: that of the meeting. It also lets the last session run longer.
    end: int | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Answer:
    """What the solver said of the whole day, as rows that a trial keeps."""

    placed: list[dict[str, int]]
    left_out: list[dict[str, Any]]
    objective: int
    bound: int
    seconds: float
    moved: int
    cost: dict[str, int]


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
    pins: Mapping[int, datetime] | None = None,
) -> Answer:
    """Plan the day.

    Args:
        away: codes of agencies that do not come; their desks and presentations are left out.
        keep: stay as near as possible to the present agenda.
        pins: items that are to stand at these times, as if they were pinned there.
        now: plan only what has not begun, from this moment of the meeting's own time on.

    Raises:
        ValueError: what is pinned contradicts itself.
    """
    found = {session: _items(session, now) for session in meeting.sessions.all()}
    parts = {s: items for s, items in found.items() if items}
    gone = {s: items for s, items in parts.items() if _is_over(meeting, s, wishes, now)}
    parts = {s: items for s, items in parts.items() if s not in gone}
    before = _present(meeting, parts)
    for item in (i for items in parts.values() for i in items):
        if pins and item.pk in pins:
            item.start, item.pinned = pins[item.pk], True
    kept_away = _away(meeting)
    asked = Day(
        sessions=tuple(
            _session(meeting, s, items, wishes, now, kept_away) for s, items in parts.items()
        ),
        away=kept_away | {code: [(0, _NEVER)] for code in away},
        most=_most(meeting),
        pinned={
            str(i.pk): minute(meeting, i.start)
            for items in parts.values()
            for i in items
            if i.pinned and i.start and i.kind == AgendaItem.Kind.DESK
        },
    )
    made = replan(asked, before, limit=wishes.limit) if keep else plan(asked, limit=wishes.limit)
    old = {p.id: p.start for p in before.placed.values()}
    return Answer(
        placed=[
            {"item": int(p.id), "session": int(session), "start": p.start,
             "minutes": p.end - p.start, "table": p.table}
            for session, schedule in made.schedules.items()
            for p in schedule.placed
        ],
        left_out=[{"item": int(one.id), "reason": one.reason} for one in made.left_out]
        + [{"item": item.pk, "reason": "end"} for items in gone.values() for item in items],
        objective=made.objective, bound=made.bound, seconds=made.seconds,
        moved=sum(1 for name, start in old.items()
                  if name not in made.placed or made.placed[name].start != start),
        cost=asdict(cost(asked, made)),
    )  # fmt: skip


def _away(meeting: Meeting) -> dict[str, list[tuple[int, int]]]:
    """By code of an agency, the times at which it cannot come."""
    found: dict[str, list[tuple[int, int]]] = {}
    for row in meeting.availabilities.select_related("agency"):
        if row.away:
            begin = minute(meeting, row.begins) if row.begins else 0
            end = minute(meeting, row.ends) if row.ends else _NEVER
            found.setdefault(row.agency.code, []).append((begin, end))
    return found


def _most(meeting: Meeting) -> dict[str, int]:
    """By code of an agency, the minutes that it may still sit at desks."""
    found: dict[str, int] = {}
    for row in meeting.availabilities.exclude(most=None).select_related("agency"):
        code, most = row.agency.code, row.most or 0
        found[code] = min(most, found.get(code, most))
    if found:
        begun = AgendaItem.objects.filter(
            session__meeting=meeting, kind=AgendaItem.Kind.DESK,
            state__in=(AgendaItem.State.RUNNING, AgendaItem.State.DONE),
            finding__sides__agency__code__in=found,
        )  # fmt: skip
        for code, spent in begun.values_list("finding__sides__agency__code", "minutes"):
            found[code] = max(0, found[code] - spent)
    return found


def _is_over(meeting: Meeting, session: Session, wishes: Wishes, now: datetime | None) -> bool:
    """Whether nothing can begin in the session any more."""
    window = _window(meeting, session, now, wishes)
    return window.start >= window.end


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


def _session(
    meeting: Meeting,
    session: Session,
    items: list[AgendaItem],
    wishes: Wishes,
    now: datetime | None,
    away: Mapping[str, list[tuple[int, int]]],
) -> Part:
    window = _window(meeting, session, now, wishes)
    if session.kind == Session.Kind.DESKS:
        cases = tuple(_case(item) for item in items if item.finding)
        return Part(str(session.pk), window, cases=cases, tables=wishes.tables, grid=wishes.grid)
    speakers = tuple(_talk(meeting, item, wishes, window, away) for item in items)
    return Part(str(session.pk), window, talks=speakers, change=wishes.change)


def _case(item: AgendaItem) -> Case:
    if item.finding is None:
        raise ValueError(f"item {item.pk} has no finding")
    codes = frozenset(side.agency.code for side in item.finding.sides.all())
    return Case(str(item.pk), codes, item.minutes, max(1, weight(item.finding, item.wanted)))


def _talk(
    meeting: Meeting,
    item: AgendaItem,
    wishes: Wishes,
    window: Window,
    away: Mapping[str, list[tuple[int, int]]],
) -> Talk:
    """A presentation. Whoever cannot come for a part of the session speaks out of turn, so that
    the others need not wait for it."""
    fixed = minute(meeting, item.start) if item.pinned and item.start else None
    people = frozenset({item.agency.code}) if item.agency else frozenset()
    gaps = (gap for who in people for gap in away.get(who, ()))
    apart = any(begin < window.end and end > window.start for begin, end in gaps)
    return Talk(
        str(item.pk), wishes.shortest, max(wishes.shortest, wishes.longest),
        3 if item.wanted else 1, window=(window.start, window.end) if apart else None,
        fixed=fixed, people=people,
    )  # fmt: skip


def _window(meeting: Meeting, session: Session, now: datetime | None, wishes: Wishes) -> Window:
    """The session's time, with its fixed entries as breaks. While the day runs, it begins after
    this moment and after what runs."""
    end = min(minute(meeting, session.ends), minute(meeting, meeting.ends))
    if wishes.end is not None:
        end = wishes.end if session == _last(meeting) else min(end, wishes.end)
    start = minute(meeting, session.starts)
    fixed = session.items.exclude(kind__in=MOVABLE).exclude(start=None)
    breaks = sorted(
        (minute(meeting, i.start), minute(meeting, i.start) + i.minutes) for i in fixed if i.start
    )
    if now is not None:
        running = session.items.filter(state=AgendaItem.State.RUNNING).exclude(began=None)
        busy = [minute(meeting, i.began + meeting.shift) + i.minutes for i in running if i.began]
        step = wishes.grid if session.kind == Session.Kind.DESKS else 1
        start = max(start, -(-max([minute(meeting, now), *busy]) // step) * step)
    return Window(min(start, end), end, tuple(breaks))


def _last(meeting: Meeting) -> Session | None:
    """The session that ends last of those that the solver fills."""
    kinds = (Session.Kind.DESKS, Session.Kind.PRESENTATIONS)
    return meeting.sessions.filter(kind__in=kinds).order_by("-ends", "-id").first()


def _present(meeting: Meeting, parts: Mapping[Session, list[AgendaItem]]) -> Plan:
    """The present agenda as the solver's own record."""
    schedules = {}
    for session, items in parts.items():
        placed = tuple(
            Placed(str(i.pk), minute(meeting, i.start), minute(meeting, i.start) + i.minutes,
                   i.table)
            for i in items
            if i.start
        )  # fmt: skip
        inside = {p.id for p in placed}
        left = tuple(str(i.pk) for i in items if str(i.pk) not in inside)
        schedules[str(session.pk)] = Schedule(placed, left, 0, 0, 0.0)
    return Plan(schedules, (), 0.0)
