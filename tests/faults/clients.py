"""People who act while processes are killed: each repeats an act, with the same key, until it is
answered, and only then writes it into the log of what was promised."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import random
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

PATIENCE = 300.0  # seconds until an act must have been answered, however often it was cut off
LINES = 30
HEAD = "Nomor Baris;Tahun Anggaran;Perangkat Daerah;Nama Perangkat Daerah;Nama Pekerjaan;Pagu (Rp)"
AGENCY = "1.02.0.00.0.00.02.0000"


class Unanswered(Exception):
    """Nobody answered an act in time."""


class Moved(Exception):
    """The act cannot be done any more as things stand: somebody else changed them."""


@dataclass
class Given:
    """What the installation is asked for, and by whom (`city.fill`)."""

    port: int
    key: str
    city: dict[str, Any]
    log: Path
    environment: dict[str, str]
    acted: dict[str, int] = field(default_factory=dict)
    tries: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    pools: dict[str, Iterator[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("votes", "guests", "drafts", "articles"):
            self.pools[name] = iter(self.city[name])
        self.pools["files"] = iter(range(1, 10_000))

    def take(self, name: str) -> Any:
        with self.lock:
            return next(self.pools[name], None)

    def promised(self, kind: str, **what: Any) -> None:
        """One line of the log, on disk before anything else is done."""
        with self.lock, self.log.open("a") as file:
            file.write(json.dumps({"kind": kind, **what}) + "\n")
            self.acted[kind] = self.acted.get(kind, 0) + 1


class Person:
    """One who is signed in; every request is a connection of its own."""

    def __init__(self, given: Given, name: str) -> None:
        self.given = given
        who = given.city["who"][name]
        self.user = who["user"]
        token = "k" * 32
        self.heads = {
            "Cookie": f"sessionid={who['session']}; csrftoken={token}", "X-CSRFToken": token,
            "Host": f"127.0.0.1:{given.port}", "Accept": "application/json",
        }  # fmt: skip

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, bytes]:
        """Once.

        Raises:
            OSError, HTTPException: cut off.
        """
        link = http.client.HTTPConnection("127.0.0.1", self.given.port, timeout=30)
        try:
            heads = {**self.heads, **({"Content-Type": kind} if kind else {})}
            link.request(method, path, body or None, heads)
            answer = link.getresponse()
            return answer.status, answer.read()
        finally:
            link.close()

    def until(self, wanted: Callable[[], Any]) -> Any:
        """Again and again until it gives something."""
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            with contextlib.suppress(OSError, http.client.HTTPException, TimeoutError):
                self.given.tries += 1
                if (found := wanted()) is not None:
                    return found
            time.sleep(0.2)
        raise Unanswered

    def send(self, path: str, body: bytes, kind: str, good: tuple[int, ...] = (200,)) -> bytes:
        """Repeat until one of the good answers comes; what a fault may cause is repeated.

        Raises:
            Moved: it was refused.
        """

        def once() -> bytes | None:
            status, answer = self.ask("POST", path, body, kind)
            if status in good:
                return answer
            if status >= 500 or status in (408, 429):
                return None
            raise Moved(f"{path}: {status} {answer[:300].decode('utf-8', 'replace')}")

        return self.until(once)

    def post(self, path: str, data: Any, good: tuple[int, ...] = (200,)) -> Any:
        answer = self.send(path, json.dumps(data).encode(), "application/json", good)
        return json.loads(answer)

    def form(self, path: str, data: dict[str, Any], good: tuple[int, ...] = (200,)) -> bytes:
        return self.send(path, urlencode(data).encode(), "application/x-www-form-urlencoded", good)


def vote(given: Given) -> None:
    """By POST, as the list of the hall does."""
    if (chosen := given.take("votes")) is None:
        return
    key, data = _vote(chosen)
    Person(given, chosen["who"]).post(
        f"/balai/{given.city['meeting']}/tindakan/", {"key": key, "name": "vote", "data": data}
    )
    given.promised("vote", key=key, **data)


def _vote(chosen: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    names = ("resolution", "mandate")
    return str(uuid.uuid4()), {n: chosen[n] for n in names} | {
        "choice": random.choice(["yes", "no", "abstain"])
    }


def vote_in_hall(given: Given) -> None:
    """Through the gateway and its clerk."""
    from rakorsus.hall import tickets

    if (chosen := given.take("votes")) is None:
        return
    key, data = _vote(chosen)
    person = Person(given, chosen["who"])

    def once() -> dict[str, Any] | None:
        ticket = tickets.issue(given.key, {
            "m": given.city["meeting"], "u": person.user, "a": 0, "r": "member", "n": "Peserta",
            "s": "", "f": True, "w": [],
        })  # fmt: skip
        try:
            answer = asyncio.run(_by_socket(given.port + 2, ticket, key, data))
        except TimeoutError:
            return None
        if answer is None or answer.get("code") == "busy":
            return None
        return answer

    answer = person.until(once)
    if answer["t"] != "ack":
        raise Moved(str(answer))
    given.promised("vote", key=key, **data)


async def _by_socket(
    port: int, ticket: str, key: str, data: dict[str, Any]
) -> dict[str, Any] | None:
    """One connection, one act; None when it was cut off."""
    from picows import WSError, WSListener, WSMsgType, ws_connect

    from rakorsus.hall.gateway.path import PATH

    heard: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()

    class Client(WSListener):
        def on_ws_frame(self, transport: Any, frame: Any) -> None:
            if frame.msg_type == WSMsgType.TEXT:
                heard.put_nowait(json.loads(frame.get_payload_as_bytes()))

        def on_ws_disconnected(self, transport: Any) -> None:
            heard.put_nowait(None)

    try:
        async with asyncio.timeout(15):
            transport, _ = await ws_connect(Client, f"ws://127.0.0.1:{port}{PATH}")
            say = lambda **m: transport.send(WSMsgType.TEXT, json.dumps(m).encode())  # noqa: E731
            say(t="join", ticket=ticket, view="list", hz=0, last=0)
            try:
                while (told := await heard.get()) is not None:
                    if told["t"] == "welcome":
                        say(t="act", key=key, name="vote", data=data)
                    elif told["t"] in ("ack", "nak") and told.get("key") == key:
                        return told
            finally:
                transport.disconnect()
    except (OSError, WSError):
        return None
    return None


def check_in(given: Given) -> None:
    """At the door; the device's own id is the key."""
    if (guest := given.take("guests")) is None:
        return
    client = f"badai-{guest}"
    person = Person(given, "penulis")
    person.form(f"/rapat/{given.city['meeting']}/masuk/", {"participant": guest, "client": client})
    given.promised("check_in", client=client, guest=guest)


def decide(given: Given) -> None:
    """Have the engine look, wait for its word, take; again when the register moved meanwhile."""
    if (draft := given.take("drafts")) is None:
        return
    chair, leader = Person(given, "ketua"), Person(given, "pemimpin")
    path = f"/api/v1/decisions/{draft}"

    def seen() -> dict[str, Any] | None:
        status, answer = chair.ask("GET", path)
        told = json.loads(answer) if status == 200 else None
        return told if told and told["preview"].get("state") != "running" else None

    def taken() -> dict[str, Any] | None:
        known = chair.until(seen)
        if known["state"] == "taken":
            return known
        chair.post(f"{path}/preview", {})
        known = chair.until(seen)
        body = json.dumps({"version": known["version"]}).encode()
        status, _ = leader.ask("POST", f"{path}/take", body, "application/json")
        known = chair.until(seen) if status in (200, 422) else None
        return known if known and known["state"] == "taken" else None

    leader.until(taken)
    given.promised("decide", draft=draft)


def publish(given: Given) -> None:
    """Approve an article; it is published when the public can read it."""
    if (article := given.take("articles")) is None:
        return
    leader = Person(given, "pemimpin")
    step = urlencode({"step": "approve", "seen": 1}).encode()

    def shown() -> bool | None:
        status, _ = leader.ask("GET", f"/publik/berita/{article['slug']}/")
        if status == 200:
            return True
        leader.ask("POST", f"/publik/redaksi/berita/{article['pk']}/langkah/", step,
                   "application/x-www-form-urlencoded")  # fmt: skip
        return None

    leader.until(shown)
    given.promised("publish", article=article["pk"])


def analyse(given: Given) -> None:
    """Ask for a run; it is promised when the page says so."""
    Person(given, "ketua").form("/temuan/analisis/jalankan/", {}, good=(200, 302))
    given.promised("analyse")


def lines(number: int) -> str:
    """A whole file of the storm: every line names the number of its file."""
    rows = [f"{n};2025;{AGENCY};Dinas Kesehatan;Pengadaan alat {n} muatan {number};{number}000000"
            for n in range(1, LINES + 1)]  # fmt: skip
    return "\n".join([HEAD, *rows]) + "\n"


def load(given: Given) -> None:
    """Upload a file; what is promised is that this batch ends, whole or not at all."""
    number = given.take("files")
    edge = uuid.uuid4().hex
    body = (
        f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="muatan-{number}.csv"'
        f"\r\nContent-Type: text/csv\r\n\r\n{lines(number)}\r\n--{edge}--\r\n"
    ).encode()
    person = Person(given, "ketua")
    answer = person.send("/api/v1/imports", body, f"multipart/form-data; boundary={edge}",
                         good=(200, 201, 202))  # fmt: skip
    given.promised("import", batch=json.loads(answer)["uuid"], number=number)


def load_by_command(given: Given) -> None:
    """`rakorsus import`, killed at any moment; promised only when it ended well."""
    number = given.take("files")
    path = given.log.parent / f"perintah-{number}.csv"
    path.write_text(lines(number))
    command = [sys.executable, "-m", "rakorsus.cli.main", "import", str(path)]
    with subprocess.Popen(command, env=given.environment, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as started:  # fmt: skip
        try:
            started.wait(random.uniform(1, 12))
        except subprocess.TimeoutExpired:
            started.kill()
        if started.wait() == 0:
            given.promised("command", number=number)


#: act -> how often, beside the others
ACTS: dict[Callable[[Given], None], int] = {
    vote: 8, vote_in_hall: 5, check_in: 8, decide: 2, publish: 3, analyse: 1, load: 2,
    load_by_command: 1,
}  # fmt: skip
