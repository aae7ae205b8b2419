"""Notula: what was said, concluded and is to be done; of signed minutes, what was signed."""

from __future__ import annotations

from typing import Any

from rakorsus.documents.content import (
    Facts,
    Frame,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Signatures,
    Signer,
    Table,
    Title,
)
from rakorsus.documents.drafts import Compose
from rakorsus.documents.words import counted
from rakorsus.stages.meeting.documents.common import (
    OUTCOMES,
    clock,
    follow_up_rows,
    shortened,
    when,
    zone,
)
from rakorsus.stages.meeting.models import AgendaItem, Meeting
from rakorsus.stages.meeting.queries.minutes import content, group_label

_STATES = {"adopted": "diputuskan", "refused": "tidak diterima", "proposed": "belum diputuskan",
           "voting": "sedang dipungut suaranya"}  # fmt: skip


def compose(meeting: Meeting) -> Compose:
    signed = getattr(meeting, "minutes", None)
    said = signed.content if signed else content(meeting)

    def paper(frame: Frame) -> Paper:
        chair = Signer(meeting.chair or frame.signer.post, *_named(frame, meeting.chair))
        return Paper(
            frame, f"Notula {meeting.title}",
            (
                Title(("Notula", meeting.title), frame.number),
                Facts((
                    ("Acara", meeting.title), *when(meeting),
                    ("Pimpinan rapat", meeting.chair or frame.signer.post),
                    ("Notulis", meeting.secretary or "–"), ("Peserta", present(said)),
                )),
                Heading("I. Pembukaan"), Paragraph(_opening(said, chair.post)),
                Heading("II. Pembahasan"), *_discussion(said),
                Heading("III. Kesimpulan dan keputusan"), *_conclusions(said),
                Heading("IV. Tindak lanjut"),
                Table(("No.", "Uraian", "Penanggung jawab", "Tenggat"),
                      follow_up_rows(said["follow_up"]), (0.8, 7.4, 5, 2.6), centered=(0, 3),
                      empty="Tidak ada tindak lanjut yang dicatat."),
                Signatures((
                    Signer(meeting.secretary, above="Notulis") if meeting.secretary
                    else Signer("Notulis"),
                    Signer(chair.post, chair.name, chair.rank, chair.nip,
                           "Pimpinan rapat"),
                ), frame.place_and_date),
            ),
            details={"minutes": signed.digest if signed else ""},
        )  # fmt: skip

    return paper


def _named(frame: Frame, chair: str) -> tuple[str, str, str]:
    """Name, rank and NIP of the settings' signatory, where he is the one who led."""
    if chair and chair.casefold() != frame.signer.post.casefold():
        return "", "", ""
    return frame.signer.name, frame.signer.rank, frame.signer.nip


def present(said: dict[str, Any]) -> str:
    """How many came, per group."""
    rows = [f"{group_label(r['group'])} {r['present']} dari {r['invited']}"
            for r in said["attendance"]]  # fmt: skip
    total = sum(r["present"] for r in said["attendance"])
    return f"{counted(total)} orang hadir" + (f": {'; '.join(rows)}" if rows else "")


def _opening(said: dict[str, Any], chair: str) -> str:
    began = [row["began"] for row in said["items"] if row["began"]]
    if not began:
        return "Rapat belum dibuka."
    return f"Rapat dibuka pada pukul {clock(min(began))} {zone()}, dipimpin oleh {chair}."


def _discussion(said: dict[str, Any]) -> list[Any]:
    blocks: list[Any] = []
    for number, row in enumerate(said["items"], 1):
        desk = row["kind"] == AgendaItem.Kind.DESK
        title = "Meja sinkronisasi" if desk else row["title"]
        times = f" (pukul {clock(row['began'])}–{clock(row['ended'])})" if row["began"] else ""
        blocks.append(Paragraph(f"{number}. {title}{times}", "left", bold=True))
        rows = []
        if desk:
            rows.append(("Perkara", shortened(row["title"])))
        if row["agencies"]:
            rows.append(("Pihak" if desk else "Pemapar", ", ".join(row["agencies"])))
        if text := row["notes"].get("discussion", ""):
            rows.append(("Pembahasan", text))
        if rows:
            blocks.append(Facts(tuple(rows), indent=1))
    return blocks or [Paragraph("Belum ada acara yang dijalankan.")]


def _conclusions(said: dict[str, Any]) -> list[Any]:
    """Conclusions and outcomes with the number of their entry, then the plenary."""
    rows = []
    for number, row in enumerate(said["items"], 1):
        words = [row["notes"]["conclusion"]] if row["notes"].get("conclusion") else []
        if row["outcome"]:
            words.append(f"{OUTCOMES[row['outcome']['kind']]}: {row['outcome']['text']}")
        if words:
            rows.append(f"Acara {number}: " + "\n".join(words))
    for row in said["decisions"]:
        votes = (f" (setuju {row['yes']}, tidak setuju {row['no']}, abstain {row['abstain']})"
                 if row["yes"] or row["no"] or row["abstain"] else "")  # fmt: skip
        rows.append(f"Pleno {_STATES[row['state']]}{votes}: {row['title']}. {row['text']}")
    return [Listing(tuple(rows))] if rows else [Paragraph("Belum ada kesimpulan.")]
