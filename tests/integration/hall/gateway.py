"""A gateway in a process of its own on a database of the test's own, and clients to it."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Coroutine
from pathlib import Path
from typing import Any
from urllib.parse import quote

import uvloop
from django.db import connection
from picows import WSListener, WSMsgType, ws_connect

from rakorsus.hall import tickets
from rakorsus.hall.gateway import codec
from rakorsus.hall.gateway.path import PATH

PATIENCE = 60.0  # seconds; slow machines are not wrong
ROOT = Path(__file__).resolve().parents[3]


_empty: bytes | None = None


class Hall:
    """An installation with a rehearsal meeting, and its gateway."""

    def __init__(self, home: Path) -> None:
        self.own = os.environ | {
            "RAKORSUS_HOME": str(home), "PYTHONPATH": str(ROOT / "src"),
            "DJANGO_SETTINGS_MODULE": "rakorsus.web.settings",
        }  # fmt: skip
        self.own.pop("RAKORSUS_DEMO", None)
        if connection.vendor == "postgresql":
            now = connection.settings_dict
            self.own["DATABASE_URL"] = (
                f"postgresql://{now['USER']}:{now['PASSWORD']}@:{now['PORT'] or 5432}/{now['NAME']}"
                f"?host={quote(now['HOST'], safe='')}"
            )
        self.home = home
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.ids: dict[str, Any] = {}
        self.clients: list[Client] = []

    def fill(self, people: int, cap: int) -> None:
        if connection.vendor == "sqlite":
            self._copy_empty()
        self.ids = json.loads(
            self.run("-m", "rakorsus.synth.rehearsal", "--people", str(people), "--cap", str(cap))
        )
        self.key = (self.home / "secret.key").read_text()

    def _copy_empty(self) -> None:
        """A migrated database, made once a session."""
        global _empty
        if _empty is None:
            self.run("-m", "django", "migrate", "-v0", "--skip-checks")
            with sqlite3.connect(self.home / "rakorsus.sqlite3") as made:
                made.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            made.close()
            _empty = (self.home / "rakorsus.sqlite3").read_bytes()
        else:
            (self.home / "rakorsus.sqlite3").write_bytes(_empty)

    def run(self, *words: str) -> str:
        return subprocess.run(
            [sys.executable, *words], env=self.own, check=True, capture_output=True, text=True
        ).stdout

    def ask(self, expression: str) -> Any:
        """What an expression over the models gives, in another process."""
        program = (
            "import django, json; django.setup()\n"
            "from rakorsus.hall.models import *\n"
            "from rakorsus.stages.meeting.models import *\n"
            "from rakorsus.stages.meeting import actions\n"
            "from rakorsus.people import actor as actors\n"
            "from rakorsus.people.models import User\n"
            "from rakorsus.audit.models import Event\n"
            f"print(json.dumps({expression}))"
        )
        return json.loads(self.run("-c", program))

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "rakorsus.hall.gateway", "--port", str(self.port)], env=self.own
        )
        until = time.monotonic() + 90
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                if self.health()["ready"]:
                    return
            time.sleep(0.1)
        raise TimeoutError("the gateway did not start")

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(15)

    def health(self) -> dict[str, Any]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{PATH}/sehat", timeout=3) as r:
            return json.load(r)

    def ticket(self, place: int, **more: Any) -> str:
        content = {
            "m": self.ids["meeting"], "u": self.ids["users"][place],
            "a": self.ids["agencies"][place], "r": "member", "n": f"Peserta {place}",
            "s": "Dinas", "f": True, "w": [],
        } | more  # fmt: skip
        return tickets.issue(self.key, content)

    async def client(self, place: int, *, join: bool = True, **more: Any) -> Client:
        made = await self._connected()
        if join:
            await made.join(self.ticket(place), **more)
        return made

    async def _connected(self) -> Client:
        made = Client()
        await ws_connect(lambda: made, f"ws://127.0.0.1:{self.port}{PATH}")
        self.clients.append(made)
        return made

    def play(self, story: Coroutine[Any, Any, None]) -> None:
        """Run a story of clients, and close them all at its end."""

        async def whole() -> None:
            try:
                await story
            finally:
                for client in self.clients:
                    client.transport.disconnect(graceful=False)
                await asyncio.sleep(0.1)
                self.clients.clear()

        uvloop.run(whole())

    async def chair(self) -> Client:
        made = await self._connected()
        await made.join(self.ticket(0, u=self.ids["chair"], a=0, r="chair", n="Ketua"), view="list")
        return made


class Client(WSListener):
    """Gathers what comes; `until` waits for what is looked for."""

    def __init__(self) -> None:
        self.texts: list[dict[str, Any]] = []
        self.frames: list[Any] = []
        self.code = 0
        self.closed = False
        self.welcome: dict[str, Any] = {}
        self.sequence = 0

    def on_ws_connected(self, transport) -> None:
        self.transport = transport

    def on_ws_frame(self, transport, frame) -> None:
        if frame.msg_type == WSMsgType.TEXT:
            self.texts.append(json.loads(frame.get_payload_as_bytes()))
        elif frame.msg_type == WSMsgType.BINARY:
            self.frames.append(codec.decode_people(frame.get_payload_as_bytes()))
        elif frame.msg_type == WSMsgType.CLOSE:
            data = frame.get_payload_as_bytes()
            self.code = int.from_bytes(data[:2], "big") if len(data) >= 2 else 0
            transport.disconnect()

    def on_ws_disconnected(self, transport) -> None:
        self.closed = True

    def say(self, **message: Any) -> None:
        self.transport.send(WSMsgType.TEXT, json.dumps(message).encode())

    def pose(self, x: int, z: int, *, number: int | None = None, flags: int = 0) -> None:
        self.sequence += 1
        mine = codec.Mine(self.sequence, 0, number or self.welcome["id"], x, z, 0, flags)
        self.transport.send(WSMsgType.BINARY, codec.encode_mine(mine))

    async def join(self, ticket: str, **more: Any) -> None:
        self.say(t="join", ticket=ticket, **({"view": "3d", "hz": 20, "last": 0} | more))
        self.welcome = await self.until(lambda m: m["t"] == "welcome")

    async def until(self, wanted, seconds: float = PATIENCE) -> dict[str, Any]:
        """The first message that is wanted."""
        seen = 0
        async with asyncio.timeout(seconds):
            while True:
                for message in self.texts[seen:]:
                    seen += 1
                    if wanted(message):
                        return message
                await asyncio.sleep(0.01)

    async def act(self, name: str, key: str | None = None, **data: Any) -> dict[str, Any]:
        """Send an act; the answer to it."""
        key = key or str(uuid.uuid4())
        before = len(self.texts)
        self.say(t="act", key=key, name=name, data=data)
        async with asyncio.timeout(PATIENCE):
            while True:
                for message in self.texts[before:]:
                    if message["t"] in ("ack", "nak") and message["key"] == key:
                        return message
                await asyncio.sleep(0.005)

    async def ended(self) -> int:
        """The code with which the gateway closed; 0 where the closing itself was lost. Whoever only
        listens may not learn that the connection was reset: now and then something is said."""
        async with asyncio.timeout(PATIENCE):
            for waited in itertools.count(1):
                if self.closed:
                    return self.code
                if waited % 100 == 0:
                    self.transport.send_ping()
                await asyncio.sleep(0.01)
        raise AssertionError("unreachable")

    def last(self, number: int) -> tuple[int, ...] | None:
        """The newest record of a body."""
        for _sequence, _clock, records in reversed(self.frames):
            for record in records[records["id"] == number]:
                return tuple(record.item())
        return None

    async def sees(self, wanted, number: int) -> tuple[int, ...]:
        async with asyncio.timeout(PATIENCE):
            while True:
                record = self.last(number)
                if record is not None and wanted(record):
                    return record
                await asyncio.sleep(0.02)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]
