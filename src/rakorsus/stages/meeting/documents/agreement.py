"""Berita acara kesepakatan: of the whole meeting, or of one desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rakorsus.documents.content import (
    Attachment,
    Frame,
    Listing,
    Paper,
    Paragraph,
    Signatures,
    Signer,
    Table,
    Title,
)
from rakorsus.documents.drafts import Compose
from rakorsus.documents.words import date_in_words, long_date
from rakorsus.people.models import Agency
from rakorsus.stages.findings.models import Settlement
from rakorsus.stages.meeting.documents.common import OUTCOMES, day_of, subject
from rakorsus.stages.meeting.models import AgendaItem, Meeting, Outcome
from rakorsus.stages.meeting.posts import head_of
from rakorsus.stages.meeting.queries import agenda
from rakorsus.stages.meeting.queries.before import settled_before

_MOST_SIGN = 24


@dataclass(frozen=True)
class Point:
    """One agreement."""

    about: str
    sides: tuple[Agency, ...]
    text: str
    in_charge: str
    due: str


def compose(meeting: Meeting, item: AgendaItem | None = None) -> Compose:
    points = _points(meeting, item)
    heads = _heads(meeting, points)

    def paper(frame: Frame) -> Paper:
        where = frame.place or meeting.place
        return Paper(
            frame, f"Berita acara kesepakatan {meeting.title}",
            (
                Title(("Berita acara kesepakatan", meeting.title), frame.number),
                Paragraph(
                    f"Pada hari ini, {date_in_words(day_of(meeting))}, bertempat di "
                    f"{meeting.place}, telah dilaksanakan {meeting.title}. Yang bertanda tangan "
                    "di bawah ini:"
                ),
                _parties(heads),
                *_bases(frame),
                Paragraph("Para pihak menyepakati butir-butir berikut:"),
                Listing(tuple(_sentence(p) for p in points)) if points
                else Paragraph("Belum ada kesepakatan yang dicatat."),
                Paragraph(
                    "Rincian setiap butir tercantum dalam lampiran yang tidak terpisahkan dari "
                    "berita acara ini. Demikian berita acara ini dibuat dengan sebenarnya untuk "
                    "dilaksanakan sebagaimana mestinya."
                ),
                Paragraph(f"Dibuat di {where}\npada tanggal {long_date(day_of(meeting))}", "right"),
                *_signed(frame, heads),
                *_details(frame, points),
            ),
        )  # fmt: skip

    return paper


def _points(meeting: Meeting, item: AgendaItem | None) -> list[Point]:
    found = agenda.items(meeting).filter(kind=AgendaItem.Kind.DESK)
    found = found.prefetch_related("outcomes__owner")
    if item is not None:
        found = found.filter(pk=item.pk)
    points = []
    for desk in found:
        outcome = agenda.newest(list(desk.outcomes.all()))
        if outcome is not None and outcome.kind != Outcome.Kind.ESCALATE:
            points.append(_of_desk(desk, outcome))
    settlements = settled_before(meeting)
    if item is not None:
        settlements = [s for s in settlements if s.finding_id == item.finding_id]
    return points + [_of_settlement(s) for s in settlements]


def _sides(item: AgendaItem) -> tuple[Agency, ...]:
    return tuple(s.agency for s in item.finding.sides.all()) if item.finding else ()


def _of_desk(desk: AgendaItem, outcome: Outcome) -> Point:
    owner = f"{outcome.owner_post}, {outcome.owner.name}" if outcome.owner else ""
    return Point(
        subject(desk), _sides(desk), f"{OUTCOMES[outcome.kind]}: {outcome.text}", owner,
        long_date(outcome.due) if outcome.due else "",
    )  # fmt: skip


def _of_settlement(made: Settlement) -> Point:
    sides = tuple(s.agency for s in made.sides.all())
    return Point(made.finding.reasons_id[:300], sides,
                 f"Disepakati antarpihak sebelum rapat: {made.text}", "", "")  # fmt: skip


def _sentence(point: Point) -> str:
    words = [point.text.rstrip(". ") + "."]
    if point.in_charge:
        words.append(f"Penanggung jawab: {point.in_charge}.")
    if point.due:
        words.append(f"Tenggat: {point.due}.")
    return " ".join(words)


def _heads(meeting: Meeting, points: list[Point]) -> list[Signer]:
    """Who signs for each side: the invited head, or the agency's head without a name."""
    offices = {office.pk: office for point in points for office in point.sides}
    invited = {
        p.agency_id: p
        for p in meeting.participants.filter(agency__in=offices).order_by("-rank")
    }  # fmt: skip
    heads = []
    for office in sorted(offices.values(), key=agenda.protocol_order):
        guest = invited.get(office.pk)
        if guest is None:
            heads.append(Signer(head_of(office)))
        elif guest.reply == guest.Reply.DEPUTY:
            heads.append(Signer(guest.deputy_post or guest.post, guest.deputy_name,
                                above=f"a.n. {guest.post}"))  # fmt: skip
        else:
            heads.append(Signer(guest.post, guest.name))
    return heads


def _parties(heads: list[Signer]) -> Table:
    dots = "........................"
    rows = tuple((str(n), h.name or dots, dots, h.post) for n, h in enumerate(heads, 1))
    return Table(("No.", "Nama", "NIP", "Jabatan"), rows, (0.8, 4, 4, 7),
                 empty="(belum ada pihak)")  # fmt: skip


def _bases(frame: Frame) -> list[Any]:
    if not frame.bases:
        return []
    return [Paragraph("dengan dasar:", "left"), Listing(frame.bases, "a.", 1)]


def _signed(frame: Frame, heads: list[Signer]) -> list[Any]:
    blocks: list[Any] = []
    if len(heads) > _MOST_SIGN:
        rows = tuple((str(n), h.post, f"{n}. ................") for n, h in enumerate(heads, 1))
        blocks.append(Table(("No.", "Jabatan", "Tanda tangan"), rows, (0.8, 8, 6), tall=True))
    elif heads:
        blocks.append(Signatures(tuple(heads), columns=2))
    return [*blocks, Signatures((frame.signer,), lead="Mengetahui dan mengesahkan:")]


def _details(frame: Frame, points: list[Point]) -> list[Any]:
    if not points:
        return []
    rows = tuple(
        (str(n), p.about, "; ".join(office.name for office in p.sides), p.text,
         p.in_charge or "–", p.due or "–")
        for n, p in enumerate(points, 1)
    )  # fmt: skip
    return [
        Attachment("Lampiran Berita Acara Kesepakatan", frame.number,
                   long_date(frame.date) if frame.date else "…"),
        Table(("No.", "Perkara", "Pihak", "Kesepakatan", "Penanggung jawab", "Tenggat"), rows,
              (0.7, 4.4, 2.8, 4.4, 2.6, 1.8), centered=(0,), small=True),
    ]  # fmt: skip
