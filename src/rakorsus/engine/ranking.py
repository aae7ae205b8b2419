"""The order in which officials see findings: what matters most first, and not all of one kind.

The rank of a finding is its score weighted by how firm the evidence is and how much money is at
stake, then lowered for every finding before it that has the same rule, or the same rule and
agencies, or that is about the same programs, so that the first page shows the breadth of what
must be settled.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from math import log10
from typing import Final

from rakorsus.engine.draft import severity_of
from rakorsus.engine.records import Finding, FindingKind

#: How much a kind is worth a desk's time, other things being equal.
_KINDS: Final = {
    FindingKind.DUPLICATE: 1.0,
    FindingKind.CLASH: 1.0,
    FindingKind.OVERLAP: 0.97,
    FindingKind.ORDER: 0.95,
    FindingKind.FRAGMENTATION: 0.93,
    FindingKind.WARNING: 0.9,
    FindingKind.GAP: 0.95,
    FindingKind.MISMATCH: 0.84,
    FindingKind.OPPORTUNITY: 0.85,
    FindingKind.UNCLEAR: 0.7,
}
_SAME_RULE: Final = 0.975
_SAME_AGENCIES: Final = 0.985
_SAME_PROGRAMS: Final = 0.6
_SHARE: Final = 0.6  # of the larger finding's programs that make two findings one problem


def weight(finding: Finding) -> float:
    """Score x certainty x kind x money, in 0..1; independent of the other findings."""
    money = min(max((log10(max(finding.money, 1)) - 7) / 3, 0.0), 1.0)  # Rp10 million .. 10 billion
    firm = 0.7 + 0.3 * finding.sure
    return finding.score * firm * _KINDS.get(finding.kind, 0.8) * (0.92 + 0.08 * money)


def rank(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings best first, each with its severity and, as score, its weight after lowering."""
    heap = [(-weight(f), f.id, f) for f in findings]
    heapq.heapify(heap)
    before = _Before()
    ordered = []
    while heap:
        value, name, finding = heapq.heappop(heap)
        lowered = -weight(finding) * before.factor(finding)
        if lowered > value + 1e-12:  # others like it went before: back into the queue
            heapq.heappush(heap, (lowered, name, finding))
            continue
        before.add(finding)
        ordered.append(
            replace(finding, score=round(-lowered, 4), severity=severity_of(weight(finding)))
        )
    return tuple(ordered)


class _Before:
    """What has gone before in the list."""

    def __init__(self) -> None:
        self._rules: Counter[str] = Counter()
        self._houses: Counter[tuple[str, tuple[str, ...]]] = Counter()
        self._holders: dict[str, list[int]] = defaultdict(list)
        self._sizes: list[int] = []

    def add(self, finding: Finding) -> None:
        self._rules[finding.rule] += 1
        self._houses[finding.rule, finding.agencies] += 1
        for key in finding.keys:
            self._holders[key].append(len(self._sizes))
        self._sizes.append(len(finding.keys))

    def factor(self, finding: Finding) -> float:
        """How much the findings before lower this one; never grows as the list grows."""
        lowered = (
            _SAME_RULE ** self._rules[finding.rule]
            * _SAME_AGENCIES ** self._houses[finding.rule, finding.agencies]
        )
        return lowered * _SAME_PROGRAMS if self._said(finding) else lowered

    def _said(self, finding: Finding) -> bool:
        shared = Counter(i for key in finding.keys for i in self._holders.get(key, ()))
        size = len(finding.keys)
        return any(
            count >= _SHARE * max(size, self._sizes[i]) and (count > 1 or size == 1)
            for i, count in shared.items()
        )
