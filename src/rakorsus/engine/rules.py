"""What a government may set about the engine: thresholds and reference tables, no behaviour."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from rakorsus.engine import schema

if TYPE_CHECKING:
    from rakorsus.engine.learning.model import Model


@dataclass(frozen=True, slots=True)
class Rules:
    """Settings of one run. The defaults are meant to be good without any setting.

    `moratorium_years` gives, for each surface class, how long a new surface may not be dug up.
    Drawn works within `clash_distance_m` disturb each other; within `opportunity_distance_m` they
    may share one closure. Findings whose `ranking.weight` is below `least_weight` are left out.
    `disabled` names rules (see `Finding.rule`) that the government has switched off. `learnt` is
    what its verdicts have taught; None is the default that comes with the engine.
    """

    nomenclature: pl.DataFrame = field(default_factory=lambda: schema.empty(schema.NOMENCLATURE))
    government_kind: str = "KABKOT"
    duplicate_similarity: float = 0.55
    overlap_similarity: float = 0.45
    clash_distance_m: float = 50.0
    opportunity_distance_m: float = 200.0
    opportunity_days: int = 60
    moratorium_years: dict[str, int] = field(
        default_factory=lambda: {"asphalt": 3, "concrete": 5, "paving": 3, "pavement": 3}
    )
    direct_procurement_ceiling: int = 200_000_000  # Perpres 16/2018 as amended, works and goods
    least_weight: float = 0.0
    disabled: frozenset[str] = frozenset()
    learnt: Model | None = None
    extra: dict[str, Any] = field(default_factory=dict)
