"""Approximate areas where no boundary was imported: cells around centre points.

Each point gets the part of the plane that is nearer to it than to any other (Voronoi), cut at a
distance, so that islands and the city's edge do not reach out to infinity. Such areas are for
drawing only; they say nothing about which side of a border a place lies on.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

_REACH = 1.05  # an area ends at this many times the distance to its fourth neighbour
_LONGEST = 3.0  # and at no more than so many usual distances between neighbours
_NEIGHBOURS = 4
_DECIMALS = 4  # about 11 m


def approximate_areas(
    centres: Mapping[str, tuple[float, float]],
) -> dict[str, BaseGeometry]:
    """Polygons in degrees around centre points.

    Args:
        centres: region code -> (longitude, latitude) in degrees.

    Returns:
        region code -> polygon, disjoint but for their borders. Points that coincide share a cell.
    """
    if not centres:
        return {}
    codes = list(centres)
    points = np.array([centres[code] for code in codes], dtype=float)
    stretch = max(math.cos(math.radians(float(points[:, 1].mean()))), 0.2)
    flat = np.column_stack([points[:, 0] * stretch, points[:, 1]])
    spots = [shapely.Point(x, y) for x, y in flat]
    discs = [
        spot.buffer(reach, quad_segs=12) for spot, reach in zip(spots, _reaches(flat), strict=True)
    ]
    distinct = shapely.MultiPoint(np.unique(flat, axis=0))
    cells = list(shapely.voronoi_polygons(distinct, extend_to=shapely.union_all(discs)).geoms)
    if not cells:  # one point has the whole plane
        cells = discs[:1]
    tree = shapely.STRtree(cells)
    areas: dict[str, BaseGeometry] = {}
    for code, point, disc in zip(codes, spots, discs, strict=True):
        cell = cells[int(tree.nearest(point))]
        areas[code] = _unstretched(shapely.intersection(cell, disc), stretch)
    return areas


def _reaches(flat: NDArray[np.float64]) -> list[float]:
    """How far each area reaches, in (stretched) degrees: farther where neighbours are far."""
    if len(flat) < 2:
        return [0.01]
    gaps = np.hypot(flat[:, None, 0] - flat[None, :, 0], flat[:, None, 1] - flat[None, :, 1])
    gaps.sort(axis=1)
    usual = float(np.median(gaps[:, 1])) or 0.01
    far = gaps[:, min(_NEIGHBOURS, len(flat) - 1)]
    return [float(reach) for reach in np.clip(_REACH * far, usual, _LONGEST * usual)]


def _unstretched(area: BaseGeometry, stretch: float) -> BaseGeometry:
    moved = shapely.transform(area, lambda xy: xy / np.array([stretch, 1.0]))
    return shapely.set_precision(moved, 10**-_DECIMALS)
