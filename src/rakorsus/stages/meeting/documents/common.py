"""What several papers of a meeting say in the same words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from rakorsus.documents.words import long_date, with_weekday
from rakorsus.stages.meeting.models import AgendaItem, Meeting

_ZONES: Final = {
    "Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}  # fmt: skip
PAUSES: Final = (AgendaItem.Kind.BREAK, AgendaItem.Kind.PRAYER)
#: How a desk ended, as a sentence of a paper begins.
OUTCOMES: Final = {
    "merge": "Digabung", "split": "Dibagi", "retime": "Dijadwalkan ulang",
    "lead": "Satu memimpin, yang lain mendukung", "waive": "Dibiarkan dengan alasan",
    "escalate": "Dibawa ke pleno",
}  # fmt: skip


def zone() -> str:
    """WIB, WITA or WIT."""
    return _ZONES.get(settings.TIME_ZONE, "")


def clock(moment: datetime | str | None) -> str:
    """`08.30`."""
    if moment is None:
        return "–"
    when = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return f"{timezone.localtime(when):%H.%M}"


def span(starts: datetime | str, ends: datetime | str) -> str:
    """`08.30–09.30`."""
    return f"{clock(starts)}–{clock(ends)}"


def day_of(meeting: Meeting) -> date:
    return timezone.localdate(meeting.starts)


def when(meeting: Meeting) -> tuple[tuple[str, str], ...]:
    """Day, time and place as rows of facts."""
    last = timezone.localdate(meeting.ends)
    first = day_of(meeting)
    days = with_weekday(first)
    if last != first:
        days += f" sampai {with_weekday(last)}"
    return (
        ("Hari, tanggal", days),
        ("Waktu", f"pukul {clock(meeting.starts)} sampai dengan {clock(meeting.ends)} {zone()}"),
        ("Tempat", meeting.place),
    )


def parties(item: AgendaItem) -> str:
    """The sides of a desk, or who presents."""
    if item.finding:
        return ", ".join(side.agency.name for side in item.finding.sides.all())
    if item.kind == AgendaItem.Kind.SIGNING:
        return "; ".join(str(party) for party in item.signing.all())
    return item.agency.name if item.agency else ""


def subject(item: AgendaItem) -> str:
    """What a desk is about, as its finding says."""
    return shortened(item.finding.reasons_id if item.finding else item.title)


def shortened(text: str, most: int = 299) -> str:
    """The text, cut after a word where it is longer; titles of the agenda hold 300 letters."""
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def due(text: str | None) -> str:
    return long_date(date.fromisoformat(text)) if text else "–"


def follow_up_rows(rows: Iterable[dict[str, Any]]) -> tuple[tuple[str, ...], ...]:
    """Number, what, who, until when."""
    return tuple(
        (str(n), row["text"], f"{row['post']}, {row['owner']}", due(row["due"]))
        for n, row in enumerate(rows, 1)
    )
