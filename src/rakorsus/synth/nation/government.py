"""One synthetic government: its lines, its agencies, and what was planted among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from rakorsus.engine import schema
from rakorsus.synth.nation import subs
from rakorsus.synth.nation.areas import areas
from rakorsus.synth.nation.concepts import Words, concepts
from rakorsus.synth.nation.drawing import Ground, draw, usual, weights
from rakorsus.synth.nation.met import met
from rakorsus.synth.nation.offices import offices, table
from rakorsus.synth.nation.packages import announced, packages
from rakorsus.synth.nation.planting import WORDINGS, Planted, concepts_for, plant
from rakorsus.synth.nation.support import support
from rakorsus.synth.nation.wording import texts

YEAR: Final = 2025
TRUTH: Final[schema.Schema] = {
    "left": pl.String,  # program keys, left < right
    "right": pl.String,
    "label": pl.String,  # duplicate | overlap | clash | normal
    "synonym": pl.Boolean,  # worded with different words for the same thing
    "words": pl.String,  # id of the activity whose two wordings were used; null without synonym
    "wording": pl.String,  # identical | varied | synonym
    "case": pl.String,  # planting.CASES, or met, support, hospital, cycle
}
LEAST: Final = 1_000  # lines below which not every agency has some
_ACTIVITY: Final = 0.5  # share of the lines that are packages with an activity of their own
_CYCLE: Final = 0.04  # share that are announcements and contracts of planned packages
_ALIKE: Final = 0.004  # pairs of support lines in the truth, per line

Pair = tuple[str, str, str, bool, str | None, str, str]


@dataclass(frozen=True)
class Government:
    """`programs` (schema.PROGRAMS), `agencies` (schema.AGENCIES), `truth` (TRUTH)."""

    code: str
    programs: pl.DataFrame
    agencies: pl.DataFrame
    truth: pl.DataFrame


def government(code: str, lines: int, seed: int = 1, words: Words = "train") -> Government:
    """The government of a province "32", regency or city "32.04"; equal arguments, equal frames.

    Raises:
        ValueError: fewer than LEAST lines.
        KeyError: no government has this code.
    """
    if lines < LEAST:
        raise ValueError(f"{code}: {lines} lines; a government needs {LEAST}")
    digits = int(code.replace(".", "").ljust(4, "0"))
    rng = np.random.default_rng([seed, digits])
    land = areas(code)
    ground = Ground.of(land, offices(land), concepts(words))
    specs, planted = _specs(rng, ground, round(lines * _ACTIVITY), lines)
    works = pl.concat(
        [texts(specs, ground), subs.codes(specs, ground),
         specs.select("office", "start", "days", "budget", "own")], how="horizontal",
    )  # fmt: skip
    routine = subs.support_codes(lines, ground)
    above = subs.subs(works, routine, ground)
    cycles = round(lines * _CYCLE)
    rest = support(
        rng, ground, routine, lines - works.height - above.height - cycles, round(lines * _ALIKE)
    )
    base = digits * 1_000_000
    plan = packages(rng, pl.concat([works, rest.lines], how="diagonal"), base, YEAR)
    free = works.height - sum(2 * p.left.height for p in planted)
    late, same = announced(rng, plan, free, cycles, base + 500_000)
    keys = plan["key"].to_list()
    pairs = [
        *_planted(planted, free, ground, keys),
        *_met(specs, planted, free, ground, keys),
        *(_pair(keys[works.height + a], keys[works.height + b], "normal", case)
          for a, b, case in rest.pairs),
        *(_pair(a, b, "normal", "cycle") for a, b in same),
    ]  # fmt: skip
    return Government(
        code,
        _programs(ground, plan, late, subs.lines(above, base + 800_000)),
        table(ground.offices, code),
        pl.DataFrame(pairs, schema=dict(TRUTH), orient="row").sort("left", "right"),
    )


def _specs(
    rng: np.random.Generator, ground: Ground, count: int, lines: int
) -> tuple[pl.DataFrame, list[Planted]]:
    """Specifications: ordinary ones, then the pairs of each case, left sides before right ones."""
    wanted = list(concepts_for(rng, ground, lines))
    ordinary = count - sum(2 * len(c) for _, c in wanted)
    own = usual(ground)
    common = rng.choice(own, ordinary, p=weights(ground, own))
    drawn = draw(rng, ground, np.concatenate([common, *(c for _, c in wanted)]))
    parts, planted, at = [drawn.head(ordinary)], [], ordinary
    for case, chosen in wanted:
        made = plant(rng, ground, case, drawn.slice(at, len(chosen)))
        parts += [made.left.select(drawn.columns), made.right.select(drawn.columns)]
        planted.append(made)
        at += len(chosen)
    return pl.concat(parts), planted


def _planted(planted: list[Planted], at: int, ground: Ground, keys: list[str]) -> Iterator[Pair]:
    for part in planted:
        size = part.left.height
        ids = [ground.concepts[c].id for c in part.left["concept"]]
        for n, (words, wording) in enumerate(zip(ids, part.wording.tolist(), strict=True)):
            left, right = keys[at + n], keys[at + size + n]
            yield _pair(left, right, part.label, part.case, WORDINGS[wording], words)
        at += 2 * size


def _met(
    specs: pl.DataFrame, planted: list[Planted], at: int, ground: Ground, keys: list[str]
) -> Iterator[Pair]:
    """The true pairs that came about beside the planted ones."""
    known = set()
    for part in planted:
        size = part.left.height
        known |= {(at + n, at + size + n) for n in range(size)}
        at += 2 * size
    for left, right, label, wording, concept in met(specs, ground).iter_rows():
        if (left, right) not in known:
            words = ground.concepts[concept].id
            yield _pair(keys[left], keys[right], label, "met", wording, words)


def _pair(
    a: str, b: str, label: str, case: str, wording: str = "identical", words: str | None = None
) -> Pair:
    synonym = wording == "synonym"
    return (min(a, b), max(a, b), label, synonym, words if synonym else None, wording, case)


def _programs(
    ground: Ground, plan: pl.DataFrame, late: pl.DataFrame, above: pl.DataFrame
) -> pl.DataFrame:
    """All lines as schema.PROGRAMS; a sub kegiatan has the money of its packages."""
    money = plan.group_by("office", "code").agg(pl.col("budget").sum())
    heads = above.join(money, on=["office", "code"], how="left", maintain_order="left")
    parents = above.select("office", "code", parent="key")
    below = pl.concat([plan, late], how="diagonal").join(
        parents, on=["office", "code"], how="left", maintain_order="left"
    )
    codes = pl.Series([o.code for o in ground.offices])
    lines = pl.concat([heads.with_columns(pl.col("budget").fill_null(0)), below], how="diagonal")
    return schema.conform(
        lines.with_columns(
            agency=codes.gather(lines["office"].cast(pl.UInt32)),
            government=pl.lit(ground.areas.government),
            year=pl.lit(YEAR),
            fund=pl.lit("APBD"),
            strategic=pl.lit(False),
        ),
        schema.PROGRAMS,
    ).sort("key")
