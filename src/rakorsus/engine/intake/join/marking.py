"""A list that only marks packages: which are strategic, and which post is in charge.

A row of the product's template whose number is that of a package of the same office describes no
further work. It gives the package its marks; amounts, dates and places stay those of the package's
own files.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import polars as pl

from rakorsus.engine.records import Source

Row = dict[str, Any]
_MARKS: Final[dict[str, pl.DataType]] = {
    "strategic": pl.Boolean(),
    "owner": pl.String(),
    "tags": pl.List(pl.String),
}


def marked(
    lines: Sequence[pl.DataFrame], own: Sequence[Row]
) -> tuple[list[pl.DataFrame], list[Row]]:
    """The lines with the marks of the rows that name them, and the rows that name none of them."""
    said = {
        (row["agency"], row["id"]): row
        for row in own
        if row["source"] == Source.OTHER and _MARKS.keys() <= row.keys()
    }
    if not said:
        return list(lines), list(own)
    used: set[tuple[str, str]] = set()
    made = []
    for frame in lines:
        hits = [said.get(pair) for pair in frame.select("agency", "package").iter_rows()]
        used.update((row["agency"], row["id"]) for row in hits if row)
        marks = [
            pl.Series(name, [row[name] if row else None for row in hits], dtype=kind)
            for name, kind in _MARKS.items()
        ]
        made.append(
            frame.with_columns(
                pl.coalesce(mark, mark.name) if mark.name in frame.columns else mark
                for mark in marks
            )
        )
    return made, [row for row in own if (row["agency"], row["id"]) not in used]
