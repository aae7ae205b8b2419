"""The usual sessions of each type of meeting, with which a new meeting begins."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rakorsus.stages.meeting.models import Meeting, Session

Kind = Session.Kind


class Part(NamedTuple):
    kind: str
    title: str | Promise
    share: float  # of the time between the meeting's start and end


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
