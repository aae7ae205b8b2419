"""Cards as they were computed last: pages and API read them, a job computes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from typing import Any

from rakorsus.engine.reportcard import Card, Figure, Quarter
from rakorsus.engine.reportcard.figures import METHOD
from rakorsus.stages.followup.models import KeptCards
from rakorsus.stages.followup.queries import card_inputs


def of_quarter(quarter: Quarter) -> tuple[list[Card], datetime | None]:
    """The cards of every unit and when they were computed; just now (None) where no job has."""
    kept = KeptCards.objects.filter(year=quarter.year, number=quarter.number, method=METHOD).first()
    if kept is None:
        return card_inputs.of_quarter(quarter), None
    return [_card(row, quarter) for row in kept.cards], kept.at


def plain(cards: Iterable[Card]) -> list[dict[str, Any]]:
    """As they are kept: JSON, no number loses anything."""
    return [
        {
            "agency": c.agency, "kind": c.kind, "digest": c.digest, "rank": c.rank,
            "among": c.among, "index": str(c.index) if c.index is not None else None,
            "figures": [
                [f.measure, f.records, f.hits if f.hits != f.records else None, f.missing, f.part,
                 f.whole]
                for f in c.figures.values()
            ],
        }
        for c in cards
    ]  # fmt: skip


def _card(row: dict[str, Any], quarter: Quarter) -> Card:
    figures = {
        name: Figure(
            name, tuple(records), tuple(records if hits is None else hits), tuple(missing), part,
            whole,
        )
        for name, records, hits, missing, part, whole in row["figures"]
    }  # fmt: skip
    index = Fraction(row["index"]) if row["index"] is not None else None
    return Card(
        row["agency"], row["kind"], quarter, figures, row["digest"], index, row["rank"],
        row["among"],
    )  # fmt: skip
