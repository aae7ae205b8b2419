"""The gateway's own line to Janus (WebSocket API, AudioBridge plugin). Browsers never reach Janus:
what they offer comes through the hall's socket, what they may do is decided here.

Rooms are made when first needed. Their secret and pin come from the installation's key, so that a
gateway that was started again still commands the rooms that are there.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from picows import WSError, WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

_PLUGIN: Final = "janus.plugin.audiobridge"
_PATIENCE: Final = 10.0  # seconds for an answer
_ALIVE: Final = 20.0  # seconds between two signs of life
_EXISTS: Final = 486

log = logging.getLogger("rakorsus.hall.voice")


class Refused(Exception):
    """Janus said no, or nothing."""


class _Line(WSListener):
    def __init__(self, janus: Janus) -> None:
        self.janus = janus
        self._parts = b""

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        """What Janus says of a full room comes in several frames."""
        if frame.msg_type in (WSMsgType.TEXT, WSMsgType.CONTINUATION):
            self._parts += frame.get_payload_as_bytes()
            if frame.fin:
                told, self._parts = self._parts, b""
                self.janus.heard(json.loads(told))
        elif frame.msg_type == WSMsgType.CLOSE:
            transport.disconnect()

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        self.janus.ended()


class Janus:
    """One session; `over(handle)` is called when Janus lets go of a handle."""

    def __init__(self, address: str, key: str, over: Callable[[int], None]) -> None:
        self._address, self._key, self._over = address, key, over
        self._transport: WSTransport | None = None
        self._session = 0
        self._waiting: dict[str, _Answer] = {}
        self._numbers = itertools.count(1)
        self._opening = asyncio.Lock()
        self._rooms: set[int] = set()
        self._beating: asyncio.Task[None] | None = None

    def _proof(self, words: str) -> str:
        return hmac.new(self._key.encode(), words.encode(), hashlib.sha256).hexdigest()

    def secret(self, room: int) -> str:
        return self._proof(f"janus secret {room}")

    def pin(self, room: int) -> str:
        return self._proof(f"janus pin {room}")

    # -- the line ---------------------------------------------------------------------------

    async def attach(self) -> int:
        """A new handle of the AudioBridge."""
        async with self._opening:
            if self._transport is None:
                await self._open()
        return int((await self.ask(janus="attach", plugin=_PLUGIN))["data"]["id"])

    async def _open(self) -> None:
        try:
            self._transport, _ = await ws_connect(
                lambda: _Line(self), self._address, extra_headers={"Sec-WebSocket-Protocol":
                "janus-protocol"}, websocket_handshake_timeout=_PATIENCE,
            )  # fmt: skip
            self._session = int((await self.ask(janus="create"))["data"]["id"])
        except (OSError, WSError, TimeoutError) as error:
            self.ended()
            raise Refused(f"no line: {error}") from error
        self._beating = asyncio.create_task(self._beat())

    async def _beat(self) -> None:
        with suppress(Refused):
            while True:
                await asyncio.sleep(_ALIVE)
                await self.ask(janus="keepalive")

    def ended(self) -> None:
        """The line is lost: Janus ends the session and everybody's voice with it."""
        self._transport, self._session = None, 0
        self._rooms.clear()
        if self._beating is not None:
            self._beating.cancel()
            self._beating = None
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(Refused("line lost"))
        self._waiting.clear()
        self._over(0)

    def heard(self, told: dict[str, Any]) -> None:
        waiting = self._waiting.get(told.get("transaction", ""))
        if waiting is not None and not waiting.done():
            asked = told.get("janus")
            if asked == "ack" and waiting.patient:
                return  # the event comes later
            waiting.set_result(told)
        elif told.get("janus") in ("hangup", "detached"):
            self._over(int(told.get("sender", 0)))

    async def ask(self, later: bool = False, **message: Any) -> dict[str, Any]:
        """`later`: what counts is the event after the acknowledgement.

        Raises:
            Refused: an error, or no answer in time.
        """
        transport = self._transport
        if transport is None:
            raise Refused("no line")
        name = f"r{next(self._numbers)}"
        waiting = _Answer(later)
        self._waiting[name] = waiting
        if self._session:
            message["session_id"] = self._session
        transport.send(WSMsgType.TEXT, json.dumps(message | {"transaction": name}).encode())
        try:
            async with asyncio.timeout(_PATIENCE):
                told = await waiting
        except TimeoutError as error:
            raise Refused(f"no answer to {message['janus']}") from error
        finally:
            self._waiting.pop(name, None)
        if told.get("janus") == "error":
            raise Refused(told["error"].get("reason", "error"))
        said = told.get("plugindata", {}).get("data", {})
        if "error_code" in said and said["error_code"] != _EXISTS:
            raise Refused(f"{said['error_code']} {said.get('error', '')}")
        return told

    async def message(self, handle: int, body: dict[str, Any], *, later: bool = False,
                      offer: str = "") -> dict[str, Any]:  # fmt: skip
        more = {"jsep": {"type": "offer", "sdp": offer}} if offer else {}
        return await self.ask(later, janus="message", handle_id=handle, body=body, **more)

    # -- the AudioBridge --------------------------------------------------------------------

    async def room(self, handle: int, room: int, plain: bool = False) -> None:
        """Make the room, unless it is there; with `plain` it lets in who comes without WebRTC."""
        if room in self._rooms:
            return
        await self.message(handle, {
            "request": "create", "room": room, "permanent": False, "is_private": True,
            "description": f"rakorsus {room}", "secret": self.secret(room), "pin": self.pin(room),
            "sampling_rate": 48000, "audiolevel_event": False, "default_prebuffering": 3,
            "allow_rtp_participants": plain,
        })  # fmt: skip
        self._rooms.add(room)

    async def join(
        self, handle: int, room: int, number: int, plain: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Muted; what is said is heard once `mute` is told otherwise. `plain` says where the sound
        of who comes without WebRTC goes (`ip`, `port`); told is where theirs is awaited."""
        await self.room(handle, room)
        rtp = {"rtp": plain} if plain else {}
        told = await self.message(handle, self._into("join", room, number) | rtp, later=True)
        return dict(told["plugindata"]["data"].get("rtp", {}))

    async def move(self, handle: int, room: int, number: int) -> None:
        """Into another room, muted."""
        await self.room(handle, room)
        await self.message(handle, self._into("changeroom", room, number), later=True)

    def _into(self, request: str, room: int, number: int) -> dict[str, Any]:
        return {"request": request, "room": room, "id": number, "pin": self.pin(room),
                "display": str(number), "muted": True}  # fmt: skip

    async def mute(self, handle: int, room: int, number: int, muted: bool) -> None:
        await self.message(handle, {"request": "mute" if muted else "unmute", "room": room,
                                    "id": number, "secret": self.secret(room)})  # fmt: skip

    async def answer(self, handle: int, offer: str) -> str:
        """The session description that answers a browser's."""
        told = await self.message(handle, {"request": "configure"}, later=True, offer=offer)
        return str(told["jsep"]["sdp"])

    async def leave(self, handle: int) -> None:
        with suppress(Refused):
            await self.ask(janus="detach", handle_id=handle)


class _Answer(asyncio.Future[dict[str, Any]]):
    def __init__(self, patient: bool) -> None:
        super().__init__()
        self.patient = patient
