"""Free text made plain: HTML, escapes and runs of blanks go, personal numbers are masked."""

from __future__ import annotations

from typing import Final

import polars as pl

from rakorsus.engine.intake.personal import masked

_EMPTY: Final = ("", "-", "--", "NULL", "null", "None", "NaN", "nan", "n/a", "N/A", "#N/A", "#REF!")
_ENTITIES: Final = {
    "&nbsp;": " ", "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'",
    "&ndash;": "-", "&ldquo;": '"', "&rdquo;": '"',
}  # fmt: skip


def filled(column: pl.Expr) -> pl.Expr:
    """The cells stripped of blanks around them; those that say nothing are null."""
    text = column.str.strip_chars(" \t\r\n\u00a0\u200b\ufeff")
    text = text.str.replace(r"^'\s*([=+@-])", "$1")  # as exports write what looks like a formula
    return pl.when(text.is_in(_EMPTY)).then(None).otherwise(text)


#: What a text must have for `plain` to change it beyond its ends.
_CHANGED: Final = r"[<&\\@\n\t\r\x{a0}]|  |\d[\d .()/-]{5,}\d|DATA-PRIBADI"


def plain_series(cells: pl.Series) -> pl.Series:
    """`plain` of cells that are `filled`, with the work done once for each distinct text."""
    distinct = cells.unique().drop_nulls()
    marked = distinct.filter(distinct.str.contains(_CHANGED))
    if marked.is_empty():
        return cells
    became = marked.to_frame().select(plain(pl.col(cells.name)).alias("now")).to_series()
    return cells.replace(marked, became)


def plain(column: pl.Expr) -> pl.Expr:
    """Readable text on one line per paragraph, without markup and personal numbers."""
    text = column.str.replace_all(r"\\+r\\+n|\\+n|\\+r|\r\n?", "\n").str.replace_all(
        r"\\+t|\t", " "
    )
    marked = text.str.contains(r"<[a-zA-Z/!]|&[a-z#0-9]+;")
    free = (
        text.str.replace_all(r"(?i)<\s*(br|/p|/li|/div|/tr)[^>]*>", "\n")
        .str.replace_all(r"<[^<>]*>", " ")
        .str.replace_many(list(_ENTITIES), list(_ENTITIES.values()))
    )
    text = pl.when(marked).then(free).otherwise(text)
    text = text.str.replace_all(r"[ \u00a0]+", " ").str.replace_all(r" ?\n[ \n]*", "\n")
    return filled(masked(filled(text)))
