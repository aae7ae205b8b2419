"""Load on a meeting's day, against a running installation: arrivals, of which some lose their
connection and are sent again, while screens follow the running order.

    python -m rakorsus.bench.day_load http://127.0.0.1:8000 --meeting 1 --password … \
        --arrivals 1000 --drops 100 --screens 500 --seconds 600

One line of JSON: how many were sent and how many are on the list (the two must be equal), the time
of an arrival, and for every screen and every change the time from the click to the screen.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import http.client
import json
import random
import re
import statistics
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

_EVENT: Final = re.compile(rb"id: (\d+)(?:-\d+)?\n")
_PATIENCE: Final = 15.0  # seconds in which a change must have come to a screen
_STEP: Final = re.compile(
    r'action="(/rapat/acara/\d+/langkah/)".*?name="version" value="(\d+)"'
    r'.*?value="(mulai|selesai)"',
    re.S,
)


class Session:
    """A signed-in browser without a screen: one connection, cookies, the forms' token."""

    def __init__(self, base: str, user: str, password: str) -> None:
        self.host = urlsplit(base).netloc
        self.cookies: dict[str, str] = {}
        self.link = self._connect()
        page = self.get("/akun/login/")[1]
        self.post("/akun/login/", {"login": user, "password": password}, page)

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self.host, timeout=60)

    def _ask(self, method: str, path: str, body: str | None, **extra: str) -> tuple[int, str]:
        """One request; on a connection that the server has closed meanwhile, once more."""
        try:
            return self._once(method, path, body, **extra)
        except (http.client.RemoteDisconnected, ConnectionError):
            self.link.close()
            self.link = self._connect()
            return self._once(method, path, body, **extra)

    def _once(self, method: str, path: str, body: str | None, **extra: str) -> tuple[int, str]:
        heads = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), **extra}
        if body is not None:
            heads["Content-Type"] = "application/x-www-form-urlencoded"
        self.link.request(method, path, body, heads)
        answer = self.link.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return answer.status, text

    def get(self, path: str, **extra: str) -> tuple[int, str]:
        return self._ask("GET", path, None, **extra)

    def post(
        self, path: str, data: dict[str, str], page: str = "", **extra: str
    ) -> tuple[int, str]:
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        token = found.group(1) if found else self.cookies.get("csrftoken", "")
        return self._ask("POST", path, urlencode({**data, "csrfmiddlewaretoken": token}), **extra)

    def drop(self, path: str, data: dict[str, str], *, half: bool) -> None:
        """Send all of it, or half of it, and lose the connection before the answer comes."""
        body = urlencode({**data, "csrfmiddlewaretoken": self.cookies["csrftoken"]}).encode()
        with contextlib.suppress(OSError):
            self._send(path, body, len(body) // 2 if half else len(body))
        self.link.close()
        self.link = self._connect()

    def _send(self, path: str, body: bytes, size: int) -> None:
        self.link.putrequest("POST", path)
        for name, value in {
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body)),
        }.items():  # fmt: skip
            self.link.putheader(name, value)
        self.link.endheaders(body[:size])


@dataclass
class Screen:
    """When each state of the running order came to one screen."""

    at: dict[int, float] = field(default_factory=dict)
    head: str = ""

    def saw(self, data: bytes, now: float) -> None:
        for found in _EVENT.finditer(data):
            self.head = found.group(0)[4:-1].decode()
            self.at.setdefault(int(found.group(1)), now)


async def follow(
    ask: Callable[[], Awaitable[str]], screen: Screen, stop: asyncio.Event, flaky: float | None
) -> None:
    """Keep a screen open; a flaky one loses its connection once and comes again at once. Like the
    page's script it asks for a new address each time: a ticket opens for some minutes only."""
    leave_at = time.monotonic() + flaky if flaky else None
    while not stop.is_set():
        parts = urlsplit(await ask())
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        resume = f"Last-Event-ID: {screen.head}\r\n" if screen.head else ""
        writer.write(
            f"GET {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
            f"Accept: text/event-stream\r\nAccept-Encoding: gzip\r\n{resume}\r\n".encode()
        )
        tail = b""
        try:
            while not stop.is_set():
                wait = min(1.0, leave_at - time.monotonic()) if leave_at else 1.0
                if leave_at and wait <= 0:
                    leave_at = None
                    break
                try:
                    data = await asyncio.wait_for(reader.read(65536), max(wait, 0.01))
                except TimeoutError:
                    continue
                if not data:
                    break
                tail += data
                screen.saw(tail, time.monotonic())
                tail = tail[-40:]
        finally:
            writer.close()


def arrive(session: Session, path: str, guest: str, drop: str) -> float:
    """One arrival; gives the seconds of the answer that came."""
    data = {"participant": guest, "client": f"load-{guest}", "at": datetime.now(UTC).isoformat()}
    if drop:
        session.drop(path, data, half=drop == "half")
    began = time.monotonic()
    status, text = session.post(path, data, Accept="application/json")
    if status != 200:
        raise RuntimeError(f"{status}: {text[:200]}")
    return time.monotonic() - began


def p99(values: list[float]) -> float:
    return sorted(values)[max(0, -(-99 * len(values) // 100) - 1)] if values else 0.0


def _waiting(session: Session, door: str, count: int) -> list[str]:
    """Participants who are not yet in."""
    guests: dict[str, None] = {}
    number = 1
    while len(guests) < count:
        page = session.get(f"{door}?hadir=belum&page={number}")[1]
        new = re.findall(r'type="hidden" name="participant" value="(\d+)"', page)
        if not set(new) - set(guests):
            break
        guests |= dict.fromkeys(new)
        number += 1
    return list(guests)[:count]


def play(
    base: str, meeting: int, user: str, password: str, *, arrivals: int, drops: int, screens: int,
    seconds: float, doors: int = 4, changes_every: float = 8.0,
) -> dict[str, Any]:  # fmt: skip
    """The whole load; gives its figures."""
    door = f"/rapat/{meeting}/masuk/"
    sessions = [Session(base, user, password) for _ in range(doors)]
    desk = Session(base, user, password)
    desk.post(f"/rapat/{meeting}/jalan/keadaan/", {"state": "running"})
    guests = _waiting(sessions[0], door, arrivals)
    draw = random.Random(1)  # noqa: S311 (a load that can be repeated)
    dropped = draw.sample(guests, min(drops, len(guests)))
    how = {guest: "half" if n % 2 else "whole" for n, guest in enumerate(dropped)}
    pause = seconds / max(1, len(guests))
    followed = asyncio.run(
        _day(desk, Session(base, user, password), meeting, sessions, door, guests, how, pause,
             screens, seconds, changes_every)
    )  # fmt: skip
    listed = json.loads(desk.get(f"/rapat/{meeting}/hadir.json")[1])["attendance"]
    present = sum(1 for row in listed if list(row.values())[6])
    return {"arrivals": len(guests), "dropped": len(dropped), "present": present, **followed}


async def _day(
    desk: Session, screens_link: Session, meeting: int, sessions: list[Session], door: str,
    guests: list[str], how: dict[str, str], pause: float, screens: int, seconds: float,
    every: float,
) -> dict[str, Any]:  # fmt: skip
    stop = asyncio.Event()
    open_screens = [Screen() for _ in range(screens)]
    asking = asyncio.Lock()

    async def ask(topic: str) -> str:
        async with asking:
            path = f"/rapat/langsung/?topik={topic}:{meeting}"
            found: dict[str, str] = json.loads((await asyncio.to_thread(screens_link.get, path))[1])
        return found["stream"]

    draw = random.Random(2)  # noqa: S311
    tasks = []
    for n, screen in enumerate(open_screens):
        flaky = draw.uniform(0.2, 0.8) * seconds if n % 10 == 0 else None
        where = partial(ask, ("screen", "order")[n % 2])
        tasks.append(asyncio.create_task(follow(where, screen, stop, flaky)))
        if n % 20 == 19:
            await asyncio.sleep(0.1)
    opened = time.monotonic()
    while any(not s.at for s in open_screens) and time.monotonic() - opened < 60:
        await asyncio.sleep(0.1)
    pool = ThreadPoolExecutor(len(sessions))
    began = time.monotonic()

    def work(place: int) -> list[float]:
        took = []
        for n in range(place, len(guests), len(sessions)):
            time.sleep(max(0.0, began + n * pause - time.monotonic()))
            took.append(arrive(sessions[place], door, guests[n], how.get(guests[n], "")))
        return took

    loop = asyncio.get_running_loop()
    coming = [loop.run_in_executor(pool, work, place) for place in range(len(sessions))]
    clicks = await _changes(desk, meeting, open_screens, began + seconds, every)
    took = [t for part in await asyncio.gather(*coming) for t in part]
    whole = time.monotonic() - began
    stop.set()
    await asyncio.gather(*tasks, return_exceptions=True)
    pool.shutdown()
    return _figures(took, whole, clicks, open_screens)


async def _changes(
    desk: Session, meeting: int, screens: list[Screen], until: float, every: float
) -> list[tuple[int, float, float]]:
    """Begin and end entries until it is time; (state it leads to, moment of the click, seconds of
    the answer) of each."""
    clicks = []
    while screens and time.monotonic() < until:
        page = (await asyncio.to_thread(desk.get, f"/rapat/{meeting}/jalan/"))[1]
        found = _STEP.search(page)
        if found is None:
            break
        path, version, what = found.groups()
        state = max(max(s.at, default=0) for s in screens) + 1
        clicked = time.monotonic()
        await asyncio.to_thread(desk.post, path, {"version": version, "langkah": what}, page)
        clicks.append((state, clicked, time.monotonic() - clicked))
        await asyncio.sleep(max(0.0, every - (time.monotonic() - clicked)))
    await asyncio.sleep(min(3.0, _PATIENCE))
    return clicks


def _figures(
    took: list[float], whole: float, clicks: list[tuple[int, float, float]], screens: list[Screen]
) -> dict[str, Any]:
    seen, missed = [], 0
    for state, clicked, _answered in clicks:
        for screen in screens:
            times = [at for head, at in screen.at.items() if head >= state and at >= clicked]
            if times and min(times) - clicked < _PATIENCE:
                seen.append(min(times) - clicked)
            else:
                missed += 1
    return {
        "seconds": round(whole, 1),
        "arrival_median_ms": round(statistics.median(took) * 1000) if took else 0,
        "arrival_p99_ms": round(p99(took) * 1000),
        "screens": len(screens), "changes": len(clicks), "seen": len(seen), "missed": missed,
        "screen_median_ms": round(statistics.median(seen) * 1000) if seen else 0,
        "screen_p99_ms": round(p99(seen) * 1000),
        "screen_max_ms": round(max(seen, default=0) * 1000),
        "click_median_ms": round(statistics.median(c[2] for c in clicks) * 1000) if clicks else 0,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("base")
    parser.add_argument("--meeting", type=int, required=True)
    parser.add_argument("--user", default="sekretariat")
    parser.add_argument("--password", required=True)
    parser.add_argument("--arrivals", type=int, default=100)
    parser.add_argument("--drops", type=int, default=10)
    parser.add_argument("--screens", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--doors", type=int, default=4, help="devices that check in")
    options = parser.parse_args()
    print(json.dumps(play(
        options.base, options.meeting, options.user, options.password, arrivals=options.arrivals,
        drops=options.drops, screens=options.screens, seconds=options.seconds,
        doors=options.doors,
    )))  # fmt: skip


if __name__ == "__main__":
    main()
