"""Cells that leave the house: a text that a spreadsheet would run as a formula is made harmless."""

from __future__ import annotations

from typing import Final

#: How a spreadsheet recognises a formula or a command (OWASP, "CSV injection").
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(value: object) -> object:
    """The value, or, for a text that begins like a formula, the text after an apostrophe.

    Numbers, dates and nulls pass unchanged: only texts can be formulas.
    """
    if isinstance(value, str) and value.lstrip(" ").startswith(_DANGEROUS):
        return f"'{value}"
    return value
