"""What a guest is sent: text for e-mail and WhatsApp, the calendar file, the QR code."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from urllib.parse import quote

import segno
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from rakorsus.clock import today
from rakorsus.documents import handing, render
from rakorsus.documents.drafts import draft
from rakorsus.documents.models import Issued
from rakorsus.stages.meeting.documents import composer
from rakorsus.stages.meeting.documents.invitation import personal
from rakorsus.stages.meeting.links import token_of
from rakorsus.stages.meeting.models import Meeting, Participant


def address(base: str, participant: Participant) -> str:
    """The guest's own page."""
    return base.rstrip("/") + reverse("meeting:guest", args=[token_of(participant)])


def door(base: str, participant: Participant) -> str:
    """What the code leads to: the secretariat's button, or the guest's own page."""
    return base.rstrip("/") + reverse("meeting:scanned", args=[token_of(participant)])


def subject(meeting: Meeting, again: bool = False) -> str:
    return (_("Pengingat: %s") if again else _("Undangan: %s")) % meeting.title


def text(participant: Participant, base: str) -> str:
    """The invitation in plain words."""
    meeting = participant.meeting
    begins = timezone.localtime(meeting.starts)
    lines = [
        _("Yth. %s") % participant.post,
        "",
        _("Mengharap kehadiran Bapak/Ibu pada %s.") % meeting.title,
        _("Hari/tanggal: %s") % formats.date_format(begins, "l, j F Y"),
        _("Waktu: %s WITA") % f"{begins:%H.%M}",
        _("Tempat: %s") % meeting.place,
    ]
    if meeting.number:
        lines.append(_("Nomor: %s") % meeting.number)
    lines += ["", _("Konfirmasi kehadiran, agenda, dan kode masuk: %s")
              % address(base, participant)]  # fmt: skip
    return "\n".join(lines)


def whatsapp(participant: Participant, base: str) -> str:
    """An address that opens WhatsApp with the text; empty without a number."""
    digits = "".join(c for c in participant.phone if c.isdigit())
    if not digits:
        return ""
    number = "62" + digits[1:] if digits.startswith("0") else digits
    return f"https://wa.me/{number}?text={quote(text(participant, base))}"


def calendar(meeting: Meeting, stamp: datetime | None = None) -> bytes:
    """The meeting as an iCalendar file (RFC 5545)."""
    entry = Event()
    entry.add("uid", f"rapat-{meeting.pk}@rakorsus")
    entry.add("dtstamp", (stamp or timezone.now()).astimezone(UTC))
    entry.add("dtstart", meeting.starts.astimezone(UTC))
    entry.add("dtend", meeting.ends.astimezone(UTC))
    entry.add("summary", meeting.title)
    entry.add("location", meeting.place)
    book = Calendar()
    book.add("prodid", "-//rakorsus//ID")
    book.add("version", "2.0")
    book.add_component(entry)
    return book.to_ical()


def invitation_file(paper: Issued | None, guest: Participant, base: str, ending: str) -> bytes:
    """The invitation addressed to one guest, as PDF or DOCX; a draft where none is issued."""
    if paper is None:
        data = draft("undangan", composer("undangan", guest.meeting), today())
        shown = personal(data, guest, address(base, guest))
        return render.pdf(shown) if ending == "pdf" else render.docx(shown)
    shown = personal(paper.content, guest, address(base, guest))
    return handing.pdf(paper, shown) if ending == "pdf" else handing.docx(paper, shown)


def code(text_inside: str) -> SafeString:
    """A QR code as inline SVG: drawn by segno from bits, none of the text stands in it."""
    out = io.BytesIO()
    segno.make(text_inside, error="m").save(
        out, kind="svg", scale=5, border=2, xmldecl=False, svgns=True, svgclass="qr", lineclass=None
    )
    return mark_safe(out.getvalue().decode())  # noqa: S308 (segno draws it)  # nosec B308 B703
