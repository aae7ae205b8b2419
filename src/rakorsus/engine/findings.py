"""What one run of the engine gives back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from rakorsus.engine.records import Finding


@dataclass(frozen=True)
class Findings:
    """`findings` ranked, best first; `expected` repetition set aside; `places` as understood
    (schema.PLACES) against `regions` (schema.REGIONS: those given and the national table's).

    `agency_names` gives each agency code the name that the sentences use, `date_grades` each
    program key its records.DateGrade.
    """

    findings: tuple[Finding, ...]
    expected: tuple[Finding, ...]
    places: pl.DataFrame
    regions: pl.DataFrame
    agency_names: Mapping[str, str]
    date_grades: Mapping[str, int]

    @property
    def counts(self) -> Mapping[str, int]:
        """Number of findings of each kind, most first."""
        return dict(Counter(f.kind.value for f in self.findings).most_common())
