"""Screens that follow by the stream of events."""

from __future__ import annotations

import asyncio
import threading
from contextlib import AsyncExitStack

import pytest
from asgiref.sync import sync_to_async
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from tests.integration.meeting.conftest import page
from tests.integration.meeting.live import play, reading

from rakorsus.people import actor as actors
from rakorsus.people.models import User
from rakorsus.people.standing import Mark
from rakorsus.stages.meeting import actions
from rakorsus.stages.meeting.live import tickets, topics
from rakorsus.stages.meeting.models import AgendaItem, Meeting

pytestmark = pytest.mark.django_db(transaction=True)


def begin(desk, user) -> None:
    desk.refresh_from_db()
    actions.begin(page(user), desk, desk.version)


async def change(work, *arguments) -> None:
    """A change by another thread with a connection of its own, as the web server makes it."""

    def inside() -> None:
        try:
            work(*arguments)
        finally:
            connections.close_all()

    await sync_to_async(inside, thread_sensitive=False)()


def test_a_change_comes_to_all_screens_as_the_same_bytes(meeting, desk, coordinator) -> None:
    async def story():
        topic = f"screen:{meeting.pk}"
        async with reading([topic]) as one, reading([topic], packed=True) as two:
            first = (await one.wait(1))[0]
            assert (await two.wait(1))[0] == first
            await change(begin, desk, coordinator)
            news = (await one.wait(2))[1]
            assert (await two.wait(2))[1] == news
            assert one.text == two.text or one.text.split("\n\n")[1:] == two.text.split("\n\n")[1:]
            assert 'data-ends="' in news["body"]
            assert 'data-ends="' not in first["body"]
            assert len(two.raw) < len(one.raw)
            assert "csrf" not in news["body"]

    play(story)


def test_a_reader_who_comes_again_gets_only_what_is_new(meeting, desk, coordinator) -> None:
    async def story():
        topic = f"order:{meeting.pk}"
        async with reading([topic]) as one:
            seen = (await one.wait(1))[0]["id"]
        async with reading([topic], since=seen) as same:
            await asyncio.sleep(0.5)
            assert same.events == []
        await change(begin, desk, coordinator)
        async with reading([topic], since=seen) as later:
            assert (await later.wait(1))[0]["id"] != seen

    play(story)


def test_tickets_are_short_lived_signed_and_only_for_what_is_allowed(
    meeting, desk, roads, person, client, settings, monkeypatch
) -> None:
    settings.LIVE = ":8001"
    wanted = [f"run:{meeting.pk}", f"order:{meeting.pk}", f"item:{desk.pk}", "order:0x", "lain:1"]
    client.force_login(roads)
    answer = client.get("/rapat/langsung/", {"topik": wanted}).json()
    assert answer["topics"] == [f"order:{meeting.pk}", f"item:{desk.pk}"]
    assert answer["stream"].startswith("http://testserver:8001/langsung/?tiket=")
    client.force_login(User.objects.create_user("tamu", "tamu@x.invalid"))
    assert client.get("/rapat/langsung/", {"topik": wanted}).json() == {"stream": "", "topics": []}
    good = tickets.made(["order:1"], "id", Mark(1))
    assert tickets.opened(good).topics == ("order:1",)
    assert tickets.opened(good[:-2] + "xx") is None
    monkeypatch.setattr(tickets, "OPENS", -1)
    assert tickets.opened(good) is None

    async def story():
        async with reading([], ticket=good) as reader:
            assert reader.status == 403

    play(story)


def test_the_policy_lets_the_page_reach_the_stream_and_nothing_else(client, settings) -> None:
    settings.LIVE = ":8001"
    policy = client.get("/akun/login/").headers["Content-Security-Policy"]
    assert "connect-src 'self' http://testserver:8001;" in policy
    settings.LIVE = "/langsung/"
    assert "connect-src 'self';" in client.get("/akun/login/").headers["Content-Security-Policy"]


def test_heads_of_any_number_of_topics_are_one_query_a_kind(meeting, desk) -> None:
    def count(wanted) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            topics.heads(wanted)
        return len(asked)

    kinds = ("order", "door", "item", "plenary")
    few = [f"{kind}:{desk.pk}" for kind in kinds]
    many = [f"{kind}:{desk.pk + n}" for kind in kinds for n in range(5)]
    notes = ["note:1-discussion", "note:2-conclusion"]
    assert count(few) == count(many) == 4
    assert count(notes[:1]) == count(notes) == 1


def test_the_database_is_asked_once_for_all_screens(meeting, desk, coordinator) -> None:
    """Forty screens and one change: as many readings as for one screen."""
    read: list[int] = []
    source = topics.source_of("screen:1")

    class Counting:
        newest_only = True

        def may(self, actor, key):
            return True

        def heads(self, keys):
            return source.heads(keys)

        def news(self, key, after, language):
            read.append(threading.get_ident())
            return source.news(key, after, language)

    async def story():
        async with AsyncExitStack() as stack:
            screens = [await stack.enter_async_context(reading([f"screen:{meeting.pk}"]))
                       for _ in range(40)]  # fmt: skip
            for screen in screens:
                await screen.wait(1)
            await change(begin, desk, coordinator)
            for screen in screens:
                await screen.wait(2)

    topics.register("screen", Counting())
    try:
        play(story)
    finally:
        topics.register("screen", source)
    assert len(read) == 2
    assert len(set(read)) == 1


def test_arrivals_are_seen_at_the_door_only_by_the_secretariat(meeting, secretary, roads) -> None:
    assert topics.allowed(page(roads), [f"door:{meeting.pk}"]) == []
    assert topics.allowed(page(secretary), [f"door:{meeting.pk}"]) == [f"door:{meeting.pk}"]

    by = page(secretary)

    async def story():
        async with reading([f"door:{meeting.pk}"]) as one:
            await one.wait(1)
            row = {"group": "press", "name": "", "post": "Wartawan (contoh)", "institution": ""}
            await change(actions.walk_in, by, meeting, "x-1", row)
            assert "Wartawan (contoh)" in (await one.wait(2))[1]["body"]

    play(story)


def test_nobody_without_the_right_follows_anything(meeting, desk) -> None:
    public = actors.Actor(None, "page")
    kinds = ("order", "run", "screen", "door", "plenary", "item")
    wanted = [f"{kind}:{meeting.pk}" for kind in kinds] + [f"note:{desk.pk}-discussion"]
    assert topics.allowed(public, wanted) == []
    assert Meeting.objects.count() == 1
    assert AgendaItem.objects.exists()
