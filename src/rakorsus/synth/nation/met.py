"""Pairs that nobody planted on purpose: a planted line meets an ordinary one at the same place."""

from __future__ import annotations

import numpy as np
import polars as pl

from rakorsus.synth.nation.drawing import Ground, place

_KEY = ("concept", "thing", "place")


def met(specs: pl.DataFrame, ground: Ground) -> pl.DataFrame:
    """Every two rows of different offices with one activity, one object, one place and common days.

    Columns `left`, `right` (row numbers, left < right), `label`, `wording` (identical, varied or
    synonym) and `concept`. With what was planted it makes the truth complete by construction.
    """
    rows = specs.with_row_index("row").filter(pl.col("stage") == 0).select(
        "row", "concept", "thing", "office", "wording", "style",
        place=place(ground), first="start", last=pl.col("start") + pl.col("days"),
    ).filter(pl.col("office").n_unique().over(_KEY) > 1)  # fmt: skip
    same = pl.col("wording") == pl.col("wording_right")
    plain = (pl.col("style") == 0) & (pl.col("style_right") == 0)
    shared = np.array([k.group != "works" and k.where == "kecamatan" for k in ground.concepts])
    people = np.array([k.group == "people" for k in ground.concepts])
    overlap = np.flatnonzero(shared | people).tolist()
    return (
        rows.join(rows, on=_KEY)
        .filter(
            (pl.col("row") < pl.col("row_right"))
            & (pl.col("office") != pl.col("office_right"))
            & (pl.col("first") <= pl.col("last_right"))
            & (pl.col("first_right") <= pl.col("last"))
        )
        .select(
            left="row",
            right="row_right",
            label=pl.when(pl.col("concept").is_in(overlap))
            .then(pl.lit("overlap"))
            .otherwise(pl.lit("duplicate")),
            wording=pl.when(same & plain)
            .then(pl.lit("identical"))
            .when(same)
            .then(pl.lit("varied"))
            .otherwise(pl.lit("synonym")),
            concept="concept",
        )
        .sort("left", "right")
    )
