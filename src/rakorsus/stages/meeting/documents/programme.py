"""Susunan acara: time, length, entry, who presents or is in charge, moderator."""

from __future__ import annotations

from collections.abc import Sequence

from rakorsus.documents.content import (
    Facts,
    Frame,
    Heading,
    Paper,
    Paragraph,
    Signatures,
    Table,
    Title,
)
from rakorsus.documents.drafts import Compose
from rakorsus.stages.meeting.documents.common import PAUSES, parties, span, when, zone
from rakorsus.stages.meeting.models import AgendaItem, Meeting, Session
from rakorsus.stages.meeting.queries import agenda

_HEADS = ("Waktu", "Menit", "Acara", "Penanggung jawab / pemapar", "Moderator")
_WIDTHS = (2.6, 1.2, 5.2, 5.4, 3.2)


def compose(meeting: Meeting) -> Compose:
    found = agenda.by_session(meeting, agenda.items(meeting).prefetch_related("signing"))
    version = meeting.versions.defer("rows").first()

    def paper(frame: Frame) -> Paper:
        blocks = [
            Title(("Susunan acara", meeting.title), frame.number),
            Facts((*when(meeting), ("Agenda", f"versi {version.number}" if version
                                    else "belum diterbitkan"))),
        ]  # fmt: skip
        for session, placed, _loose in found:
            kept = [i for i in placed if i.state != AgendaItem.State.DROPPED]
            room = f", {session.room}" if session.room else ""
            blocks += [
                Heading(f"{session.title} (pukul {span(session.starts, session.ends)} "
                        f"{zone()}{room})"),
                _table(session, kept),
            ]  # fmt: skip
        blocks += [
            Paragraph("Meja sinkronisasi berjalan serentak; pihak yang disebut duduk di meja dan "
                      "pada waktu yang tertulis.", "left", small=True),
            Signatures((frame.signer,), frame.place_and_date),
        ]  # fmt: skip
        return Paper(frame, f"Susunan acara {meeting.title}", tuple(blocks), landscape=True)

    return paper


def _table(session: Session, placed: Sequence[AgendaItem]) -> Table:
    """With a column of its own where the session has a moderator."""
    led = bool(session.moderator)
    rows = []
    for item in placed:
        if item.start is None or item.end is None:
            continue
        pause = item.kind in PAUSES
        row = [
            span(item.start, item.end), str(item.minutes), _entry(item),
            "" if pause else parties(item) or session.lead,
        ]  # fmt: skip
        rows.append((*row, "" if pause else session.moderator) if led else tuple(row))
    size = len(_HEADS) if led else len(_HEADS) - 1
    return Table(_HEADS[:size], tuple(rows), _WIDTHS[:size], centered=(0, 1), small=True,
                 empty="Belum ada acara yang mendapat waktu.")  # fmt: skip


def _entry(item: AgendaItem) -> str:
    """A desk is named by its table: what it is about is for its sides."""
    if item.finding:
        kind = item.finding.get_kind_display()
        return f"Meja {item.table}: {kind}" if item.table else f"Meja sinkronisasi: {kind}"
    if item.kind == AgendaItem.Kind.PRESENTATION:
        return "Paparan program strategis"
    return item.title
