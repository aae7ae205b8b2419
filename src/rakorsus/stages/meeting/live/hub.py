"""Who follows what, and the round that brings everybody the news.

One thread reads the database. A round asks for the heads of all followed topics; what has changed
is read once for each language, made into bytes once, and put into every follower's box. A slow
follower's box keeps only the newest fragment; one who misses too many events of a log is let go and
resumes by itself. Every `ASK_EVERY` seconds the rights of all are asked again; whoever has lost
them is let go with nothing more.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from django.db import close_old_connections, connections

from rakorsus.people.fresh import ASK_EVERY
from rakorsus.stages.meeting.live import topics, wire
from rakorsus.stages.meeting.live.tickets import Ticket

T = TypeVar("T")
_log = logging.getLogger(__name__)
PAUSE: Final = 0.15  # seconds between two rounds
_BACK_OFF: Final = 2.0  # seconds after the database did not answer
_MOST_WAITING: Final = 400  # events of a log that a follower may leave unread


@dataclass(eq=False)
class Follower:
    """One open stream and its box of what is not yet sent."""

    ticket: Ticket
    heads: dict[str, str | None]
    box: dict[str, list[tuple[str, wire.Block]]] = field(default_factory=dict)
    filled: asyncio.Event = field(default_factory=asyncio.Event)
    lost: bool = False

    def put(self, topic: str, made: Sequence[tuple[str, wire.Block]]) -> None:
        if topics.source_of(topic).newest_only:
            self.box[topic] = list(made[-1:])
        else:
            waiting = self.box.setdefault(topic, [])
            waiting.extend(made)
            self.lost = self.lost or len(waiting) > _MOST_WAITING
        self.filled.set()

    def dismiss(self) -> None:
        """It gets nothing more; who may have it again comes with a new ticket."""
        self.box.clear()
        self.lost = True
        self.filled.set()

    def take(self) -> list[wire.Block]:
        """What is to be sent now, each event after its id."""
        self.filled.clear()
        box, self.box = self.box, {}
        parts = []
        for topic, waiting in box.items():
            for head, made in waiting:
                if not _is_new(topic, head, self.heads[topic]):
                    continue
                self.heads[topic] = head
                parts += [wire.numbered(list(self.heads.values())), made]
        return parts


def _is_new(topic: str, head: str, seen: str | None) -> bool:
    """Heads of a log are numbers that grow; those of a state are just different."""
    if seen is None or topics.source_of(topic).newest_only or not seen.isdigit():
        return head != seen
    return int(head) > int(seen)


class Hub:
    """All followers of this process."""

    def __init__(self) -> None:
        self.index: dict[str, set[Follower]] = {}
        self.heads: dict[str, str] = {}
        self.kept: dict[tuple[str, str], tuple[str, wire.Block]] = {}
        self.rounds = self.changes = self.count = 0
        self._asked = time.monotonic()
        self._lock = asyncio.Lock()
        self._somebody = asyncio.Event()
        self._reader = ThreadPoolExecutor(1, "live-reader")
        self._running: asyncio.Task[None] | None = None

    async def stands(self, ticket: Ticket) -> bool:
        """Whether its reader may still have it; one that was given just now is not asked again."""
        if time.time() - ticket.given < ASK_EVERY:
            return True
        return not await self._read(lambda: topics.fallen({ticket}))

    async def join(self, ticket: Ticket, seen: Sequence[str]) -> Follower:
        """A new follower, with what it has missed already in its box."""
        heads: dict[str, str | None] = dict.fromkeys(ticket.topics)
        if len(seen) == len(heads):
            heads = {topic: head or None for topic, head in zip(heads, seen, strict=True)}
        follower = Follower(ticket, heads)
        async with self._lock:
            for topic, head in heads.items():
                missed = await self._missed(topic, head, ticket.language)
                if missed:
                    follower.put(topic, missed)
                self.index.setdefault(topic, set()).add(follower)
            self.count += 1
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._rounds())
        self._somebody.set()
        return follower

    def leave(self, follower: Follower) -> None:
        for topic in follower.ticket.topics:
            others = self.index.get(topic, set())
            others.discard(follower)
            if not others:
                self.index.pop(topic, None)
                self.heads.pop(topic, None)
                self._forget(topic)
        self.count -= 1
        if not self.index:
            self._somebody.clear()

    def _forget(self, topic: str) -> None:
        for key in [key for key in self.kept if key[0] == topic]:
            del self.kept[key]

    async def _missed(
        self, topic: str, head: str | None, language: str
    ) -> list[tuple[str, wire.Block]]:
        kept = self.kept.get((topic, language))
        if kept:
            return [] if kept[0] == head else [kept]
        if topic in self.heads and self.heads[topic] == head:
            return []
        made = await self._made(topic, head, language)
        if made:
            self.heads.setdefault(topic, made[-1][0])
        return made

    async def _made(
        self, topic: str, after: str | None, language: str
    ) -> list[tuple[str, wire.Block]]:
        """The news as bytes; fragments are kept for those who join later."""

        def read() -> list[tuple[str, wire.Block]]:
            return [(n.head, wire.event(topic, n)) for n in topics.news(topic, after, language)]

        made = await self._read(read)
        if made and topics.source_of(topic).newest_only:
            self.kept[topic, language] = made[-1]
        return made

    async def _read(self, work: Callable[[], T]) -> T:
        def inside() -> T:
            close_old_connections()
            return work()

        return await asyncio.get_running_loop().run_in_executor(self._reader, inside)

    async def _rounds(self) -> None:
        while True:
            await self._somebody.wait()
            began = time.monotonic()
            try:
                async with self._lock:
                    await self._round()
                    if time.monotonic() - self._asked > ASK_EVERY:
                        await self._review()
                pause = PAUSE
            except Exception:
                _log.exception("a round failed")
                pause = _BACK_OFF
            await asyncio.sleep(max(0.02, pause - (time.monotonic() - began)))

    async def _round(self) -> None:
        self.rounds += 1
        wanted = list(self.index)
        found = await self._read(lambda: topics.heads(wanted))
        for topic, head in found.items():
            before = self.heads.get(topic)
            if head == before:
                continue
            self.changes += 1
            self.heads[topic] = head
            self._forget(topic)
            followers = list(self.index.get(topic, ()))
            for language in {f.ticket.language for f in followers}:
                made = await self._made(topic, before, language)
                for follower in followers:
                    if made and follower.ticket.language == language:
                        follower.put(topic, made)

    async def _review(self) -> None:
        """Let go of those who may no longer follow."""
        self._asked = time.monotonic()
        followers = {follower for some in self.index.values() for follower in some}
        fallen = await self._read(lambda: topics.fallen({f.ticket for f in followers}))
        for follower in followers:
            if follower.ticket in fallen:
                follower.dismiss()

    async def close(self) -> None:
        """Stop the rounds and the reading thread, with its connection."""
        if self._running is not None:
            self._running.cancel()
        await asyncio.get_running_loop().run_in_executor(self._reader, connections.close_all)
        self._reader.shutdown()

    def figures(self) -> dict[str, Any]:
        """For the health page and for measuring."""
        used = time.process_time()
        return {"followers": self.count, "topics": len(self.index), "rounds": self.rounds,
                "changes": self.changes, "processor_seconds": round(used, 3)}  # fmt: skip
