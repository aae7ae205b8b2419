"""How closely two lines meet: RW, hamlet and street bound to their own village."""

import pytest
from tests.unit.engine.city import place

from rakorsus.engine.pairs.anchors import anchors, meet


def strength(a, b):
    met = meet(anchors([place("x", **a)]), anchors([place("y", **b)]))
    return met.strength if met else None


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ({"rw": ["05"]}, {"rw": ["05"]}, 0.9),
        ({"rw": ["05"]}, {"rw": ["06"]}, 0.3),
        ({"rw": ["05"]}, {"rw": ["05"], "region": "99.01.01.2002"}, None),
        ({"hamlet": "Kp. Babakan"}, {"hamlet": "babakan"}, 1.0),
        ({"hamlet": "babakan"}, {"hamlet": "cibiru"}, 0.3),
        ({"rw": ["05"], "rt": ["01"]}, {"rw": ["05"], "rt": ["04"]}, 0.7),
        ({"rw": ["05"], "hamlet": "a"}, {"rw": ["05"], "hamlet": "b"}, 0.7),
        ({}, {}, 0.5),
        ({"rw": ["05"]}, {}, 0.4),
        ({"street": "Jl. Merdeka"}, {"street": "jalan merdeka"}, 0.9),
        ({"facility": "SDN 1 Maju"}, {"facility": "sd negeri 1 maju"}, 1.0),
        ({"region": "99.01.01", "grade": 2}, {}, 0.2),
        ({"region": "99.01", "grade": 1}, {}, None),
    ],
)
def test_strength_of_a_meeting(a, b, expected):
    assert strength(a, b) == expected
    assert strength(b, a) == expected


def test_each_place_keeps_its_own_rw():
    both = anchors([place("x", rw=["01"]), place("x", region="99.01.01.2002", rw=["02"])])
    other = anchors([place("y", rw=["02"])])
    assert meet(both, other).strength == 0.3
