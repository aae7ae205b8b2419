"""Approximate areas hold their own point, do not overlap, and stay near it."""

from __future__ import annotations

import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from rakorsus.engine.places.approximate import approximate_areas

points = st.tuples(
    st.integers(11900, 12000).map(lambda n: n / 100), st.integers(-600, -500).map(lambda n: n / 100)
)


@settings(max_examples=40, deadline=None)
@given(st.lists(points, min_size=1, max_size=25, unique=True))
def test_each_area_holds_its_point_and_no_other(centres: list[tuple[float, float]]) -> None:
    named = {str(n): point for n, point in enumerate(centres)}
    areas = approximate_areas(named)
    assert set(areas) == set(named)
    for name, point in named.items():
        assert shapely.distance(areas[name], shapely.Point(point)) < 1e-3
    for one in named:
        for other in named:
            if one < other:
                shared = shapely.intersection(areas[one], areas[other]).area
                assert shared < 1e-6 + 0.02 * min(areas[one].area, areas[other].area)


def test_nothing_gives_nothing() -> None:
    assert approximate_areas({}) == {}
