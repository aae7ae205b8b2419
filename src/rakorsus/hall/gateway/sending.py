"""Frames of where people are, to the connections of one meeting that are due in a tick."""

from __future__ import annotations

import numpy as np

from rakorsus.hall.gateway import codec
from rakorsus.hall.gateway.meeting import TICK, Group, Meeting


def send(meeting: Meeting, tick: int, clock: int) -> int:
    """Serve who is due; how many frames went out. `clock` is the gateway's, in milliseconds."""
    changed, sent = meeting.room.changed, 0
    for key, group in meeting.due(tick):
        known, when = group.served
        if known == changed and tick - when < TICK:
            continue  # nothing moved: a frame a second keeps the clients sure
        group.served = changed, tick
        sent += _to_bodies(meeting, key, group, tick, clock)
        if group.others:
            ids = meeting.room.seen_by_audience(key)
            frame = codec.encode_people(meeting.room.rec[ids], tick, clock)
            sent += sum(one.send_pose(frame) for one in group.others)
    return sent


def _to_bodies(meeting: Meeting, key: tuple[int, int], group: Group, tick: int, clock: int) -> int:
    """Everybody with a body gets a frame of his own; all are made as one block of bytes."""
    if not group.bodied:
        return 0
    room = meeting.room
    ids = room.seen(group.viewers, key)
    rows, count = ids.shape
    size = codec.HEADER.size + count * codec.RECORD.itemsize
    out = np.empty((rows, size), np.uint8)
    out[:, : codec.HEADER.size] = np.frombuffer(codec.header(count, tick, clock), np.uint8)
    if count:
        out[:, codec.HEADER.size :] = room.rec.view(np.uint64)[ids].view(np.uint8).reshape(rows, -1)
    data = memoryview(out).cast("B")
    return sum(
        one.send_pose(data[place * size : (place + 1) * size])
        for place, one in enumerate(group.bodied)
    )
