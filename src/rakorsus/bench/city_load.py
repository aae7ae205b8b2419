"""Load of a city's day on a running installation, in a process of its own; prints one JSON object.

    python -m rakorsus.bench.city_load plan.json

The plan, as `rakorsus.bench.city` writes it, holds `base`, `seconds` and `streams`. A stream is a
group of people who do the same: `name`, `people` (each with a connection of their own), `rate`
(requests a second of all together), `visits` and, for people who are signed in, `cookies`. Requests
begin at moments drawn at random beforehand (a Poisson process), whether or not earlier ones have
been answered: a server that falls behind is seen as waiting, which a closed loop would hide. The
time of a request counts from its moment, not from its sending.

Everybody has an address of the loopback network of his own, unless the stream names the `source` of
all. `greedy` people have no moments: each asks again as soon as it has its answer.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import random
import re
import resource
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import uvloop

_PATIENCE: Final = 30.0  # seconds until an answer is given up
_TOKEN: Final = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Person:
    """One connection: cookies, and what is known of a page seen before."""

    host: str
    port: int
    source: str
    cookies: dict[str, str]
    tags: dict[str, str] = field(default_factory=dict)
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def ask(self, path: str, data: dict[str, str] | None = None) -> tuple[int, bytes, int]:
        """Status, body, bytes that came. An idle connection that was closed is opened anew."""
        known = self.writer is not None
        try:
            return await self._once(path, data)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.close()
            if not known or data is not None:
                raise
            return await self._once(path, data)

    async def _once(self, path: str, data: dict[str, str] | None) -> tuple[int, bytes, int]:
        if self.writer is None or self.reader is None or self.writer.is_closing():
            self.reader, self.writer = await asyncio.open_connection(
                self.host, self.port, local_addr=(self.source, 0)
            )
        body = urlencode(data).encode() if data is not None else b""
        heads = [f"{'GET' if data is None else 'POST'} {path} HTTP/1.1",
                 f"Host: {self.host}:{self.port}", "Accept-Encoding: gzip"]  # fmt: skip
        if self.cookies:
            heads.append("Cookie: " + "; ".join(f"{k}={v}" for k, v in self.cookies.items()))
        if data is not None:
            heads += ["Content-Type: application/x-www-form-urlencoded",
                      f"Content-Length: {len(body)}"]  # fmt: skip
        elif path in self.tags:
            heads.append(f"If-None-Match: {self.tags[path]}")
        self.writer.write("\r\n".join([*heads, "", ""]).encode() + body)
        return await self._answer(path)

    async def _answer(self, path: str) -> tuple[int, bytes, int]:
        assert self.reader is not None
        raw = await self.reader.readuntil(b"\r\n\r\n")
        first, *lines = raw.decode("latin-1").split("\r\n")
        status = int(first.split()[1])
        heads: dict[str, str] = {}
        for line in lines:
            name, _, value = line.partition(": ")
            heads[name.lower()] = value
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        if "etag" in heads:
            self.tags[path] = heads["etag"]
        body = b""
        if heads.get("transfer-encoding") == "chunked":
            while size := int(await self.reader.readuntil(b"\r\n"), 16):
                body += await self.reader.readexactly(size)
                await self.reader.readexactly(2)
            await self.reader.readexactly(2)
        elif status not in {204, 304}:
            body = await self.reader.readexactly(int(heads.get("content-length", 0)))
        came = len(raw) + len(body)
        if heads.get("connection", "") == "close":
            self.close()
        return status, gzip.decompress(body) if heads.get("content-encoding") else body, came

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


@dataclass
class Stream:
    """What a group of people has met."""

    plan: dict[str, Any]
    people: list[Person]
    took: list[float] = field(default_factory=list)
    sent: float = 0.0
    codes: Counter[str] = field(default_factory=Counter)
    by_visit: dict[str, list[float]] = field(default_factory=dict)
    came: int = 0
    waiting: int = 0
    most_waiting: int = 0

    async def one(self, person: Person, visit: dict[str, Any], due: float) -> None:
        self.waiting += 1
        self.most_waiting = max(self.most_waiting, self.waiting)
        try:
            async with asyncio.timeout(_PATIENCE), person.lock:
                status, came = await self._visit(person, visit)
            self.codes[str(status)] += 1
            self.came += came
        except TimeoutError:
            person.close()
            self.codes["no answer"] += 1
        except (OSError, asyncio.IncompleteReadError) as error:
            person.close()
            self.codes[type(error).__name__] += 1
        finally:
            self.waiting -= 1
        took = time.monotonic() - due
        self.took.append(took)
        self.by_visit.setdefault(visit.get("name", visit["path"]), []).append(took)

    async def _visit(self, person: Person, visit: dict[str, Any]) -> tuple[int, int]:
        if visit.get("fresh"):  # somebody who was never here: no tag, a new connection
            person.tags.clear()
            person.close()
        if "data" not in visit:
            status, _body, came = await person.ask(visit["path"])
            return status, came
        _, page, came = await person.ask(visit["path"])
        found = _TOKEN.search(page)
        token = found.group(1).decode() if found else ""
        status, _body, more = await person.ask(
            visit["to"], {**visit["data"], "csrfmiddlewaretoken": token}
        )
        return status, came + more

    async def run(self, start: float, seconds: float, seed: int) -> None:
        if self.plan.get("greedy"):
            await asyncio.gather(*(self._greedy(p, start, seconds, n)
                                   for n, p in enumerate(self.people)))  # fmt: skip
            return
        draw = random.Random(seed)  # noqa: S311 (a load that can be repeated)
        visits = self.plan["visits"]
        weights = [v.get("weight", 1) for v in visits]
        each_once = self.plan.get("each_once", False)
        due, number, tasks = start, 0, []
        while (due := due + draw.expovariate(self.plan["rate"])) < start + seconds:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            if each_once:
                if number == len(visits):
                    break
                visit = visits[number]
            else:
                visit = draw.choices(visits, weights)[0]
            person = self.people[number % len(self.people)]
            tasks.append(asyncio.create_task(self.one(person, visit, due)))
            number += 1
        await asyncio.gather(*tasks)

    async def _greedy(self, person: Person, start: float, seconds: float, seed: int) -> None:
        draw = random.Random(seed)  # noqa: S311
        await asyncio.sleep(max(0.0, start - time.monotonic()))
        while time.monotonic() < start + seconds:
            before = self.codes["429"]
            await self.one(person, draw.choice(self.plan["visits"]), time.monotonic())
            if self.codes["429"] > before:
                await asyncio.sleep(0.01)

    def figures(self, seconds: float) -> dict[str, Any]:
        fine = sum(n for code, n in self.codes.items() if code in {"200", "302", "304"})
        return {
            "requests": len(self.took), "per_second": round(len(self.took) / seconds, 1),
            "errors": len(self.took) - fine, "codes": dict(sorted(self.codes.items())),
            **spread(self.took), "most_waiting": self.most_waiting,
            "kb_each": round(self.came / 1000 / max(1, len(self.took)), 1),
            "slowest": {
                name: spread(times) for name, times in
                sorted(self.by_visit.items(), key=lambda kv: -median(kv[1]))[:5]
            },
        }  # fmt: skip


def median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def spread(values: list[float]) -> dict[str, float]:
    """Milliseconds: p50, p95, p99 and the greatest."""
    row = sorted(values)
    if not row:
        return {"p50_ms": 0, "p95_ms": 0, "p99_ms": 0, "max_ms": 0}
    at = {f"p{p}_ms": row[min(len(row) - 1, -(-p * len(row) // 100) - 1)] for p in (50, 95, 99)}
    return {k: round(v * 1000, 1) for k, v in (at | {"max_ms": row[-1]}).items()}


async def load(plan: dict[str, Any]) -> dict[str, Any]:
    parts = urlsplit(plan["base"])
    assert parts.hostname
    assert parts.port
    streams = []
    for stream in plan["streams"]:
        cookies = stream.get("cookies") or [{}]
        streams.append(Stream(stream, [
            Person(parts.hostname, parts.port,
                   stream.get("source") or f"127.1.{n // 250}.{n % 250 + 1}",
                   dict(cookies[n % len(cookies)]))
            for n in range(stream["people"])
        ]))  # fmt: skip
    start, used = time.monotonic() + 0.5, time.process_time()
    await asyncio.gather(*(s.run(start, plan["seconds"], n) for n, s in enumerate(streams)))
    whole = time.monotonic() - start
    for stream in streams:
        for person in stream.people:
            person.close()
    return {
        "seconds": round(whole, 1),
        "generator_core": round((time.process_time() - used) / whole, 3),
        "streams": {s.plan["name"]: s.figures(plan["seconds"]) for s in streams},
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="rakorsus.bench.city_load", description=__doc__)
    parser.add_argument("plan", type=Path)
    options = parser.parse_args()
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(65_536, limit[1]), limit[1]))
    print(json.dumps(uvloop.run(load(json.loads(options.plan.read_text())))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
