"""Denah tempat duduk of a room."""

from __future__ import annotations

from rakorsus.documents.content import Facts, Frame, Listing, Paper, Paragraph, Seats, Title
from rakorsus.documents.drafts import Compose
from rakorsus.stages.meeting.documents.common import when
from rakorsus.stages.meeting.models import Participant, Room
from rakorsus.stages.meeting.seating import arrange

_SHORT = 60


def compose(room: Room) -> Compose:
    meeting = room.meeting
    coming = meeting.participants.exclude(reply=Participant.Reply.ABSENT)
    plan, left = arrange(list(coming), room.rows, room.seats)

    def paper(frame: Frame) -> Paper:
        rows = tuple(tuple(label(guest) for guest in row) for row in plan)
        names = tuple(f"Baris {n}" for n in range(1, len(plan) + 1))
        rest = (
            Paragraph(f"Belum mendapat kursi ({len(left)}):", "left", bold=True),
            Listing(tuple(label(g, 200) for g in left)),
        ) if left else ()  # fmt: skip
        return Paper(
            frame, f"Denah tempat duduk {room.name}",
            (
                Title(("Denah tempat duduk", f"{room.name}: {meeting.title}")),
                Facts(when(meeting)), Seats("PANGGUNG", rows, names),
                Paragraph("Urutan menurut tata tempat: yang tertinggi di tengah baris pertama, "
                          "lalu kanan dan kiri. Wakil duduk sesudah pejabat sekelompoknya yang "
                          "hadir sendiri.", "left", small=True),
                *rest,
            ),
            landscape=True, letterhead=False,
        )  # fmt: skip

    return paper


def label(guest: Participant | None, most: int = _SHORT) -> str:
    """A post with its institution where the post alone would not tell."""
    if guest is None:
        return ""
    post = guest.post
    if guest.reply == guest.Reply.DEPUTY:
        post = f"Wakil {post}"
    if guest.agency_id is None and guest.institution and guest.institution not in post:
        post = f"{post}, {guest.institution}"
    return post if len(post) <= most else post[: most - 1].rstrip() + "…"
