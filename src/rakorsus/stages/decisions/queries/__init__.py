"""Reading decisions."""

from rakorsus.stages.decisions.queries.lines import Diff, balance_of, diffs
from rakorsus.stages.decisions.queries.listing import (
    Filters,
    deciding_agencies,
    listed,
    narrow,
    numbers,
    visible,
    waiting,
)

__all__ = [
    "Diff",
    "Filters",
    "balance_of",
    "deciding_agencies",
    "diffs",
    "listed",
    "narrow",
    "numbers",
    "visible",
    "waiting",
]
