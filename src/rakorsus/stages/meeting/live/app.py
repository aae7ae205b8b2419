"""The ASGI process of the event streams (`granian --interface asginl …live.app:application`).

`GET /langsung/?tiket=…` opens a stream, `GET /langsung/sehat/` says how many follow."""

from __future__ import annotations

import asyncio
import json
import os
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final
from urllib.parse import parse_qs

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rakorsus.web.settings")
django.setup()

from rakorsus import tether  # noqa: E402 (apps first)
from rakorsus.stages.meeting.live import tickets, wire  # noqa: E402
from rakorsus.stages.meeting.live.address import PATH  # noqa: E402
from rakorsus.stages.meeting.live.hub import Follower, Hub  # noqa: E402

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

_MOST: Final = 5000  # streams at once
_BEAT: Final = 15.0  # seconds without news until a sign of life
_LONGEST: Final = (600.0, 900.0)  # seconds of a stream; then its page asks for a new one
_HEADS: Final = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"access-control-allow-origin", b"*"),
    (b"x-accel-buffering", b"no"),
    (b"vary", b"accept-encoding"),
)
hub = Hub()
tether.hold()


async def application(scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
    if scope["type"] != "http":
        return
    if scope["path"] == f"{PATH}sehat/":
        await _plain(send, 200, json.dumps(hub.figures()), b"application/json")
    elif scope["path"] == PATH and scope["method"] == "GET":
        await _stream(scope, receive, send)
    else:
        await _plain(send, 404, "Tidak ada di sini.")


async def _stream(scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
    asked = parse_qs(scope["query_string"].decode("latin-1"))
    ticket = tickets.opened(asked.get("tiket", [""])[0])
    if ticket is None or not await hub.stands(ticket):
        await _plain(send, 403, "Tiket tidak berlaku; muat ulang halamannya.")
        return
    if hub.count >= _MOST:
        await _plain(send, 503, "Penuh.")
        return
    heads = {name.lower(): value for name, value in scope["headers"]}
    seen = heads.get(b"last-event-id", b"").decode("latin-1") or asked.get("sejak", [""])[0]
    packed = b"gzip" in heads.get(b"accept-encoding", b"")
    follower = await hub.join(ticket, seen.split(".") if seen else [])
    gone = asyncio.create_task(_until_gone(receive))
    try:
        encoding = ((b"content-encoding", b"gzip"),) if packed else ()
        await send({"type": "http.response.start", "status": 200, "headers": [*_HEADS, *encoding]})
        if packed:
            await _part(send, wire.GZIP)
        hello = wire.small(f"retry: 3000\nevent: halo\ndata: {time.time():.3f}\n\n")
        await _part(send, hello.as_sent(packed))
        await _follow(follower, packed, gone, send)
    finally:
        gone.cancel()
        hub.leave(follower)


async def _follow(follower: Follower, packed: bool, gone: asyncio.Task[None], send: Send) -> None:
    """Send what comes, until the reader goes, loses the right to it, or has had it for long."""
    until = time.monotonic() + random.uniform(*_LONGEST)  # noqa: S311 (spreads the load)
    filled = asyncio.ensure_future(follower.filled.wait())
    try:
        while not gone.done() and not follower.lost:
            await asyncio.wait({filled, gone}, timeout=_BEAT, return_when=asyncio.FIRST_COMPLETED)
            if gone.done():
                return
            if filled.done():
                parts = [part.as_sent(packed) for part in follower.take()]
                filled = asyncio.ensure_future(follower.filled.wait())
            else:
                parts = [wire.small(": \n\n").as_sent(packed)]
            if parts:
                await _part(send, b"".join(parts))
            if time.monotonic() > until:
                break
    finally:
        filled.cancel()
    again = wire.small("event: lagi\ndata: 1\n\n").as_sent(packed)
    await send({"type": "http.response.body", "body": again, "more_body": False})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _part(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _plain(send: Send, status: int, text: str, kind: bytes = b"text/plain") -> None:
    heads = [(b"content-type", kind + b"; charset=utf-8"), (b"access-control-allow-origin", b"*"),
             (b"cache-control", b"no-store")]  # fmt: skip
    await send({"type": "http.response.start", "status": status, "headers": heads})
    await send({"type": "http.response.body", "body": text.encode(), "more_body": False})
