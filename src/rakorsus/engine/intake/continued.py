"""Printed forms: rows that go on with the row above, and what stands below the last row."""

from __future__ import annotations

from typing import Final

import polars as pl

from rakorsus.engine.intake.fields import Kind
from rakorsus.engine.intake.table import ROW, Table
from rakorsus.engine.intake.texts import filled

_FORMS: Final = frozenset({"rkpd", "renja", "renstra"})
_MOST_BELOW: Final = 25  # rows of notes and signatures under a table


def continued(table: Table, kind: Kind, assigned: dict[str, str]) -> Table:
    """Rows of a form that only add an indicator to the row above get its code and title."""
    if kind.name not in _FORMS or "indicator" not in assigned:
        return table
    code, title = assigned["code"], assigned["title"]
    indicator = filled(pl.col(assigned["indicator"]))
    goes_on = (
        filled(pl.col(code)).is_null() & filled(pl.col(title)).is_null() & indicator.is_not_null()
    )
    frame = table.frame.with_columns(
        pl.when(goes_on).then(pl.col(c).replace("", None).forward_fill()).otherwise(c).alias(c)
        for c in (code, title)
    )
    return table.having(frame=frame)


def without_footer(table: Table, kind: Kind, assigned: dict[str, str]) -> Table:
    """The table without the notes and signatures below its last row; they count as structure.

    A row below belongs to them when it lacks every needed field but one, has no more than three
    cells filled and no amount among them.
    """
    needed = [assigned[one.name] for one in kind.fields if one.required and one.name in assigned]
    if len(needed) < 2 or table.frame.is_empty():
        return table
    texts = [c for c in table.frame.columns if c != ROW]
    amount = r"^[\d.,()\s-]*\d[\d.,()\s-]*$"
    counts = table.frame.select(
        lacking=pl.sum_horizontal(filled(pl.col(c)).is_null() for c in needed),
        cells=pl.sum_horizontal(filled(pl.col(c)).is_not_null() for c in texts),
        amounts=pl.sum_horizontal(
            pl.col(c).str.contains(amount).fill_null(False) & (pl.col(c).str.len_chars() < 18)
            for c in texts
        ),
    )
    below = 0
    for lacking, cells, amounts in reversed(counts.rows()):
        if below == _MOST_BELOW or lacking < len(needed) - 1 or cells > 3 or amounts:
            break
        below += 1
    if not below or below == table.frame.height:
        return table
    frame = table.frame.head(table.frame.height - below)
    return table.having(frame=frame, structure=table.structure + below)
