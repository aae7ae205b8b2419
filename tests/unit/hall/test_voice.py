"""Whoever begins his voice again at once waits a moment; what Janus says in parts is heard."""

from __future__ import annotations

import asyncio
import json
from itertools import pairwise

from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_create_server

from rakorsus.hall.gateway.janus import Janus
from rakorsus.hall.gateway.listener import Listener
from rakorsus.hall.gateway.meeting import Meeting
from rakorsus.hall.gateway.server import Gateway


def test_toggling_quickly_is_no_offence() -> None:
    async def story() -> list[float]:
        gateway = Gateway("kunci", "ws://127.0.0.1:9")
        listener = Listener(gateway)
        listener.meeting, listener.ticket = Meeting(1), {"u": 1}
        begun = []
        for _ in range(3):
            assert gateway.voices.told(listener, {"offer": "v=0"})
            begun.append(listener.offered)
            assert gateway.voices.told(listener, {"end": True})
        assert not gateway.voices.told(listener, {"offer": ""})
        return begun

    first, second, third = asyncio.run(story())
    assert second - first >= 1
    assert third - second >= 1


class _Mixer(WSListener):
    """Answers like Janus, every message in three frames."""

    def __init__(self, gone: asyncio.Event) -> None:
        self.gone = gone

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        self.gone.set()

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type != WSMsgType.TEXT:
            return
        asked = json.loads(frame.get_payload_as_bytes())
        data = {"id": 7, "filler": "é" * 3000}
        answer = {"janus": "success", "transaction": asked["transaction"], "data": data}
        told = json.dumps(answer, ensure_ascii=False).encode()
        for n, (begin, end) in enumerate(pairwise((0, 50, 1001, len(told)))):
            kind = WSMsgType.CONTINUATION if n else WSMsgType.TEXT
            transport.send(kind, told[begin:end], fin=end == len(told))


def test_what_comes_in_several_frames_is_one_message() -> None:
    async def story() -> list[int]:
        gone, ended = asyncio.Event(), asyncio.Event()
        server = await ws_create_server(lambda _request: _Mixer(gone), "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        janus = Janus(f"ws://127.0.0.1:{port}", "kunci", lambda handle: ended.set())
        async with asyncio.timeout(30):
            handles = [await janus.attach() for _ in range(3)]
            assert janus._transport is not None
            janus._transport.disconnect(graceful=False)
            await gone.wait()
            await ended.wait()
        server.close()
        return handles

    assert asyncio.run(story()) == [7, 7, 7]
