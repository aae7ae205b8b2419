"""Load on a hall's gateway, in a process of its own; prints one JSON object.

    python -m rakorsus.bench.hall_load poses --socket ws://127.0.0.1:8002/balai/ws --key-file … \
        --people-file … --people 500 --hz 20 --seconds 10

Scenarios: `poses` (everybody walks), `votes` (everybody votes once, a tenth loses the connection
after sending and comes back), `joins` (everybody comes in some seconds), `hostile` (a few flood,
teleport, forge and send rubbish while the others walk). Times are CLOCK_MONOTONIC of one machine,
so generator and gateway must share it. The people file is what `rakorsus.synth.rehearsal` printed.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import random
import resource
import sys
import time
import urllib.request
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import uvloop
from picows import WSError, WSMsgType, ws_connect

from rakorsus.bench.hall_client import Client, costs, spread
from rakorsus.hall import tickets
from rakorsus.hall.gateway import codec

_SAMPLE = 12  # clients that read every record that they get


class Load:
    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.key = Path(options.key_file).read_text()
        self.ids = json.loads(Path(options.people_file).read_text())
        self.socket = options.socket
        self.draw = random.Random(options.seed)  # noqa: S311 (a repeatable load)
        self.measuring = False
        self.began = 0.0
        self.frames = self.bytes = 0
        self.fan_out: list[float] = []
        self.age: list[float] = []
        self.sent: dict[tuple[int, int, int], float] = {}
        self.seen: dict[int, float] = {}
        self.seen_late: dict[int, float] = {}

    def health(self) -> dict[str, Any]:
        address = self.socket.replace("ws://", "http://") + "/sehat"
        with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 (our own server)
            found: dict[str, Any] = json.load(answer)
        return found

    def read(self, data: bytes, now: float) -> None:
        for number, x, z, _yaw, _flags in codec.decode_people(data)[2].tolist():
            if sent := self.sent.get((number, x, z)):
                self.age.append(now - sent)

    def act_seen(self, act: dict[str, Any], now: float, *, late: bool) -> None:
        delay = time.time() - datetime.fromisoformat(act["at"]).timestamp()
        if act["n"] not in self.seen and act["n"] not in self.seen_late:
            (self.seen_late if late else self.seen)[act["n"]] = delay

    def ticket(self, place: int, meeting: int) -> str:
        return tickets.issue(self.key, {
            "m": meeting, "u": self.ids["users"][place], "a": self.ids["agencies"][place],
            "r": "member", "n": f"Peserta {place} (contoh)", "s": "Dinas", "f": True, "w": [],
        })  # fmt: skip

    async def client(
        self, place: int, view: str, hz: int, meeting: int = 0, last: int = 0
    ) -> Client:
        made = Client(self, place, meeting or self.ids["meeting"])
        await ws_connect(lambda: made, self.socket, websocket_handshake_timeout=30)
        made.say(t="join", ticket=self.ticket(place, made.meeting), view=view, hz=hz, last=last)
        return made

    async def come(self, people: int, view: str, hz: int, seconds: float) -> list[Client]:
        """Everybody, spread over some seconds and over the halls."""
        halls = self.ids["meetings"][: self.options.halls]

        async def one(place: int) -> Client:
            await asyncio.sleep(seconds * place / people)
            users = len(self.ids["users"])
            made = await self.client(place % users, view, hz, halls[place // users % len(halls)])
            made.place = place
            async with asyncio.timeout(60):
                await made.joined.wait()
            return made

        return list(await asyncio.gather(*(one(n) for n in range(people))))

    # -- scenarios --------------------------------------------------------------------------

    async def poses(self) -> dict[str, Any]:
        options = self.options
        self.began = self.health()["began"]
        came = await self.come(options.people, "3d", options.hz, options.people / 60)
        for client in came[:: max(1, len(came) // _SAMPLE)]:
            client.reads = True
        walking = asyncio.create_task(self.walking(came, options.hz))
        await asyncio.sleep(2)
        report = await self.measured(options.seconds, options.people)
        walking.cancel()
        seats, cut = sum(c.kind == "seat" for c in came), sum(not c.transport for c in came)
        self.end(came)
        return report | {"seats": seats, "cut": cut}  # fmt: skip

    async def measured(self, seconds: float, people: int) -> dict[str, Any]:
        """Figures of some seconds."""
        self.frames = self.bytes = 0
        self.fan_out, self.age = [], []
        gc.collect()
        gc.disable()
        before, cpu = await asyncio.to_thread(self.health), time.process_time()
        self.measuring, start = True, time.monotonic()
        await asyncio.sleep(seconds)
        self.measuring, passed = False, time.monotonic() - start
        after = await asyncio.to_thread(self.health)
        gc.enable()
        return {
            "seconds": round(passed, 2), "frames": self.frames,
            "snapshots": after["snapshots"] - before["snapshots"],
            "poses": after["poses"] - before["poses"],
            "gateway_cpu_s": round(after["cpu"] - before["cpu"], 3),
            "core_share": round((after["cpu"] - before["cpu"]) / passed, 3),
            **costs(before, after),
            "frames_per_client_s": round(self.frames / passed / people, 2),
            "bytes_per_client_s": round(self.bytes / passed / people),
            "fan_out_ms": spread(self.fan_out), "age_ms": spread(self.age),
            "generator_core": round((time.process_time() - cpu) / passed, 3),
        }  # fmt: skip

    async def walking(self, came: list[Client], hz: int) -> None:
        """Each client says its place `hz` times a second, all spread evenly over the time."""
        parts = 20
        due = time.monotonic()
        while True:
            for part in range(parts):
                due = max(due + 1 / hz / parts, time.monotonic())  # nothing is made up for
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                now = time.monotonic()
                for client in came[part::parts]:
                    client.walk(now)
            if len(self.sent) > 200_000:
                self.sent = dict(list(self.sent.items())[100_000:])

    async def votes(self) -> dict[str, Any]:
        """Everybody votes in `seconds`; acknowledged votes by key, and what a watcher saw."""
        people = self.options.people
        acked: dict[str, int] = {}
        tries: Counter[str] = Counter()
        stop = asyncio.Event()
        watcher = asyncio.create_task(self.watch(stop))
        start = time.monotonic()

        async def one(place: int) -> None:
            key = f"suara-{place:05d}-beban"
            data = {"resolution": self.ids["resolution"], "mandate": self.ids["mandates"][place],
                    "choice": self.draw.choice(("yes", "no", "abstain"))}  # fmt: skip
            breaks = place % 10 == 0
            ready = asyncio.create_task(self.client(place, "list", 0))
            await asyncio.sleep(max(0.0, start + 6 + self.options.seconds * place / people
                                    - time.monotonic()))  # fmt: skip
            client: Client | None = None
            while key not in acked:
                try:
                    client = await ready if client is None else client
                    async with asyncio.timeout(20):
                        await client.joined.wait()
                    client.news.clear()
                    tries[key] += 1
                    client.say(t="act", key=key, name="vote", data=data)
                    if breaks and client.transport is not None:
                        breaks = False
                        await asyncio.sleep(0.01)  # sent, the answer is lost
                        if client.transport is not None:
                            client.transport.disconnect(graceful=False)
                    async with asyncio.timeout(20):
                        while key not in client.answers and client.transport is not None:
                            client.news.clear()
                            await client.news.wait()
                    said = client.answers.pop(key, None)
                    if said and said["t"] == "ack":
                        acked[key] = said["n"]
                        break
                    if said and said["code"] != "busy":
                        raise RuntimeError(f"{key}: {said}")
                except (OSError, TimeoutError, asyncio.IncompleteReadError, WSError):
                    pass
                if client is None or client.transport is None:
                    client = None
                    await asyncio.sleep(0.5 + self.draw.random())
                    ready = asyncio.create_task(self.client(place, "list", 0))
            if client is not None and client.transport is not None:
                client.transport.disconnect()

        await asyncio.gather(*(one(n) for n in range(people)))
        took = time.monotonic() - start - 6
        await asyncio.sleep(1)
        stop.set()
        await watcher
        return {
            "acked": acked, "took_s": round(took, 2), "tries": sum(tries.values()),
            "seen_live": len(self.seen), "seen_after_return": len(self.seen_late),
            "commit_to_seen_ms": spread(list(self.seen.values())),
            "commit_to_seen_with_outage_ms": spread(
                [*self.seen.values(), *self.seen_late.values()]
            ),
        }  # fmt: skip

    async def watch(self, stop: asyncio.Event) -> None:
        """Somebody who sees every act, and comes back with the last number after a break."""
        last = 1  # acts are kept for whoever has seen one
        place = len(self.ids["users"]) - 1
        while not stop.is_set():
            try:
                client = await self.client(place, "list", 0, last=last)
                while client.transport is not None and not stop.is_set():
                    await asyncio.sleep(0.05)
                    last = max(last, client.last)
                if client.transport is not None:
                    client.transport.disconnect()
            except (OSError, TimeoutError, WSError):
                await asyncio.sleep(0.2)

    async def joins(self) -> dict[str, Any]:
        """Everybody in `seconds`; the cap is looked at all the while."""
        most, stop = 0, asyncio.Event()

        async def look() -> None:
            nonlocal most
            while not stop.is_set():
                found = await asyncio.to_thread(self.health)
                most = max([most, *(m["bodies"] for m in found["meetings"])])
                await asyncio.sleep(0.1)

        looking = asyncio.create_task(look())
        start = time.monotonic()
        came = await self.come(self.options.people, "3d", 20, self.options.seconds)
        took = time.monotonic() - start
        await asyncio.sleep(0.5)
        stop.set()
        await looking
        self.end(came)
        kinds = Counter(c.kind for c in came)
        return {"took_s": round(took, 2), "seats": kinds["seat"], "audience": kinds["audience"],
                "most_bodies": most}  # fmt: skip

    async def hostile(self) -> dict[str, Any]:
        """The others walk, first among themselves, then beside four who mean harm."""
        options = self.options
        self.began = self.health()["began"]
        came = await self.come(options.people - 4, "3d", options.hz, options.people / 60)
        for client in came[:: max(1, len(came) // _SAMPLE)]:
            client.reads = True
        walking = asyncio.create_task(self.walking(came, options.hz))
        await asyncio.sleep(2)
        alone = await self.measured(options.seconds, len(came))
        bad = [await self.client(options.people - n, "3d", 20) for n in range(1, 5)]
        for client in bad:
            await client.joined.wait()
        at = self.spot(bad[0])
        harm = asyncio.create_task(self.harm(bad))
        beside = await self.measured(options.seconds, len(came))
        harm.cancel()
        walking.cancel()
        ended = [client.code or "cut" for client in bad if client.transport is None]
        left = sum(client.transport is None for client in came)
        self.end([*came, *bad])
        return {"alone": alone, "beside": beside, "ended": ended, "good_lost": left, "at": at}

    @staticmethod
    def spot(client: Client) -> tuple[int, int]:
        return client.x, client.z

    async def harm(self, bad: list[Client]) -> None:
        """Teleports, a flood, forged floors, rubbish."""
        teleport, flood, forge, rubbish = bad
        while True:
            await asyncio.sleep(0.02)
            if teleport.transport is not None:
                where = self.draw.randint(-30_000, 30_000), self.draw.randint(-30_000, 30_000)
                mine = codec.Mine(0, 0, teleport.id, *where, 0, 255)
                teleport.transport.send(WSMsgType.BINARY, codec.encode_mine(mine))
            for _ in range(40):
                if flood.transport is not None:
                    mine = codec.Mine(0, 0, flood.id, 0, 0, 0, 0)
                    flood.transport.send(WSMsgType.BINARY, codec.encode_mine(mine))
            forge.say(t="act", key=f"palsu-{self.draw.random():.12f}", name="grant",
                      data={"request": 1})  # fmt: skip
            if rubbish.transport is not None:
                rubbish.transport.send(WSMsgType.BINARY, self.draw.randbytes(33))

    @staticmethod
    def end(came: list[Client]) -> None:
        for client in came:
            if client.transport is not None:
                client.transport.disconnect(graceful=False)


def main() -> int:
    parser = argparse.ArgumentParser(prog="rakorsus.bench.hall_load", description=__doc__)
    parser.add_argument("scenario", choices=("poses", "votes", "joins", "hostile"))
    parser.add_argument("--socket", required=True)
    parser.add_argument("--key-file", required=True)
    parser.add_argument("--people-file", required=True)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--halls", type=int, default=1)
    parser.add_argument("--hz", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(65_536, limit[1]), limit[1]))
    load = Load(options)
    print(json.dumps(uvloop.run(getattr(load, options.scenario)())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
