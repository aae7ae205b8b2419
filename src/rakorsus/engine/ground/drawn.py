"""The shapes that lines are drawn with: in which cells they lie, and how far apart two are."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from rakorsus.engine.blocks import keep
from rakorsus.engine.context import Context
from rakorsus.engine.ground.near import DEGREE_M, Drawn, near
from rakorsus.engine.pairs.lines import Line

_DAYS: Final = 366 * 5  # between the periods of two works that a moratorium may still join


class Shapes:
    """Shapes by key of the line (degrees, WGS 84), looked at within `reach` metres.

    Distances are on a plane fitted to the mean latitude of all shapes, to a tenth of a degree, so
    that they do not change with every shape that comes or goes.
    """

    def __init__(self, reach: float) -> None:
        self._reach = reach
        self._lines: dict[str, Line] = {}
        self._shapes: dict[str, BaseGeometry] = {}

    def put(self, line: Line) -> None:
        """Read a line's shape."""
        self.drop(line.key)
        if line.geometry:
            self._lines[line.key] = line
            self._shapes[line.key] = shapely.from_wkt(line.geometry)

    def drop(self, key: str) -> None:
        """Forget a line's shape."""
        self._lines.pop(key, None)
        self._shapes.pop(key, None)

    def settle(self) -> None:
        """Nothing is left behind by a change."""

    def names(self, key: str) -> Iterator[str]:
        """Names of the cells that a shape reaches; shapes within reach have one in common."""
        if key not in self._shapes:
            return
        west, south, east, north = self._shapes[key].bounds
        wide = max(math.cos(math.radians(max(abs(south), abs(north)) + 1)), 0.01)
        side = max(self._reach, 100.0) / DEGREE_M
        edge = self._reach / DEGREE_M * 0.51
        for x in range(_cell(west - edge / wide, side), _cell(east + edge / wide, side) + 1):
            for y in range(_cell(south - edge, side), _cell(north + edge, side) + 1):
                yield f"cell {x} {y}"

    def metres(self, left: str, right: str) -> float | None:
        """Distance of two lines' shapes; None when out of reach, too far in time or not drawn."""
        both = {key: self._lines[key] for key in (left, right) if key in self._lines}
        return self.near(both).get((left, right)) if len(both) > 1 else None

    def near(self, works: Mapping[str, Line]) -> dict[tuple[str, str], float]:
        """Distances of all pairs of these works within reach, the smaller key first."""
        items = [
            Drawn(key, self._shapes[key], line.begin, line.finish)
            for key, line in works.items()
            if key in self._shapes and line.begin and line.finish
        ]
        if len(items) < 2:
            return {}
        return {(a, b): d for a, b, d in near(items, self._reach, _DAYS, self._latitude())}

    def _latitude(self) -> float:
        centres = [shape.bounds for shape in self._shapes.values()]
        return round(sum(south + north for _, south, _, north in centres) / 2 / len(centres), 1)


def _cell(degrees: float, side: float) -> int:
    return math.floor(degrees / side)


def drawn(context: Context) -> Shapes:
    """The shapes of a run, read once."""
    reach = max(context.rules.clash_distance_m, context.rules.opportunity_distance_m)
    return keep(context, "shapes", lambda: Shapes(reach))
