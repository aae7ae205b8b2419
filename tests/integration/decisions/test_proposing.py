"""New dates that are proposed: apart from each other, never in the past, of the same length."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rakorsus.stages.decisions.proposing import apart, propose

TODAY = date(2022, 3, 14)


def line(n, start, days):
    return SimpleNamespace(key=f"x:{n}", begins=start, ends=start + timedelta(days=days - 1))


works = st.lists(
    st.tuples(st.dates(date(2022, 1, 1), date(2022, 10, 1)), st.integers(1, 60)),
    min_size=2, max_size=4,
)  # fmt: skip


@pytest.mark.parametrize("ordered", [False, True])
@settings(max_examples=25, deadline=None)
@given(works)
def test_proposed_dates_keep_works_apart(ordered, drawn):
    lines = [line(n, start, days) for n, (start, days) in enumerate(drawn)]
    new = apart(lines, TODAY, ordered=ordered)
    now = {one.key: (one.begins, one.ends) for one in lines}
    after = now | new
    for key, (start, end) in new.items():
        assert end - start == now[key][1] - now[key][0]
        assert start >= min(TODAY, now[key][0])
        assert end.year == 2022
    together = [(a, b) for a, b in combinations(after.values(), 2) if a[0] <= b[1] and b[0] <= a[1]]
    assert not together or not new  # no room in the year: nothing is proposed
    if ordered and not together:
        last = max(lines, key=lambda one: (one.ends, one.key))
        assert all(after[last.key][1] < after[o.key][0] for o in lines if o is not last)


def test_what_waits_moves_behind_what_it_waits_for():
    design, build = line(1, date(2022, 6, 1), 60), line(2, date(2022, 5, 9), 30)
    assert apart([build, design], TODAY, ordered=True) == {
        "x:2": (date(2022, 7, 31), date(2022, 8, 29))
    }


def test_what_the_finding_names_comes_first_though_it_ends_earlier():
    works, land = line(1, date(2022, 5, 9), 150), line(2, date(2022, 7, 4), 60)
    for one in (works, land):
        one.budget = 1
    finding = SimpleNamespace(
        kind="order", options=[{"code": "retime", "changes": []}], evidence={"first": "x:2"}
    )
    dates = propose("retime", finding, [works, land]).dates
    new = {one.key: (one.begins, one.ends) for one in (works, land)} | dict(dates)
    assert new["x:2"][1] < new["x:1"][0]


def test_a_swapped_order_moves_the_digging_before_the_surface():
    """The works do not run at once; the option asks that the digging comes first all the same."""
    paving, digging = line(1, date(2022, 4, 11), 110), line(2, date(2022, 8, 15), 47)
    for one in (paving, digging):
        one.budget = 1
    finding = SimpleNamespace(kind="clash", options=[{"code": "swap", "changes": []}], evidence={})
    dates = propose("retime", finding, [paving, digging]).dates
    new = {one.key: (one.begins, one.ends) for one in (paving, digging)} | dict(dates)
    assert new["x:2"][1] < new["x:1"][0]
