"""The gateway's loop: connections, the twenty ticks a second, what the clerk tells."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from typing import Any, Final

from picows import (
    WSListener,
    WSUpgradeRequest,
    WSUpgradeResponse,
    WSUpgradeResponseWithListener,
    ws_create_server,
)

from rakorsus.hall.curtain import acts_without_findings, without_findings
from rakorsus.hall.gateway import codec
from rakorsus.hall.gateway.desk import Desk
from rakorsus.hall.gateway.listener import NO_JOIN, NO_RIGHT, REPLACED, Listener
from rakorsus.hall.gateway.meeting import TICK, Meeting
from rakorsus.hall.gateway.path import PATH
from rakorsus.hall.gateway.room import BOUNDS, SPEED, Body
from rakorsus.hall.gateway.sending import send
from rakorsus.hall.gateway.voice import Voices
from rakorsus.people.fresh import ASK_EVERY

_JOIN_WITHIN: Final = 5.0
_CORRECT_EVERY: Final = 0.2  # seconds
_PEOPLE_EVERY: Final = 5  # ticks
_SWEEP_EVERY: Final = 20
_EMPTY: Final = 60.0  # seconds after which an empty hall is forgotten
_OF_ONE: Final = 6  # connections of one person in one meeting

log = logging.getLogger("rakorsus.hall.gateway")


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


class Gateway:
    def __init__(self, key: str, janus: str = "") -> None:
        self.key = key
        self.desk = Desk(self._hear)
        self.voices = Voices(janus, key)
        self.meetings: dict[int, Meeting] = {}
        self.waiting: set[Listener] = set()  # connected, not joined
        self.tick = 0
        self.snapshots = self.poses = 0
        self.sending = 0.0  # seconds of processor time spent on making and sending frames
        self.began = self.asked = time.monotonic()

    # -- connections ------------------------------------------------------------------------

    def accept(self, request: WSUpgradeRequest) -> Any:
        path = request.path.decode("ascii", "replace").split("?")[0]
        if path == PATH:
            return Listener(self)
        if path == PATH + "/sehat":
            body = _json(self.health()).encode()
            response = WSUpgradeResponse.create_ok_response(
                body, {"Content-Type": "application/json", "Cache-Control": "no-store"}
            )
            return WSUpgradeResponseWithListener(response, WSListener())
        return None

    def health(self) -> dict[str, Any]:
        """Counts only."""
        return {
            "ready": self.desk.ready, "ticks": self.tick, "snapshots": self.snapshots,
            "seconds": round(time.monotonic() - self.began, 1), "began": self.began,
            "cpu": round(time.process_time(), 3),
            "sending": round(self.sending, 3), "poses": self.poses,
            "meetings": [
                {"id": m.id, "cap": m.room.cap, "bodies": len(m.room.bodies),
                 "connections": len(m.listeners), "last": m.last}
                for m in self.meetings.values()
            ],
        }  # fmt: skip

    def join(self, listener: Listener, last: int, place: tuple[int, int, int] | None) -> None:
        self.waiting.discard(listener)
        number = listener.ticket["m"]
        meeting = self.meetings.get(number)
        if meeting is None:
            meeting = self.meetings[number] = Meeting(number)
            self.desk.open(number)
        listener.meeting = meeting
        meeting.empty_since = 0.0
        if meeting.state is None:
            meeting.joining.append((listener, last, place))
        else:
            self._admit(meeting, listener, last, place)

    def _admit(
        self, meeting: Meeting, listener: Listener, last: int, place: tuple[int, int, int] | None
    ) -> None:
        """The door: who gets a body is decided here, in one step."""
        if listener.transport is None or meeting.state is None:
            return
        user, now = listener.ticket["u"], time.monotonic()
        same = [other for other in meeting.listeners if other.ticket["u"] == user]
        if len(same) >= _OF_ONE:
            same[0].end(REPLACED, "replaced")
        meeting.come(listener)
        if listener.view != "list":
            self._give_body(meeting, listener, place, now)
        self._welcome(meeting, listener, last)

    def _give_body(
        self, meeting: Meeting, listener: Listener, place: tuple[int, int, int] | None, now: float
    ) -> None:
        user = listener.ticket["u"]
        known = user in meeting.room.bodies
        called = not known and user == meeting.speaker()
        body = meeting.room.enter(user, listener.ticket["a"], listener.ticket["n"],
                                  listener.ticket["s"], now)  # fmt: skip
        if body is None and called:
            body = self._called(meeting, listener, now)
        if body is None:
            return
        before = meeting.with_body.get(user)
        if before is not None and before is not listener:
            before.body = None
            before.end(REPLACED, "replaced")
        listener.body, meeting.with_body[user] = body, listener
        meeting.regroup()
        if not known:
            meeting.added.append(body)
            if place is not None:
                body.went = -9.0
                meeting.room.go(body, *place, now, self.tick)
                body.went = -9.0
            meeting.marks()

    def _called(self, meeting: Meeting, listener: Listener, now: float) -> Body | None:
        ticket = listener.ticket
        return meeting.room.enter(ticket["u"], ticket["a"], ticket["n"], ticket["s"], now,
                                  called=True)  # fmt: skip

    def _welcome(self, meeting: Meeting, listener: Listener, last: int) -> None:
        body, room = listener.body, meeting.room
        listener.say({
            "t": "welcome", "id": body.id if body else None,
            "kind": "seat" if body else "audience", "cap": room.cap, "tick": TICK,
            "bounds": BOUNDS, "speed": SPEED, "at": room.place(body) if body else None,
            "last": meeting.last, "acts": meeting.missed(last, listener.ticket["f"]),
            "state": meeting.state_for(listener),
            "people": [known.public() for known in room.bodies.values()],
        })  # fmt: skip

    def lost(self, listener: Listener) -> None:
        self.waiting.discard(listener)
        self.voices.lost(listener)
        meeting = listener.meeting
        if meeting is None:
            return
        meeting.listeners.discard(listener)
        meeting.regroup()
        body = listener.body
        if body is not None and meeting.with_body.get(body.user) is listener:
            del meeting.with_body[body.user]
            meeting.room.leave(body.user, time.monotonic())
        if not meeting.listeners:
            meeting.empty_since = time.monotonic()

    # -- poses ------------------------------------------------------------------------------

    def moved(self, listener: Listener, mine: codec.Mine, now: float) -> None:
        meeting, body = listener.meeting, listener.body
        if meeting is None or body is None:
            return
        self.poses += 1
        wrong = meeting.room.move(body, mine.x, mine.z, mine.yaw, mine.flags, now)
        if wrong and now - body.told > _CORRECT_EVERY:
            body.told = now
            self._correct(meeting, listener, body)

    def go(self, listener: Listener, place: tuple[int, int, int]) -> None:
        meeting, body = listener.meeting, listener.body
        if meeting is None or body is None:
            return
        meeting.room.go(body, *place, time.monotonic(), self.tick)
        self._correct(meeting, listener, body)

    @staticmethod
    def _correct(meeting: Meeting, listener: Listener, body: Body) -> None:
        x, z, yaw = meeting.room.place(body)
        listener.say({"t": "at", "x": x, "z": z, "yaw": yaw})

    @staticmethod
    def set_rate(listener: Listener, rate: int) -> None:
        if listener.view != "list":
            listener.rate = rate
            if listener.meeting is not None:
                listener.meeting.regroup()

    async def run(self) -> None:
        """Tick until cancelled."""
        due = time.monotonic()
        while True:
            due = max(due + 1 / TICK, time.monotonic())  # ticks that were missed are not made up
            await asyncio.sleep(max(due - time.monotonic(), 0.001))
            self.tick += 1
            try:
                began = time.thread_time()
                for meeting in list(self.meetings.values()):
                    self._beat(meeting)
                self.sending += time.thread_time() - began
                self._throw_out()
                if time.monotonic() - self.asked > ASK_EVERY:
                    self._ask_rights()
            except Exception:  # one hall's trouble must not end the others'
                log.exception("tick")

    def _beat(self, meeting: Meeting) -> None:
        meeting.room.tick(self.tick)
        clock = round((time.monotonic() - self.began) * 1000)
        self.snapshots += send(meeting, self.tick, clock)
        if self.tick % _PEOPLE_EVERY == 0:
            self._tell_people(meeting)
        if self.tick % _SWEEP_EVERY == 0:
            meeting.gone += meeting.room.sweep(time.monotonic())
            if meeting.empty_since and time.monotonic() - meeting.empty_since > _EMPTY:
                self.desk.close(meeting.id)
                del self.meetings[meeting.id]

    def _tell_people(self, meeting: Meeting) -> None:
        if meeting.added or meeting.gone:
            told = {"t": "people", "add": [body.public() for body in meeting.added],
                    "gone": meeting.gone}  # fmt: skip
            meeting.added, meeting.gone = [], []
            self._tell(meeting, told)
        counts = meeting.counts()
        if counts != meeting.present:
            meeting.present = counts
            self._tell(meeting, {"t": "state", "last": meeting.last, "set": {
                "present": {"hall": counts[0], "audience": counts[1]}}})  # fmt: skip

    def _throw_out(self) -> None:
        """Who does not join in time."""
        if self.tick % TICK == 0:
            now = time.monotonic()
            for listener in [x for x in self.waiting if now - x.since > _JOIN_WITHIN]:
                self.waiting.discard(listener)
                listener.end(NO_JOIN, "join late")

    def _listeners(self) -> list[Listener]:
        return [one for meeting in self.meetings.values() for one in meeting.listeners]

    def _ask_rights(self) -> None:
        """Have the clerk say who of those who are here may no longer be."""
        self.asked = time.monotonic()
        claims = {listener.claim for listener in self._listeners()}
        if claims:
            self.desk.review([list(claim) for claim in claims])

    # -- what the clerk tells ---------------------------------------------------------------

    def _hear(self, message: dict[str, Any]) -> None:
        if message["op"] == "fallen":
            fallen = {tuple(claim) for claim in message["claims"]}
            for listener in self._listeners():
                if listener.claim in fallen:
                    listener.end(NO_RIGHT, "no longer allowed")
            return
        meeting = self.meetings.get(message["m"])
        if meeting is None:
            return
        if message["op"] == "acts":
            fresh = [act for act in message["acts"] if act["n"] > meeting.last]
            if fresh:
                meeting.acts.extend(fresh)
                meeting.last = fresh[-1]["n"]
                self._tell(meeting, {"t": "acts", "acts": fresh})
        elif message["op"] == "state":
            self._take_state(meeting, message)
        elif message["op"] == "gone":
            for listener, _last, _place in meeting.joining:
                listener.end(NO_JOIN, "no such meeting")
            del self.meetings[meeting.id]

    def _take_state(self, meeting: Meeting, message: dict[str, Any]) -> None:
        first = meeting.state is None
        meeting.state = (meeting.state or {}) | message["set"]
        meeting.last = max(meeting.last, message["last"])
        meeting.room.cap = message["cap"]
        if first:
            joining, meeting.joining = meeting.joining, []
            for listener, last, place in joining:
                self._admit(meeting, listener, last, place)
            return
        self._call(meeting)
        meeting.marks()
        self.voices.follow(meeting)
        if not message["set"]:
            return
        self._tell(meeting, {"t": "state", "last": meeting.last, "set": message["set"]})

    def _tell(self, meeting: Meeting, message: dict[str, Any]) -> None:
        """To everybody in the meeting; findings only to those who may see them."""
        data = _json(message).encode()
        less = data
        if "set" in message:
            less = _json(message | {"set": without_findings(message["set"])}).encode()
        elif "acts" in message:
            less = _json(message | {"acts": acts_without_findings(message["acts"])}).encode()
        for listener in list(meeting.listeners):
            listener.send_text(data if listener.ticket["f"] else less)

    def _call(self, meeting: Meeting) -> None:
        """Audience that was given the floor gets a body; those who had it give it back."""
        speaker, now = meeting.speaker(), time.monotonic()
        for user in [b.user for b in meeting.room.bodies.values() if b.called]:
            if user != speaker:
                listener = meeting.with_body.pop(user, None)
                if (number := meeting.room.remove(user)) is not None:
                    meeting.gone.append(number)
                if listener is not None:
                    listener.body = None
                    meeting.regroup()
                    listener.say({"t": "kind", "kind": "audience", "id": None, "at": None})
        if speaker is None or speaker in meeting.room.bodies:
            return
        for listener in meeting.listeners:
            if listener.ticket["u"] == speaker and listener.view != "list":
                body = self._called(meeting, listener, now)
                if body is not None:
                    listener.body, meeting.with_body[speaker] = body, listener
                    meeting.regroup()
                    meeting.added.append(body)
                    listener.say({"t": "kind", "kind": "stage", "id": body.id,
                                  "at": meeting.room.place(body)})  # fmt: skip
                return


async def serve(host: str, port: int, key: str, janus: str = "") -> None:
    """Listen until cancelled. `janus` is the address of its WebSocket API; none: no voice."""
    gateway = Gateway(key, janus)
    server = await ws_create_server(
        gateway.accept, host, port, max_frame_size=8192, read_buffer_init_size=1024,
        enable_auto_ping=True, auto_ping_idle_timeout=20, auto_ping_reply_timeout=20,
        websocket_handshake_timeout=5, backlog=1024, reuse_address=True,
    )  # fmt: skip
    desk = asyncio.create_task(gateway.desk.run())
    try:
        async with server:
            await gateway.run()
    finally:
        desk.cancel()


__all__ = ["PATH", "TICK", "Gateway", "serve"]
