"""Feeds: articles as RSS 2.0 and Atom 1.0, public meetings as iCalendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC

from django.core.files.storage import default_storage
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SyndicationFeed

from rakorsus.stages.meeting.models import Meeting
from rakorsus.stages.publication.models import Article

Page = Callable[..., str]


def articles(
    kind: str, found: Iterable[Article], page: Page, title: str, description: str, language: str
) -> str:
    """The newest articles as one feed (`rss` or `atom`); addresses are absolute."""
    maker: type[SyndicationFeed] = Rss201rev2Feed if kind == "rss" else Atom1Feed
    feed = maker(
        title=title, link=page("home"), description=description, subtitle=description,
        language=language, feed_url=page(kind), feed_guid=page("home"),
    )  # fmt: skip
    for article in found:
        live = article.live
        assert live is not None
        enclosures = []
        if live.picture:
            address = page("picture", live.picture.sha256, "kecil")
            size = default_storage.size(live.picture.small)
            enclosures = [Enclosure(address, str(size), "image/jpeg")]
        feed.add_item(
            title=live.headline, link=page("article", article.slug), description=live.lead,
            author_name=article.byline, pubdate=article.published,
            updateddate=article.updated or article.published,
            unique_id=page("article", article.slug), categories=live.tags, enclosures=enclosures,
        )  # fmt: skip
    return str(feed.writeString("utf-8"))


def calendar(meetings: Iterable[Meeting], page: Page, title: str, host: str) -> bytes:
    """Public meetings: name, time, place; nobody's name."""
    from icalendar import Calendar, Event

    found = Calendar()
    found.add("prodid", "-//rakorsus//publik//ID")
    found.add("version", "2.0")
    found.add("x-wr-calname", title)
    for meeting in meetings:
        event = Event()
        event.add("uid", f"rapat-{meeting.pk}@{host}")
        stamps = [version.at for version in meeting.versions.all()]
        event.add("dtstamp", max(stamps, default=meeting.starts).astimezone(UTC))
        event.add("dtstart", meeting.starts.astimezone(UTC))
        event.add("dtend", meeting.ends.astimezone(UTC))
        event.add("summary", meeting.title)
        event.add("location", meeting.place)
        event.add("url", page("meetings"))
        found.add_component(event)
    return bytes(found.to_ical())
