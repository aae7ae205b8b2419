"""The matrix equals counting by hand; text is found in lines, sentences, places and numbers."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from tests.integration.findings.conftest import duplicates, fill

from rakorsus.people import actor as actors
from rakorsus.stages.findings import actions, queries
from rakorsus.stages.findings.models import Finding

SYSTEM = actors.system("cli")


@pytest.fixture
def many(db) -> None:
    fill(duplicates(5))
    actions.analyse_register(SYSTEM)


def test_the_matrix_equals_counting_by_hand(many) -> None:
    asked = queries.Filters(keadaan="semua")
    by_hand: Counter[tuple[str, str]] = Counter()
    money: Counter[tuple[str, str]] = Counter()
    for finding in Finding.objects.all():
        codes = sorted(side.agency.code for side in finding.sides.all())
        for pair in combinations(codes, 2) if len(codes) > 1 else [(c, c) for c in codes]:
            by_hand[pair] += 1
            money[pair] += finding.money
    found = queries.pairs(SYSTEM, asked)
    assert {(p.first.code, p.second.code): p.count for p in found} == dict(by_hand)
    assert {(p.first.code, p.second.code): p.money for p in found} == dict(money)


@pytest.mark.parametrize(
    ("text", "found"),
    [("saluran drainase", True), ("2003", True), ("Pampang", True), ("perumahan", True),
     ("jembatan", False), ("drainase jembatan", False)],
)  # fmt: skip
def test_text(many, text: str, found: bool) -> None:
    hits = queries.listed(SYSTEM, queries.Filters(q=text, jenis="duplicate"))
    assert hits.exists() == found
