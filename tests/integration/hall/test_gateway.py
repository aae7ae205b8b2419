"""The gateway in a process of its own: poses, acts, the door, hostile clients, a kill."""

from __future__ import annotations

import asyncio

import pytest
from picows import WSMsgType
from tests.integration.hall.gateway import Hall

from rakorsus.hall.gateway import codec

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hall(tmp_path):
    made = Hall(tmp_path)
    made.fill(people=8, cap=5)
    made.start()
    yield made
    made.stop()


def test_two_see_each_other_move_and_hear_acts(hall):
    async def story():
        one, two = await hall.client(0), await hall.client(1)
        assert one.welcome["kind"] == two.welcome["kind"] == "seat"
        assert {p["id"] for p in two.welcome["people"]} == {one.welcome["id"], two.welcome["id"]}
        x, z, _yaw = one.welcome["at"]
        for step in range(1, 6):
            one.pose(x + 20 * step, z)
            await asyncio.sleep(0.05)
        await two.sees(lambda r: r[1] == x + 100 and r[2] == z, one.welcome["id"])
        assert two.last(two.welcome["id"]) is None  # never oneself
        answer = await one.act("raise_hand")
        assert answer["t"] == "ack"
        told = await two.until(lambda m: m["t"] == "acts")
        assert [a["name"] for a in told["acts"]] == ["raise_hand"]
        assert told["acts"][0]["n"] == answer["n"] == 1
        await two.sees(lambda r: r[4] & codec.HAND, one.welcome["id"])
        chair = await hall.chair()
        assert chair.welcome["id"] is None
        request = chair.welcome["state"]["queue"][0]["request"]
        assert (await two.act("grant", request=request))["code"] == "denied"
        assert (await chair.act("grant", request=request))["t"] == "ack"
        await two.sees(lambda r: r[4] & codec.SPEAKING and not r[4] & codec.HAND, 1)

    hall.play(story())


def test_an_act_of_another_process_is_told(hall):
    async def story():
        one = await hall.client(0)
        program = (
            "import django; django.setup()\n"
            "from rakorsus.stages.meeting import actions\n"
            "from rakorsus.stages.meeting.models import Meeting\n"
            "from rakorsus.people import actor as actors\n"
            "from rakorsus.people.models import User\n"
            f"user = User.objects.get(pk={hall.ids['users'][3]})\n"
            "actions.raise_hand(actors.of_user(user, 'page'), Meeting.objects.get())\n"
        )
        await asyncio.to_thread(hall.run, "-c", program)
        told = await one.until(lambda m: m["t"] == "acts")
        assert told["acts"][0]["view"] == "page"
        state = await one.until(lambda m: m["t"] == "state" and m["set"].get("queue"))
        assert state["set"]["queue"][0]["user"] == hall.ids["users"][3]

    hall.play(story())


def test_the_same_key_is_one_act_and_belongs_to_one_person(hall):
    async def story():
        one, two = await hall.client(0), await hall.client(1)
        data = {"resolution": hall.ids["resolution"], "mandate": hall.ids["mandates"][0],
                "choice": "yes"}  # fmt: skip
        first = await one.act("vote", key="suara-0001", **data)
        again = await one.act("vote", key="suara-0001", **data)
        assert (first["t"], again["t"], first["n"]) == ("ack", "ack", again["n"])
        assert (await two.act("vote", key="suara-0001", **data))["code"] == "denied"
        other = await two.act("vote", key="suara-0002", **data)  # somebody else's mandate
        assert other["code"] == "denied"
        twice = await one.act("vote", key="suara-0003", **data)
        assert twice["code"] == "refused"

    hall.play(story())
    counts = hall.ask(
        "[Ballot.objects.count(), Act.objects.filter(name='vote').count(),"
        " Event.objects.filter(action='meeting.vote').count()]"
    )
    assert counts == [1, 1, 1]
    assert hall.ask("Event.objects.filter(action='meeting.refused').count()") >= 2


def test_the_cap_holds_and_the_audience_is_called_on_the_stage(hall):
    async def story():
        came = await asyncio.gather(*(hall.client(n) for n in range(8)))
        kinds = [c.welcome["kind"] for c in came]
        assert (kinds.count("seat"), kinds.count("audience")) == (5, 3)
        outside = kinds.index("audience")
        assert came[outside].frames or await asyncio.sleep(0.3) is None  # sees the others
        assert came[outside].frames
        request = (await came[outside].act("raise_hand"))["data"]["request"]
        chair = await hall.chair()
        assert (await chair.act("grant", request=request))["t"] == "ack"
        called = await came[outside].until(lambda m: m["t"] == "kind")
        assert called["kind"] == "stage"
        seen = kinds.index("seat")
        await came[seen].sees(lambda r: r[4] & codec.STAGE, called["id"])
        await chair.act("lower_hand", request=request)
        await came[outside].until(lambda m: m["t"] == "kind" and m["kind"] == "audience")
        assert hall.health()["meetings"][0]["bodies"] == 5

    hall.play(story())


def test_a_lost_place_is_kept_and_a_second_connection_takes_it_over(hall):
    async def story():
        came = [await hall.client(n) for n in range(5)]
        first = came[0].welcome
        came[0].transport.disconnect()
        await asyncio.sleep(0.2)
        assert (await hall.client(5)).welcome["kind"] == "audience"
        again = await hall.client(0)
        assert (again.welcome["kind"], again.welcome["id"]) == ("seat", first["id"])
        other = await hall.client(0)
        assert other.welcome["id"] == first["id"]
        assert await again.ended() == 4001

    hall.play(story())


def test_who_comes_back_gets_what_was_missed(hall):
    async def story():
        one, two = await hall.client(0), await hall.client(1)
        for _ in range(3):
            assert (await two.act("raise_hand"))["t"] == "ack"
            assert (await two.act("lower_hand"))["t"] == "ack"
        back = await hall.client(0, last=2)
        missed = [a["n"] for a in back.welcome["acts"]]
        if missed[-1] < 6:  # an act is told to all a moment after its sender has the answer
            told = await back.until(lambda m: m["t"] == "acts" and m["acts"][-1]["n"] == 6)
            missed += [a["n"] for a in told["acts"]]
        assert missed == [3, 4, 5, 6]
        assert (await hall.client(2)).welcome["acts"] is None
        assert one.closed or await one.ended() == 4001
        await asyncio.to_thread(hall.kill)  # the next gateway knows them too
        await asyncio.to_thread(hall.start)
        again = await hall.client(0, last=2)
        assert [a["n"] for a in again.welcome["acts"]] == [3, 4, 5, 6]

    hall.play(story())


def test_hostile_clients_are_refused_and_the_others_do_not_notice(hall):
    async def story():
        good, bad = await hall.client(0), await hall.client(1)
        number = bad.welcome["id"]
        bad.pose(15_000, 15_000)  # far away at once
        correction = await bad.until(lambda m: m["t"] == "at")
        x, z, _ = bad.welcome["at"]
        moved = ((correction["x"] - x) ** 2 + (correction["z"] - z) ** 2) ** 0.5
        assert moved <= 800 * 0.5 + 41
        bad.pose(x, z, flags=codec.SPEAKING | codec.STAGE)  # the floor cannot be forged
        await asyncio.sleep(0.3)
        assert not good.last(number)[4] & (codec.SPEAKING | codec.STAGE)
        request = (await good.act("raise_hand"))["data"]["request"]
        assert (await bad.act("grant", request=request))["code"] == "denied"
        assert (await bad.act("grant", request="x"))["code"] in ("denied", "refused")
        assert (await bad.act("no_such_act"))["code"] == "invalid"
        assert (await bad.act("sit", item=10**12))["code"] == "refused"
        for _ in range(3):
            bad.transport.send(WSMsgType.BINARY, b"\x01\x02\x03")
        assert await bad.ended() == 4003
        wrong = await hall.client(2)
        for _ in range(3):
            wrong.pose(0, 0, number=good.welcome["id"])  # somebody else's body
        assert await wrong.ended() == 4003
        flood = await hall.client(3)
        for _ in range(3000):
            flood.pose(0, 0)
        assert await flood.ended() in (4004, 0)  # bytes on their way may reset the connection
        noise = await hall.client(4)
        for _ in range(300):
            noise.say(t="ping", at=1)
        assert await noise.ended() in (4004, 0)
        nobody = await hall.client(5, join=False)
        nobody.say(t="act", key="12345678", name="raise_hand")
        assert await nobody.ended() == 4000
        forged = await hall.client(5, join=False)
        forged.say(t="join", ticket=hall.ticket(5)[:-2] + "xx", view="3d")
        assert await forged.ended() == 4002
        for text in ("[]", '{"t":"go","x":1e999,"z":0}'):  # two strikes are forgiven
            good.transport.send(WSMsgType.TEXT, text.encode())
        assert (await good.act("lower_hand"))["t"] == "ack"
        assert not good.closed

    hall.play(story())


def test_nobody_loses_a_vote_when_the_gateway_is_killed(hall):
    votes = {}

    async def voter(place: int, gate: asyncio.Event) -> None:
        key = f"suara-{place:04d}"
        data = {"resolution": hall.ids["resolution"], "mandate": hall.ids["mandates"][place],
                "choice": "yes"}  # fmt: skip
        for _ in range(60):
            try:
                client = await hall.client(place, view="list")
                await gate.wait()
                async with asyncio.timeout(20):
                    answer = await client.act("vote", key=key, **data)
                client.transport.disconnect()
                if answer["t"] == "ack":
                    votes[place] = answer["n"]
                    return
                assert answer["code"] == "busy", answer
            except (OSError, TimeoutError):
                pass
            await asyncio.sleep(0.2)

    async def story():
        gate = asyncio.Event()
        voters = [asyncio.create_task(voter(n, gate)) for n in range(8)]
        await asyncio.sleep(1)
        gate.set()
        await asyncio.sleep(0.03)
        await asyncio.to_thread(hall.kill)
        await asyncio.to_thread(hall.start)
        await asyncio.gather(*voters)

    hall.play(story())
    assert len(votes) == 8
    rows = hall.ask(
        "[[a.number, a.key] for a in Act.objects.filter(name='vote').order_by('number')]"
    )
    assert sorted(n for n, _ in rows) == sorted(votes.values())
    assert len({key for _, key in rows}) == 8
    assert hall.ask("Ballot.objects.count()") == 8
    numbers = hall.ask("list(Act.objects.order_by('number').values_list('number', flat=True))")
    assert numbers == list(range(1, len(numbers) + 1))
