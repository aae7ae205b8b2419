"""This process's end of the pipe to its clerk; starts it, and starts it again when it ends."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from collections.abc import Callable
from typing import Any, Final

_LINE: Final = 16 * 1024 * 1024
_PAUSE: Final = 0.5

log = logging.getLogger("rakorsus.hall.gateway")
BUSY: Final = {"code": "busy", "id": "Server sedang sibuk; coba lagi.",
               "en": "The server is busy; try again."}  # fmt: skip


class Desk:
    """Acts go out by `act`; what the clerk tells comes in by `hear(message)`."""

    def __init__(self, hear: Callable[[dict[str, Any]], None]) -> None:
        self._hear = hear
        self._process: asyncio.subprocess.Process | None = None
        self._waiting: dict[int, Callable[[dict[str, Any]], None]] = {}
        self._number = 0
        self.ready = False  # the clerk has started
        self._meetings: set[int] = set()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await self._once()
            for answer in list(self._waiting.values()):
                answer({"error": BUSY})
            self._waiting.clear()
            await asyncio.sleep(_PAUSE)

    async def _once(self) -> None:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "rakorsus.hall.gateway.clerk", stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE, limit=_LINE, env=dict(os.environ),
        )  # fmt: skip
        self._process = process
        for meeting in self._meetings:
            self._send({"op": "open", "m": meeting})
        assert process.stdout is not None
        try:
            while line := await process.stdout.readline():
                self._take(json.loads(line))
        finally:
            self._process, self.ready = None, False
            if process.returncode is None:
                process.terminate()
            await process.wait()
        log.warning("the clerk ended with %s; starting it again", process.returncode)

    def _take(self, message: dict[str, Any]) -> None:
        if message["op"] == "ready":
            self.ready = True
        elif message["op"] == "done":
            if answer := self._waiting.pop(message["id"], None):
                answer(message)
        else:
            self._hear(message)

    def _send(self, message: dict[str, Any]) -> bool:
        process = self._process
        if process is None or process.stdin is None or process.stdin.is_closing():
            return False
        process.stdin.write((json.dumps(message, separators=(",", ":")) + "\n").encode())
        return True

    def open(self, meeting: int) -> None:
        self._meetings.add(meeting)
        self._send({"op": "open", "m": meeting})

    def close(self, meeting: int) -> None:
        self._meetings.discard(meeting)
        self._send({"op": "close", "m": meeting})

    def review(self, claims: list[list[Any]]) -> None:
        """Ask which claims no longer hold; the answer comes as `fallen`."""
        self._send({"op": "review", "claims": claims})

    def act(self, message: dict[str, Any], answer: Callable[[dict[str, Any]], None]) -> None:
        """Hand an act over; `answer` is called once, with `ok` or `error`."""
        self._number += 1
        if self._send({"op": "act", "id": self._number, **message}):
            self._waiting[self._number] = answer
        else:
            answer({"error": BUSY})
