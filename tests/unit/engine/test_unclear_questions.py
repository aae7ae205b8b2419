"""What an answer would make possible: counted against a plain walk over all lines."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.engine.city import HOUSING, line, made, place, places, programs

from rakorsus.engine.pairs.lines import lines, same_time
from rakorsus.engine.unclear import find
from rakorsus.engine.unclear.decides import decides

MAY = {"start": date(2025, 5, 1), "end": date(2025, 5, 31)}
BIG = {"budget": 800_000_000}


def _drains(count: int, **more):
    rows = [
        line(n, f"Pembangunan Drainase RW {n:02d}", package=str(n), **{**MAY, **more})
        for n in range(2, count + 2)
    ]
    return rows, [place(r["key"], grade=4, rw=[f"{n:02d}"]) for n, r in enumerate(rows, 2)]


def test_a_missing_place_holds_up_the_works_on_the_same_object_at_no_other_time():
    rows, where = _drains(3)
    other = line(9, "Pembangunan Drainase RW 09", start=date(2025, 9, 1), end=date(2025, 9, 30))
    vague = line(1, "Pembangunan Drainase Tersebar", agency=HOUSING, **BIG, **MAY)
    run = made(programs(vague, *rows, other), places(*where, place(other["key"], grade=4)))
    assert decides(run, lines(run)[vague["key"]], "place") == 3
    finding = next(f for f in find(run) if f.rule == "unclear.place")
    assert finding.evidence["questions"] == [
        {"key": vague["key"], "money": 800_000_000, "decides": 3}
    ]


@given(
    st.lists(st.tuples(st.integers(1, 300), st.integers(0, 120)), min_size=1, max_size=8),
    st.tuples(st.integers(1, 300), st.integers(0, 120)),
)
def test_the_count_agrees_with_comparing_line_by_line(spans, own):
    def dates(begin, length):
        start = date(2025, 1, 1) + timedelta(days=begin - 1)
        return {"start": start, "end": start + timedelta(days=length)}

    rows = [
        line(n, f"Pembangunan Drainase RW {n:02d}", package=str(n), **dates(*span))
        for n, span in enumerate(spans, 2)
    ]
    vague = line(1, "Pembangunan Drainase Tersebar", agency=HOUSING, **BIG, **dates(*own))
    where = [place(r["key"], grade=4, rw=["01"]) for r in rows]
    run = made(programs(vague, *rows), places(*where))
    known = lines(run)
    asked = known[vague["key"]]
    slowly = sum(same_time(asked, known[r["key"]]) is not False for r in rows)
    assert decides(run, asked, "place") == slowly


def test_a_general_title_is_compared_with_what_it_may_hide():
    rows, where = _drains(2)
    vague = line(1, "Pembangunan Infrastruktur Lingkungan", agency=HOUSING, **BIG, **MAY)
    run = made(programs(vague, *rows), places(*where))
    assert decides(run, lines(run)[vague["key"]], "place") == 2


def test_missing_dates_hold_up_what_works_at_the_same_spot():
    year = {"start": date(2025, 1, 1), "end": date(2025, 12, 31)}
    rows, where = _drains(3)
    vague = line(1, "Peningkatan Jalan RW 02", agency=HOUSING, **BIG, **year)
    run = made(programs(vague, *rows), places(*where, place(vague["key"], grade=4, rw=["02"])))
    assert decides(run, lines(run)[vague["key"]], "dates") == 1
    assert [f.rule for f in find(run)] == ["unclear.dates"]


def test_a_volume_is_asked_only_where_a_target_waits_for_it():
    import polars as pl
    from tests.unit.engine.city import AGENCIES, REGIONS, TODAY

    from rakorsus.engine import schema
    from rakorsus.engine.context import context
    from rakorsus.engine.rules import Rules

    target = {"id": "t1", "title": "Drainase", "unit": "m", "target": 900.0, "code": "1.03.06"}
    wanted = schema.conform(pl.DataFrame([target]), schema.TARGETS)
    work = line(1, "Pembangunan Drainase RW 03", code="1.03.06.2.01.0001", volume="1 Paket",
                **BIG, **MAY)  # fmt: skip
    for volume, rules in (("1 Paket", ["unclear.volume"]), ("240 m", [])):
        rows = programs({**work, "volume": volume})
        spots = places(place(work["key"], grade=4, rw=["03"]))
        run = context(rows, spots, AGENCIES, REGIONS, wanted, Rules(), TODAY)
        assert [f.rule for f in find(run)] == rules
