"""Whoever begins his voice again at once waits a moment; it is no offence."""

from __future__ import annotations

import asyncio

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
