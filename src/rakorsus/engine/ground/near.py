"""Which drawn places lie near each other: a uniform grid, a sweep by start, exact distance last."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

_CELL_M: Final = 200.0
DEGREE_M: Final = 111_320.0  # metres per degree of latitude


@dataclass(frozen=True, slots=True)
class Drawn:
    """A shape in degrees (WGS 84) with the period in which it is worked on."""

    key: str
    shape: BaseGeometry
    start: date
    end: date


def near(
    items: Sequence[Drawn], metres: float, days: int = 0, latitude: float | None = None
) -> Iterator[tuple[str, str, float]]:
    """Pairs (key, key, distance in metres) within `metres` whose periods are at most `days` apart.

    Each pair once, the smaller key first. Distances are on a plane fitted to `latitude` (degrees;
    the middle one of the shapes when None), exact to a few parts in a thousand inside one city.
    """
    if len(items) < 2:
        return
    middle = latitude
    if middle is None:
        middle = sum(item.shape.centroid.y for item in items) / len(items)
    stretch = max(math.cos(math.radians(middle)), 0.01)
    flat = [
        shapely.transform(
            item.shape,
            lambda xy: xy * [DEGREE_M * stretch, DEGREE_M],
        )
        for item in items
    ]
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for n, shape in enumerate(flat):
        west, south, east, north = shape.buffer(metres / 2).bounds
        for x in range(math.floor(west / _CELL_M), math.floor(east / _CELL_M) + 1):
            for y in range(math.floor(south / _CELL_M), math.floor(north / _CELL_M) + 1):
                cells[x, y].append(n)
    seen: set[tuple[int, int]] = set()
    for inside in cells.values():
        inside.sort(key=lambda n: items[n].start)
        for place, a in enumerate(inside):
            for b in inside[place + 1 :]:
                if (items[b].start - items[a].end).days > days:
                    break  # the rest begin later still
                pair = (a, b) if items[a].key < items[b].key else (b, a)
                if pair in seen:
                    continue
                seen.add(pair)
                distance = float(shapely.distance(flat[a], flat[b]))
                if distance <= metres:
                    yield items[pair[0]].key, items[pair[1]].key, distance
