"""What desks have said about earlier findings, used again: rejected ones stay away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import polars as pl

from rakorsus.engine.records import Finding

_RAISE = 1.1


def apply(findings: Sequence[Finding], verdicts: pl.DataFrame | None) -> list[Finding]:
    """Findings without those that desks rejected, accepted ones raised by a tenth.

    `verdicts` has the columns `left` and `right` (program keys, in any order) and `accepted`
    (Boolean). A finding is rejected when every pair of its programs was rejected, and raised when
    any pair was accepted.
    """
    if verdicts is None or verdicts.is_empty():
        return list(findings)
    said = {
        frozenset((left, right)): bool(accepted)
        for left, right, accepted in verdicts.select("left", "right", "accepted").iter_rows()
    }
    kept = []
    for finding in findings:
        answers = [said.get(frozenset(pair)) for pair in combinations(finding.keys, 2)]
        if answers and all(a is False for a in answers):
            continue
        if any(answers):
            finding = replace(finding, score=min(round(finding.score * _RAISE, 4), 1.0))
        kept.append(finding)
    return kept
