"""Laying a city on its table: any city, by its own outlines."""

from __future__ import annotations

import math

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from rakorsus.hall import geography


def block(lon: float, lat: float, width: float = 0.02, height: float = 0.02):
    return shapely.box(lon, lat, lon + width, lat + height)


#: four villages of two kecamatan, and an island 11 km to the west
MAINLAND = {
    "73.71.01.1001": block(119.40, -5.16), "73.71.01.1002": block(119.42, -5.16),
    "73.71.02.1001": block(119.40, -5.14), "73.71.02.1002": block(119.42, -5.14),
}  # fmt: skip
ISLAND = {"73.71.03.1001": block(119.30, -5.15, 0.01, 0.01)}
NAMES = {"73.71.03.1001": "Pulau"}


def above(outlines):
    return {code: code[:8] for code in outlines}


def laid(outlines, sea="auto"):
    found = geography.ground(outlines, above(outlines), NAMES, sea)
    assert found is not None
    return found


def test_the_sea_lies_where_the_islands_are_and_behind_the_stage():
    city = laid(MAINLAND | ISLAND)
    assert city.bearing == pytest.approx(267.5, abs=0.5)
    assert [i.name for i in city.islands] == ["Pulau"]
    x, z = city.at("73.71.03.1001")
    assert z < -3
    assert abs(x) < 0.6
    assert len(city.coast) > 10


def test_an_inland_city_has_no_sea_and_keeps_north():
    city = laid(MAINLAND)
    assert city.bearing is None
    assert (city.turn, city.islands, city.coast) == (0, [], [])
    north, south = city.at("73.71.02.1001"), city.at("73.71.01.1001")
    assert north[1] < south[1]


def test_a_bearing_can_be_set_and_the_sea_be_denied():
    assert laid(MAINLAND, "90").bearing == 90
    assert laid(MAINLAND | ISLAND, "none").bearing is None


def test_everything_lies_on_the_table():
    city = laid(MAINLAND | ISLAND)
    disc = shapely.Point(0, 0).buffer(geography.RADIUS + 0.2)
    assert all(disc.contains(shape) for shape in city.areas.values())
    assert set(city.areas) == {*MAINLAND, *ISLAND, "73.71.01", "73.71.02", "73.71.03"}


def test_areas_joined_cover_their_parts_and_points_keep_their_place():
    city = laid(MAINLAND)
    whole = city.areas["73.71.01"]
    parts = shapely.union_all([city.areas["73.71.01.1001"], city.areas["73.71.01.1002"]])
    assert whole.symmetric_difference(parts).area / parts.area < 0.02
    spot = city.at("73.71.01.1002", 119.43, -5.15)
    assert city.areas["73.71.01.1002"].contains(shapely.Point(spot))
    assert city.at("99.99") is None


def test_nothing_known_is_no_ground():
    assert geography.ground({}, {}, {}, "auto") is None


@settings(max_examples=40, deadline=None)
@given(
    st.floats(-8, 5), st.floats(96, 140), st.floats(0.01, 1.5), st.floats(0.01, 1.5),
    st.integers(1, 5), st.integers(1, 5),
)  # fmt: skip
def test_any_city_fits_with_its_shape_kept(lat, lon, width, height, across, down):
    """Independent check: sides of the laid rectangle are in the proportion of their kilometres."""
    parts = {
        f"11.11.{i:02d}.{j:04d}": block(
            lon + i * width / across, lat + j * height / down, width / across, height / down
        )
        for i in range(across)
        for j in range(down)
    }
    city = geography.ground(parts, {c: c[:8] for c in parts}, {}, "auto")
    assert city is not None
    left, top, right, bottom = shapely.union_all([city.areas[c] for c in parts]).bounds
    assert math.hypot(right - left, bottom - top) / 2 <= geography.RADIUS
    east = width * math.cos(math.radians(lat + height / 2))
    assert (right - left) / (bottom - top) == pytest.approx(east / height, rel=0.03)


def test_rings_are_flat_centimetres_without_slivers():
    shape = shapely.MultiPolygon([shapely.box(0, 0, 1, 2), shapely.box(5, 5, 5.001, 5.001)])
    (ring,) = geography.rings(shape)
    assert len(ring) == 8
    assert {*ring} == {0, 100, 200}
