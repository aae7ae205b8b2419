"""Codes of the national nomenclature, mended where a spreadsheet took them for numbers or days.

`U.BB.PP.L.KK.SSSS`: affair, field of affair, program, level of government, kegiatan, sub kegiatan
(Permendagri 90/2019; four digits at the end since Kepmendagri 900.1.15.5-1317/2023). `X.XX` stands
for the agency's own affair.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

#: Fields of affairs that exist, as first and last number under each affair.
_FIELDS: Final = {
    "1": (1, 6), "2": (7, 24), "3": (25, 32), "4": (1, 2), "5": (1, 7), "6": (1, 1),
    "7": (1, 1), "8": (1, 1), "9": (1, 1),
}  # fmt: skip
_CODE: Final = re.compile(r"[0-9x](\.[0-9x]{1,2})?(\.\d{1,2})?(\.\d)?(\.\d{1,2})?(\.\d{1,4})?")
_DAY: Final = re.compile(r"\d{4}-(\d{2})-(\d{2})(?: .*)?$")
_MAK: Final = re.compile(r"^([0-9X]\.[0-9X]{2}\.\d{2}\.\d\.\d{2}\.\d{2,4})\.(\d(?:\.\d+)*)")
_LEVELS: Final = {1: "affair", 2: "affair", 3: "program", 5: "kegiatan", 6: "sub_kegiatan"}


@lru_cache(maxsize=1 << 15)
def parse_code(text: str) -> str | None:
    """The code in its full form, or None when it is none: `1.3.02` is `1.03.02`, `x.xx.01` is
    `X.XX.01`, `1. 20. 03` is `1.20.03`; `2025-03-01` was `1.03` before a spreadsheet took it for
    a day."""
    flat = re.sub(r"\s+", "", text).strip(".'").lower()
    if day := _DAY.match(text.strip()):
        flat = f"{int(day[2])}.{day[1]}"
    if not _CODE.fullmatch(flat):
        return None
    parts = flat.split(".")
    if len(parts) > 1:
        parts[1] = _field(parts[0], parts[1])
    for place in (2, 4):
        if len(parts) > place:
            parts[place] = parts[place].zfill(2)
    if len(parts) > 5 and len(parts[5]) in (1, 3):
        parts[5] = parts[5].zfill(2 if len(parts[5]) == 1 else 4)
    return ".".join(parts).upper()


def _field(affair: str, field: str) -> str:
    if len(field) == 2 or not field.isdigit():
        return field
    first, last = _FIELDS.get(affair, (1, 99))
    as_tens = int(field) * 10
    if not first <= int(field) <= last and first <= as_tens <= last:
        return str(as_tens)  # 3.30 became the number 3.3
    return field.zfill(2)


def level_of(code: str) -> str:
    """The level that a code's number of parts says: affair, program, kegiatan, sub_kegiatan."""
    return _LEVELS.get(code.count(".") + 1, "affair")


def split_mak(mak: str) -> tuple[str | None, str | None]:
    """(sub kegiatan code, account) of a budget line such as
    `1.03.08.2.01.0021.5.2.03.01.01.0001.`; several lines joined by `;` count by their first."""
    match = _MAK.match(mak.strip().split(";")[0].strip())
    if not match:
        first = mak.strip().split(";")[0].strip(" .")
        code = parse_code(first)
        return (code, None) if code and code.count(".") == 5 else (None, None)
    return match[1], ".".join(match[2].split(".")[:6])


def own_affair(code: str, agency: str) -> str:
    """`X.XX.01` as `1.03.01` for the agency `1.03.0.00.0.00.01.0000`."""
    if code.startswith("X.XX") and re.match(r"\d\.\d\d\.", agency):
        return agency[:4] + code[4:]
    return code
