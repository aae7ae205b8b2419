"""People who speak and listen through Janus, in a process of their own; prints one JSON object.

    python -m rakorsus.bench.voice_load --socket ws://127.0.0.1:8188 --speakers 1 --listeners 200

They join a room as the hall's gateway lets them in, over WebRTC on this machine's own address
(`aiortc`). Speakers send a tone, each of its own pitch. All packets that others get are counted,
and one person listens: what the sound's energy is while microphones are open, and after they have
been muted. Of many listeners the first `--plain` take the room's sound by plain RTP: Janus mixes,
encodes and sends for each of them as for the others, without encrypting, and this process can count
two hundred of them.
"""

from __future__ import annotations

import argparse
import array
import asyncio
import fractions
import json
import math
import struct
import time
from contextlib import suppress
from typing import Any, Final

import aiortc.rtcrtpreceiver
from aiortc import MediaStreamTrack, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError
from av import AudioFrame

from rakorsus.hall.gateway.janus import Janus

_RATE: Final = 48_000
_FRAME: Final = _RATE // 50
_ROOM: Final = 77
_SILENCE: Final = b"\xf8\xff\xfe"  # an Opus frame


class Tone(MediaStreamTrack):
    """A sine, 20 milliseconds at a time."""

    kind = "audio"

    def __init__(self, hertz: float) -> None:
        super().__init__()
        self._step = 2 * math.pi * hertz / _RATE
        self._sent = 0
        self._began = 0.0

    async def recv(self) -> AudioFrame:
        self._began = self._began or time.monotonic()
        await asyncio.sleep(max(0.0, self._began + self._sent / _RATE - time.monotonic()))
        wave = [int(9000 * math.sin(self._step * (self._sent + n))) for n in range(_FRAME)]
        frame = AudioFrame(format="s16", layout="mono", samples=_FRAME)
        frame.planes[0].update(array.array("h", wave).tobytes())
        frame.pts, frame.sample_rate = self._sent, _RATE
        frame.time_base = fractions.Fraction(1, _RATE)
        self._sent += _FRAME
        return frame


class _Deaf:
    """Who only counts packets need not hear."""

    def decode(self, _frame: Any) -> list[AudioFrame]:
        return []


_hearing = aiortc.rtcrtpreceiver.get_decoder


class Person:
    """One connection to the room."""

    def __init__(self, number: int, speaks: bool, hears: bool) -> None:
        self.number, self.hears = number, hears
        self.link = RTCPeerConnection()
        self.handle = 0
        self.sound: list[float] = []
        if speaks:
            self.link.addTrack(Tone(200 + 37 * number))
        else:
            self.link.addTransceiver("audio", direction="recvonly")
        if hears:
            self.link.on("track", lambda track: asyncio.ensure_future(self._hear(track)))

    async def join(self, janus: Janus, open_: bool) -> None:
        self.handle = await janus.attach()
        await janus.join(self.handle, _ROOM, self.number)
        await self.link.setLocalDescription(await self.link.createOffer())
        answer = await janus.answer(self.handle, self.link.localDescription.sdp)
        aiortc.rtcrtpreceiver.get_decoder = _hearing if self.hears else lambda codec: _Deaf()
        await self.link.setRemoteDescription(RTCSessionDescription(answer, "answer"))
        if open_:
            await janus.mute(self.handle, _ROOM, self.number, False)
        async with asyncio.timeout(60):
            while self.link.connectionState != "connected":
                await asyncio.sleep(0.02)

    async def _hear(self, track: MediaStreamTrack) -> None:
        with suppress(MediaStreamError):  # its end
            while True:
                wave = array.array("h", bytes((await track.recv()).planes[0]))
                self.sound.append(math.sqrt(sum(x * x for x in wave) / max(1, len(wave))))

    async def close(self) -> None:
        await self.link.close()

    async def packets(self) -> tuple[int, int]:
        """Received, lost."""
        for figure in (await self.link.getStats()).values():
            if figure.type == "inbound-rtp":
                return figure.packetsReceived, figure.packetsLost
        return 0, 0


class Plain(asyncio.DatagramProtocol):
    """A listener without WebRTC: counts packets and the gaps between their numbers."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.handle = self.got = self.lost = 0
        self._last = -1
        self._door: asyncio.DatagramTransport | None = None

    async def join(self, janus: Janus) -> None:
        loop = asyncio.get_running_loop()
        self._door, _ = await loop.create_datagram_endpoint(
            lambda: self, local_addr=("127.0.0.1", 0)
        )
        self.handle = await janus.attach()
        port = self._door.get_extra_info("sockname")[1]
        there = await janus.join(self.handle, _ROOM, self.number, {"ip": "127.0.0.1", "port": port})
        hello = struct.pack("!BBHII", 0x80, 111, 0, 0, self.number) + _SILENCE
        self._door.sendto(hello, (there["ip"], there["port"]))  # Janus sends from the first one on

    def datagram_received(self, data: bytes, addr: Any) -> None:
        (number,) = struct.unpack_from("!H", data, 2)
        if self._last >= 0:
            self.lost += (number - self._last - 1) % 65536
        self._last, self.got = number, self.got + 1

    async def packets(self) -> tuple[int, int]:
        return self.got, self.lost

    async def close(self) -> None:
        if self._door is not None:
            self._door.close()


async def play(options: argparse.Namespace) -> dict[str, Any]:
    janus = Janus(options.socket, "ukur", lambda handle: None)
    count = options.speakers + options.listeners - options.plain
    people = [Person(n + 1, n < options.speakers, n == count - 1) for n in range(count)]
    crowd = [Plain(count + n + 1) for n in range(options.plain)]
    began = time.monotonic()
    await janus.room(await janus.attach(), _ROOM, plain=bool(crowd))
    for n, person in enumerate(people):
        await person.join(janus, open_=n < options.speakers)
    for other in crowd:
        await other.join(janus)
    everybody: list[Person | Plain] = [*people, *crowd]
    joined = time.monotonic() - began
    await asyncio.sleep(2)
    print("ready", flush=True)
    listener, before = people[-1], [await p.packets() for p in everybody]
    start, used = time.monotonic(), time.process_time()
    listener.sound.clear()
    await asyncio.sleep(options.seconds)
    passed, core = time.monotonic() - start, time.process_time() - used
    after = [await p.packets() for p in everybody]
    loud = sorted(listener.sound)
    print("measured", flush=True)
    for person in people[: options.speakers]:
        await janus.mute(person.handle, _ROOM, person.number, True)
    await asyncio.sleep(1)
    listener.sound.clear()
    await asyncio.sleep(3)
    quiet = max(listener.sound, default=-1.0)
    rates = sorted((a[0] - b[0]) / passed for a, b in zip(after, before, strict=True))
    lost = sum(a[1] - b[1] for a, b in zip(after, before, strict=True))
    for one in everybody:
        await one.close()
    return {
        "joined_s": round(joined, 1), "packets_s_least": round(rates[0], 1),
        "packets_s_median": round(rates[len(rates) // 2], 1), "lost": lost,
        "sound_open": round(loud[len(loud) // 2]) if loud else 0,
        "sound_muted": round(quiet, 1), "generator_core": round(core / passed, 2),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="rakorsus.bench.voice_load", description=__doc__)
    parser.add_argument("--socket", required=True)
    parser.add_argument("--speakers", type=int, default=20)
    parser.add_argument("--listeners", type=int, default=0)
    parser.add_argument("--plain", type=int, default=0, help="listeners without WebRTC")
    parser.add_argument("--seconds", type=float, default=15)
    print(json.dumps(asyncio.run(play(parser.parse_args()))))


if __name__ == "__main__":
    main()
