"""The usual sessions of each type of meeting, with which a new meeting begins."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rakorsus.stages.meeting.models import AgendaItem, Meeting, Session

Kind = Session.Kind


class Part(NamedTuple):
    kind: str
    title: str | Promise
    share: float  # of the time between the meeting's start and end


class Pause(NamedTuple):
    begin: time
    end: time
    kind: str
    title: str | Promise


_TALK = Part(Kind.TALK, _("Pembukaan dan arahan"), 0.12)
_DESKS = Part(Kind.DESKS, _("Meja sinkronisasi"), 0.4)
_PLENARY = Part(Kind.PLENARY, _("Pleno dan keputusan"), 0.12)

PARTS: dict[str, tuple[Part, ...]] = {
    Meeting.Type.RAKORSUS: (
        _TALK,
        Part(Kind.CAPACITY, _("Peningkatan kapasitas"), 0.12),
        _DESKS,
        Part(Kind.PRESENTATIONS, _("Paparan program strategis"), 0.28),
        Part(Kind.PLENARY, _("Pleno dan keputusan"), 0.08),
    ),
    Meeting.Type.PRE: (_TALK, Part(Kind.DESKS, _("Meja sinkronisasi"), 0.88)),
    Meeting.Type.POST: (
        Part(Kind.PRESENTATIONS, _("Laporan tindak lanjut"), 0.6),
        Part(Kind.PLENARY, _("Pleno dan keputusan"), 0.4),
    ),
    Meeting.Type.CONTROL: (
        Part(Kind.PRESENTATIONS, _("Laporan capaian"), 0.6),
        Part(Kind.DESKS, _("Meja sinkronisasi"), 0.28),
        _PLENARY,
    ),
    Meeting.Type.FORUM: (
        _TALK,
        Part(Kind.DESKS, _("Pembahasan rancangan Renja"), 0.64),
        Part(Kind.PLENARY, _("Kesepakatan"), 0.24),
    ),
    Meeting.Type.REVIEW: (
        _TALK,
        Part(Kind.PRESENTATIONS, _("Evaluasi perangkat daerah"), 0.64),
        Part(Kind.PLENARY, _("Pleno dan keputusan"), 0.24),
    ),
}

_FRIDAY: Final = 4
_PRAYER: Final = AgendaItem.Kind.PRAYER
_NOON: Final = AgendaItem.Kind.BREAK
#: Prayers as they fall in Indonesia within half an hour the year round; whoever plans moves them to
#: the hours of the place and day.
_PAUSES: Final = (
    Pause(time(12), time(13), _NOON, _("Istirahat, salat Zuhur, dan makan siang")),
    Pause(time(15, 20), time(15, 35), _PRAYER, _("Salat Asar")),
    Pause(time(18), time(18, 30), _PRAYER, _("Salat Magrib")),
    Pause(time(19, 15), time(19, 30), _PRAYER, _("Salat Isya")),
)
_OF_FRIDAY: Final = Pause(
    time(11, 30), time(13), _NOON, _("Istirahat, salat Jumat, dan makan siang")
)


def pauses(starts: datetime, ends: datetime) -> list[tuple[Pause, datetime, int]]:
    """The usual pauses that lie between two moments of local time, with begin and minutes."""
    found = []
    day = starts.replace(hour=0, minute=0, second=0, microsecond=0)
    while day < ends:
        noon = _OF_FRIDAY if day.weekday() == _FRIDAY else _PAUSES[0]
        for pause in (noon, *_PAUSES[1:]):
            begin = day.replace(hour=pause.begin.hour, minute=pause.begin.minute)
            end = day.replace(hour=pause.end.hour, minute=pause.end.minute)
            if starts < begin and end < ends:
                found.append((pause, begin, int((end - begin).total_seconds() // 60)))
        day += timedelta(days=1)
    return found
