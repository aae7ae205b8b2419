"""People who speak and listen through Janus, in a process of their own; prints one JSON object.

    python -m rakorsus.bench.voice_load --socket ws://127.0.0.1:8188 --speakers 1 --listeners 200

They join a room as the hall's gateway lets them in, over WebRTC on this machine's own address
(`aiortc`). Speakers send a tone, each of its own pitch. All packets that others get are counted,
and one person listens: what the sound's energy is while microphones are open, and after they have
been muted.
"""

from __future__ import annotations

import argparse
import array
import asyncio
import fractions
import json
import math
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

    async def packets(self) -> tuple[int, int]:
        """Received, lost."""
        for figure in (await self.link.getStats()).values():
            if figure.type == "inbound-rtp":
                return figure.packetsReceived, figure.packetsLost
        return 0, 0


async def play(options: argparse.Namespace) -> dict[str, Any]:
    janus = Janus(options.socket, "ukur", lambda handle: None)
    count = options.speakers + options.listeners
    people = [Person(n + 1, n < options.speakers, n == count - 1) for n in range(count)]
    began = time.monotonic()
    for n, person in enumerate(people):
        await person.join(janus, open_=n < options.speakers)
    joined = time.monotonic() - began
    await asyncio.sleep(2)
    print("ready", flush=True)
    listener, before = people[-1], [await p.packets() for p in people]
    start, used = time.monotonic(), time.process_time()
    listener.sound.clear()
    await asyncio.sleep(options.seconds)
    passed, core = time.monotonic() - start, time.process_time() - used
    after = [await p.packets() for p in people]
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
    for person in people:
        await person.link.close()
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
    parser.add_argument("--seconds", type=float, default=15)
    print(json.dumps(asyncio.run(play(parser.parse_args()))))


if __name__ == "__main__":
    main()
