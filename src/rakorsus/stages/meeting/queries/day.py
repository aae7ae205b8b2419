"""The running order as it stands now: what runs, what is next, how late the rest will be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from rakorsus.stages.meeting.models import (
    AgendaItem,
    Attendance,
    Meeting,
    Participant,
    SpeakerRequest,
)
from rakorsus.stages.meeting.queries import agenda

State = AgendaItem.State


@dataclass(frozen=True)
class Line:
    """One entry with its expected start and end, and by how many minutes it is late."""

    item: AgendaItem
    start: datetime
    end: datetime
    late: int
    left: int  # seconds until it should end, negative when over; only where it runs

    @property
    def due(self) -> datetime:
        """When what runs should end."""
        return (self.item.began or self.start) + timedelta(minutes=self.item.minutes)


def running_order(found: list[AgendaItem], now: datetime) -> list[Line]:
    """Entries in the order of time. What runs over pushes what follows on the same track: a desk's
    table, or the stage of its session; pauses between entries take the delay up."""
    free: dict[tuple[int, int], datetime] = {}
    lines = []
    for item in found:
        if item.start is None or item.state == State.DROPPED:
            continue
        track = (item.session_id, item.table)
        length = timedelta(minutes=item.minutes)
        if item.state == State.DONE and item.began and item.ended:
            start, end = item.began, item.ended
        elif item.state == State.RUNNING and item.began:
            start = item.began
            end = max(start + length, now)
        else:
            start = max(item.start, free.get(track, item.start))
            end = start + length
        free[track] = end
        planned = item.start + length
        left = round((start + length - now).total_seconds()) if item.state == State.RUNNING else 0
        late = max(0, round((end - planned).total_seconds() / 60))
        lines.append(Line(item, start, end, late, left))
    return lines


def current(lines: list[Line]) -> list[Line]:
    return [line for line in lines if line.item.state == State.RUNNING]


def upcoming(lines: list[Line], count: int = 3) -> list[Line]:
    waiting = [line for line in lines if line.item.state == State.WAITING]
    return sorted(waiting, key=lambda line: (line.start, line.item.table))[:count]


def lines_of(meeting: Meeting, now: datetime) -> list[Line]:
    return running_order(list(agenda.items(meeting)), now)


def shown(meeting: Meeting, now: datetime) -> dict[str, Any]:
    """What every screen of the running day is drawn from."""
    lines = lines_of(meeting, now)
    return {
        "meeting": meeting, "lines": lines, "now": now, "current": current(lines),
        "upcoming": upcoming(lines), "speakers": list(speakers(meeting)),
        "late": max((line.late for line in lines if line.item.state != State.DONE), default=0),
    }  # fmt: skip


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
            "finding__sides__agency", "finding__lines__program__agency", "notes",
            "outcomes__owner", "questions",
        )
    )  # fmt: skip
