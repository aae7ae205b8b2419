"""Where things stand: nothing in each other's way, everything inside the bounds."""

from __future__ import annotations

import math
from itertools import combinations

import pytest

from rakorsus.hall import layout


@pytest.mark.parametrize("count", [0, 1, 2, 7, 60, 96, 130])
def test_every_booth_has_room_and_faces_the_middle(count):
    spots = layout.booths(count)
    assert len(spots) == min(count, layout.MOST_BOOTHS)
    assert all(math.hypot(a.x - b.x, a.z - b.z) > 3.3 for a, b in combinations(spots, 2))
    for spot in spots:
        ahead = (-math.sin(spot.yaw), -math.cos(spot.yaw))
        to_middle = (-spot.x, -2.0 - spot.z)
        along = ahead[0] * to_middle[0] + ahead[1] * to_middle[1]
        assert along == pytest.approx(math.hypot(*to_middle))
        assert layout.BOUNDS["x"][0] < spot.x < layout.BOUNDS["x"][1]
        assert layout.BOUNDS["z"][0] < spot.z < layout.BOUNDS["z"][1]


@pytest.mark.parametrize("count", [0, 1, 31, 32, 80])
def test_tables_leave_the_avenue_and_the_booths_free(count):
    spots = layout.tables(count)
    assert len(spots) == min(count, layout.MOST_TABLES)
    assert all(math.hypot(a.x - b.x, a.z - b.z) > 5.5 for a, b in combinations(spots, 2))
    assert all(abs(s.x) > 6 and math.hypot(s.x, s.z) > 12.6 for s in spots)
    booths = layout.booths(layout.MOST_BOOTHS)
    assert all(math.hypot(a.x - b.x, a.z - b.z) > 4.5 for a in spots for b in booths)
