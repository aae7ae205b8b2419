"""Reading findings: who sees which, lists, counts, the matrix."""

from rakorsus.stages.findings.queries.asking import questions
from rakorsus.stages.findings.queries.filters import Filters, narrow
from rakorsus.stages.findings.queries.listing import kind_counts, listed, neighbours_of, with_lines
from rakorsus.stages.findings.queries.matrix import pairs
from rakorsus.stages.findings.queries.veiled import announced, at_stake, veil, veiled
from rakorsus.stages.findings.queries.visible import in_region, reads_all, stamp, visible
from rakorsus.stages.findings.queries.why import line, why

__all__ = [
    "Filters",
    "announced",
    "at_stake",
    "in_region",
    "kind_counts",
    "line",
    "listed",
    "narrow",
    "neighbours_of",
    "pairs",
    "questions",
    "reads_all",
    "stamp",
    "veil",
    "veiled",
    "visible",
    "why",
    "with_lines",
]
