"""One hall: who has a body, where it is, and which bodies each client gets to see.

Nothing here waits, so a decision at the door is one step: two who come at the same moment cannot
both take the last place.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from rakorsus.hall.gateway import codec

BOUNDS: Final = (-16000, -16000, 16000, 16000)  # cm: min x, min z, max x, max z
SPEED: Final = 800  # cm/s
SLACK: Final = 40  # cm that a late frame may add
NEAREST: Final = 24
OTHERS: Final = 24
GRACE: Final = 20.0  # seconds that a lost connection's place is kept
RESERVE: Final = 8  # bodies beyond the cap for audience that is called on the stage
_JUMP_TICKS: Final = 10
_PARTS: Final = 8  # who is near is found anew for an eighth of the viewers each tick,
_CROWD: Final = 512  # of a sixteenth where more than this stand: the work grows with their square
_FAR: Final = np.float32(3e10)


@dataclass(slots=True)
class Body:
    """Somebody who stands in the hall."""

    id: int
    user: int
    agency: int
    label: str
    short: str
    moved: float = 0.0  # when the last pose came
    gone: float = 0.0  # when the connection was lost; 0: connected
    called: bool = False  # audience called on the stage
    jumped: int = 0  # last tick of the jump flag
    went: float = -9.0  # when it last jumped
    told: float = -9.0  # when it was last told where it really is
    x: int = 0
    z: int = 0
    yaw: int = 0
    flags: int = 0

    def public(self) -> dict[str, Any]:
        return {"id": self.id, "user": self.user, "agency": self.agency or None,
                "short": self.short, "label": self.label}  # fmt: skip


@dataclass(slots=True)
class Room:
    cap: int
    bodies: dict[int, Body] = field(default_factory=dict)  # by user
    by_id: dict[int, Body] = field(default_factory=dict)
    changed: int = 0  # grows with everything that a frame would show
    _free: list[int] = field(default_factory=list)
    _top: int = 0
    _present: NDArray[np.intp] | None = None
    rec: NDArray[np.void] = field(default_factory=lambda: np.zeros(0, codec.RECORD))
    table: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    agency: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    _near: NDArray[np.intp] = field(default_factory=lambda: np.zeros((0, NEAREST), np.intp))
    _window: dict[object, int] = field(default_factory=dict)
    _jumping: list[Body] = field(default_factory=list)
    _bytes: memoryview = field(default_factory=lambda: memoryview(b""))

    # -- the door ---------------------------------------------------------------------------

    def enter(self, user: int, agency: int, label: str, short: str, now: float,
              called: bool = False) -> Body | None:  # fmt: skip
        """A body for this person: the one that was kept, a new one, or None when it is full."""
        had = self.bodies.get(user)
        if had is not None:
            had.gone, had.moved = 0.0, now
            return had
        taken = sum(1 for body in self.bodies.values() if body.called == called)
        if taken >= (RESERVE if called else self.cap):
            return None
        number = self._free.pop() if self._free else self._grow()
        made = Body(number, user, agency, label, short, moved=now, called=called)
        self.bodies[user] = self.by_id[number] = made
        x, z = self._entrance(number)
        self._put(made, x, z, 0, 0)
        self.table[number], self.agency[number] = 0, agency
        self._present = None
        self._near[number] = 0
        return made

    def leave(self, user: int, now: float) -> None:
        """The connection is lost; the place is kept for a while."""
        if body := self.bodies.get(user):
            body.gone = now

    def remove(self, user: int) -> int | None:
        """Give the place free; the id that is gone."""
        body = self.bodies.pop(user, None)
        if body is None:
            return None
        del self.by_id[body.id]
        self._free.insert(0, body.id)
        self._present = None
        self.changed += 1
        return body.id

    def sweep(self, now: float) -> list[int]:
        """Free the places whose grace is over; the ids that are gone."""
        over = [b.user for b in self.bodies.values() if b.gone and now - b.gone > GRACE]
        return [number for user in over if (number := self.remove(user)) is not None]

    def _grow(self) -> int:
        self._top += 1
        if self._top >= len(self.rec):
            size = max(64, 2 * len(self.rec))
            for name in ("rec", "table", "agency", "_near"):
                old = getattr(self, name)
                new = np.zeros((size, *old.shape[1:]), old.dtype)
                new[: len(old)] = old
                setattr(self, name, new)
            self._bytes = memoryview(self.rec.view(np.uint8))
        return self._top

    @staticmethod
    def _entrance(number: int) -> tuple[int, int]:
        """A place of one's own near the entrance."""
        return (number * 37 % 21 - 10) * 60, 3000 + (number * 53 % 11) * 60

    # -- moving -----------------------------------------------------------------------------

    def move(self, body: Body, x: int, z: int, yaw: int, flags: int, now: float) -> bool:
        """Take a claimed pose, cut to bounds and speed. True when it was half a metre off."""
        allowed = SPEED * min(now - body.moved, 0.5) + SLACK
        body.moved = now
        to_x, to_z = _inside(x, z)
        dx, dz = to_x - body.x, to_z - body.z
        if dx * dx + dz * dz > allowed * allowed:
            part = allowed / math.hypot(dx, dz)
            to_x, to_z = round(body.x + dx * part), round(body.z + dz * part)
        said = body.flags & ~codec.CLIENT_FLAGS | flags & codec.CLIENT_FLAGS
        if to_x != body.x or to_z != body.z or yaw != body.yaw or said != body.flags:
            self._put(body, to_x, to_z, yaw, said)
        off_x, off_z = to_x - x, to_z - z
        return off_x * off_x + off_z * off_z > 2500

    def _put(self, body: Body, x: int, z: int, yaw: int, flags: int) -> None:
        """Everything of a body that frames show."""
        body.x, body.z, body.yaw, body.flags = x, z, yaw, flags
        codec.ONE.pack_into(self._bytes, body.id * codec.ONE.size, body.id, x, z, yaw, flags)
        self.changed += 1

    def go(self, body: Body, x: int, z: int, yaw: int, now: float, tick: int) -> bool:
        """A declared jump, once a second; False when it came too soon."""
        if now - body.went < 1.0:
            return False
        body.went = body.moved = now
        if not body.jumped:
            self._jumping.append(body)
        body.jumped = tick + _JUMP_TICKS
        self._put(body, *_inside(x, z), yaw & 255, body.flags | codec.JUMPED)
        return True

    def place(self, body: Body) -> list[int]:
        return [body.x, body.z, body.yaw]

    def set_marks(self, speaking: set[int], hands: set[int], tables: dict[int, int]) -> None:
        """What the act plane says of people, by user id."""
        for user, body in self.bodies.items():
            mine = body.flags & (codec.CLIENT_FLAGS | codec.JUMPED)
            speaks = user in speaking
            mine |= (codec.SPEAKING | codec.STAGE) * speaks | codec.HAND * (user in hands)
            mine |= codec.SEATED * (user in tables)
            if mine != body.flags:
                self._put(body, body.x, body.z, body.yaw, mine)
            self.table[body.id] = tables.get(user, 0)

    # -- seeing -----------------------------------------------------------------------------

    def present(self) -> NDArray[np.intp]:
        """Ids of all bodies, in order."""
        if self._present is None:
            self._present = np.array(sorted(self.by_id), np.intp)
        return self._present

    def tick(self, tick: int) -> None:
        """Find anew who is near whom for a part of the people; end old jumps."""
        for body in [b for b in self._jumping if tick > b.jumped]:
            self._jumping.remove(body)
            body.jumped = 0
            if self.by_id.get(body.id) is body:
                self._put(body, body.x, body.z, body.yaw, body.flags & ~codec.JUMPED)
        everybody = self.present()
        if len(everybody) - 1 > NEAREST + OTHERS:
            parts = _PARTS if len(everybody) <= _CROWD else 2 * _PARTS
            part = everybody[tick % parts :: parts]
            self._near[part] = self._nearest(part, everybody)
            fresh = everybody[self._near[everybody, 0] == 0]  # has just come
            if len(fresh):
                self._near[fresh] = self._nearest(fresh, everybody)

    def _nearest(self, viewers: NDArray[np.intp], everybody: NDArray[np.intp]) -> NDArray[np.intp]:
        """The ids of the 24 that each viewer always gets: first those who are always near (has the
        floor, same table, same agency), then the nearest."""
        place = np.empty((2, len(everybody)), np.float32)
        place[0], place[1] = self.rec["x"][everybody], self.rec["z"][everybody]
        mine = place[:, np.searchsorted(everybody, viewers)]
        cost = np.matmul(mine.T * np.float32(-2), place)  # the square of one's own place left out
        cost += np.square(place).sum(axis=0)
        always = _none_is(self.table[viewers])[:, None] == self.table[everybody]
        always |= _none_is(self.agency[viewers])[:, None] == self.agency[everybody]
        cost[always] -= _FAR
        cost[:, (self.rec["flags"][everybody] & codec.SPEAKING) > 0] -= _FAR
        cost[viewers[:, None] == everybody] = 2 * _FAR
        return everybody[np.argpartition(cost, NEAREST, axis=1)[:, :NEAREST]]

    def seen(self, viewers: NDArray[np.intp], group: object) -> NDArray[np.intp]:
        """Ids of the bodies that each viewer (who has a body) gets in this frame, one row each.

        `group` names the clients that are served together: each such group goes through all the
        others in its own rotation.
        """
        everybody = self.present()
        count = len(everybody)
        if count - 1 <= NEAREST + OTHERS:
            columns = np.arange(max(count - 1, 0))[None, :]
            own = np.searchsorted(everybody, viewers)[:, None]
            return everybody[columns + (columns >= own)]
        window = self._turn(group, OTHERS)
        rows = np.tile(window[:OTHERS], (len(viewers), 1))
        rows[rows == viewers[:, None]] = window[OTHERS]  # oneself is never in it
        return np.concatenate([self._near[viewers], rows], axis=1)

    def seen_by_audience(self, group: object) -> NDArray[np.intp]:
        """The same for whoever has no body: everybody in rotation."""
        everybody = self.present()
        if len(everybody) <= NEAREST + OTHERS:
            return everybody
        return self._turn(("audience", group), NEAREST + OTHERS)[: NEAREST + OTHERS]

    def _turn(self, group: object, size: int) -> NDArray[np.intp]:
        """The next `size` bodies of the group's rotation, and one more."""
        everybody = self.present()
        count = len(everybody)
        start = self._window.get(group, 0) % count
        self._window[group] = (start + size) % count
        return everybody[(start + np.arange(size + 1)) % count]


def _none_is(group: NDArray[np.int64]) -> NDArray[np.int64]:
    """-1 for no group, which nobody has."""
    return np.where(group > 0, group, -1)


def _inside(x: int, z: int) -> tuple[int, int]:
    low_x, low_z, high_x, high_z = BOUNDS
    return min(max(x, low_x), high_x), min(max(z, low_z), high_z)
