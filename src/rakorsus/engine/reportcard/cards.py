"""Cards of all units for a quarter, compared among like units only."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from typing import Final

from rakorsus.engine.reportcard.figures import MEASURES, METHOD, Figure, figures
from rakorsus.engine.reportcard.known import as_known
from rakorsus.engine.reportcard.quarters import Quarter
from rakorsus.engine.reportcard.tables import TABLES, Tables

#: Firm measures that a unit needs before it is compared with others.
_NEEDED: Final = 3


@dataclass(frozen=True, slots=True)
class Card:
    """`index` is the mean of the unit's firm measures (each at most 1), None when it has fewer
    than three; `rank` counts from 1 among the units of its kind that have an index (`among`).
    """

    agency: str
    kind: str
    quarter: Quarter
    figures: Mapping[str, Figure]
    digest: str
    index: Fraction | None = None
    rank: int | None = None
    among: int = 0


def cards(tables: Tables, quarter: Quarter) -> list[Card]:
    """One card for each unit, by code, with its rank among units of its kind."""
    kinds = dict(tables["units"].select("code", "kind").iter_rows())
    made = figures(tables, quarter)
    prints = digest(tables, quarter)
    return ranked(
        Card(code, kinds[code] or "", quarter, own, prints[code], index_of(own.values()))
        for code, own in made.items()
    )


def index_of(figures: Iterable[Figure]) -> Fraction | None:
    """The mean of the firm measures that are compared; None with fewer than three of them."""
    firm = [
        min(f.value, Fraction(1))
        for f in figures
        if f.firm and f.value is not None and MEASURES[f.measure].ranked
    ]
    return sum(firm, Fraction()) / len(firm) if len(firm) >= _NEEDED else None


def ranked(made: Iterable[Card]) -> list[Card]:
    """The cards with their ranks: equal indexes share a rank, other kinds are never compared."""
    cards = list(made)
    of_kind: dict[str, list[Fraction]] = defaultdict(list)
    for card in cards:
        if card.index is not None:
            of_kind[card.kind].append(card.index)
    return [
        Card(
            c.agency, c.kind, c.quarter, c.figures, c.digest, c.index,
            None if c.index is None else 1 + sum(x > c.index for x in of_kind[c.kind]),
            len(of_kind[c.kind]),
        )
        for c in cards
    ]  # fmt: skip


def digest(tables: Tables, quarter: Quarter) -> dict[str, str]:
    """Agency -> SHA-256 of the method's number and of the rows about it that count (`as_known`)."""
    known = as_known(tables, quarter)
    lines: dict[str, list[str]] = {c: [] for c in tables["units"]["code"].sort().to_list()}
    for name in TABLES:
        owner = "code" if name == "units" else "agency"
        for row in known[name].iter_rows(named=True):
            if row[owner] in lines:
                lines[row[owner]].append(
                    json.dumps([name, list(row.values())], ensure_ascii=False, default=str)
                )
    head = f"rakorsus rapor {METHOD} {quarter}"
    return {
        code: sha256("\n".join([head, *own]).encode()).hexdigest() for code, own in lines.items()
    }
