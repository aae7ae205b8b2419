"""A slow, narrow and dropping line between people and the server: what was sent once is there once,
what was told once is heard once, and what came half is nowhere."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import random
import re
import time
import uuid
from base64 import b64encode
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from pycrdt import Doc, Text
from tests import postgresql
from tests.faults import clients
from tests.faults.line import Line, line
from tests.faults.sites import Site
from tests.faults.visitors import PATIENCE, Answer, Stream, Visitor, program
from tests.integration.faults.test_two_servers import filled

pytestmark = pytest.mark.xdist_group("bad_line")
CUT = (OSError, http.client.HTTPException)


@pytest.fixture(scope="module")
def site(tmp_path_factory, django_db_setup) -> Iterator[Site]:
    with contextlib.ExitStack() as stack:
        url = ""
        if connection.vendor == "postgresql":
            url = stack.enter_context(postgresql.server()) or ""
        made = Site(tmp_path_factory.mktemp("site"), url)
        (made.home / "tmp").mkdir()
        made.environment["TMPDIR"] = str(made.home / "tmp")
        made.fill()
        made.start()
        try:
            made.wait()
            yield made
        finally:
            made.stop()


def until_answered(ask: Callable[[], Answer], worse: Callable[[], None] = lambda: None) -> Answer:
    """The same again until an answer comes, as pages and people do."""
    ends = time.monotonic() + 3 * PATIENCE
    while time.monotonic() < ends:
        with contextlib.suppress(*CUT):
            return ask()
        worse()
    raise TimeoutError


@pytest.mark.browser
def test_arrivals_kept_by_the_browser_are_sent_once(site) -> None:
    """The page's own script, in a browser whose line loses answers and then is gone."""
    playwright = pytest.importorskip("playwright.sync_api")
    from tests.browser.conftest import CHROMIUM, need

    need(CHROMIUM, "Chromium")
    meeting, guests = site.city["meeting"], site.city["guests"][:4]
    with line(site.port, latency=0.01) as bad, playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        context = opened.new_context(locale="id-ID")
        context.set_default_timeout(3 * PATIENCE * 1000)
        home = f"http://127.0.0.1:{bad.port}"
        session = site.city["who"]["sekretariat"]["session"]
        context.add_cookies([{"name": "sessionid", "value": session, "url": home}])
        page = context.new_page()
        page.goto(f"{home}/rapat/{meeting}/masuk/")
        bad.drop()
        bad.down = lambda: 5  # the request comes, the answer does not
        for place, guest in enumerate(guests):
            if place == 2:
                bad.broken = True  # and then nothing at all
            row = page.locator(f"form[data-arrive]:has(input[value='{guest}'])")
            row.locator("button").click()
            row.wait_for(state="detached")
        box = page.locator("[data-queue]")
        box.wait_for()
        assert f"{len(guests)} kehadiran menunggu" in box.inner_text()
        bad.heal()
        box.wait_for(state="hidden")
        opened.close()
    assert bad.cuts >= len(guests)
    came = site.know(
        f"[Attendance.objects.filter(participant__in={guests}).count(),"
        " Event.objects.filter(action='meeting.check_in').count(),"
        " Event.objects.filter(action='meeting.refused').count()]"
    )
    assert came == [len(guests), len(guests), 0]


def test_a_stream_that_is_cut_again_and_again_loses_and_doubles_nothing(site) -> None:
    """Every change of a note is an event of its own; the reader's line is cut at random bytes."""
    draw = random.Random(4)
    desk, writer = site.city["desks"][1][0], site.visitor("bappeda")
    document = Doc()
    text = document.get("text", type=Text)
    with line(site.port + 1, latency=0.02, rate=20_000) as bad:
        bad.down = lambda: draw.randrange(150, 1500)
        reader = site.visitor("sekretariat")
        topic = f"note:{desk}-discussion"
        stream = Stream(reader.stream(topic), bad.port, renew=lambda: reader.stream(topic))
        try:
            for number in range(1, 41):
                before = document.get_state()
                text.insert(len(str(text)), f"kalimat {number}. ")
                update = b64encode(document.get_update(before)).decode()
                said = writer.post(f"/rapat/acara/{desk}/catatan/discussion/", {"update": update})
                assert said.json == {"head": number}
                time.sleep(draw.uniform(0, 0.1))
            events = stream.wait(lambda found: found and found[-1]["head"] == "40", 3 * PATIENCE)
        finally:
            stream.close()
    assert stream.cut + bad.cuts > 5
    assert [e["body"]["number"] for e in events] == list(range(1, 41))


def half_way(site: Site, bad: Line, size: int) -> tuple[Callable[[], Answer], str]:
    edge = uuid.uuid4().hex
    rows = clients.lines(77) + "#" * size
    body = (
        f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="muatan-77.csv"'
        f"\r\nContent-Type: text/csv\r\n\r\n{rows}\r\n--{edge}--\r\n"
    ).encode()
    who = site.visitor("bappeda", port=bad.port)
    kind = f"multipart/form-data; boundary={edge}"
    return (lambda: who.ask("POST", "/api/v1/imports", body, Content_Type=kind)), kind


def kept(site: Site) -> list[str]:
    """Every file of the installation that an upload could leave."""
    places = (site.home / "files", site.home / "tmp")
    return sorted(str(p) for place in places for p in place.rglob("*") if p.is_file())


@pytest.mark.parametrize("size", [0, 3_000_000])  # in memory, and through a file of its own
def test_an_upload_that_is_cut_half_way_is_nowhere(site, size) -> None:
    draw = random.Random(size)
    before, batches = kept(site), "ImportBatch.objects.count() + SourceFile.objects.count()"
    had = site.know(batches)
    with line(site.port) as bad:
        ask, _kind = half_way(site, bad, size)
        for _ in range(12):
            place = draw.randrange(300, 2_000 + size)
            bad.up = lambda place=place: place
            with pytest.raises(CUT):
                ask()
        bad.heal()
        ends = time.monotonic() + PATIENCE
        while kept(site) != before and time.monotonic() < ends:
            time.sleep(0.2)
        assert kept(site) == before
        assert site.know(batches) == had
        if not size:  # whole, it is taken
            assert ask().status in (200, 201, 202)
            assert site.know("ImportBatch.objects.count()") >= 1


def test_a_form_whose_answer_was_lost_counts_once(site) -> None:
    """The reader sends it again, as browsers offer to."""
    meeting, mandate = site.city["meeting"], site.city["mandates"]["pimpinan"]
    (desk, version), key = site.city["desks"][0], site.city["lines"][0]
    resolution, by_key = site.city["resolutions"][:2]
    guest = site.city["guests"][10]
    amended = filled(site.visitor("pu").get(f"{program(key)}ubah/").text)
    act = {"key": str(uuid.uuid4()), "name": "vote",
           "data": {"resolution": by_key, "mandate": mandate, "choice": "yes"}}  # fmt: skip

    def forms(port: int) -> dict[str, Callable[[], Answer]]:
        def who(name: str) -> Visitor:
            return site.visitor(name, port=port)

        door = f"/rapat/{meeting}/masuk/"
        return {
            "settle": lambda: who("bappeda").form(
                f"/rapat/acara/{desk}/hasil/",
                kind="merge",
                text="Digabung",
                version=version,
                owner=site.city["roads"],
                owner_post="Kabid",
                due="2022-04-15",
            ),
            "vote": lambda: who("pimpinan").form(
                f"/rapat/keputusan/{resolution}/suara/", mandate=mandate, choice="yes"
            ),
            "check in": lambda: who("sekretariat").script(door, participant=guest, client="h-1"),
            "walk in": lambda: who("sekretariat").script(
                f"{door}tanpa-undangan/",
                client="h-2",
                group="press",
                post="Wartawan (contoh)",
                institution="Koran",
            ),
            "amend": lambda: who("pu").form(
                f"{program(key)}ubah/", **amended | {"volume": "9 m", "reason": "Ukur"}
            ),
            "act": lambda: who("pimpinan").post(f"/balai/{meeting}/tindakan/", act),
        }

    with line(site.port) as bad:
        bad.down = lambda: 9
        for name, send in forms(bad.port).items():
            for _ in range(2):
                with pytest.raises(CUT):
                    send()
            assert name
        bad.heal()
        again = {name: send() for name, send in forms(bad.port).items()}
    assert [again[name].status for name in ("check in", "walk in", "act")] == [200] * 3
    assert again["settle"].status == 409
    assert "baru saja diputuskan oleh bappeda" in again["settle"].text
    counts = {
        "settle": f"Outcome.objects.filter(item={desk}).count()",
        "vote": f"Ballot.objects.filter(resolution={resolution}).count()",
        "check in": f"Attendance.objects.filter(participant={guest}).count()",
        "walk in": "Participant.objects.filter(walk_in=True).count()",
        "amend": "Event.objects.filter(action='register.amend').count()",
        "act": f"Ballot.objects.filter(resolution={by_key}).count()",
    }
    told = ", ".join(f"{name!r}: {text}" for name, text in counts.items())
    assert site.know(f"{{{told}}}") == dict.fromkeys(counts, 1)


class Seat:
    """A page of the hall as its script keeps it: comes back by itself with the number of its last
    act, and sends again, with its key, whatever was not answered."""

    def __init__(self, site: Site, name: str, port: int) -> None:
        self.site, self.port, self.name = site, port, name
        self.pages = site.visitor(name)
        self.heard: list[int] = []
        self.last = 0
        self.came = 0
        self.pending: dict[str, dict[str, Any]] = {}
        self.answers: dict[str, dict[str, Any]] = {}

    async def live(self, over: asyncio.Event) -> None:
        while not over.is_set():
            with contextlib.suppress(OSError, Exception):
                async with asyncio.timeout(20):
                    await self._once(over)
            await asyncio.sleep(0.1)

    async def _once(self, over: asyncio.Event) -> None:
        from picows import WSListener, WSMsgType, ws_connect

        from rakorsus.hall.gateway.path import PATH

        address = f"/balai/{self.site.city['meeting']}/karcis/"
        ticket = (await asyncio.to_thread(self.pages.post, address, {})).json["ticket"]
        seat, gone = self, asyncio.Event()

        class Page(WSListener):
            def on_ws_frame(self, transport: Any, frame: Any) -> None:
                if frame.msg_type == WSMsgType.TEXT:
                    seat.take(json.loads(frame.get_payload_as_bytes()))

            def on_ws_disconnected(self, transport: Any) -> None:
                gone.set()

        transport, _ = await ws_connect(Page, f"ws://127.0.0.1:{self.port}{PATH}",
                                        websocket_handshake_timeout=20)  # fmt: skip
        self.came += 1
        self.sent: set[str] = set()
        self.open = False
        try:
            say = lambda m: transport.send(WSMsgType.TEXT, json.dumps(m).encode())  # noqa: E731
            say({"t": "join", "ticket": ticket, "view": "list", "hz": 0, "last": self.last})
            while not gone.is_set() and not over.is_set():
                for key, message in list(self.pending.items()):
                    if self.open and key not in self.sent:
                        self.sent.add(key)
                        say(message)
                await asyncio.sleep(0.02)
        finally:
            transport.disconnect()

    def take(self, told: dict[str, Any]) -> None:
        if told["t"] == "welcome":
            self.open = True
            self.heard += [act["n"] for act in told["acts"] or ()]
            self.last = told["last"]
        elif told["t"] == "acts":
            self.heard += [act["n"] for act in told["acts"]]
            self.last = told["acts"][-1]["n"]
        elif told["t"] in ("ack", "nak") and told.get("code") != "busy":
            self.pending.pop(told["key"], None)
            self.answers[told["key"]] = told

    async def act(self, name: str) -> dict[str, Any]:
        key = str(uuid.uuid4())
        self.pending[key] = {"t": "act", "key": key, "name": name, "data": {}}
        async with asyncio.timeout(3 * PATIENCE):
            while key not in self.answers:
                await asyncio.sleep(0.02)
        return self.answers[key]


def test_the_hall_s_socket_resumes_without_a_lost_or_doubled_act(site) -> None:
    draw = random.Random(9)
    begun = site.know("(Hall.objects.values_list('last', flat=True).first() or 0)")

    async def story(bad: Line) -> tuple[Seat, list[dict[str, Any]]]:
        seat, over = Seat(site, "pu", bad.port), asyncio.Event()
        other, still = Seat(site, "perkim", site.port + 2), asyncio.Event()
        living = [asyncio.create_task(seat.live(over)), asyncio.create_task(other.live(still))]
        while not (seat.came and other.came):
            await asyncio.sleep(0.05)
        done = []
        for _ in range(8):
            for name in ("raise_hand", "lower_hand"):
                done += await asyncio.gather(seat.act(name), other.act(name))
        bad.heal()
        async with asyncio.timeout(3 * PATIENCE):
            while not seat.heard or seat.heard[-1] < max(a["n"] for a in done):
                await asyncio.sleep(0.05)
        over.set()
        still.set()
        await asyncio.gather(*living)
        return seat, done

    with line(site.port + 2, latency=0.01) as bad:
        bad.up = lambda: draw.choice([None, draw.randrange(900, 2500)])
        bad.down = lambda: draw.randrange(400, 9000)
        seat, done = asyncio.run(story(bad))
    assert bad.cuts > 3
    assert {answer["t"] for answer in done} == {"ack"}
    numbers = sorted(answer["n"] for answer in done)
    assert numbers == list(range(begun + 1, begun + 33))
    assert seat.heard == list(range(seat.heard[0], numbers[-1] + 1))  # each once, in order
    assert seat.heard[0] <= begun + 2
    rows = site.know("list(Act.objects.order_by('number').values_list('number', flat=True))")
    assert rows == list(range(1, len(rows) + 1))


def test_a_page_comes_whole_or_not_at_all(site) -> None:
    """A narrow line that is cut again and again: the reader sees a broken page for what it is."""
    draw = random.Random(2)
    with line(site.port, latency=0.005, rate=60_000) as bad:
        who = site.visitor("pu", port=bad.port)
        bad.down = lambda: draw.choice([None, draw.randrange(0, 12_000)])
        for _ in range(6):
            shown = until_answered(lambda: who.get("/temuan/"))
            assert shown.status == 200
            assert re.search(r"</html>\s*$", shown.text)


def test_the_log_is_whole_after_all_of_it(site) -> None:
    assert "rantai utuh" in site.audit()
