"""What verdicts change about the findings of the rules: some speak louder, some more quietly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final

from rakorsus.engine.context import Context
from rakorsus.engine.learning.candidates import Candidate, pair_of
from rakorsus.engine.learning.corpus import corpus
from rakorsus.engine.learning.model import default
from rakorsus.engine.records import Finding, FindingKind

_WEIGHED: Final = frozenset({FindingKind.DUPLICATE, FindingKind.OVERLAP})
_MANY: Final = 6  # lines of a finding beyond which it is no matter of pairs
_LEAST, _MOST = 0.6, 1.3
_EVEN: Final = 0.25  # keeps the ratio of two small chances near one


def weigh(context: Context, findings: Sequence[Finding]) -> list[Finding]:
    """Findings with their scores moved by what verdicts have taught; the same without verdicts.

    A score is multiplied by how much likelier the government's model takes the finding's likeliest
    pair than the default does, between 0.6 and 1.3.
    """
    model = context.rules.learnt
    if model is None or not model.verdicts:
        return list(findings)
    before = default()
    moved = []
    for finding in findings:
        pairs = pairs_of(context, finding)
        if pairs:
            now = model.probability(pairs, corpus(context)).max()
            then = before.probability(pairs, corpus(context)).max()
            factor = min(max((now + _EVEN) / (then + _EVEN), _LEAST), _MOST)
            finding = replace(finding, score=round(min(finding.score * float(factor), 1.0), 4))
        moved.append(finding)
    return moved


def pairs_of(context: Context, finding: Finding) -> list[Candidate]:
    """The pairs of lines that a finding of two to six programs is about; empty for other kinds."""
    if finding.kind not in _WEIGHED or not 2 <= len(finding.keys) <= _MANY:
        return []
    return [pair_of(context, a, b) for a, b in combinations(sorted(finding.keys), 2)]
