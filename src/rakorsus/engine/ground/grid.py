"""Which shapes lie within a distance and a time of each other: a uniform grid swept by start.

Boxes, widened by half the distance, are entered in every cell they touch; the entries of a cell are
sorted by start, so that the partners of one in time follow it without a gap. A pair is judged in
one cell alone, that of the lower left corner of what its boxes share, so that none comes twice.
Survivors have their exact distance computed. Everything is done on whole arrays, one stripe of the
grid after the other and in portions, so that memory stays flat.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from rakorsus.engine.ground.straight import Straight

_CELLS: Final = 5  # side of a cell by the median side of a widened box; 4 to 8 are as good
_WIDE: Final = 400  # cells: what touches more is compared with everything instead
_STRIPE: Final = 150_000  # about so many shapes are looked at together
_ROUNDING: Final = 4 * 2.0**-23  # of the extent: rounding to single precision must lose no pair
_COLUMNS: Final = 40_000  # of the grid at most, and as many rows
_PORTION: Final = 500_000  # candidate pairs judged at a time

_Ints = NDArray[np.int64]
_Floats = NDArray[np.float64]


class Pairs(NamedTuple):
    """Positions of the two members (`first` begins no later than `second`) and their distance."""

    first: _Ints
    second: _Ints
    metres: _Floats


def join(
    shapes: NDArray[Any], start: _Ints, end: _Ints, metres: float, days: int = 0
) -> Pairs:  # fmt: skip
    """All pairs of shapes within `metres` whose periods are at most `days` apart.

    Args:
        shapes: n shapely geometries on a plane, in metres; none empty.
        start, end: n day numbers; the gap of two is the later start less the end of the other.

    Returns:
        Each pair once, in no particular order.
    """
    if not len(shapes):
        return Pairs(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))
    boxes = shapely.bounds(shapes).T
    grid = _Grid.over(boxes, start, end, metres, days)
    jobs = list(grid.jobs())
    with ThreadPoolExecutor(min(os.cpu_count() or 1, len(jobs))) as pool:
        parts = list(pool.map(lambda job: _exact(shapes, boxes, metres, job()), jobs))
    return Pairs(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _exact(
    shapes: NDArray[Any],
    boxes: _Floats,
    metres: float,
    candidates: Iterable[tuple[_Ints, _Ints]],
) -> Pairs:
    parts = [Pairs(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))]
    for first, second in candidates:
        distance = _distance(shapes, boxes, first, second)
        keep = distance <= metres
        parts.append(Pairs(first[keep], second[keep], distance[keep]))
    return Pairs(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _distance(shapes: NDArray[Any], boxes: _Floats, first: _Ints, second: _Ints) -> _Floats:
    members, place = np.unique(np.concatenate([first, second]), return_inverse=True)
    straight = Straight(shapes[members], boxes[:, members])
    one, other = place[: len(first)], place[len(first) :]
    plain = straight.known[one] & straight.known[other]
    metres = np.empty(len(first))
    metres[plain] = straight.distance(one[plain], other[plain])
    metres[~plain] = shapely.distance(shapes[first[~plain]], shapes[second[~plain]])
    return metres


@dataclass(frozen=True, slots=True)
class _Grid:
    """Widened boxes, the cells they touch (first column, row; how many across, up), periods."""

    low: NDArray[np.float32]
    high: NDArray[np.float32]
    cell: np.float32
    left: NDArray[np.int32]
    bottom: NDArray[np.int32]
    across: NDArray[np.int32]
    up: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    metres: np.float32
    days: int

    @classmethod
    def over(
        cls, boxes: _Floats, start: _Ints, end: _Ints, metres: float, days: int
    ) -> _Grid:  # fmt: skip
        """The grid over boxes given as rows west, south, east, north."""
        corner = boxes[:2].min(axis=1, keepdims=True)
        reach = float((boxes[2:] - corner).max())
        slack = (reach + metres) * _ROUNDING
        low = (boxes[:2] - corner).astype(np.float32)
        high = (boxes[2:] - (corner - metres - slack)).astype(np.float32)
        cell = max(_CELLS * float(np.median(high - low)), reach / _COLUMNS, 1.0)
        left, bottom = (low / np.float32(cell)).astype(np.int32)
        right, top = (high / np.float32(cell)).astype(np.int32)
        begin, finish = ((when - start.min()).astype(np.int32) for when in (start, end))
        return cls(low, high, np.float32(cell), left, bottom, right - left + 1, top - bottom + 1,
                   begin, finish, np.float32(metres + slack), days)  # fmt: skip

    def jobs(self) -> Iterator[Callable[[], Iterable[tuple[_Ints, _Ints]]]]:
        """Parts of the work that share nothing. Each gives pairs whose boxes and periods are near,
        the one that begins first before the other."""
        wide = self.across * self.up > _WIDE
        yield partial(self._with_everything, np.flatnonzero(wide))
        stripes = max(len(wide) // _STRIPE, 1)
        begins = np.unique(np.quantile(self.left, np.arange(stripes) / stripes).astype(np.int64))
        for begin, stop in pairwise([*begins.tolist(), int((self.left + self.across).max())]):
            inside = (self.left < stop) & (self.left + self.across > begin) & ~wide
            yield partial(self._stripe, np.flatnonzero(inside), begin, stop)

    def _stripe(self, inside: _Ints, begin: int, stop: int) -> Iterator[tuple[_Ints, _Ints]]:
        """The pairs that are judged in a cell of the columns from `begin` up to `stop`."""
        left = np.maximum(self.left[inside], begin)
        across = np.minimum(self.left[inside] + self.across[inside], stop) - left
        each = across * self.up[inside]
        entry = np.repeat(np.arange(len(inside), dtype=np.int32), each)
        step = np.arange(len(entry), dtype=np.int32)
        step -= np.repeat(np.cumsum(each, dtype=np.int32) - each, each)
        step_y, step_x = np.divmod(step, across[entry])
        place = (self.bottom[inside][entry] + step_y) * (stop - begin) + step_x
        place += (left - begin)[entry]

        # sorted by cell, then start: the key holds both
        span = max(int(self.start.max()), int(self.end.max())) + abs(self.days) + 2
        key = place.astype(np.int64) * span + self.start[inside][entry]
        order = np.argsort(key)
        key, place, member = key[order], place[order], inside[entry[order]]
        until = np.clip(self.end[member] + self.days, -1, span - 1)
        reach = np.searchsorted(key, place.astype(np.int64) * span + until, side="right")
        partners = np.maximum(reach - np.arange(1, len(key) + 1), 0)

        (west, south), (east, north) = self.low[:, member], self.high[:, member]
        for one, other in _expand(partners):
            # what the widened boxes share reaches from (x, y) as far as the boxes are near
            x = np.maximum(west[one], west[other])
            wide = np.minimum(east[one], east[other]) - x
            one, other, x, wide = (part[wide >= 0] for part in (one, other, x, wide))
            y = np.maximum(south[one], south[other])
            high = np.minimum(north[one], north[other]) - y
            near = np.maximum(self.metres - wide, 0) ** 2 + np.maximum(self.metres - high, 0) ** 2
            here = (high >= 0) & (near <= self.metres**2)
            column = (x / self.cell).astype(np.int64) - begin
            row = (y / self.cell).astype(np.int64)
            here &= row * (stop - begin) + column == place[one]
            here &= (column >= 0) & (column < stop - begin)
            yield member[one[here]], member[other[here]]

    def _with_everything(self, wide: _Ints) -> Iterator[tuple[_Ints, _Ints]]:
        """The pairs of the few boxes that would fill too many cells."""
        rank = np.full(len(self.start), len(wide), np.int64)
        rank[wide] = np.arange(len(wide))
        for turn, n in enumerate(wide):
            low, high = self.low[:, [n]], self.high[:, [n]]
            meet = ((self.low <= high) & (self.high >= low)).all(axis=0)
            other = np.flatnonzero(meet & (rank > turn))  # two wide ones meet once
            earlier = self.start[other] < self.start[n]
            first, second = np.where(earlier, other, n), np.where(earlier, n, other)
            near = self.start[second] - self.end[first] <= self.days
            yield first[near], second[near]


def _expand(partners: _Ints) -> Iterator[tuple[_Ints, _Ints]]:
    """Entry k with each of the `partners[k]` entries that follow it, about _PORTION pairs at a
    time."""
    total = np.cumsum(partners)
    begin = 0
    while begin < len(partners):
        done = int(total[begin - 1]) if begin else 0
        stop = max(int(np.searchsorted(total, done + _PORTION, side="right")), begin + 1)
        each = partners[begin:stop]
        one = np.repeat(np.arange(begin, stop), each)
        other = one + 1 + np.arange(len(one)) - np.repeat(total[begin:stop] - each - done, each)
        yield one, other
        begin = stop
