"""The grid join equals comparing every pair."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from rakorsus.engine.ground.near import Drawn, near

DEGREE = 111_320.0

spots = st.tuples(st.integers(0, 900), st.integers(0, 900))  # metres from a corner on the equator
shapes = st.one_of(
    spots.map(lambda p: shapely.Point(p)),
    st.tuples(spots, spots).filter(lambda p: p[0] != p[1]).map(shapely.LineString),
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(shapes, st.integers(0, 300), st.integers(1, 60)), max_size=14),
    st.sampled_from([5.0, 50.0, 200.0]),
    st.sampled_from([0, 30]),
)
def test_equals_every_pair(drawn: list, metres: float, days: int) -> None:
    start = date(2025, 1, 1)
    items = [
        Drawn(
            f"{n:02d}",
            shapely.transform(shape, lambda xy: xy / DEGREE),
            start + timedelta(days=begin),
            start + timedelta(days=begin + length),
        )
        for n, (shape, begin, length) in enumerate(drawn)
    ]
    found = {(a, b) for a, b, _ in near(items, metres, days)}
    must, may = set(), set()
    for n, k in combinations(range(len(items)), 2):
        a, b = sorted((items[n], items[k]), key=lambda i: i.start)
        if (b.start - a.end).days > days:
            continue
        distance = shapely.distance(drawn[n][0], drawn[k][0])
        pair = (items[n].key, items[k].key)
        if distance <= metres * 0.999:
            must.add(pair)
        if distance <= metres * 1.001:
            may.add(pair)
    assert must <= found <= may


def test_few_items_give_no_pairs() -> None:
    assert list(near([], 50)) == []
