"""A stream or a socket that is open when its reader signs out, is deactivated or loses a role ends
within a minute, and nothing more comes over it meanwhile that is not the reader's."""

# ruff: noqa: F811 (fixtures)
from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.integration.findings.conftest import HEALTH, city, found, person  # noqa: F401 (fixtures)
from tests.integration.hall.gateway import Hall
from tests.integration.meeting.conftest import (  # noqa: F401 (fixtures)
    _own_files,
    coordinator,
    desk,
    meeting,
    page,
)
from tests.integration.meeting.live import play, reading

from rakorsus.hall import tickets as hall_tickets
from rakorsus.people import actions as people
from rakorsus.people.fresh import ASK_EVERY
from rakorsus.people.models import Delegation, Membership, Role, User
from rakorsus.people.standing import Mark, mark_of, standing
from rakorsus.stages.meeting.actions import begin
from rakorsus.stages.meeting.live import hub, tickets, topics

pytestmark = pytest.mark.django_db(transaction=True)
SOON = 0.3  # seconds between two looks at rights, in these tests


def test_the_times_add_up_to_less_than_a_minute() -> None:
    """A look at rights, a ticket asked for just before, and what a round takes."""
    assert hall_tickets.AGE + ASK_EVERY < 60
    assert 2 * ASK_EVERY < 60


async def elsewhere(work: Any, *arguments: Any) -> None:
    def inside() -> None:
        try:
            work(*arguments)
        finally:
            connections.close_all()

    await sync_to_async(inside, thread_sensitive=False)()


def begun(desk: Any, user: User) -> None:
    begin(page(user), desk, desk.version)


@pytest.fixture
def secretary(person) -> User:
    return person("sekretariat", Role.SECRETARIAT)


@pytest.fixture
def signed_in(secretary, meeting, settings):
    """Her browser, and the ticket of the stream that her page asks for."""
    settings.LIVE = ":8001"
    browser = Client()
    browser.force_login(secretary)

    def ticket(*wanted: str) -> str:
        address = browser.get("/rapat/langsung/", {"topik": wanted}).json()["stream"]
        return address.rpartition("tiket=")[2].replace("%3A", ":").replace("%3D", "=")

    return browser, ticket


def lose_role(user: User) -> None:
    Membership.objects.filter(user=user).delete()


def deactivate(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def change_password(user: User) -> None:
    user.set_password("lain-sama-sekali-9")
    user.save()


@pytest.mark.parametrize("loss", [lose_role, deactivate, change_password, None])
def test_a_stream_ends_and_tells_nothing_more(
    loss, signed_in, secretary, meeting, desk, coordinator
) -> None:
    browser, ticket = signed_in
    topic = f"order:{meeting.pk}"
    token = ticket(topic)

    async def story() -> None:
        async with reading([], ticket=token) as stream:
            await stream.wait(1)
            if loss is None:
                await elsewhere(browser.logout)
            else:
                await elsewhere(loss, secretary)
            async with asyncio.timeout(20):
                while not stream.ended:
                    await asyncio.sleep(0.02)
            assert stream.text.endswith("event: lagi\ndata: 1\n\n")
            assert len(stream.events) == 1
            await elsewhere(begun, desk, coordinator)
            await asyncio.sleep(0.5)
            assert len(stream.events) == 1
        async with reading([], ticket=token) as again:  # the ticket itself is still young
            assert again.status == 403

    play(story, ask_every=SOON)
    assert (
        browser.get("/rapat/langsung/", {"topik": [topic]}).status_code in (302, 403)
        or not (browser.get("/rapat/langsung/", {"topik": [topic]}).json()["stream"])
    )


def test_who_keeps_the_rights_keeps_the_stream(signed_in, meeting, desk, coordinator) -> None:
    _browser, ticket = signed_in
    token = ticket(f"order:{meeting.pk}", f"door:{meeting.pk}")

    async def story() -> None:
        async with reading([], ticket=token) as stream:
            await stream.wait(2)
            await asyncio.sleep(4 * SOON)
            assert not stream.ended
            await elsewhere(begun, desk, coordinator)
            await stream.wait(3)

    play(story, ask_every=SOON)


def test_a_role_less_ends_what_needed_it(signed_in, secretary, person, meeting) -> None:
    """She may still follow the order, not the door: her page asks anew for what is left."""
    browser, ticket = signed_in
    wanted = [f"order:{meeting.pk}", f"door:{meeting.pk}"]
    token = ticket(*wanted)
    Membership.objects.filter(user=secretary).update(role=Role.LEADER)
    assert topics.fallen({tickets.opened(token)}) == {tickets.opened(token)}
    assert browser.get("/rapat/langsung/", {"topik": wanted}).json()["topics"] == wanted[:1]


def test_a_delegation_that_ends_ends_the_stream(person, meeting, coordinator) -> None:
    owner, deputy = person("kabid", Role.SECRETARIAT), person("staf", Role.PLANNER, HEALTH)
    lent = Delegation.objects.create(
        membership=owner.memberships.get(), deputy=deputy,
        begins="2020-01-01T00:00Z", ends="2040-01-01T00:00Z",
    )  # fmt: skip
    ticket = tickets.Ticket((f"door:{meeting.pk}",), "id", Mark(deputy.pk), time.time())
    assert topics.fallen({ticket}) == set()
    people.end_delegation(page(owner), lent)
    assert topics.fallen({ticket}) == {ticket}


def test_rights_of_any_number_of_readers_are_the_same_few_queries(person, meeting, rf) -> None:
    users = [person(f"orang{n}", Role.SECRETARIAT) for n in range(6)]
    marks = []
    for user in users:
        browser = Client()
        browser.force_login(user)
        request = rf.get("/")
        request.user, request.session = user, browser.session
        marks.append(mark_of(request))

    def count(some: list[Mark]) -> int:
        made = {tickets.Ticket((f"order:{meeting.pk}",), "id", mark, 0.0) for mark in some}
        with CaptureQueriesContext(connection) as asked:
            assert topics.fallen(made) == set()
        return len(asked)

    assert count(marks[:1]) == count(marks) == 4
    assert set(standing(marks)) == set(marks)
    key = browser.session.session_key
    assert all(key not in str(mark) for mark in marks)


def test_a_ticket_of_a_while_ago_opens_only_for_who_still_may(secretary, meeting) -> None:
    async def story() -> None:
        now = hub.Hub()
        good = tickets.Ticket((f"order:{meeting.pk}",), "id", Mark(secretary.pk), 0.0)
        assert await now.stands(good)
        await elsewhere(deactivate, secretary)
        assert not await now.stands(good)
        await now.close()

    asyncio.run(story())


@pytest.fixture
def hall(tmp_path):
    made = Hall(tmp_path)
    made.fill(people=7, cap=7)
    made.start()
    yield made
    made.stop()


LOSSES = (
    "User.objects.filter(pk={u}).update(is_active=False)",
    "Membership.objects.filter(user={u}).delete()",
    # only a guest from now on, who does not see all findings
    "Membership.objects.filter(user={u}, role='leader').delete();"
    " Membership.objects.filter(user={u}).update(role='guest')",
)
_NAMES = """
import django, json; django.setup()
from django.conf import settings; settings.ALLOWED_HOSTS = ["testserver"]
from django.test import Client
from rakorsus.people.models import Membership, User
"""
_SIGN_IN = (
    _NAMES
    + """
told = []
for user in {users}:
    browser = Client()
    browser.force_login(User.objects.get(pk=user),
                        backend="allauth.account.auth_backends.AuthenticationBackend")
    ticket = browser.post("/balai/{meeting}/karcis/").json()["ticket"]
    told.append([ticket, browser.session.session_key])
print(json.dumps(told))
"""
)
_SIGN_OUT = (
    _NAMES
    + """
browser = Client()
browser.cookies["sessionid"] = "{key}"
assert browser.post("/akun/logout/").status_code == 302
"""
)


def test_a_place_in_the_hall_ends_with_the_right_to_it(hall) -> None:
    """Also by signing out on any page; who keeps the right stays, and hears on."""
    users = hall.ids["users"]
    losses = [text.format(u=user) for text, user in zip(LOSSES, users, strict=False)]

    async def story() -> None:
        program = _SIGN_IN.format(users=users[3:5], meeting=hall.ids["meeting"])
        out, stays = json.loads(await asyncio.to_thread(hall.run, "-c", program))
        assert out[1] not in out[0]
        came = [await hall.client(n) for n in (0, 1, 2, 6)]
        for ticket, _key in (out, stays):
            came.append(await hall.client(0, join=False))
            await came[-1].join(ticket)
        began = time.monotonic()
        program = _NAMES + "\n".join(losses) + _SIGN_OUT.format(key=out[1])
        await asyncio.to_thread(hall.run, "-c", program)
        lost, kept = [*came[:3], came[4]], [came[3], came[5]]
        assert [await client.ended() for client in lost] == [4006] * 4
        took = time.monotonic() - began  # with the start of two processes
        assert took < 90, took
        assert (await kept[0].act("raise_hand"))["t"] == "ack"
        await kept[1].until(lambda m: m["t"] == "acts")
        assert [client.closed for client in kept] == [False] * 2
        assert [m for client in lost for m in client.texts if m["t"] == "acts"] == []

    hall.play(story())
