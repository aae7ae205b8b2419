"""Somebody's open items as a calendar (iCalendar) and as a feed (Atom)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from rakorsus.stages.followup.models import ActionItem


def calendar(items: Iterable[ActionItem], base: str, host: str) -> bytes:
    """Each item as a whole day, its due date."""
    made = Calendar()
    made.add("prodid", "-//rakorsus//tindak lanjut//ID")
    made.add("version", "2.0")
    made.add("x-wr-calname", _("Tindak lanjut saya"))
    for item in items:
        event = Event()
        event.add("uid", f"tindak-lanjut-{item.pk}@{host}")
        event.add("dtstamp", item.at.astimezone(UTC))
        event.add("dtstart", item.due)
        event.add("dtend", item.due + timedelta(days=1))
        event.add("summary", _("Tenggat: %s") % item.text[:120])
        event.add("description", f"{item.text}\n{item.post}, {item.agency.name}")
        event.add("url", base + item.get_absolute_url())
        event.add("sequence", item.version)
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    return bytes(made.to_ical())


def atom(items: Iterable[ActionItem], base: str, address: str) -> str:
    """The items as entries, the newest first."""
    feed = Atom1Feed(
        title=_("Tindak lanjut saya"), link=f"{base}/tindak-lanjut/", description="",
        feed_url=address, language="id",
    )  # fmt: skip
    for item in sorted(items, key=lambda i: i.at, reverse=True):
        feed.add_item(
            title=item.text[:160], link=base + item.get_absolute_url(),
            description=f"{item.text} ({item.post}, {item.agency.name}; {item.due.isoformat()})",
            unique_id=f"{base}{item.get_absolute_url()}", updateddate=_when(item), pubdate=item.at,
        )  # fmt: skip
    return str(feed.writeString("utf-8"))


def _when(item: ActionItem) -> datetime:
    newest = max((remark.at for remark in item.remarks.all()), default=item.at)
    return max(newest, item.at)
