"""Distances of many pairs of points and straight stretches at once, without building geometries."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

_LINE: Final = 1  # type id of shapely


class Straight:
    """The shapes of a list that are points or lines of two vertices, as segments.

    `known[n]` tells whether shape n is one; a point is a segment without length.

    Args:
        shapes: n geometries.
        boxes: their bounds as four rows.
    """

    def __init__(self, shapes: NDArray[Any], boxes: NDArray[np.float64]) -> None:
        self._begin = boxes[:2].T.copy()
        self._along = np.zeros((len(shapes), 2))
        self.known = (boxes[:2] == boxes[2:]).all(axis=0)  # a box without size is a point
        rest = np.flatnonzero(~self.known)
        rest = rest[shapely.get_type_id(shapes[rest]) == _LINE]
        xy, owner = shapely.get_coordinates(shapes[rest], return_index=True)
        vertices = np.bincount(owner, minlength=len(rest))
        two, last = rest[vertices == 2], (np.cumsum(vertices) - 1)[vertices == 2]
        self._begin[two] = xy[last - 1]
        self._along[two] = xy[last] - xy[last - 1]
        self.known[two] = True

    def distance(self, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float64]:
        """Distances of known shapes, position by position."""
        a, b = self._begin[one].T, self._begin[other].T
        u, v = self._along[one].T, self._along[other].T
        gap = b - a
        near: NDArray[np.float64] = np.minimum.reduce([
            _to_segment(gap, u), _to_segment(gap + v, u),
            _to_segment(-gap, v), _to_segment(u - gap, v),
        ])  # fmt: skip
        # where they cross the distance is none: each one's ends lie on both sides of the other
        sides = _cross(u, gap), _cross(u, gap + v), _cross(v, -gap), _cross(v, u - gap)
        near[(sides[0] * sides[1] < 0) & (sides[2] * sides[3] < 0)] = 0.0
        return near


def _cross(u: NDArray[np.float64], v: NDArray[np.float64]) -> NDArray[np.float64]:
    product: NDArray[np.float64] = u[0] * v[1] - u[1] * v[0]
    return product


def _to_segment(point: NDArray[np.float64], along: NDArray[np.float64]) -> NDArray[np.float64]:
    """Distance of points to segments from the origin `along`."""
    length = along[0] ** 2 + along[1] ** 2
    share = (point[0] * along[0] + point[1] * along[1]) / np.where(length > 0, length, 1.0)
    share = np.clip(share, 0.0, 1.0)
    distance: NDArray[np.float64] = np.hypot(
        point[0] - share * along[0], point[1] - share * along[1]
    )
    return distance
