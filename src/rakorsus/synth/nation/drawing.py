"""Drawing what a package is: activity, office, place, period, money; one row of numbers each.

A frame of specifications has these columns: `concept`, `owner` (which of the concept's owners),
`wording`, `thing` (object, 0 when it has none), `office`, `village`, `slot` (RW, street or school
inside the village), `lot`, `phase`, `stage` (0 the work itself, 1 design, 2 supervision, 3 study),
`style` (0 plain, 1 abbreviated, 2 typing error, 3 other order, 4 capitals), `form` (how the place
is written), `vague` (the place column names only the regency), `named` (the title names the place),
`start` (day of the year from 0), `days`, `budget` (rupiah), `amount` (0 is "1 Paket"), `own`
(self-managed). Works never share a slot unless they are planted to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rakorsus.synth.nation.areas import Areas
from rakorsus.synth.nation.concepts import Concept
from rakorsus.synth.nation.offices import Office

Ints = NDArray[np.int64]

_WEIGHT: Final = {"works": 3.0, "goods": 1.5, "people": 2.0}
_WIDE: Final = 0.5  # activities for a whole kecamatan are fewer
_SLOTS: Final = 12  # RWs, streets and schools of a village, at least
_WHOLE_YEAR: Final = {"works": 0.62, "goods": 0.76, "people": 0.8}
YEAR_DAYS: Final = 364


@dataclass(frozen=True)
class Ground:
    """A government as the drawing needs it: who does what, and which office stands where."""

    areas: Areas
    offices: tuple[Office, ...]
    concepts: tuple[Concept, ...]
    by_affair: dict[str, int]
    by_district: dict[int, int]  # number of the district -> number of its kecamatan office

    @classmethod
    def of(cls, areas: Areas, offices: tuple[Office, ...], concepts: tuple[Concept, ...]) -> Ground:
        numbers = {code: n for n, code in enumerate(areas.districts)}
        return cls(
            areas,
            offices,
            concepts,
            {o.affair: n for n, o in enumerate(offices) if o.kind == "opd"},
            {numbers[o.region]: n for n, o in enumerate(offices)
             if o.kind == "kecamatan" and o.region},
        )  # fmt: skip

    def owners(self, concept: int) -> list[int]:
        """Which of a concept's owners this government has; the usual one first."""
        return [
            n
            for n, owner in enumerate(self.concepts[concept].owners)
            if owner.affair in self.by_affair or (owner.affair == "7.01" and self.by_district)
        ]

    def office(self, concept: Ints, owner: Ints, village: Ints) -> Ints:
        """The office of each row; a kecamatan office is the one of the village's district."""
        width = max(len(c.owners) for c in self.concepts)
        fixed = np.full((len(self.concepts), width), -1)
        for c, kind in enumerate(self.concepts):
            for o, who in enumerate(kind.owners):
                fixed[c, o] = self.by_affair.get(who.affair, -1)
        local = np.array([self.by_district.get(d, -1) for d in range(len(self.areas.districts))])
        found = fixed[concept, owner]
        return np.where(found >= 0, found, local[self.areas.district_of[village]])


def usual(ground: Ground) -> Ints:
    """The concepts that some agency of this government has for its own."""
    return np.array([c for c in range(len(ground.concepts)) if ground.owners(c)])


def draw(rng: np.random.Generator, ground: Ground, concept: Ints) -> pl.DataFrame:
    """Specifications for rows of the given concepts, by their usual owners."""
    count = len(concept)
    kinds = ground.concepts
    owner = np.array([(ground.owners(c) or [0])[0] for c in range(len(kinds))])[concept]
    village, slot = _slots(rng, ground, concept)
    low = np.array([k.low for k in kinds])[concept]
    high = np.array([k.high for k in kinds])[concept]
    money = (low + (high - low) * rng.random(count) ** 2) * 1_000_000
    start, days = _period(rng, np.array([_WHOLE_YEAR[k.group] for k in kinds])[concept])
    vague = rng.random(count) < 0.12
    things = np.array([max(1, len(k.objects)) for k in kinds])[concept]
    works = np.array([k.group == "works" for k in kinds])[concept]
    frame = pl.DataFrame(
        {
            "concept": concept,
            "owner": owner,
            "wording": (rng.random(count) < 0.25).astype(np.int64),
            "thing": (rng.random(count) * things).astype(np.int64),
            "office": ground.office(concept, owner, village),
            "village": village,
            "slot": slot,
            "phase": np.zeros(count, np.int64),
            "stage": np.zeros(count, np.int64),
            "style": rng.choice(5, count, p=(0.78, 0.07, 0.03, 0.06, 0.06)),
            "form": rng.integers(0, 1 << 16, count),
            "vague": vague,
            "named": rng.random(count) < np.where(vague, 0.6, 0.7),
            "start": start,
            "days": days,
            "budget": (money // 10_000 * 10_000 + rng.integers(0, 10, count) * 1_000).astype(int),
            "amount": np.where(rng.random(count) < 0.45, 0, rng.integers(1, 60, count) * 5),
            "own": ~works & (rng.random(count) < 0.7),
        }
    )
    return frame.with_columns(_lots(ground))


def weights(ground: Ground, concept: Ints) -> NDArray[np.float64]:
    """How often each concept is drawn: works most."""
    kinds = [ground.concepts[c] for c in concept]
    found = np.array([_WEIGHT[k.group] * (_WIDE if k.where == "kecamatan" else 1) for k in kinds])
    return found / found.sum()


def place(ground: Ground) -> pl.Expr:
    """A number for the place of a specification: the slot, the village, or the district."""
    wide = [c for c, k in enumerate(ground.concepts) if k.where == "kecamatan"]
    district = pl.col("village").replace_strict(
        dict(enumerate(ground.areas.district_of.tolist())), return_dtype=pl.Int64
    )
    return (
        pl.when(pl.col("concept").is_in(wide))
        .then(-1 - district)
        .otherwise(pl.col("village") * 1_000 + pl.col("slot"))
    )


def _lots(ground: Ground) -> pl.Expr:
    """The second activity of one kind at one place is its second lot or round."""
    return pl.int_range(pl.len()).over("concept", "thing", place(ground)).alias("lot")


def _slots(rng: np.random.Generator, ground: Ground, concept: Ints) -> tuple[Ints, Ints]:
    """Village and slot of each row. RWs and streets are given to one work each, schools as well."""
    villages = len(ground.areas.villages)
    village = rng.integers(0, villages, len(concept))
    slot = np.zeros(len(concept), np.int64)
    where = np.array([k.where for k in ground.concepts])[concept]
    for kind in ("rw", "street", "school"):
        chosen = np.flatnonzero(where == kind)
        each = max(_SLOTS, -(-len(chosen) // villages))
        taken = rng.choice(villages * each, len(chosen), replace=False, shuffle=True)
        village[chosen], slot[chosen] = taken // each, taken % each + 1
    return village, slot


def _period(rng: np.random.Generator, whole: NDArray[np.float64]) -> tuple[Ints, Ints]:
    count = len(whole)
    year = rng.random(count) < whole
    start = np.where(year, 0, rng.integers(40, 250, count))
    days = np.where(year, YEAR_DAYS, rng.choice((30, 45, 60, 75, 90, 110), count))
    return start, np.minimum(days, YEAR_DAYS - start)
