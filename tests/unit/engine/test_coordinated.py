"""What a decision has put under one lead, and what stays whoever leads."""

import pytest
from tests.unit.engine.city import HOUSING, WORKS, line, made, place, places, programs

from rakorsus.engine.coordinated import led
from rakorsus.engine.pairs import duplicates, overlap


def wells(first, second):
    rows = [
        line(1, "Sumur Bumdes Desa Sukajadi", agency=WORKS, tags=first),
        line(2, "Pembangunan Sumur Dangkal Desa Sukajadi", agency=HOUSING, tags=second),
    ]
    context = made(programs(*rows), places(place("nontender:1"), place("nontender:2")))
    return context, overlap.find(context)


@pytest.mark.parametrize(
    ("first", "second", "left"),
    [
        (None, None, 1),
        (["Dikoordinasi PU"], None, 1),
        (["Dikoordinasi PU"], ["Dikoordinasi Perkim"], 1),
        (["air", "Dikoordinasi PU"], ["Dikoordinasi PU"], 0),
        (["air"], ["air"], 1),
    ],
)
def test_lines_under_one_lead_do_not_overlap(first, second, left):
    context, found = wells(first, second)
    assert len(found) == 1
    assert len(led(context, found)) == left


def test_a_duplicate_stays_whoever_leads():
    tags = ["Dikoordinasi PU"]
    where = places(*(place(f"nontender:{i}", rw=["03"], grade=4) for i in (1, 2)))
    rows = [
        line(1, "Pembangunan Drainase RW 03 Desa Sukajadi", agency=WORKS, tags=tags),
        line(2, "Pembangunan Drainase RW 03 Desa Sukajadi", agency=HOUSING, tags=tags),
    ]
    context = made(programs(*rows), where)
    found = duplicates.find(context)
    assert len(found) == 1
    assert led(context, found) == found
