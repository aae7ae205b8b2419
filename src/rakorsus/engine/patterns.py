"""Many texts against many patterns at once.

Patterns are Python's. Those that the compiled matcher of polars knows as well are searched by it,
which is some twenty times as fast; the few that look around themselves are searched by Python.
Both agree on texts of `words.plain`: lower-case letters, digits and spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import polars as pl

_LOOKS_AROUND: Final = re.compile(r"\(\?<?[=!]")


def found(texts: pl.Series, patterns: Iterable[re.Pattern[str]]) -> list[pl.Series]:
    """For each pattern a boolean series: in which texts it is found. Texts must not be null."""
    wanted = list(patterns)
    compiled = (
        texts.alias("text")
        .to_frame()
        .select(
            pl.col("text").str.contains(p.pattern).alias(str(n))
            for n, p in enumerate(wanted)
            if not _LOOKS_AROUND.search(p.pattern)
        )
    )
    return [
        compiled[str(n)]
        if str(n) in compiled.columns
        else pl.Series([p.search(t) is not None for t in texts], dtype=pl.Boolean)
        for n, p in enumerate(wanted)
    ]
