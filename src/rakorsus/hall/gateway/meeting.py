"""One meeting as the gateway knows it: its room, who is connected, what the clerk told."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from rakorsus.hall.curtain import acts_without_findings, without_findings
from rakorsus.hall.gateway.room import Body, Room

if TYPE_CHECKING:
    from rakorsus.hall.gateway.listener import Listener

TICK: Final = 20  # a second
KEPT_ACTS: Final = 2000  # as many as the clerk tells of a meeting that is opened


class Group:
    """Connections that are served in the same tick; the ids of the bodies of those who have one."""

    __slots__ = ("bodied", "others", "served", "viewers")

    def __init__(self) -> None:
        self.bodied: list[Listener] = []
        self.others: list[Listener] = []
        self.viewers: NDArray[np.intp] = np.zeros(0, np.intp)
        self.served = (-1, 0)  # what was changed when it was served, and the tick


class Meeting:
    def __init__(self, number: int) -> None:
        self.id = number
        self.room = Room(cap=0)
        self.state: dict[str, Any] | None = None  # None until the clerk has told it
        self.last = 0
        self.acts: deque[dict[str, Any]] = deque(maxlen=KEPT_ACTS)
        self.joining: list[tuple[Listener, int, tuple[int, int, int] | None]] = []
        self.listeners: set[Listener] = set()
        self.with_body: dict[int, Listener] = {}  # user -> the connection that moves the body
        self.added: list[Body] = []
        self.gone: list[int] = []
        self.present: tuple[int, int] = (0, 0)
        self.empty_since = 0.0
        self._groups: dict[tuple[int, int], Group] | None = None
        self._phases = 0

    def counts(self) -> tuple[int, int]:
        hall = len(self.with_body)
        people = {listener.ticket["u"] for listener in self.listeners}
        return hall, len(people - set(self.with_body))

    def speaker(self) -> int | None:
        floor = (self.state or {}).get("floor")
        return floor["user"] if floor else None

    def tables(self) -> dict[int, int]:
        """User -> the table at which he sits."""
        return {
            seat["user"]: table["item"]
            for table in (self.state or {}).get("tables", ())
            for seat in table["seated"]
        }

    def state_for(self, listener: Listener) -> dict[str, Any]:
        """Findings only to those who may see them."""
        hall, audience = self.counts()
        state = dict(self.state or {})
        if not listener.ticket["f"]:
            state = without_findings(state)
        return state | {"present": {"hall": hall, "audience": audience}}

    def missed(self, last: int, whole: bool) -> list[dict[str, Any]] | None:
        """The acts after `last`, `whole` or as guests get them; None where not all are kept."""
        if not 0 < last <= self.last:
            return None
        kept = [act for act in self.acts if act["n"] > last]
        if len(kept) != self.last - last:
            return None
        return kept if whole else acts_without_findings(kept)

    def marks(self) -> None:
        """What the act plane says of people, on their bodies."""
        speaker = self.speaker()
        hands = {hand["user"] for hand in (self.state or {}).get("queue", ())}
        self.room.set_marks({speaker} if speaker else set(), hands, self.tables())

    # -- who is served when ------------------------------------------------------------------

    def come(self, listener: Listener) -> None:
        """Slower connections are spread over the ticks, so that no tick has to serve them all."""
        listener.phase = self._phases
        self._phases += 1
        self.listeners.add(listener)
        self._groups = None

    def regroup(self) -> None:
        """Somebody came, left, got or lost a body, or wants another rate."""
        self._groups = None

    def due(self, tick: int) -> list[tuple[tuple[int, int], Group]]:
        """The groups of this tick, by rate and phase."""
        if self._groups is None:
            self._groups = self._grouped()
        return [(k, g) for k, g in self._groups.items() if (tick + k[1]) % (TICK // k[0]) == 0]

    def _grouped(self) -> dict[tuple[int, int], Group]:
        groups: dict[tuple[int, int], Group] = {}
        for one in self.listeners:
            if one.rate:
                group = groups.setdefault((one.rate, one.phase % (TICK // one.rate)), Group())
                (group.others if one.body is None else group.bodied).append(one)
        for group in groups.values():
            ids = [one.body.id for one in group.bodied if one.body is not None]
            group.viewers = np.array(ids, np.intp)
        return groups
