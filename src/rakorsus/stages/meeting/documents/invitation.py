"""Undangan: the letter, the list of those invited, the sessions; and a copy for each guest."""

from __future__ import annotations

import copy
from typing import Any

from rakorsus.documents.content import (
    Attachment,
    Code,
    Facts,
    Frame,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Signatures,
    Space,
    Table,
    clean,
)
from rakorsus.documents.drafts import Compose
from rakorsus.documents.words import counted, long_date
from rakorsus.stages.meeting.documents.common import span, when, zone
from rakorsus.stages.meeting.models import Meeting, Participant

_LIST = "Daftar terlampir"


def compose(meeting: Meeting) -> Compose:
    guests = list(meeting.participants.filter(walk_in=False).order_by("rank", "id"))
    sessions = list(meeting.sessions.select_related("room"))

    def paper(frame: Frame) -> Paper:
        return Paper(
            frame, f"Undangan {meeting.title}",
            (*_letter(meeting, frame), *_list(frame, guests), *_sessions(frame, meeting, sessions)),
        )  # fmt: skip

    return paper


def _letter(meeting: Meeting, frame: Frame) -> tuple[Any, ...]:
    tail: tuple[Any, ...] = ()
    if frame.cc:
        tail = (Paragraph("Tembusan:", "left", small=True), Listing(frame.cc))
    return (
        Facts(
            (("Nomor", frame.number), ("Sifat", frame.nature or "Biasa"),
             ("Lampiran", f"{counted(2)} berkas"), ("Hal", f"Undangan {meeting.title}")),
            right=frame.place_and_date,
        ),
        Space(),
        Paragraph(f"Yth. {_LIST}\ndi\n\u2003Tempat", "left"),
        Space(),
        Paragraph(
            f"Dalam rangka {_purpose(meeting)}, bersama ini kami mengharapkan kehadiran "
            "Bapak/Ibu pada:", first=True,
        ),
        Facts((*when(meeting), ("Acara", meeting.title)), indent=1),
        Paragraph(
            "Temuan antarprogram yang menyangkut perangkat daerah Bapak/Ibu dapat diselesaikan "
            "antarpihak sebelum hari rapat; yang telah disepakati tidak lagi dibahas di meja. "
            "Bahan paparan mohon diunggah selambat-lambatnya satu hari sebelum rapat.", first=True,
        ),
        Paragraph(
            "Mohon konfirmasi kehadiran melalui tautan pada undangan masing-masing. Bila "
            "berhalangan, mohon menugaskan pejabat yang berwenang mengambil keputusan dengan "
            "surat tugas.", first=True,
        ),
        Paragraph(
            "Demikian undangan ini disampaikan. Atas perhatian dan kehadiran Bapak/Ibu, kami "
            "ucapkan terima kasih.", first=True,
        ),
        Signatures((frame.signer,)),
        *tail,
    )  # fmt: skip


def _purpose(meeting: Meeting) -> str:
    words = {
        Meeting.Type.RAKORSUS: "koordinasi dan sinkronisasi program strategis perangkat daerah",
        Meeting.Type.PRE: "persiapan rapat koordinasi khusus dan penyelesaian awal temuan "
        "antarprogram",
        Meeting.Type.POST: "penyampaian tindak lanjut hasil rapat koordinasi khusus",
        Meeting.Type.CONTROL: "pengendalian pelaksanaan rencana pembangunan daerah",
        Meeting.Type.FORUM: "pembahasan rancangan Renja perangkat daerah",
        Meeting.Type.REVIEW: "evaluasi pelaksanaan program akhir tahun",
    }
    return words[Meeting.Type(meeting.type)]


def _attached(frame: Frame, number: int) -> Attachment:
    when_ = long_date(frame.date) if frame.date else "…"
    title = f"Lampiran {number}: Surat {frame.signer.post}"
    return Attachment(title, frame.number, when_)


def _list(frame: Frame, guests: list[Participant]) -> tuple[Any, ...]:
    blocks: list[Any] = [
        _attached(frame, 1), Paragraph("DAFTAR YANG DIUNDANG", "center", bold=True)
    ]  # fmt: skip
    rows, group = [], ""
    for number, guest in enumerate(guests, 1):
        label = str(guest.get_group_display())
        shown = label if label != group else ""
        group = label
        who = guest.post if not guest.name else f"{guest.post}\n({guest.name})"
        rows.append((str(number), who, guest.institution, shown))
    blocks.append(
        Table(("No.", "Jabatan", "Instansi", "Kelompok"), tuple(rows), (0.8, 5, 6, 3.4),
              empty="Belum ada yang diundang.", small=True)
    )  # fmt: skip
    return (*blocks, Signatures((frame.signer,), frame.place_and_date))


def _sessions(frame: Frame, meeting: Meeting, sessions: list[Any]) -> tuple[Any, ...]:
    rows = tuple(
        (f"{span(s.starts, s.ends)} {zone()}", s.title, str(s.room or "–"))
        for s in sessions
    )  # fmt: skip
    return (
        _attached(frame, 2),
        Paragraph("ACARA", "center", bold=True),
        Heading(meeting.title),
        Table(("Waktu", "Sesi", "Ruang"), rows, (3, 8, 4), centered=(),
              empty="Sesi belum disusun."),
        Paragraph("Susunan acara lengkap ada pada halaman undangan masing-masing dan dapat "
                  "berubah sampai hari rapat.", "left", small=True),
    )  # fmt: skip


def personal(data: dict[str, Any], guest: Participant, address: str) -> dict[str, Any]:
    """The letter addressed to one guest, with the code of the guest's own page; the attachments
    stay away, so that one guest does not get the list of all."""
    made = copy.deepcopy(data)
    letter = []
    for block in made["blocks"]:
        if block["type"] == "attachment":
            break
        letter.append(block)
    for block in letter:
        if block["type"] == "facts" and block["right"]:
            block["rows"] = [
                [label, "–" if label == "Lampiran" else value] for label, value in block["rows"]
            ]
        if block["type"] == "paragraph" and block["text"].startswith(f"Yth. {_LIST}"):
            to = [guest.name, guest.post] if guest.name else [guest.post]
            lines = "\n".join([*to, guest.institution]) if guest.institution else "\n".join(to)
            block["text"] = clean(f"Yth. {lines}\ndi\n\u2003Tempat")
    code = Code(
        address, "Konfirmasi kehadiran, agenda, dan kode masuk",
        "Undangan ini untuk satu orang. Pindai dengan kamera telepon.",
    )  # fmt: skip
    letter.append({"type": "code", "text": code.text, "caption": code.caption, "note": code.note})
    made["blocks"] = letter
    return made
