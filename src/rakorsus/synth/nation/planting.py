"""Pairs planted among ordinary packages: true ones, and traps that only look like them.

True: one object or one group of people served twice (`duplicate` by two agencies, `twice` by one,
`overlap` for people), and works that disturb each other (`clash`). Traps, labelled normal: the same
words elsewhere or in a village of the same name, lots, phases, stages of one work, the series of
kecamatan offices, and the same words for another object.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rakorsus.synth.nation.concepts import Concept
from rakorsus.synth.nation.drawing import YEAR_DAYS, Ground, Ints

#: case -> (label, pairs per line of the government)
CASES: Final = {
    "duplicate": ("duplicate", 0.0026), "twice": ("duplicate", 0.0006),
    "overlap": ("overlap", 0.0028), "clash": ("clash", 0.0015),
    "elsewhere": ("normal", 0.0024), "homonym": ("normal", 0.0012), "lots": ("normal", 0.0018),
    "phases": ("normal", 0.0012), "series": ("normal", 0.0018), "stages": ("normal", 0.0018),
    "other": ("normal", 0.0018),
}  # fmt: skip
WORDINGS: Final = ("identical", "varied", "synonym")
_SHARES: Final = (0.3, 0.25, 0.45)
_BEYOND: Final = 3  # slots further: an RW or school where none of the drawn works is
_GROUND: Final = ("rw", "street")

Sides = tuple[pl.DataFrame, pl.DataFrame]


@dataclass(frozen=True)
class Planted:
    """Specifications of one case: `left` and its counterpart `right`, row by row; `wording` says
    how the two are worded (index into WORDINGS)."""

    case: str
    left: pl.DataFrame
    right: pl.DataFrame
    wording: Ints

    @property
    def label(self) -> str:
        return CASES[self.case][0]


def concepts_for(
    rng: np.random.Generator, ground: Ground, lines: int
) -> Iterator[tuple[str, Ints]]:
    """For each case the concepts of its pairs, so that their places can be drawn with the rest."""
    for case, (_, share) in CASES.items():
        fit = [c for c, kind in enumerate(ground.concepts) if _fits(case, ground, c, kind)]
        if fit and (case != "homonym" or len(ground.areas.homonyms)):
            yield case, rng.choice(np.array(fit), max(1, round(lines * share)))


def plant(rng: np.random.Generator, ground: Ground, case: str, drawn: pl.DataFrame) -> Planted:
    """The pairs of one case from the rows drawn for it."""
    count = drawn.height
    clear = drawn.with_columns(
        lot=pl.lit(0, pl.Int64), style=pl.lit(0, pl.Int64), vague=pl.lit(False),
        named=pl.Series(rng.random(count) < 0.8),
    )  # fmt: skip
    left, right = _SIDES[case](rng, ground, clear)
    money = (right["budget"].to_numpy() * rng.uniform(0.85, 1.1, count)).astype(np.int64)
    right = right.with_columns(
        form=pl.Series(rng.integers(0, 1 << 16, count)), budget=pl.Series(money // 1_000 * 1_000)
    )
    if CASES[case][0] not in ("duplicate", "overlap"):
        return Planted(case, left, right, np.zeros(count, np.int64))
    wording = rng.choice(3, count, p=_SHARES)
    other = 1 - left["wording"].to_numpy()
    right = right.with_columns(
        wording=pl.Series(np.where(wording == 2, other, left["wording"].to_numpy())),
        style=pl.Series(np.where(wording == 1, rng.integers(1, 5, count), 0)),
    )
    return Planted(case, left, right, wording)


def _fits(case: str, ground: Ground, number: int, kind: Concept) -> bool:
    owners = ground.owners(number)
    if not owners:
        return False
    affairs = [kind.owners[o].affair for o in owners]
    match case:
        case "duplicate":
            return len(owners) > 1 and (kind.group == "works" or kind.where != "kecamatan")
        case "twice":
            return kind.group == "works"
        case "overlap":
            return len(owners) > 1 and kind.group != "works"
        case "clash":
            return kind.effect == "dig" and kind.where in _GROUND
        case "elsewhere":
            return len(owners) > 1 and kind.where != "kecamatan"
        case "homonym":
            return len(owners) > 1 and kind.where in ("rw", "village")
        case "series":
            return "7.01" in affairs and len(ground.by_district) > 1 and kind.where != "kecamatan"
        case "other":
            return len(owners) > 1 and (kind.where in (*_GROUND, "school") or len(kind.objects) > 1)
        case _:  # lots, phases, stages
            return kind.group == "works"


def _elsewhere(rng: np.random.Generator, ground: Ground, left: pl.DataFrame) -> Sides:
    """Another agency, the same words, a village of another district."""
    return left, _owned(ground, _moved(rng, ground, left), _second(rng, ground, left))


def _homonym(rng: np.random.Generator, ground: Ground, left: pl.DataFrame) -> Sides:
    """Another agency, the same words, the village of the same name in another district."""
    pairs = ground.areas.homonyms[rng.integers(0, len(ground.areas.homonyms), left.height)]
    here = left.with_columns(village=pl.Series(pairs[:, 0].astype(np.int64)))
    there = left.with_columns(village=pl.Series(pairs[:, 1].astype(np.int64)))
    return (
        _owned(ground, here, left["owner"].to_numpy()),
        _owned(ground, there, _second(rng, ground, left)),
    )


def _same(rng: np.random.Generator, ground: Ground, left: pl.DataFrame) -> Sides:
    """The same activity at the same place in about the same time, by another agency."""
    return left, _close(rng, _owned(ground, left, _second(rng, ground, left)))


def _twice(rng: np.random.Generator, ground: Ground, left: pl.DataFrame) -> Sides:
    """The same, by the same agency."""
    return left, _close(rng, left)


def _clash(rng: np.random.Generator, ground: Ground, left: pl.DataFrame) -> Sides:
    """Digging and paving at one place in the same months, by two agencies."""
    count = left.height
    kinds = ground.concepts
    start = rng.integers(60, 200, count)
    where = np.array([k.where for k in kinds])
    paves = np.array([k.effect == "pave" for k in kinds])
    concept = np.zeros(count, np.int64)
    drawn = where[left["concept"].to_numpy()]
    for kind in _GROUND:
        rows = np.flatnonzero(drawn == kind)
        concept[rows] = rng.choice(np.flatnonzero(paves & (where == kind)), len(rows))
    digging = left.with_columns(
        start=pl.Series(start), days=pl.Series(rng.integers(60, 110, count)), named=pl.lit(True)
    )
    paving = digging.with_columns(
        concept=pl.Series(concept),
        wording=pl.lit(0, pl.Int64),
        thing=pl.lit(0, pl.Int64),
        start=pl.Series(start + rng.integers(5, 40, count)),
    )
    owner = [
        _other_owner(ground, c, ground.concepts[d].owners[o].affair)
        for c, d, o in zip(concept.tolist(), left["concept"], left["owner"], strict=True)
    ]
    return digging, _owned(ground, paving, np.array(owner, np.int64))


def _lots(rng: np.random.Generator, ground: Ground, left: pl.DataFrame) -> Sides:
    """Paket 2 and 3 of one work by one agency."""
    first, second = (left.with_columns(lot=pl.lit(n, pl.Int64)) for n in (1, 2))
    return first, second


def _phases(rng: np.random.Generator, ground: Ground, left: pl.DataFrame) -> Sides:
    """Tahap I and II of one work by one agency."""
    first, second = (left.with_columns(phase=pl.lit(n, pl.Int64)) for n in (1, 2))
    return first, second


def _stages(rng: np.random.Generator, ground: Ground, left: pl.DataFrame) -> Sides:
    """A work and its design, supervision or study, by one agency."""
    stage = rng.integers(1, 4, left.height)
    return left, left.with_columns(stage=pl.Series(stage), budget=pl.col("budget") // 20)


def _series(rng: np.random.Generator, ground: Ground, left: pl.DataFrame) -> Sides:
    """Two kecamatan offices do the same, each at home."""
    owner = np.array([
        [o.affair for o in ground.concepts[c].owners].index("7.01") for c in left["concept"]
    ], np.int64)  # fmt: skip
    return _owned(ground, left, owner), _owned(ground, _moved(rng, ground, left), owner)


def _other(rng: np.random.Generator, ground: Ground, left: pl.DataFrame) -> Sides:
    """Another agency, the same words and village, but another RW, street, school or object."""
    things = np.array([len(k.objects) for k in ground.concepts])[left["concept"].to_numpy()]
    thing = left["thing"].to_numpy()
    right = left.with_columns(
        thing=pl.Series(np.where(things > 1, (thing + 1) % np.maximum(things, 1), thing)),
        slot=pl.Series(np.where(things > 1, left["slot"], left["slot"] + _BEYOND)),
    )
    return left, _owned(ground, right, _second(rng, ground, left))


def _owned(ground: Ground, rows: pl.DataFrame, owner: Ints) -> pl.DataFrame:
    """The rows in the hands of the given owners of their concepts."""
    office = ground.office(rows["concept"].to_numpy(), owner, rows["village"].to_numpy())
    return rows.with_columns(owner=pl.Series(owner), office=pl.Series(office))


def _second(rng: np.random.Generator, ground: Ground, left: pl.DataFrame) -> Ints:
    """For each row an owner that is not the one it has."""
    others = [
        [o for o in ground.owners(c) if o != own]
        for c, own in left.select("concept", "owner").iter_rows()
    ]
    return np.array([o[rng.integers(0, len(o))] for o in others], np.int64)


def _other_owner(ground: Ground, concept: int, affair: str) -> int:
    """The first owner of a concept that is not of this affair; the usual one when all are."""
    owners = ground.owners(concept)
    kinds = ground.concepts[concept].owners
    return next((o for o in owners if kinds[o].affair != affair), owners[0])


def _moved(rng: np.random.Generator, ground: Ground, left: pl.DataFrame) -> pl.DataFrame:
    """The rows in a village of another district."""
    home: NDArray[np.int32] = ground.areas.district_of
    villages = len(home)
    village = left["village"].to_numpy()
    there = rng.integers(0, villages, left.height)
    for _ in range(20):
        wrong = home[there] == home[village]
        there = np.where(wrong, rng.integers(0, villages, left.height), there)
    return left.with_columns(village=pl.Series(there))


def _close(rng: np.random.Generator, rows: pl.DataFrame) -> pl.DataFrame:
    """Unless it is the whole year: about the same months."""
    count = rows.height
    whole = rows["days"].to_numpy() == YEAR_DAYS
    start = rows["start"].to_numpy()
    moved = np.where(whole, start, np.clip(start + rng.integers(-12, 13, count), 10, 260))
    return rows.with_columns(start=pl.Series(moved))


_SIDES: Final[dict[str, Callable[[np.random.Generator, Ground, pl.DataFrame], Sides]]] = {
    "duplicate": _same, "twice": _twice, "overlap": _same, "clash": _clash,
    "elsewhere": _elsewhere, "homonym": _homonym, "lots": _lots, "phases": _phases,
    "series": _series, "stages": _stages, "other": _other,
}  # fmt: skip
