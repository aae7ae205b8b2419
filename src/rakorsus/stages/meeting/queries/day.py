"""The running order as it stands now: what runs, what is next, how late the rest will be."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from rakorsus.stages.findings.models import Finding
from rakorsus.stages.findings.models.findings import OPEN_STATES
from rakorsus.stages.findings.queries import with_lines
from rakorsus.stages.meeting.models import (
    AgendaItem,
    Attendance,
    Meeting,
    Participant,
    SpeakerRequest,
)
from rakorsus.stages.meeting.queries import agenda

State = AgendaItem.State
_SOON = timedelta(minutes=30)


#: What passes by itself; nobody has to begin and end it.
_PASSES = (AgendaItem.Kind.BREAK, AgendaItem.Kind.PRAYER)


@dataclass(frozen=True)
class Line:
    """One entry with its expected start and end in the meeting's own time, and by how many minutes
    it is late."""

    item: AgendaItem
    start: datetime
    end: datetime
    late: int
    left: int  # seconds until it should end, negative when over; only where it runs
    over: bool = False  # it is done, or has passed by itself

    @property
    def due(self) -> datetime:
        """When what runs should end, on the clock."""
        return (self.item.began or self.start) + timedelta(minutes=self.item.minutes)

    @property
    def offices(self) -> str:
        """Keys of the agencies that it concerns, for pages that mark the reader's own."""
        sides = self.item.finding.sides.all() if self.item.finding else ()
        return " ".join([f"{s.agency_id:d}" for s in sides] or [f"{self.item.agency_id or 0:d}"])


@dataclass(frozen=True)
class Forecast:
    """What the delay does: by how many minutes the day is late, how many entries begin later than
    planned, when the last one will end, and by how many minutes that is beyond the hard end."""

    late: int
    moved: int
    end: datetime | None
    beyond: int


def running_order(
    found: list[AgendaItem], now: datetime, *, shift: timedelta = timedelta(0), open_: bool = False
) -> list[Line]:
    """Entries in the order of time. What runs over pushes what follows on the same track: a desk's
    table, or the stage of its session; pauses between entries take the delay up.

    Args:
        shift: from the clock to the meeting's own time (`Meeting.shift`).
        open_: the day runs, so that what still waits cannot begin before this moment.
    """
    own = now + shift
    free: dict[tuple[int, int], datetime] = {}
    lines = []
    for item in found:
        if item.start is None or item.state == State.DROPPED:
            continue
        track = (item.session_id, item.table)
        length = timedelta(minutes=item.minutes)
        over = item.state == State.DONE
        if over and item.began and item.ended:
            start, end = item.began + shift, item.ended + shift
        elif item.state == State.RUNNING and item.began:
            start = item.began + shift
            end = max(start + length, own)
        else:
            start = max(item.start, free.get(track, item.start))
            passes = item.kind in _PASSES
            over = over or (passes and start + length <= own)
            if open_ and not over and not passes:
                start = max(start, own)
            end = start + length
        free[track] = end
        planned = item.start + length
        left = 0
        if item.state == State.RUNNING and item.began:
            left = round((item.began + length - now).total_seconds())
        late = max(0, int((end - planned).total_seconds() // 60))
        lines.append(Line(item, start, end, late, left, over))
    return lines


def forecast(meeting: Meeting, lines: list[Line]) -> Forecast:
    ahead = [line for line in lines if not line.over]
    end = max((line.end for line in ahead), default=None)
    beyond = max(0, int((end - meeting.ends).total_seconds() // 60)) if end else 0
    return Forecast(
        late=max((line.late for line in ahead), default=0),
        moved=sum(1 for line in ahead if line.late and line.item.state == State.WAITING),
        end=end, beyond=beyond,
    )  # fmt: skip


def current(lines: list[Line]) -> list[Line]:
    return [line for line in lines if line.item.state == State.RUNNING]


def upcoming(lines: list[Line], count: int = 3) -> list[Line]:
    waiting = [line for line in lines if line.item.state == State.WAITING and not line.over]
    return sorted(waiting, key=lambda line: (line.start, line.item.table))[:count]


def lines_of(meeting: Meeting, now: datetime) -> list[Line]:
    return running_order(
        list(agenda.items(meeting)), now, shift=meeting.shift,
        open_=meeting.state == Meeting.State.RUNNING,
    )  # fmt: skip


def shown(meeting: Meeting, now: datetime) -> dict[str, Any]:
    """What every screen of the running day is drawn from."""
    lines = lines_of(meeting, now)
    return {
        "meeting": meeting, "lines": lines, "now": now, "current": current(lines),
        "upcoming": upcoming(lines), "speakers": list(speakers(meeting)),
        "forecast": forecast(meeting, lines), "rounds": rounds(lines),
        "ahead_of_us": [line for line in lines if not line.over],
        "behind_us": [line for line in lines if line.over],
    }  # fmt: skip


def touching(running: list[Line]) -> list[Finding]:
    """Open findings that touch the agency that presents now, the weightiest first."""
    office = running[0].item.agency_id if len(running) == 1 else None
    if office is None:
        return []
    found = Finding.objects.filter(sides__agency=office, state__in=OPEN_STATES)
    return list(found.defer("evidence", "options").order_by("-score", "pk")[:3])


def rounds(lines: list[Line]) -> list[tuple[AgendaItem, int]]:
    """The next times at which desks are to begin together: one desk of each, and their number."""
    found: dict[tuple[int, datetime], list[AgendaItem]] = {}
    for line in lines:
        item = line.item
        if item.kind == AgendaItem.Kind.DESK and item.state == State.WAITING and item.start:
            found.setdefault((item.session_id, item.start), []).append(item)
    first = sorted(found.items(), key=lambda pair: pair[0][1])[:1]
    return [(items[0], len(items)) for _key, items in first if len(items) > 1]


def turn_of(lines: list[Line], offices: Collection[int], now: datetime) -> Line | None:
    """What comes next for these agencies, within half an hour."""
    mine = {f"{pk:d}" for pk in offices}
    for line in sorted(lines, key=lambda line: line.start):
        soon = line.start <= now + _SOON and not line.over
        if soon and line.item.state == State.WAITING and mine & set(line.offices.split()):
            return line
    return None


def door(meeting: Meeting) -> dict[str, Any]:
    """How many have come of how many, and the last arrivals."""
    arrived = Attendance.objects.filter(participant__meeting=meeting)
    return {
        "arrived": arrived.count(), "invited": meeting.participants.count(),
        "last": list(arrived.select_related("participant").order_by("-id")[:5]),
    }  # fmt: skip


def speakers(meeting: Meeting) -> QuerySet[SpeakerRequest]:
    return meeting.speakers.exclude(state=SpeakerRequest.State.DONE).select_related("agency")


def guests(
    meeting: Meeting, text: str = "", group: str = "", who: str = ""
) -> QuerySet[Participant]:
    """Invitations in order of precedence, with arrivals; `who`: datang, belum, or nothing."""
    found = meeting.participants.select_related("agency", "attendance")
    if group:
        found = found.filter(group=group)
    for word in text.split()[:6]:
        found = found.filter(_named(word))
    if who == "datang":
        found = found.exclude(attendance=None)
    elif who == "belum":
        found = found.filter(attendance=None)
    return found


def _named(word: str) -> Q:
    return (
        Q(name__icontains=word) | Q(post__icontains=word) | Q(institution__icontains=word)
        | Q(deputy_name__icontains=word)
    )  # fmt: skip


def desk(pk: int) -> QuerySet[AgendaItem]:
    """One entry with everything that its screen shows."""
    return (
        AgendaItem.objects.filter(pk=pk)
        .select_related("session__meeting", "agency", "finding")
        .prefetch_related(
            "finding__sides__agency", with_lines("finding__"), "notes",
            "outcomes__owner", "questions",
        )
    )  # fmt: skip
