"""How many comparisons one missing answer holds up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rakorsus.engine.blocks import blocks, keep
from rakorsus.engine.context import Context
from rakorsus.engine.pairs.anchors import meet
from rakorsus.engine.pairs.lines import Line, lines
from rakorsus.engine.unclear.placed import Placed

_CLOSE: Final = 0.9  # strength of a meeting: one street, facility, hamlet or RW


def decides(context: Context, line: Line, missing: str) -> int:
    """Other lines (targets for a volume) that could be judged with this one once it is answered.

    A place lets the line be compared with the placed works of its government on one kind of
    object that do not run at another time (the kind with the most of them; a general title with
    whatever it may hide); dates with the works at the same spot; a volume with the targets that
    it serves.
    """
    if missing == "volume":
        return len(served(context, line))
    if missing == "place":
        return keep(context, "placed works", Placed).meeting(line)
    known, index = lines(context), blocks(context, "spots of works", _spots)
    others = (known[key] for key in {key for spot in _names(line) for key in index[spot]})
    return sum(
        other.work != line.work
        and (met := meet(line.anchors, other.anchors)) is not None
        and met.strength >= _CLOSE
        for other in others
    )


def prepare(context: Context) -> None:
    """Have ready what `decides` looks up."""
    keep(context, "placed works", Placed)
    blocks(context, "spots of works", _spots)


def served(context: Context, line: Line) -> list[str]:
    """Targets with an amount, by id, whose code stands above the line's."""
    code = line.code or ""
    if context.targets.is_empty():
        return []
    wanted = context.targets.select("id", "code", "target").iter_rows()
    return [name for name, above, amount in wanted if above and amount and code.startswith(above)]


def _spots(line: Line) -> Iterator[str]:
    if line.physical:
        yield from _names(line)


def _names(line: Line) -> Iterator[str]:
    """Each RW, hamlet, street and facility with its region."""
    for anchor in line.anchors:
        for name in (*anchor.rw, anchor.hamlet, anchor.street, anchor.facility):
            if name:
                yield f"{anchor.region}|{name}"
