"""Days and periods as people write them."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

Edge = Literal["start", "end"]

_MONTHS: Final = {
    "jan": 1, "feb": 2, "peb": 2, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7,
    "agu": 8, "agt": 8, "ags": 8, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "nop": 11,
    "des": 12, "dec": 12,
}  # fmt: skip
_MONTH: Final = (
    r"(jan|feb|peb|mar|apr|mei|may|jun|jul|agu|agt|ags|aug|sep|okt|oct|nov|nop|des|dec)[a-z]*\.?"
)
_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ].*)?$", re.I)
_DMY: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[t ,].*)?$", re.I)
_WORDS: Final = re.compile(
    rf"(?:[a-z']+,\s*)?(\d{{1,2}})[ -]*{_MONTH}[ ,-]*(\d{{4}}|\d{{2}})(?:\s.*)?$"
)
_MONTH_YEAR: Final = re.compile(rf"(?:bulan\s+)?{_MONTH}[ ,-]*(\d{{4}})?$")
_NUMBER_YEAR: Final = re.compile(r"(\d{1,2})[-/](\d{4})$")
_QUARTER: Final = re.compile(
    r"(?:triwulan|tw|tri wulan|kuartal|q)\.?\s*(iv|iii|ii|i|[1-4])\b[ ,/-]*(?:tahun\s*)?(\d{4})?$"
)
_HALF: Final = re.compile(r"(?:semester|smt|smtr)\.?\s*(ii|i|[12])\b[ ,/-]*(?:tahun\s*)?(\d{4})?$")
_SERIAL: Final = re.compile(r"\d{5}(\.\d+)?$")
_YEAR: Final = re.compile(r"(?:tahun\s*)?((?:19|20)\d{2})$")
_SPLIT: Final = re.compile(r"\s*(?:s\.?\s*/?\s*d\.?|sampai(?: dengan)?|hingga|–|—)\s*|\s+-\s+")
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@lru_cache(maxsize=1 << 15)
def parse_day(text: str, edge: Edge = "start", year: int | None = None) -> date | None:
    """The day a text says, or None.

    Of a period (`Januari 2025`, `Triwulan II`, `Jan-Des`, `2025`) it is the first or, for
    `edge="end"`, the last day. Without a year in the text, `year` is meant. Numbers of five digits
    are days since 1899-12-30, as spreadsheets count.
    """
    flat = " ".join(text.strip().lower().split())
    if found := _exact(flat):
        return found
    if period := _period(flat, year):
        return period[0] if edge == "start" else period[1]
    parts = _SPLIT.split(flat)
    if len(parts) != 2 and re.fullmatch(rf"{_MONTH}\s*-\s*{_MONTH}\s*(\d{{4}})?", flat):
        parts = flat.split("-")
    if len(parts) != 2 or not all(parts):
        return None
    if not year and (tail := re.search(r"(\d{4})$", parts[1])):
        year = int(tail[1])
    if re.fullmatch(r"\d{1,2}", parts[0]) and (other := _exact(parts[1])):  # 5 - 9 Mei 2025
        parts[0] = f"{parts[0]}/{other.month}/{other.year}"
    first, last = parse_day(parts[0], "start", year), parse_day(parts[1], "end", year)
    return (first if edge == "start" else last) if first and last else None


def _exact(flat: str) -> date | None:
    if match := _ISO.match(flat):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _DMY.match(flat):
        a, b, y = int(match[1]), int(match[2]), _full(match[3])
        return _day(y, b, a) or _day(y, a, b)
    if match := _WORDS.match(flat):
        return _day(_full(match[3]), _MONTHS[match[2]], int(match[1]))
    if _SERIAL.match(flat) and 20_000 <= float(flat) <= 80_000:
        return date(1899, 12, 30) + timedelta(days=int(float(flat)))
    return None


def _period(flat: str, year: int | None) -> tuple[date, date] | None:
    if match := _YEAR.match(flat):
        return _span(int(match[1]), 1, 12)
    if match := _MONTH_YEAR.match(flat):
        month = _MONTHS[match[1]]
        return _span(int(match[2]) if match[2] else year, month, month)
    if match := _NUMBER_YEAR.match(flat):
        month = int(match[1])
        return _span(int(match[2]), month, month)
    if match := _QUARTER.match(flat):
        number = _ROMAN.get(match[1]) or int(match[1])
        return _span(int(match[2]) if match[2] else year, number * 3 - 2, number * 3)
    if match := _HALF.match(flat):
        number = _ROMAN.get(match[1]) or int(match[1])
        return _span(int(match[2]) if match[2] else year, number * 6 - 5, number * 6)
    return None


def _span(year: int | None, first: int, last: int) -> tuple[date, date] | None:
    if not year or not 1 <= first <= 12 or not 1900 <= year <= 2200:
        return None
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1900 <= year <= 2200 else None
    except ValueError:
        return None
