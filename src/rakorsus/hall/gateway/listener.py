"""One connection: what it may send, how fast, and what becomes of it."""

from __future__ import annotations

import json
import socket
import time
from typing import TYPE_CHECKING, Any, Final

from picows import WSCloseCode, WSFrame, WSListener, WSMsgType, WSTransport

from rakorsus.hall import tickets
from rakorsus.hall.gateway import codec
from rakorsus.hall.gateway.room import Body

if TYPE_CHECKING:
    from rakorsus.hall.gateway.meeting import Meeting
    from rakorsus.hall.gateway.server import Gateway

RATES: Final = (20, 10, 5, 4, 2, 0)
VIEWS: Final = ("3d", "plan", "list")
NO_JOIN, REPLACED, NO_TICKET, MALFORMED, FLOOD, BACKED_UP, NO_RIGHT = range(4000, 4007)
_BACKLOG: Final = 1_000_000  # bytes of acts that may wait
_HIGH: Final = 8 * 1024  # bytes waiting from which no pose is added
_UNSENT: Final = 16 * 1024  # bytes that the kernel keeps unsent
_STRIKES: Final = 3
_TEXTS: Final = 20.0  # messages a second, with as many in reserve
_POSES: Final = 45.0
_WASTE: Final = 200.0  # frames over the rate that are overlooked before the connection ends


Claim = tuple[Any, ...]  # JSON: user, digests of the sign-in if any, role, sees all findings


class Bucket:
    """So many a second, as many in reserve."""

    __slots__ = ("_at", "_left", "_most", "_rate")

    def __init__(self, rate: float, most: float) -> None:
        self._rate, self._most, self._left, self._at = rate, most, most, time.monotonic()

    def take(self, now: float) -> bool:
        self._left = min(self._most, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Listener(WSListener):
    """`meeting` is None until a valid ticket came."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway
        self.transport: WSTransport | None = None
        self.meeting: Meeting | None = None
        self.body: Body | None = None
        self.ticket: dict[str, Any] = {}
        self.view = "list"
        self.rate = 0
        self.phase = 0
        self.offered = -9.0  # when it last asked for voice
        self.paused = False
        self.since = time.monotonic()
        self._strikes = 0
        self._texts, self._poses = Bucket(_TEXTS, 2 * _TEXTS), Bucket(_POSES, _POSES)
        self._waste = Bucket(_WASTE / 10, _WASTE)

    # -- picows -----------------------------------------------------------------------------

    def on_ws_connected(self, transport: WSTransport) -> None:
        self.transport = transport
        under = transport.underlying_transport
        under.set_write_buffer_limits(high=_HIGH)
        sock = under.get_extra_info("socket")
        if sock is not None and hasattr(socket, "TCP_NOTSENT_LOWAT"):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, _UNSENT)
        self.gateway.waiting.add(self)

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        self.transport = None
        self.gateway.lost(self)

    def pause_writing(self) -> None:
        self.paused = True

    def resume_writing(self) -> None:
        self.paused = False

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        kind = frame.msg_type
        if kind == WSMsgType.BINARY:
            self._pose(frame)
        elif kind == WSMsgType.TEXT:
            self._text(frame)
        elif kind == WSMsgType.CLOSE:
            transport.disconnect()
        elif kind == WSMsgType.CONTINUATION or not frame.fin:
            self.strike()

    # -- what comes in ----------------------------------------------------------------------

    def _pose(self, frame: WSFrame) -> None:
        now = time.monotonic()
        if not self._poses.take(now):
            if not self._waste.take(now):
                self.end(FLOOD, "flood")
            return
        if self.meeting is None:
            self.strike()
            return
        try:
            mine = codec.decode_mine(frame.get_payload_as_memoryview())
        except codec.Malformed:
            self.strike()
            return
        if self.body is None:
            return  # the audience has no body; on its way from the stage this is no fault
        if mine.id != self.body.id:
            self.strike()
            return
        self.gateway.moved(self, mine, now)

    def _text(self, frame: WSFrame) -> None:
        if not self._texts.take(time.monotonic()):
            self.end(FLOOD, "flood")
            return
        try:
            message = json.loads(frame.get_payload_as_bytes())
        except (ValueError, RecursionError):
            self.strike()
            return
        if not frame.fin or not isinstance(message, dict) or not isinstance(message.get("t"), str):
            self.strike()
            return
        self._told(message["t"], message)

    def _told(self, kind: str, message: dict[str, Any]) -> None:
        if self.meeting is None:
            if kind == "join":
                self._join(message)
            else:
                self.end(NO_JOIN, "join first")
        elif kind == "act":
            self._act(message)
        elif kind == "rate" and message.get("hz") in RATES:
            self.gateway.set_rate(self, int(message["hz"]))
        elif kind == "go":
            self._go(message)
        elif kind == "voice":
            if not self.gateway.voices.told(self, message):
                self.strike()
        elif kind == "ping":
            self.say({"t": "pong", "at": message.get("at"), "now": round(time.time() * 1000)})
        else:
            self.strike()

    def _join(self, message: dict[str, Any]) -> None:
        try:
            self.ticket = tickets.verify(self.gateway.key, message.get("ticket"))
        except tickets.Invalid:
            self.end(NO_TICKET, "ticket")
            return
        view, rate, last = message.get("view"), message.get("hz", 20), message.get("last", 0)
        if view not in VIEWS or rate not in RATES or isinstance(last, bool) or not isinstance(
            last, int
        ):  # fmt: skip
            self.end(MALFORMED, "join")
            return
        self.view, self.rate = view, 0 if view == "list" else int(rate)
        self.gateway.join(self, last, _place(message.get("at")))

    @property
    def claim(self) -> Claim:
        """Who it says to be, and what it may: what the clerk asks again all along."""
        ticket = self.ticket
        return (ticket["u"], *ticket["w"], ticket["r"], ticket["f"])

    def _act(self, message: dict[str, Any]) -> None:
        key = message.get("key")
        told = {"m": self.ticket["m"], "u": self.ticket["u"], "view": self.view, "key": key,
                "name": message.get("name"), "data": message.get("data") or {}}  # fmt: skip

        def answer(said: dict[str, Any]) -> None:
            if "ok" in said:
                self.say({"t": "ack", "key": key, **said["ok"]})
            else:
                self.say({"t": "nak", "key": key, **said["error"]})

        self.gateway.desk.act(told, answer)

    def _go(self, message: dict[str, Any]) -> None:
        place = _place([message.get("x"), message.get("z"), message.get("yaw", 0)])
        if place is None:
            self.strike()
        elif self.body is not None:
            self.gateway.go(self, place)

    # -- what goes out ----------------------------------------------------------------------

    def say(self, message: dict[str, Any]) -> None:
        self.send_text(json.dumps(message, separators=(",", ":")).encode())

    def send_text(self, data: bytes) -> None:
        """An act or an answer: never skipped; too many waiting end the connection."""
        transport = self.transport
        if transport is None or transport.underlying_transport.is_closing():
            return
        if transport.underlying_transport.get_write_buffer_size() > _BACKLOG:
            self.end(BACKED_UP, "read too slowly")
            return
        transport.send(WSMsgType.TEXT, data)

    def send_pose(self, data: bytes) -> bool:
        """A pose frame, unless older bytes still wait: then the next, newer one."""
        transport = self.transport
        if self.paused or transport is None or transport.underlying_transport.is_closing():
            return False
        transport.send(WSMsgType.BINARY, data)
        return True

    def strike(self) -> None:
        """Something malformed; three end the connection."""
        self._strikes += 1
        if self._strikes >= _STRIKES:
            self.end(MALFORMED, "malformed")

    def end(self, code: int, reason: str) -> None:
        transport = self.transport
        if transport is None:
            return
        self.transport = None
        transport.send_close(code, reason.encode())
        transport.disconnect(graceful=code != BACKED_UP)


def _place(value: Any) -> tuple[int, int, int] | None:
    """x, z and yaw as whole numbers; None for anything else."""
    if not isinstance(value, list) or len(value) != 3:
        return None
    if any(isinstance(n, bool) or not isinstance(n, (int, float)) for n in value):
        return None
    if any(not -1e6 < n < 1e6 for n in value):  # also no number at all
        return None
    return int(value[0]), int(value[1]), int(value[2]) & 255


__all__ = ["Listener", "WSCloseCode"]
