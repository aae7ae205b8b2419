"""One client of the load on a hall's gateway, and figures made of what all have seen."""

from __future__ import annotations

import asyncio
import json
import math
import time
from typing import TYPE_CHECKING, Any

import numpy as np
from picows import WSFrame, WSListener, WSMsgType, WSTransport

from rakorsus.hall.gateway import codec

if TYPE_CHECKING:
    from rakorsus.bench.hall_load import Load


class Client(WSListener):
    def __init__(self, load: Load, place: int, meeting: int) -> None:
        self.load, self.place, self.meeting = load, place, meeting
        self.transport: WSTransport | None = None
        self.id = 0
        self.kind = ""
        self.x = self.z = 0
        self.sequence = 0
        self.reads = False
        self.code = 0
        self.joined = asyncio.Event()
        self.answers: dict[str, dict[str, Any]] = {}
        self.news = asyncio.Event()
        self.last = 0

    def on_ws_connected(self, transport: WSTransport) -> None:
        self.transport = transport

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        self.transport = None
        self.news.set()

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        now = time.monotonic()
        load = self.load
        if frame.msg_type == WSMsgType.BINARY:
            if load.measuring:
                load.frames += 1
                load.bytes += frame.payload_size + 4
                data = frame.get_payload_as_bytes()
                clock = int.from_bytes(data[8:12], "little")
                load.fan_out.append(now - load.began - clock / 1000)
                if self.reads:
                    load.read(data, now)
        elif frame.msg_type == WSMsgType.TEXT:
            if load.measuring:
                load.bytes += frame.payload_size + 4
            self._told(json.loads(frame.get_payload_as_bytes()), now)
        elif frame.msg_type == WSMsgType.CLOSE:
            data = frame.get_payload_as_bytes()
            self.code = int.from_bytes(data[:2], "big") if len(data) > 1 else 0
            transport.disconnect()

    def _told(self, message: dict[str, Any], now: float) -> None:
        kind = message["t"]
        if kind == "welcome":
            self.id, self.kind, self.last = message["id"] or 0, message["kind"], message["last"]
            if message["at"]:
                self.x, self.z = message["at"][:2]
            for act in message["acts"] or ():
                self.load.act_seen(act, now, late=True)
            self.joined.set()
        elif kind == "acts":
            for act in message["acts"]:
                self.last = act["n"]
                self.load.act_seen(act, now, late=False)
        elif kind in ("ack", "nak"):
            self.answers[message["key"]] = message
            self.news.set()

    def say(self, **message: Any) -> None:
        if self.transport is not None:
            self.transport.send(WSMsgType.TEXT, json.dumps(message).encode())

    def walk(self, now: float) -> None:
        """A step on a circle of one's own; every place is said once, so that it can be timed."""
        if self.transport is None or not self.id:
            return
        self.sequence += 1
        turn = self.sequence * 0.03
        self.x = round(math.cos(turn + self.place) * 900) + (self.place % 25 - 12) * 600
        self.z = round(math.sin(turn + self.place) * 900) + (self.place // 25 % 20 - 10) * 600
        if self.sequence == 1:  # nobody walks there from the entrance
            self.say(t="go", x=self.x, z=self.z, yaw=0)
        self.load.sent[self.id, self.x, self.z] = now
        mine = codec.Mine(self.sequence, 0, self.id, self.x, self.z, self.sequence & 255, 32)
        self.transport.send(WSMsgType.BINARY, codec.encode_mine(mine))


def costs(before: dict[str, Any], after: dict[str, Any]) -> dict[str, float]:
    """Microseconds of processor time: for making and sending one snapshot (with its share of the
    tick), for everything else per pose that came in, and the sum, which is one snapshot's cost
    where as many poses come as snapshots go. Holds on a busy machine too, where fewer of both are
    made than asked for."""
    snapshots = max(1, after["snapshots"] - before["snapshots"])
    poses = max(1, after["poses"] - before["poses"])
    sending = after["sending"] - before["sending"]
    out = 1e6 * sending / snapshots
    into = 1e6 * (after["cpu"] - before["cpu"] - sending) / poses
    return {"us_sending": round(out, 1), "us_receiving": round(into, 1),
            "us_per_snapshot": round(out + into, 1)}  # fmt: skip


def spread(values: list[float]) -> dict[str, float]:
    """Median, p99 and most, in milliseconds."""
    if not values:
        return {}
    found = np.percentile(np.array(values) * 1000, [50, 99, 100])
    return {name: round(float(v), 1) for name, v in zip(("p50", "p99", "max"), found, strict=True)}
