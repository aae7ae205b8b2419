"""Works drawn on the ground of many cities: clustered places, ordinary lengths and periods."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

_CITIES: Final = 514  # regencies and cities of the country
_SPOT: Final = 15  # works for each spot where works gather, on the average
_DAYS: Final = (14, 30, 60, 90, 120, 180)


class Works(NamedTuple):
    """n shapes on a plane in metres, first and last day of each."""

    shapes: NDArray[Any]
    start: NDArray[np.int64]
    end: NDArray[np.int64]


def works(count: int, seed: int = 1) -> Works:
    """The same works for the same count and seed.

    Cities differ in size by a power law; in them works gather at spots (streets, markets, RW) about
    150 m wide, a few of which are very busy. Two in five are points, two in five straight
    stretches and one in five a bent line of three vertices; stretches are about 150 m long
    (lognormal). Periods begin within two years.
    """
    draw = np.random.default_rng(seed)
    weight = draw.pareto(1.2, _CITIES) + 0.3
    weight /= weight.sum()
    centres = draw.uniform(0, [4_000_000, 1_500_000], (_CITIES, 2))
    city = draw.choice(_CITIES, max(count // _SPOT, 1), p=weight)
    reach = 3000 * np.sqrt(weight * _CITIES)[city] + 800
    spots = centres[city] + draw.normal(size=(len(city), 2)) * reach[:, None]
    middle = spots[(len(spots) * draw.random(count) ** 1.5).astype(int)]
    middle = middle + draw.normal(size=(count, 2)) * 150
    angle = draw.uniform(0, 2 * np.pi, count)
    half = np.column_stack([np.cos(angle), np.sin(angle)])
    half *= draw.lognormal(5, 0.7, count)[:, None] / 2
    shapes = shapely.linestrings(np.stack([middle - half, middle + half], axis=1))
    kind = draw.random(count)
    bent = kind < 0.2
    knee = middle + draw.normal(size=(count, 2)) * 15
    shapes[bent] = shapely.linestrings(np.stack([middle - half, knee, middle + half], axis=1)[bent])
    point = kind >= 0.6
    shapes[point] = shapely.points(middle[point])
    start = draw.integers(0, 730, count)
    return Works(shapes, start, start + draw.choice(_DAYS, count))
