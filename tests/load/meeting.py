"""Load on a meeting's day, against a running installation: check-ins of which some lose their
answer and are sent again, while screens follow the running order.

    python tests/load/meeting.py http://127.0.0.1:8000 --meeting 1 --password … \
        --arrivals 1000 --drops 100 --screens 500 --seconds 600

Prints one line of JSON: how many were sent and how many are in the list (the two must be equal),
the time of a check-in, and how late the screens had their answers against the moment when they were
due. The participants must be there and not yet in.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import re
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from urllib.parse import urlencode, urlparse


class Session:
    """A signed-in browser without a screen: one connection, cookies, the form's token."""

    def __init__(self, base: str, user: str, password: str) -> None:
        self.host = urlparse(base).netloc
        self.cookies: dict[str, str] = {}
        self.link = http.client.HTTPConnection(self.host, timeout=30)
        page = self.get("/akun/login/")[1]
        self.post("/akun/login/", {"login": user, "password": password}, page)

    def ask(self, method: str, path: str, body: str | None, extra: dict[str, str]) -> tuple:
        cookies = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        heads = {"Cookie": cookies, **extra}
        if body is not None:
            heads["Content-Type"] = "application/x-www-form-urlencoded"
        self.link.request(method, path, body, heads)
        answer = self.link.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return answer.status, text, {k.lower(): v for k, v in answer.getheaders()}

    def get(self, path: str, **extra: str) -> tuple:
        return self.ask("GET", path, None, extra)

    def post(self, path: str, data: dict[str, str], page: str, **extra: str) -> tuple:
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        token = found.group(1) if found else self.cookies.get("csrftoken", "")
        return self.ask("POST", path, urlencode({**data, "csrfmiddlewaretoken": token}), extra)

    def drop(self, path: str, data: dict[str, str]) -> None:
        """Send, and go away before the answer comes."""
        body = urlencode({**data, "csrfmiddlewaretoken": self.cookies["csrftoken"]})
        cookies = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        self.link.request("POST", path, body, {
            "Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded",
        })  # fmt: skip
        self.link.close()
        self.link = http.client.HTTPConnection(self.host, timeout=30)


class Screens:
    """Screens that ask for the fragment every two seconds, spread over a few connections."""

    def __init__(self, sessions: list[Session], path: str, count: int) -> None:
        self.path, self.stop = path, threading.Event()
        self.took: list[float] = []
        each = max(1, count // len(sessions))
        self.threads = [threading.Thread(target=self.follow, args=(s, each)) for s in sessions]

    def follow(self, session: Session, count: int) -> None:
        tags = [""] * count
        due = [time.monotonic() + random.uniform(0, 2) for _ in range(count)]
        while not self.stop.is_set():
            n = min(range(count), key=due.__getitem__)
            time.sleep(max(0.0, due[n] - time.monotonic()))
            extra = {"If-None-Match": tags[n]} if tags[n] else {}
            _status, _text, heads = session.ask("GET", self.path, None, extra)
            self.took.append(time.monotonic() - due[n])  # from when it was due to the answer
            tags[n] = heads.get("etag", tags[n])
            due[n] += 2.0


def p99(values: list[float]) -> float:
    return sorted(values)[max(0, int(len(values) * 0.99) - 1)]


def arrive(session: Session, path: str, guest: str, client: str, dropped: bool) -> float:
    data = {"participant": guest, "client": client, "at": datetime.now(UTC).isoformat()}
    if dropped:
        session.drop(path, data)
    began = time.monotonic()
    token = session.cookies.get("csrftoken", "")
    form = f'name="csrfmiddlewaretoken" value="{token}"'
    status, text, _heads = session.post(path, data, form, Accept="application/json")
    if status != 200:
        raise RuntimeError(f"{status}: {text[:200]}")
    return time.monotonic() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
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
    door = f"/rapat/{options.meeting}/masuk/"
    doors = [Session(options.base, options.user, options.password)
             for _ in range(options.doors)]  # fmt: skip
    guests: list[str] = []
    number = 1
    while len(guests) < options.arrivals:
        page = doors[0].get(f"{door}?hadir=belum&page={number}")[1]
        new = re.findall(r'type="hidden" name="participant" value="(\d+)"', page)
        fresh = [g for g in new if g not in guests]
        if not fresh:
            break
        guests += fresh
        number += 1
    guests = guests[: options.arrivals]
    screens = None
    if options.screens:
        followers = [Session(options.base, options.user, options.password) for _ in range(8)]
        path = f"/rapat/{options.meeting}/jalan/isi/"
        screens = Screens(followers, path, options.screens)
        for thread in screens.threads:
            thread.start()
    draw = random.Random(1)
    dropped = set(draw.sample(guests, min(options.drops, len(guests))))
    pause = options.seconds / max(1, len(guests))
    began = time.monotonic()

    def work(place: int) -> list[float]:
        took = []
        for n in range(place, len(guests), options.doors):
            time.sleep(max(0.0, began + n * pause - time.monotonic()))
            guest = guests[n]
            took.append(arrive(doors[place], door, guest, f"load-{guest}", guest in dropped))
        return took

    with ThreadPoolExecutor(options.doors) as pool:
        took = [t for part in pool.map(work, range(options.doors)) for t in part]
    seconds = time.monotonic() - began
    if screens:
        time.sleep(3)
        screens.stop.set()
        for thread in screens.threads:
            thread.join()
    listed = json.loads(doors[0].get(f"/rapat/{options.meeting}/hadir.json")[1])["attendance"]
    here = sum(1 for row in listed if list(row.values())[6])
    print(json.dumps({
        "arrivals": len(guests), "dropped": len(dropped), "present": here,
        "seconds": round(seconds, 1), "median_ms": round(statistics.median(took) * 1000),
        "p99_ms": round(p99(took) * 1000),
        "screens": options.screens, "asked": len(screens.took) if screens else 0,
        "screens_p99_ms": round(p99(screens.took) * 1000) if screens else 0,
    }))  # fmt: skip


if __name__ == "__main__":
    main()
