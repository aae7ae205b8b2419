"""When the works on each kind of object run, so that those at no other time are counted at once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from rakorsus.engine.pairs.lines import Line
from rakorsus.engine.records import DateGrade
from rakorsus.engine.thesaurus import CONTAINERS, INSIDE_GENERIC

_INSIDE: Final = "inside generic"  # works that a general title may hide
_Name = tuple[str, str]  # government, kind of object
_Span = tuple[date, date] | None


@dataclass(slots=True)
class _Works:
    """Works on one kind of object: when the dated ones begin and finish, each in order."""

    begins: list[date] = field(default_factory=list)
    finishes: list[date] = field(default_factory=list)
    undated: int = 0

    def add(self, span: _Span) -> None:
        if span is None:
            self.undated += 1
        else:
            insort(self.begins, span[0])
            insort(self.finishes, span[1])

    def remove(self, span: _Span) -> None:
        if span is None:
            self.undated -= 1
        else:
            del self.begins[bisect_left(self.begins, span[0])]
            del self.finishes[bisect_left(self.finishes, span[1])]

    def meeting(self, span: _Span) -> int:
        """How many of them do not run at another time."""
        dated = len(self.begins)
        if span is not None:
            dated -= bisect_left(self.finishes, span[0])
            dated -= len(self.begins) - bisect_right(self.begins, span[1])
        return dated + self.undated


class Placed:
    """Works with a place inside the regency, by government and kind of object (`blocks.Kept`)."""

    def __init__(self) -> None:
        self._works: dict[_Name, _Works] = defaultdict(_Works)
        self._known: dict[str, tuple[tuple[_Name, ...], _Span]] = {}

    def put(self, line: Line) -> None:
        """Let a line in, or in its new state."""
        self.drop(line.key)
        if line.physical and line.anchors:
            names, span = tuple(_things(line, hides=False)), _span(line)
            self._known[line.key] = names, span
            for name in names:
                self._works[name].add(span)

    def drop(self, key: str) -> None:
        """Forget a line; nothing when it is none of these works."""
        names, span = self._known.pop(key, ((), None))
        for name in names:
            self._works[name].remove(span)

    def settle(self) -> None:
        """Nothing is left behind by a change."""

    def meeting(self, line: Line) -> int:
        """How many works on one of its kinds of object do not run at another time than the line:
        the kind with the most of them."""
        span = _span(line)
        names = [name for name in _things(line, hides=True) if name in self._works]
        return max((self._works[name].meeting(span) for name in names), default=0)


def _span(line: Line) -> _Span:
    """The period of a line that says when it runs."""
    if line.begin is None or line.finish is None or line.estimated:
        return None
    return (line.begin, line.finish) if line.date_grade >= DateGrade.HALF else None


def _things(line: Line, *, hides: bool) -> Iterator[_Name]:
    """The kinds of object under which a work is counted, or (`hides`) looked for."""
    for thing in line.objects - {"generic"} - CONTAINERS:
        yield line.government, thing
    if ("generic" in line.objects) if hides else (line.objects <= INSIDE_GENERIC):
        yield line.government, _INSIDE
