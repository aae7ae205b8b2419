"""The papers of a meeting: one module a paper, each with `compose(meeting, …)`, which gives a
function of a frame (see `rakorsus.documents`). They are in Bahasa Indonesia in every language.

| module | paper |
|---|---|
| `invitation` | undangan, with the list of those invited; a copy addressed to each guest |
| `programme` | susunan acara |
| `attendance` | daftar hadir: the sheet to sign, and the list of those who came |
| `minutes` | notula |
| `agreement` | berita acara kesepakatan, of the meeting or of one desk |
| `report` | laporan |
| `appointment` | keputusan penunjukan penanggung jawab |
| `seating` | denah tempat duduk |
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from rakorsus.documents.content import Frame, Paper
from rakorsus.documents.drafts import Compose
from rakorsus.documents.kinds import Kind
from rakorsus.stages.meeting.documents import (
    agreement,
    appointment,
    attendance,
    invitation,
    minutes,
    programme,
    report,
)
from rakorsus.stages.meeting.models import Meeting

_LAW: Final = (
    "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;\n"
    "Undang-Undang Nomor 25 Tahun 2004 tentang Sistem Perencanaan Pembangunan Nasional;\n"
    "Peraturan Menteri Dalam Negeri Nomor 86 Tahun 2017 tentang Tata Cara Perencanaan, "
    "Pengendalian dan Evaluasi Pembangunan Daerah."
)

KINDS: Final = (
    Kind("undangan", _("Undangan"), code="000.1.5", nature="Penting"),
    Kind("susunan-acara", _("Susunan acara"), code="000.1.5"),
    Kind("daftar-hadir", _("Daftar hadir"), code="000.1.5"),
    Kind("notula", _("Notula"), code="000.1.5"),
    Kind("berita-acara", _("Berita acara kesepakatan"), code="000.7.2", series="berita-acara",
         bases=_LAW),
    Kind("laporan", _("Laporan"), code="000.7.2", bases=_LAW),
    Kind("sk-penanggung-jawab", _("Keputusan penunjukan penanggung jawab"), code="000.7.2",
         series="keputusan", pattern="{klasifikasi}/{urut}/TAHUN {tahun}", bases=_LAW),
)  # fmt: skip

_COMPOSE: Final[dict[str, Callable[[Meeting], Compose]]] = {
    "undangan": invitation.compose,
    "susunan-acara": programme.compose,
    "daftar-hadir": attendance.compose,
    "notula": minutes.compose,
    "berita-acara": agreement.compose,
    "laporan": report.compose,
    "sk-penanggung-jawab": appointment.compose,
}


def indonesian(compose: Compose) -> Compose:
    """The composition with labels of the database in Bahasa Indonesia."""

    @wraps(compose)
    def composed(frame: Frame) -> Paper:
        with translation.override("id"):
            return compose(frame)

    return composed


def composer(kind: str, meeting: Meeting) -> Compose:
    """The paper of this kind for the meeting. Raises KeyError for another kind."""
    with translation.override("id"):
        return indonesian(_COMPOSE[kind](meeting))
