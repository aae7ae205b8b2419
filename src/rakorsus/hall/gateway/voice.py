"""Voice: who is in which room of Janus, and whose microphone is open.

The right to speak is the act plane's: the room of the stage hears whoever has the floor, a table's
room whoever sits there. Everybody comes in muted, and only this process, which knows the rooms'
secrets, opens a microphone. A browser sends an offer and gets an answer; it cannot ask for more.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import time
from typing import TYPE_CHECKING, Any, Final

from rakorsus.hall.gateway.janus import Janus, Refused

if TYPE_CHECKING:
    from rakorsus.hall.gateway.listener import Listener
    from rakorsus.hall.gateway.meeting import Meeting

_LONGEST: Final = 7000  # of an offer
_AGAIN: Final = 1.0  # seconds between two beginnings of one connection; an earlier one waits
_STAGE: Final = 0
_ROOMS: Final = 10**9  # of one meeting

log = logging.getLogger("rakorsus.hall.voice")


class Voice:
    """One connection's voice."""

    def __init__(self, number: int, listener: Listener) -> None:
        self.number, self.listener = number, listener
        self.handle = 0
        self.place = -1  # an item, or the stage
        self.open = False  # the microphone
        self.changed = asyncio.Event()
        self.task: asyncio.Task[None] | None = None


class Voices:
    """All of a gateway. Without an address there is no voice."""

    def __init__(self, address: str, key: str) -> None:
        self._janus = Janus(address, key, self._over) if address else None
        self._voices: dict[Listener, Voice] = {}
        self._numbers = itertools.count(1)

    def told(self, listener: Listener, message: dict[str, Any]) -> bool:
        """`{"t":"voice","offer":…}` begins, `{"t":"voice","end":true}` ends. False: malformed."""
        if message.get("end") is True:
            self.lost(listener)
            return True
        offer, now = message.get("offer"), time.monotonic()
        if not isinstance(offer, str) or not 0 < len(offer) <= _LONGEST:
            return False
        wait = max(0.0, listener.offered + _AGAIN - now)
        listener.offered = now + wait
        if self._janus is None:
            listener.say({"t": "voice", "state": "none"})
            return True
        self.lost(listener)
        voice = self._voices[listener] = Voice(next(self._numbers), listener)
        voice.task = asyncio.create_task(self._live(self._janus, voice, offer, wait))
        return True

    def follow(self, meeting: Meeting) -> None:
        """The state of a meeting has changed: microphones and rooms may have to."""
        for listener, voice in self._voices.items():
            if listener.meeting is meeting:
                voice.changed.set()

    def lost(self, listener: Listener) -> None:
        """The connection ends, or gives its voice up."""
        voice = self._voices.pop(listener, None)
        if voice is not None and voice.task is not None:
            voice.task.cancel()

    def _over(self, handle: int) -> None:
        """Janus let go of one, or (0) of all: the browser begins again when it wants to."""
        for listener, voice in list(self._voices.items()):
            if handle in (0, voice.handle):
                voice.handle = 0
                self.lost(listener)
                listener.say({"t": "voice", "state": "lost"})

    async def _live(self, janus: Janus, voice: Voice, offer: str, wait: float) -> None:
        listener, meeting = voice.listener, voice.listener.meeting
        assert meeting is not None
        try:
            await asyncio.sleep(wait)
            voice.handle = await janus.attach()
            await self._place(janus, voice, meeting)
            answer = await janus.answer(voice.handle, offer)
            listener.say({"t": "voice", "state": "on", "answer": answer})
            self._tell(voice)
            while True:
                await voice.changed.wait()
                voice.changed.clear()
                if await self._place(janus, voice, meeting):
                    self._tell(voice)
        except (Refused, KeyError) as error:
            log.warning("voice %s: %s", voice.number, error)
            if self._voices.get(listener) is voice:
                del self._voices[listener]
                listener.say({"t": "voice", "state": "lost"})
        finally:
            if voice.handle:
                await asyncio.shield(janus.leave(voice.handle))

    @staticmethod
    async def _place(janus: Janus, voice: Voice, meeting: Meeting) -> bool:
        """Bring a voice where the state says that it belongs; True when anything changed."""
        user = voice.listener.ticket["u"]
        speaks = meeting.speaker() == user
        place = _STAGE if speaks else meeting.tables().get(user, _STAGE)
        may = speaks or place != _STAGE
        if (place, may) == (voice.place, voice.open):
            return False
        room = meeting.id * _ROOMS + place
        if place != voice.place:
            moving = janus.join if voice.place < 0 else janus.move
            await moving(voice.handle, room, voice.number)
            voice.place, voice.open = place, False
        if may != voice.open:
            await janus.mute(voice.handle, room, voice.number, not may)
            voice.open = may
        return True

    @staticmethod
    def _tell(voice: Voice) -> None:
        voice.listener.say({"t": "voice", "state": "here", "table": voice.place or None,
                            "open": voice.open})  # fmt: skip
