"""The join of whole arrays equals comparing every pair, whatever the stripes and the sizes."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from rakorsus.engine.ground import grid

spots = st.tuples(st.integers(0, 900), st.integers(0, 900))
far = st.tuples(st.integers(0, 60_000), st.integers(0, 60_000))
shapes = st.one_of(
    spots.map(shapely.Point),
    st.tuples(spots, spots).map(shapely.LineString),
    st.lists(spots, min_size=3, max_size=4).map(shapely.LineString),
    st.tuples(spots, st.integers(1, 200)).map(lambda p: shapely.Point(p[0]).buffer(p[1], 2)),
    st.tuples(far, far).map(shapely.LineString),
)
works = st.lists(st.tuples(shapes, st.integers(0, 300), st.integers(-5, 60)), max_size=16)


@settings(max_examples=300, deadline=None)
@given(works, st.sampled_from([0.0, 5.5, 50.5, 200.5]), st.sampled_from([-3, 0, 30, 2000]),
       st.sampled_from([2, 5, 1000]))  # fmt: skip
def test_equals_every_pair(drawn: list, metres: float, days: int, stripe: int) -> None:
    plane = np.array([shape for shape, _, _ in drawn], dtype=object)
    start = np.array([begin for _, begin, _ in drawn], dtype=np.int64)
    end = start + np.array([length for _, _, length in drawn], dtype=np.int64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grid, "_STRIPE", stripe)
        patch.setattr(grid, "_PORTION", 7)
        patch.setattr(grid, "_WIDE", 100)
        found = grid.join(plane, start, end, metres, days)
    pairs = [tuple(sorted(pair)) for pair in zip(found.first, found.second, strict=True)]
    assert len(set(pairs)) == len(pairs), "each pair once"
    assert (start[found.first] <= start[found.second]).all()
    expected = {
        (a, b): shapely.distance(plane[a], plane[b])
        for a, b in combinations(range(len(drawn)), 2)
        if (start[a] != start[b] and _gap(start, end, a, b) <= days)
        or (start[a] == start[b] and start[a] - end[a] <= days and start[b] - end[b] <= days)
    }  # fmt: skip
    told = dict(zip(pairs, found.metres, strict=True))
    within = {pair for pair, distance in expected.items() if distance <= metres - 1e-6}
    maybe = {
        (a, b) for a, b in combinations(range(len(drawn)), 2)
        if shapely.distance(plane[a], plane[b]) <= metres + 1e-6
        and min(_gap(start, end, a, b), _gap(start, end, b, a)) <= days
    }  # fmt: skip
    assert within <= set(told) <= maybe
    for a, b in told:
        assert told[a, b] == pytest.approx(shapely.distance(plane[a], plane[b]), abs=1e-6)


def _gap(start: np.ndarray, end: np.ndarray, a: int, b: int) -> int:
    first, second = (a, b) if start[a] <= start[b] else (b, a)
    if start[a] == start[b]:
        return int(start[b] - end[a])
    return int(start[second] - end[first])


def test_nothing_gives_nothing() -> None:
    empty = np.empty(0, dtype=np.int64)
    assert len(grid.join(np.empty(0, dtype=object), empty, empty, 50.0).first) == 0
