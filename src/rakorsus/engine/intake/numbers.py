"""Amounts and numbers as people write them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_NOISE: Final = re.compile(r"rp\.?|idr|[\s\u00a0']|,-{1,2}$|\.-$")
_WORDS: Final = {
    "ribu": 1e3, "rb": 1e3, "juta": 1e6, "jt": 1e6, "miliar": 1e9, "milyar": 1e9, "m": 1e9,
    "triliun": 1e12, "trilyun": 1e12, "t": 1e12,
}  # fmt: skip
_SCALED: Final = re.compile(r"^(.*?\d)(ribu|rb|juta|jt|miliar|milyar|m|triliun|trilyun|t)$")
_ID: Final = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?")  # 1.234.567,00
_EN: Final = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")  # 1,234,567.00
_COMMA: Final = re.compile(r"\d*,\d+")
_PLAIN: Final = re.compile(r"\d+(\.\d*)?(e[+-]?\d+)?|\.\d+")
_LEADING: Final = re.compile(r"^\s*([<>≤≥±]?\s*-?[\d][\d.,]*)\s*(%?)\s*(.*)$", re.S)


@lru_cache(maxsize=1 << 16)
def parse_number(text: str) -> float | None:
    """The number a text says, or None: `1.234.567,00`, `1,234.5`, `Rp 1.234`, `(500)`, `1,5 juta`.

    One group of three digits after a single separator is thousands: `1.234` is 1234, as amounts
    are written in Indonesia.
    """
    flat = _NOISE.sub("", text.strip().lower())
    negative = flat.startswith("(") and flat.endswith(")")
    flat = flat.strip("()")
    if flat.startswith(("-", "\u2212")) or (flat.endswith("-") and len(flat) > 1):
        negative, flat = not negative, flat.strip("-\u2212")
    scale = 1.0
    if scaled := _SCALED.match(flat):
        flat, scale = scaled[1], _WORDS[scaled[2]]
        if _COMMA.fullmatch(flat) or re.fullmatch(r"\d+\.\d{1,2}", flat):
            flat = flat.replace(",", ".")
    value: float
    if _ID.fullmatch(flat):
        value = float(flat.replace(".", "").replace(",", "."))
    elif _EN.fullmatch(flat):
        value = float(flat.replace(",", ""))
    elif _COMMA.fullmatch(flat):
        value = float(flat.replace(",", "."))
    elif _PLAIN.fullmatch(flat):
        value = float(flat)
    else:
        return None
    value *= scale
    return -value if negative else value


def parse_money(text: str) -> int | None:
    """An amount in whole rupiah, or None; what no budget can hold is no amount."""
    value = parse_number(text)
    return None if value is None or abs(value) > 9e17 else round(value)


@lru_cache(maxsize=1 << 14)
def split_amount(text: str) -> tuple[float | None, str | None]:
    """A target such as `12 Bulan` or `96%` as (12.0, "Bulan"), (96.0, "%"); text alone is no
    target."""
    match = _LEADING.match(text)
    if not match:
        return None, None
    value = parse_number(match[1].lstrip("<>≤≥± ").rstrip(".,"))
    unit = f"{match[2]} {match[3]}".strip()
    return value, unit or None
