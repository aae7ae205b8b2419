"""A reader of the event stream, in the process of the test: the real ASGI application, without a
server between."""

from __future__ import annotations

import asyncio
import json
import zlib
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

from rakorsus.people.standing import Mark
from rakorsus.stages.meeting.live import app, hub, tickets


class Reader:
    """One open stream: its status, its raw bytes, and its events as they come."""

    def __init__(self) -> None:
        self.status = 0
        self.raw = b""
        self.heads: dict[str, str] = {}
        self.ended = False
        self._news = asyncio.Event()
        self._gone = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.heads = {k.decode(): v.decode() for k, v in message["headers"]}
        else:
            self.raw += message["body"]
            self.ended = not message["more_body"]
        self._news.set()

    @property
    def text(self) -> str:
        if self.heads.get("content-encoding") == "gzip":
            return zlib.decompressobj(31).decompress(self.raw).decode()
        return self.raw.decode()

    @property
    def events(self) -> list[dict[str, Any]]:
        """All events with data in JSON so far, each with its `id`."""
        found = []
        for part in self.text.split("\n\n"):
            lines = dict(line.split(": ", 1) for line in part.split("\n") if ": " in line)
            if "id" in lines:
                found.append({"id": lines["id"], **json.loads(lines["data"])})
        return found

    async def wait(self, count: int, seconds: float = 5.0) -> list[dict[str, Any]]:
        """The events once there are that many."""
        async with asyncio.timeout(seconds):
            while len(self.events) < count:
                self._news.clear()
                await self._news.wait()
        return self.events


@asynccontextmanager
async def reading(topics: list[str], *, since: str = "", packed: bool = False, ticket: str = ""):
    query = {"tiket": ticket or tickets.made(topics, "id", Mark(0))}
    heads = [(b"last-event-id", since.encode())] if since else []
    heads += [(b"accept-encoding", b"gzip, br")] if packed else []
    reader = Reader()
    scope = {"type": "http", "method": "GET", "path": "/langsung/", "headers": heads,
             "query_string": urlencode(query).encode()}  # fmt: skip
    running = asyncio.create_task(app.application(scope, reader.receive, reader.send))
    async with asyncio.timeout(5):
        while not reader.status:
            await asyncio.sleep(0.01)
    try:
        yield reader
    finally:
        reader._gone.set()
        await running


def play(story, ask_every: float = 3600.0) -> None:
    """Run a coroutine with a fresh hub, and close what its reading thread has opened.

    Args:
        ask_every: seconds between two looks at rights, which tickets of nobody do not stand.
    """

    async def whole() -> None:
        app.hub = hub.Hub()
        before, hub.ASK_EVERY = hub.ASK_EVERY, ask_every
        try:
            await story()
        finally:
            hub.ASK_EVERY = before
            await app.hub.close()

    asyncio.run(whole())
