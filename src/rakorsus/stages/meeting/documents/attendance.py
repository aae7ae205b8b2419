"""Daftar hadir: the sheet to sign before, the list of those who came after."""

from __future__ import annotations

from rakorsus.documents.content import Facts, Frame, Paper, Paragraph, Signatures, Table, Title
from rakorsus.documents.drafts import Compose
from rakorsus.documents.words import counted
from rakorsus.stages.meeting.documents.common import clock, when, zone
from rakorsus.stages.meeting.models import Meeting, Participant

_MODES = {"code": "kode QR", "name": "penerimaan", "bulk": "rombongan", "walk_in": "tanpa undangan"}


def compose(meeting: Meeting) -> Compose:
    """Those who came, with time and way."""
    came = list(
        meeting.participants.exclude(attendance=None)
        .select_related("attendance")
        .order_by("rank", "id")
    )
    invited = meeting.participants.filter(walk_in=False).count()
    rows = tuple(
        (str(n), _name(g) or "–", _post(g), g.institution,
         f"{clock(g.attendance.at)} ({_MODES[g.attendance.mode]})")
        for n, g in enumerate(came, 1)
    )  # fmt: skip
    count = f"{counted(len(came))} orang, dari {counted(invited)} undangan"

    def paper(frame: Frame) -> Paper:
        return Paper(
            frame, f"Daftar hadir {meeting.title}",
            (
                Title(("Daftar hadir",), frame.number),
                Facts((("Acara", meeting.title), *when(meeting), ("Hadir", count))),
                Table(("No.", "Nama", "Jabatan", "Instansi", f"Hadir ({zone()})"), rows,
                      (0.9, 3.6, 4, 5, 2.8), centered=(0,), small=True,
                      empty="Belum ada kehadiran yang dicatat."),
                Signatures((frame.signer,), frame.place_and_date),
            ),
        )  # fmt: skip

    return paper


def sheet(meeting: Meeting) -> Compose:
    """The sheet to sign, for all who have not declined."""
    guests = list(
        meeting.participants.exclude(reply=Participant.Reply.ABSENT).order_by("rank", "id")
    )
    rows = tuple(
        (str(n), _name(g), _post(g), g.institution,
         f"{n}. ............" if n % 2 else f"\u2003\u2003\u2003{n}. ............")
        for n, g in enumerate(guests, 1)
    )  # fmt: skip

    def paper(frame: Frame) -> Paper:
        return Paper(
            frame, f"Daftar hadir {meeting.title}",
            (
                Title(("Daftar hadir",)),
                Facts((("Acara", meeting.title), *when(meeting))),
                Table(("No.", "Nama", "Jabatan", "Instansi", "Tanda tangan"), rows,
                      (0.9, 3.4, 3.8, 4.4, 3.8), centered=(0,), tall=True, small=True,
                      empty="Belum ada yang diundang."),
                Paragraph("Nama ditulis lengkap oleh yang hadir bila kolomnya kosong.", "left",
                          small=True),
            ),
        )  # fmt: skip

    return paper


def _name(guest: Participant) -> str:
    return guest.deputy_name if guest.reply == guest.Reply.DEPUTY else guest.name


def _post(guest: Participant) -> str:
    if guest.reply == guest.Reply.DEPUTY:
        return f"{guest.deputy_post or 'Wakil'} (mewakili {guest.post})"
    return guest.post
