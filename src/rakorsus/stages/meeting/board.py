"""A session's agenda as a board: a column for each table (or one for the stage), time downwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rakorsus.stages.meeting.models import AgendaItem, Meeting, Session
from rakorsus.stages.meeting.planning import MOVABLE, minute

_SMALLEST: Final = 24  # pixels of the shortest entry
_MOST: Final = 1600  # pixels of the whole board


@dataclass(frozen=True)
class Block:
    """One entry: where it stands, in pixels and columns."""

    item: AgendaItem
    column: int
    top: int
    height: int
    movable: bool


@dataclass(frozen=True)
class Board:
    session: Session
    columns: int
    height: int
    scale: float  # pixels a minute
    step: int  # minutes to which an entry snaps
    blocks: tuple[Block, ...]
    hours: tuple[tuple[int, str], ...]  # pixel, label

    @property
    def desks(self) -> bool:
        return self.session.kind == Session.Kind.DESKS


def of(meeting: Meeting, session: Session, placed: Sequence[AgendaItem], grid: int) -> Board:
    """The board of what has a time in the session; desks snap to the grid of the agenda in use."""
    first = minute(meeting, session.starts)
    times = [minute(meeting, i.start) + i.minutes for i in placed if i.start]
    last = max([minute(meeting, session.ends), *times])
    moving = [i.minutes for i in placed if i.kind in MOVABLE]
    scale = max(0.5, min(_SMALLEST / max(1, min(moving, default=15)), _MOST / max(1, last - first)))
    desks = session.kind == Session.Kind.DESKS
    blocks = tuple(
        Block(
            item, max(0, item.table - 1) if desks else 0,
            round((minute(meeting, item.start) - first) * scale),
            max(12, round(item.minutes * scale) - 2),
            item.kind in MOVABLE and item.state == AgendaItem.State.WAITING,
        )
        for item in placed
        if item.start
    )  # fmt: skip
    every = 60 if scale < 1.5 else 30 if scale < 4 else 10
    hours = tuple(
        (round((m - first) * scale), f"{m // 60 % 24:02d}.{m % 60:02d}")
        for m in range(-(-first // every) * every, last + 1, every)
    )
    columns = max((b.column for b in blocks), default=0) + 1
    return Board(session, columns, round((last - first) * scale) + 8, round(scale, 3),
                 grid if desks else 1, blocks, hours)  # fmt: skip
