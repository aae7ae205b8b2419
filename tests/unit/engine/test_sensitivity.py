"""The effect of other settings: against sets and positions counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.engine.city import AGENCIES, HOUSING, REGIONS, TODAY, line, programs

from rakorsus.engine import analyse
from rakorsus.engine.ranking import weight
from rakorsus.engine.records import Finding, FindingKind, Severity, Text
from rakorsus.engine.rules import Rules
from rakorsus.engine.sensitivity import effect

KINDS = (FindingKind.DUPLICATE, FindingKind.CLASH, FindingKind.GAP)


def _finding(name: str) -> Finding:
    kind = KINDS[int(name) % 3]
    return Finding(
        name, kind, 0.5, 0.5, Severity.LOW, (), (), (), (None, None), int(name), Text("", "")
    )  # fmt: skip


_LISTS = st.lists(st.integers(0, 12).map(str), unique=True).map(lambda n: list(map(_finding, n)))


@given(_LISTS, _LISTS)
def test_what_appears_disappears_and_moves_is_the_difference_of_the_lists(before, after):
    found = effect(before, after)
    was, now = [f.id for f in before], [f.id for f in after]
    assert [f.id for f in found.appear] == [n for n in now if n not in was]
    assert [f.id for f in found.disappear] == [n for n in was if n not in now]
    old, new = [n for n in was if n in now], [n for n in now if n in was]
    assert {m.finding.id: m.by for m in found.moved} == {
        n: old.index(n) - new.index(n) for n in new if old.index(n) != new.index(n)
    }
    assert sum(k.after for k in found.kinds) == len(after)
    assert sum(k.money_before for k in found.kinds) == sum(f.money for f in before)
    for kind in found.kinds:
        assert kind.after - kind.before == kind.appear - kind.disappear


@given(_LISTS)
def test_the_same_list_has_no_effect(findings):
    found = effect(findings, findings)
    assert not (found.appear)
    assert not (found.disappear)
    assert not (found.moved)


_NEAR = {
    "start": date(2025, 6, 1), "end": date(2025, 6, 30),
    "geometry": "LINESTRING (119.4 -5.1, 119.41 -5.1)",
}  # fmt: skip
_LATER = {
    "start": date(2025, 7, 10), "end": date(2025, 7, 30), "agency": HOUSING,
    "geometry": "POINT (119.405 -5.1011)",  # about 122 m away
}  # fmt: skip
_DIGS = programs(
    line(1, "Pemasangan Pipa Air Minum", package="1", **_NEAR),
    line(2, "Penggalian Kabel Tanah", package="2", **_LATER),
)


def _found(rules: Rules) -> list[Finding]:
    return list(analyse(_DIGS, AGENCIES, REGIONS, rules=rules, today=TODAY).findings)


def test_the_distance_for_joint_works_decides_what_is_an_opportunity():
    assert [f.rule for f in _found(Rules())] == ["opportunity.joint"]
    assert _found(Rules(opportunity_distance_m=100)) == []
    assert _found(Rules(opportunity_days=7)) == []


def test_works_near_each_other_but_beyond_the_distance_for_a_clash_do_not_clash():
    together = programs(
        line(1, "Pemasangan Pipa Air Minum", package="1", **_NEAR),
        line(2, "Rehabilitasi Jalan Melati", package="2", **{**_LATER, **{
            "start": date(2025, 6, 10), "end": date(2025, 7, 30)}}),
    )  # fmt: skip
    for metres, rules in ((50.0, []), (150.0, ["clash.same_time"])):
        asked = Rules(clash_distance_m=metres)
        found = analyse(together, AGENCIES, REGIONS, rules=asked, today=TODAY).findings
        assert [f.rule for f in found] == rules


def test_findings_below_the_least_weight_are_left_out():
    (only,) = _found(Rules())
    limit = weight(replace(only, score=0.66))  # before the list lowered it
    assert _found(Rules(least_weight=limit - 0.01))
    assert _found(Rules(least_weight=0.99)) == []
