"""Words of the product: money, dates and lists as officials write them, in both languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from rakorsus.engine.records import Text

_MONTHS_ID = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
_MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_SCALES = (
    (10**12, "triliun", "trillion"),
    (10**9, "miliar", "billion"),
    (10**6, "juta", "million"),
    (10**3, "ribu", "thousand"),
)


_ACCOUNT = re.compile(r"(?:Belanja|Jasa)\b[^(]*\((.{12,})\)$", re.IGNORECASE)
_SMALL = frozenset(["dan", "di", "ke", "dari", "untuk", "pada", "atau", "serta"])
_ACRONYMS = frozenset(
    [
        "RSUD",
        "DPRD",
        "UPTD",
        "KB",
        "SMPN",
        "SDN",
        "PDAM",
        "PLN",
        "BLUD",
        "DTP",
        "RT",
        "RW",
        "TK",
        "SD",
        "SMP",
        "SMA",
        "SMK",
        "GOR",
    ]
)


def rupiah(amount: int) -> Text:
    """An amount in whole rupiah, rounded to show: "Rp1,2 miliar", "Rp1.2 billion"."""
    sign = "-" if amount < 0 else ""
    size = abs(amount)
    for scale, name_id, name_en in _SCALES:
        if size >= scale:
            digits = 1 if size < 100 * scale else 0
            shown = f"{size / scale:.{digits}f}".removesuffix(".0")
            return Text(
                f"{sign}Rp{shown.replace('.', ',')} {name_id}", f"{sign}Rp{shown} {name_en}"
            )
    return Text(f"{sign}Rp{size}", f"{sign}Rp{size}")


def exact(amount: int) -> str:
    """An amount in whole rupiah with every digit: "Rp1.234.567"."""
    return ("-" if amount < 0 else "") + "Rp" + f"{abs(amount):,}".replace(",", ".")


def day(value: date) -> Text:
    """A date in words: "5 Maret 2025", "5 March 2025"."""
    return Text(
        f"{value.day} {_MONTHS_ID[value.month - 1]} {value.year}",
        f"{value.day} {_MONTHS_EN[value.month - 1]} {value.year}",
    )


def month(value: date) -> Text:
    """A month in words: "Maret 2025", "March 2025"."""
    return Text(
        f"{_MONTHS_ID[value.month - 1]} {value.year}",
        f"{_MONTHS_EN[value.month - 1]} {value.year}",
    )


def period(start: date | None, end: date | None) -> Text:
    """A span of time in words; an open or unknown end is said so."""
    if start is None and end is None:
        return Text("waktu belum diisi", "dates not given")
    if start is None or end is None:
        known = day(start or end)  # type: ignore[arg-type]
        return (
            Text(f"sampai {known.id}", f"until {known.en}")
            if start is None
            else Text(f"mulai {known.id}", f"from {known.en}")
        )
    if start == end:
        return day(start)
    a, b = day(start), day(end)
    return Text(f"{a.id} sampai {b.id}", f"{a.en} to {b.en}")


def listing(names: Sequence[str], most: int = 4) -> Text:
    """Names joined as in speech: "A, B dan C"; beyond `most` the rest is counted."""
    shown = list(names)
    if len(shown) > most:
        rest = len(shown) - most + 1
        shown = shown[: most - 1]
        return Text(
            f"{', '.join(shown)} dan {rest} lainnya", f"{', '.join(shown)} and {rest} others"
        )
    if len(shown) < 2:
        return Text(*(("".join(shown),) * 2))
    head = ", ".join(shown[:-1])
    return Text(f"{head} dan {shown[-1]}", f"{head} and {shown[-1]}")


def join(*parts: Text) -> Text:
    """Sentences one after another, in each language."""
    kept = [p for p in parts if p.id]
    return Text(" ".join(p.id for p in kept), " ".join(p.en for p in kept))


@lru_cache(maxsize=1 << 14)
def proper(name: str) -> str:
    """A name written all in capitals as it is written in a letter; other names as they are.

    "DINAS PEKERJAAN UMUM DAN TATA RUANG" becomes "Dinas Pekerjaan Umum dan Tata Ruang".
    """
    flat = " ".join(name.split())
    if flat != flat.upper():
        return flat
    words = [w if w.strip(",.()") in _ACRONYMS else w.capitalize() for w in flat.split()]
    return " ".join(w.lower() if i and w.lower() in _SMALL else w for i, w in enumerate(words))


def gist(title: str) -> str:
    """What a title says beside its account: "Belanja Jasa ... (Kajian X)" is "Kajian X"."""
    flat = " ".join(title.split())
    inside = _ACCOUNT.match(flat)
    return inside[1] if inside else flat


def quoted(title: str, most: int = 90) -> str:
    """The gist of a title inside quotation marks, cut at a word when it is long."""
    flat = gist(title)
    if len(flat) > most:
        flat = flat[:most].rsplit(" ", 1)[0].rstrip(" ,.;:-(") + " …"
    return f"“{flat}”"
