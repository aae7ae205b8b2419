"""How many comparisons one missing answer holds up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rakorsus.engine.blocks import blocks
from rakorsus.engine.context import Context
from rakorsus.engine.pairs.anchors import meet
from rakorsus.engine.pairs.lines import Line, lines, one_area, same_time
from rakorsus.engine.thesaurus import CONTAINERS

_CLOSE: Final = 0.9  # strength of a meeting: one street, facility, hamlet or RW
_WIDE: Final = frozenset({"generic"}) | CONTAINERS


def decides(context: Context, line: Line, missing: str) -> int:
    """Other lines (targets for a volume) that could be judged with this one once it is answered.

    A place lets the line be compared with the works on the same kind of object that do not run
    at another time; dates with whatever works at the same spot; a volume with the targets that
    it serves.
    """
    if missing == "volume":
        return len(served(context, line))
    known = lines(context)
    if missing == "place":
        objects = blocks(context, "objects of placed works", _objects)
        keys = {key for thing in line.objects - _WIDE for key in objects[thing]}
        others = (known[key] for key in keys)
        return sum(
            other.work != line.work
            and one_area(line, other)
            and same_time(line, other) is not False
            for other in others
        )
    villages = blocks(context, "villages of works", _villages)
    keys = {key for anchor in line.anchors for key in villages[anchor.village or ""]}
    return sum(
        known[key].work != line.work
        and (met := meet(line.anchors, known[key].anchors)) is not None
        and met.strength >= _CLOSE
        for key in keys
    )


def served(context: Context, line: Line) -> list[str]:
    """Targets with an amount, by id, whose code stands above the line's."""
    code = line.code or ""
    if context.targets.is_empty():
        return []
    wanted = context.targets.select("id", "code", "target").iter_rows()
    return [name for name, above, amount in wanted if above and amount and code.startswith(above)]


def _objects(line: Line) -> Iterator[str]:
    """The objects of a work with a place inside the regency."""
    if line.physical and line.anchors:
        yield from line.objects - _WIDE


def _villages(line: Line) -> Iterator[str]:
    if line.physical:
        yield from (anchor.village for anchor in line.anchors if anchor.village)
