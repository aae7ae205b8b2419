"""Which drawn places lie near each other: shapes in degrees, brought to a plane and joined."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from rakorsus.engine.ground.grid import join

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
    flat = shapely.transform(
        np.array([item.shape for item in items], dtype=object),
        lambda xy: xy * [DEGREE_M * stretch, DEGREE_M],
    )
    start, end = (
        np.array([when.toordinal() for when in whens], dtype=np.int64)
        for whens in zip(*((item.start, item.end) for item in items), strict=True)
    )
    for first, second, distance in zip(*join(flat, start, end, metres, days), strict=True):
        one, other = sorted((items[first].key, items[second].key))
        yield one, other, float(distance)
