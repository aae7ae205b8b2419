"""How many lines each government has: larger ones have more, provinces more than a regency."""

from __future__ import annotations

import polars as pl

from rakorsus.engine.places import nation

#: Lines below which a government is no longer shaped like one (offices without work).
USUAL = 9_000


def sizes(lines: int, governments: int | None = None) -> dict[str, int]:
    """Government code ("32", "32.04") to its number of lines; they sum to `lines`.

    Without `governments` as many as have about `USUAL` lines each, at most all 552: each province
    is followed by its regencies and cities, in the order of codes.
    """
    count = governments or max(1, min(552, round(lines / USUAL)))
    weights = dict(_weights().head(count).iter_rows())
    total = sum(weights.values())
    shares = {code: lines * weight / total for code, weight in weights.items()}
    given = {code: int(share) for code, share in shares.items()}
    left = lines - sum(given.values())
    for code in sorted(shares, key=lambda c: (given[c] - shares[c], c))[:left]:
        given[code] += 1
    return given


def _weights() -> pl.DataFrame:
    table = nation()
    districts = (
        table.filter(pl.col("level") == 3).group_by("parent").agg(districts=pl.len().cast(pl.Int32))
    )
    return (
        table.filter(pl.col("level") <= 2)
        .join(districts, left_on="code", right_on="parent", how="left")
        .select(
            "code",
            weight=pl.when(pl.col("level") == 1)
            .then(1.3)
            .otherwise(0.6 + 0.4 * pl.col("districts").fill_null(0) / 14),
        )
        .sort("code")
    )
