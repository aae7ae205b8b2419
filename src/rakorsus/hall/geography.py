"""A city's outlines on the city table: degrees to metres of the table, islands drawn near, and
where the sea lies. Any city: without islands and without a setting there is no sea.

The table is turned so that the sea lies behind the stage; `north` says where north went.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

RADIUS: Final = 6.4  # of the table, metres
_LAND = 5.7  # the mainland reaches so far from the middle
_NEARER = 0.5  # metres from the middle to the land side where there is a sea
_KM = 111.32  # a degree of latitude
_APART = 0.8  # km of water that make an island
_COARSE = 400  # the outline's extent has so many steps
_MOST_ISLANDS = 14
_ISLAND = 0.6  # metres from the middle of an island to its shore, at most
_SAMPLES = 80  # along the coast


@dataclass(frozen=True)
class Island:
    """An outlying part: the direction (radians from the sea's own, clockwise), km away, km wide."""

    name: str
    angle: float
    distance: float
    width: float


@dataclass(frozen=True)
class Ground:
    """The city on its table. `bearing` of the sea in degrees clockwise from north, None inland."""

    bearing: float | None
    turn: float  # degrees by which the map is turned clockwise
    areas: dict[str, BaseGeometry]  # code -> shape in metres of the table
    lines: list[tuple[str, NDArray[np.float64]]]  # code of the area above, border
    islands: list[Island]
    coast: list[tuple[float, float]]  # x, z: where the sea begins, from left to right; empty inland
    _frame: _Frame = field(repr=False)
    _parts: dict[str, _Part] = field(repr=False)

    def at(self, code: str, lon: float | None = None, lat: float | None = None) -> Any:
        """A place on the table: of a point in degrees, or the middle of a region; None unknown."""
        part = self._parts.get(code) or self._parts.get(".".join(code.split(".")[:3]))
        if part is not None and lon is not None and lat is not None:
            return tuple(part.moved(self._frame.flat(np.array([[lon, lat]])))[0])
        shape = self.areas.get(code)
        if shape is None and part is not None:
            return part.middle
        return None if shape is None else tuple(shape.representative_point().coords[0])


@dataclass(frozen=True)
class _Frame:
    """Kilometres around the mainland's middle, turned."""

    lon: float
    lat: float
    turn: float

    def flat(self, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        east = (degrees[:, 0] - self.lon) * _KM * math.cos(math.radians(self.lat))
        south = -(degrees[:, 1] - self.lat) * _KM
        cos, sin = math.cos(math.radians(self.turn)), math.sin(math.radians(self.turn))
        return np.column_stack([east * cos - south * sin, east * sin + south * cos])


@dataclass(frozen=True)
class _Part:
    """A connected piece of land: its middle in km, and where and how large it is drawn."""

    centre: NDArray[np.float64]
    middle: tuple[float, float]
    factor: float

    def moved(self, flat: NDArray[np.float64]) -> NDArray[np.float64]:
        return (flat - self.centre) * self.factor + np.array(self.middle)


def ground(
    outlines: Mapping[str, BaseGeometry],
    groups: Mapping[str, str],
    names: Mapping[str, str],
    sea: str = "auto",
) -> Ground | None:
    """Lay a city on its table.

    Args:
        outlines: region code -> shape in degrees, of the finest level that is drawn.
        groups: region code -> code of the area above it, whose shapes are joined.
        names: code of region -> name.
        sea: "auto" (where islands are), "none", or a bearing in degrees.
    """
    known = {code: shape for code, shape in outlines.items() if not shape.is_empty}
    if not known:
        return None
    main, others = _pieces(known)
    lon, lat = main.centroid.coords[0]
    bearing = _bearing(sea, (lon, lat), others)
    turn = -bearing if bearing is not None else 0.0
    turn = (turn + 180) % 360 - 180
    frame = _Frame(lon, lat, turn)
    flat_main = shapely.transform(main, frame.flat)
    circle = shapely.minimum_bounding_circle(flat_main)
    middle = circle.centroid.coords[0]
    reach = float(shapely.minimum_bounding_radius(flat_main)) or 1.0
    whole = _Part(np.array(middle), (0.0, 0.0 if bearing is None else _NEARER), _LAND / reach)
    parts = [(flat_main, whole)]
    islands = []
    for name, shape in _named(others, known, groups, names):
        flat = shapely.transform(shape, frame.flat)
        part = _near(flat, np.array(middle), reach)
        parts.append((flat, part))
        islands.append(_island(name, flat, np.array(middle)))
    areas, own = _joined(known, groups, frame, parts)
    lines = _lines(known, groups, frame, own)
    coast = [] if bearing is None else _coast(shapely.transform(flat_main, whole.moved))
    return Ground(bearing, turn, areas, lines, islands[:_MOST_ISLANDS], coast, frame, own)


def rings(shape: BaseGeometry) -> list[list[int]]:
    """Outer rings as flat lists of centimetres."""
    parts = shape.geoms if hasattr(shape, "geoms") else [shape]
    return [
        [round(v * 100) for v in np.asarray(p.exterior.coords)[:-1].ravel()]
        for p in parts
        if p.geom_type == "Polygon" and p.area > 0.0004
    ]


def _coast(main: BaseGeometry) -> list[tuple[float, float]]:
    """The side of the mainland that looks to the sea; beyond the city it runs on straight."""
    left, top, right, bottom = main.bounds
    found: list[tuple[float, float]] = []
    for n in range(_SAMPLES + 1):
        x = left + (right - left) * n / _SAMPLES
        across = main.intersection(shapely.LineString([(x, top - 1), (x, bottom + 1)]))
        if not across.is_empty:
            found.append((x, across.bounds[1]))
    return [(-RADIUS, found[0][1]), *found, (RADIUS, found[-1][1])]


def _pieces(known: Mapping[str, BaseGeometry]) -> tuple[BaseGeometry, list[BaseGeometry]]:
    """The mainland, and what lies apart from it by water."""
    joined = shapely.union_all([shapely.make_valid(s) for s in known.values()], grid_size=1e-5)
    parts = sorted(getattr(joined, "geoms", [joined]), key=lambda p: -p.area)
    main, others = parts[0], []
    for part in parts[1:]:
        near = part.distance(main) * _KM < _APART
        if near:
            main = shapely.union_all([main, part])
        else:
            others.append(part)
    return main, others


def _bearing(sea: str, centre: tuple[float, float], others: Sequence[BaseGeometry]) -> float | None:
    """Where the sea lies: as set, or towards the islands."""
    if sea == "none":
        return None
    if sea != "auto":
        return float(sea) % 360
    if not others:
        return None
    east = north = 0.0
    for part in others:
        lon, lat = part.centroid.coords[0]
        x = (lon - centre[0]) * math.cos(math.radians(centre[1]))
        y = lat - centre[1]
        length = math.hypot(x, y) or 1.0
        east, north = east + x / length, north + y / length
    return math.degrees(math.atan2(east, north)) % 360


def _named(
    others: Sequence[BaseGeometry],
    known: Mapping[str, BaseGeometry],
    groups: Mapping[str, str],
    names: Mapping[str, str],
) -> list[tuple[str, BaseGeometry]]:
    codes = list(known)
    tree = shapely.STRtree([known[c] for c in codes])
    found = []
    for part in others:
        code = codes[int(tree.nearest(part.representative_point()))]
        found.append((names.get(code, ""), part))
    return found


def _near(flat: BaseGeometry, middle: NDArray[np.float64], reach: float) -> _Part:
    """An island, drawn near the mainland in its true direction and a little larger."""
    centre = np.array(flat.centroid.coords[0])
    away = centre - middle
    distance = float(np.hypot(*away)) or 1.0
    wide = float(shapely.minimum_bounding_radius(flat)) or 0.1
    factor = min(1.5 * _LAND / reach, _ISLAND / wide)
    beyond = max(distance / reach * _LAND - 4.2, 0.0)
    drawn = min(4.2 + 1.75 * (1 - math.exp(-beyond / 2.5)), RADIUS - 0.25 - wide * factor)
    spot = away / distance * drawn
    return _Part(centre, (float(spot[0]), float(spot[1])), factor)


def _island(name: str, flat: BaseGeometry, middle: NDArray[np.float64]) -> Island:
    away = np.array(flat.centroid.coords[0]) - middle
    width = math.sqrt(flat.area) or 0.1
    angle = math.atan2(float(away[0]), float(-away[1]))
    return Island(name, angle, float(np.hypot(*away)), width)


def _joined(
    known: Mapping[str, BaseGeometry],
    groups: Mapping[str, str],
    frame: _Frame,
    parts: Sequence[tuple[BaseGeometry, _Part]],
) -> tuple[dict[str, BaseGeometry], dict[str, _Part]]:
    """Areas above and their own pieces, moved to the table; which piece every code lies on."""
    tree = shapely.STRtree([shape for shape, _ in parts])
    pieces: dict[str, list[BaseGeometry]] = {}
    own: dict[str, _Part] = {}
    areas: dict[str, BaseGeometry] = {}
    for code, shape in known.items():
        flat = shapely.transform(shapely.make_valid(shape), frame.flat)
        part = parts[int(tree.nearest(flat.representative_point()))][1]
        moved = shapely.transform(flat, part.moved)
        areas[code] = moved
        own[code] = part
        above = groups.get(code, code)
        own.setdefault(above, part)
        pieces.setdefault(above, []).append(moved)
    for code, shapes in pieces.items():
        areas[code] = _smooth(shapely.union_all(shapes, grid_size=0.002))
    return areas, own


def _smooth(shape: BaseGeometry) -> BaseGeometry:
    closed = shape.buffer(0.012, join_style="mitre").buffer(-0.012, join_style="mitre")
    return shapely.simplify(closed, 2 * _LAND / _COARSE)


def _lines(
    known: Mapping[str, BaseGeometry],
    groups: Mapping[str, str],
    frame: _Frame,
    own: Mapping[str, _Part],
) -> list[tuple[str, NDArray[np.float64]]]:
    """Borders of the finest regions, thin lines on the relief."""
    found = []
    for code, shape in known.items():
        if groups.get(code, code) == code:
            continue
        flat = shapely.transform(shape, frame.flat)
        drawn = shapely.simplify(shapely.transform(flat, own[code].moved), 0.03)
        found.extend(
            (groups[code], np.asarray(part.exterior.coords))
            for part in getattr(drawn, "geoms", [drawn])
            if part.geom_type == "Polygon"
        )
    return found
