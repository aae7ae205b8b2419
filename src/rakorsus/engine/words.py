"""Indonesian titles to normal words: abbreviations opened, marks of stage, year and package cut."""

from __future__ import annotations

import re

_ABBREVIATIONS = {
    "pemb": "pembangunan",
    "rehab": "rehabilitasi",
    "pengad": "pengadaan",
    "pemel": "pemeliharaan",
    "ds": "desa",
    "kec": "kecamatan",
    "kel": "kelurahan",
    "kp": "kampung",
    "jl": "jalan",
    "jln": "jalan",
    "dsn": "dusun",
}
_YEAR = re.compile(r"\b(tahun|ta|t a)?\s*(anggaran)?\s*20[0-4]\d\b")
_WORD = re.compile(r"[a-z]+|\d+")


def activity(title: str) -> str:
    """The title as lower-case words, abbreviations opened, years removed."""
    flat = _YEAR.sub(" ", " ".join(_WORD.findall(title.lower())))
    return " ".join(_ABBREVIATIONS.get(w, w) for w in flat.split())
