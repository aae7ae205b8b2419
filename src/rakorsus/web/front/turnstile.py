"""Turns: whoever asks much waits for himself, not the others for him.

A web process has more threads than can usefully work at once. Of the requests in them `RUNNING`
are worked on, at most `EACH` of one client; the others wait, and when one ends the next client in
the round has its turn, however many requests others have waiting. A client with `PRESENT` requests
in the process gets 429 for more, so that it can neither fill the threads by waiting nor by sending
its forms slowly: bodies are taken in before a turn is asked for, and count from their arrival. When
`WAITING` requests wait, one of the client with most of them is told at once to come again: threads
stay free for what needs no turn (`kept`, files), and nobody waits half a minute for what he no
longer reads.

A client is an account, once a sign-in has been seen on the cookie, else an address: the accounts of
a town hall that shares one address do not wait for each other. What is asked without signing in
from one address has one client's share.
"""

from __future__ import annotations

import re
import tempfile
import threading
from collections import Counter, OrderedDict, deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import Any, Final

from django.conf import settings

from rakorsus.web.front import Application, Environ, StartResponse
from rakorsus.web.front.refusing import busy, too_many
from rakorsus.web.middleware import ACCOUNT, reader_address

RUNNING: Final = 4
EACH: Final = 2
PRESENT: Final = 16
WAITING: Final = 14
#: Where `kept` marks a page that is made anew: one at a time, past the queue
LANE: Final = "rakorsus.lane"
_PATIENCE: Final = 20.0  # seconds that a request waits for its turn
_FREE: Final = ("/static/", "/sehat/", "/metrik/")  # cheap, and asked for by the page or a monitor
_KNOWN: Final = 10_000  # cookies remembered
_IN_MEMORY: Final = 1 << 20  # bytes of a body kept out of files


class _Wait:
    """One request that waits: until it is `over`, and whether its turn `came`."""

    def __init__(self) -> None:
        self.over, self.came = threading.Event(), False


class Turns:
    """Who is worked on, who waits. Safe for threads."""

    def __init__(
        self, running: int = RUNNING, each: int = EACH, present: int = PRESENT,
        waiting: int = WAITING,
    ) -> None:  # fmt: skip
        self._running, self._each, self._present = running, each, present
        self._most_waiting = waiting
        self._lock = threading.Lock()
        self._here: Counter[str] = Counter()
        self._at_work: Counter[str] = Counter()
        self._waiting: OrderedDict[str, deque[_Wait]] = OrderedDict()

    def arrive(self, client: str) -> bool:
        """Whether one more request of this client may come in; it must `depart`."""
        with self._lock:
            if self._here[client] >= self._present:
                return False
            self._here[client] += 1
            return True

    def depart(self, client: str) -> None:
        with self._lock:
            _less(self._here, client)

    def begin(self, client: str, patience: float = _PATIENCE) -> bool:
        """Wait for a turn; whether it came in time, if there was room to wait. After it, `end`."""
        with self._lock:
            if client not in self._waiting and self._may(client):
                self._at_work[client] += 1
                return True
            mine = _Wait()
            self._waiting.setdefault(client, deque()).append(mine)
            if self._queued() > self._most_waiting:
                longest = max(reversed(self._waiting), key=lambda c: len(self._waiting[c]))
                self._dismiss(longest, self._waiting[longest][-1])
        if mine.over.wait(patience):
            return mine.came
        with self._lock:
            if not mine.over.is_set():  # else it came in the last moment
                self._dismiss(client, mine)
            return mine.came

    def end(self, client: str) -> None:
        with self._lock:
            _less(self._at_work, client)
            while ready := next((c for c in self._waiting if self._may(c)), None):
                queue = self._waiting[ready]
                self._at_work[ready] += 1
                first = queue.popleft()
                first.came = True
                first.over.set()
                if queue:
                    self._waiting.move_to_end(ready)
                else:
                    del self._waiting[ready]

    def _dismiss(self, client: str, one: _Wait) -> None:
        queue = self._waiting[client]
        queue.remove(one)
        if not queue:
            del self._waiting[client]
        one.over.set()

    def waiting(self) -> int:
        """How many requests wait for a turn."""
        with self._lock:
            return self._queued()

    def _queued(self) -> int:
        return sum(len(queue) for queue in self._waiting.values())

    def _may(self, client: str) -> bool:
        return self._at_work.total() < self._running and self._at_work[client] < self._each


def _less(counts: Counter[str], client: str) -> None:
    counts[client] -= 1
    if counts[client] <= 0:
        del counts[client]


class Turnstile:
    """WSGI middleware that lets requests in by turns."""

    def __init__(self, application: Application, turns: Turns | None = None) -> None:
        self._application = application
        self._turns = turns or Turns()
        self._lane = Turns(running=1, each=1)
        self._accounts: OrderedDict[str, str] = OrderedDict()

    def __call__(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO", "").startswith(_FREE):
            return self._application(environ, start)
        cookie = _cookie(environ)
        client = self._accounts.get(cookie) or reader_address(environ)
        turns = self._turns
        if lane := environ.get(LANE):
            turns, client = self._lane, lane
        if not turns.arrive(client):
            return too_many(environ, start)
        with ExitStack() as leaving:
            leaving.callback(turns.depart, client)
            _take_body(environ, leaving)
            if not turns.begin(client):
                return busy(environ, start)
            try:
                parts = self._application(environ, start)
            finally:
                turns.end(client)
            if close := getattr(parts, "close", None):
                leaving.callback(close)
            self._remember(cookie, environ.get(ACCOUNT, ""))
            return _Leaving(parts, leaving.pop_all())

    def _remember(self, cookie: str, account: str) -> None:
        if not cookie:
            return
        if account:
            self._accounts[cookie] = account
            while len(self._accounts) > _KNOWN:
                self._accounts.popitem(last=False)
        else:
            self._accounts.pop(cookie, None)  # signed out, or never in


class _Leaving:
    """The parts of an answer; the request departs when they have been sent."""

    def __init__(self, parts: Iterable[bytes], leaving: ExitStack) -> None:
        self._parts, self._leaving = parts, leaving

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._parts)

    def close(self) -> None:
        self._leaving.close()


def _cookie(environ: Environ) -> str:
    found = re.search(
        rf"(?:^|;\s*){re.escape(settings.SESSION_COOKIE_NAME)}=([^;\s]+)",
        environ.get("HTTP_COOKIE", ""),
    )
    return found.group(1) if found else ""


def _take_body(environ: Environ, leaving: ExitStack) -> None:
    """Read what the client sends, however slowly, before a turn is taken."""
    size = environ.get("CONTENT_LENGTH") or "0"
    left = int(size) if size.isdigit() else 0
    if not left:
        return
    body: Any = leaving.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115
    while left and (part := environ["wsgi.input"].read(min(left, 1 << 16))):
        body.write(part)
        left -= len(part)
    body.seek(0)
    environ["wsgi.input"] = body
