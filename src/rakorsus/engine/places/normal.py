"""Text about places in a normal form: words and separators, abbreviations opened."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

#: Marks that say what the next words name. Keys are as written, values as used inside.
LABELS: Final = {
    "desa": "village", "ds": "village", "dsa": "village", "kelurahan": "village", "kel": "village",
    "lurah": "village", "kalurahan": "village", "nagari": "village",
    "kecamatan": "district", "kec": "district", "kecamtan": "district", "kecamata": "district",
    "keacamatan": "district", "kecematan": "district", "distrik": "district",
    "kabupaten": "regency", "kab": "regency", "kota": "city",
    "provinsi": "province", "prov": "province",
    "rw": "rw", "rukun warga": "rw", "erwe": "rw", "rt": "rt",
    "kampung": "hamlet", "kp": "hamlet", "kpg": "hamlet", "kamp": "hamlet", "dusun": "hamlet",
    "dsn": "hamlet", "dukuh": "hamlet", "lingkungan": "hamlet", "lingk": "hamlet", "ling": "hamlet",
    "blok": "hamlet", "babakan": "hamlet",
    "jalan": "street", "jl": "street", "jln": "street", "jln2": "street", "ruas": "street",
    "gang": "street", "gg": "street", "lorong": "street",
}  # fmt: skip
#: What names a thing on the ground; the value is the form in which it is compared.
FACILITIES: Final = {
    "sdn": "sdn", "sd": "sdn", "smpn": "smpn", "smp": "smpn", "smps": "smp swasta", "tk": "tk",
    "paud": "paud", "puskesmas": "puskesmas", "pusk": "puskesmas", "pkm": "puskesmas",
    "pustu": "pustu", "posyandu": "posyandu", "poskesdes": "poskesdes", "polindes": "polindes",
    "rsud": "rsud", "pasar": "pasar", "ps": "pasar", "jembatan": "jembatan", "jbt": "jembatan",
    "sungai": "sungai", "kali": "sungai", "kanal": "kanal", "situ": "situ", "embung": "embung",
    "bendung": "bendung", "irigasi": "irigasi", "masjid": "masjid", "mesjid": "masjid",
    "terminal": "terminal", "stadion": "stadion", "gor": "gor", "lapangan": "lapangan",
    "taman": "taman", "tpa": "tpa", "tpu": "tpu", "perumahan": "perumahan", "perum": "perumahan",
    "komplek": "komplek", "kompleks": "komplek", "komp": "komplek", "gedung": "gedung",
    "pulau": "pulau", "pantai": "pantai", "anjungan": "anjungan",
    "das": "sungai", "cekdam": "embung", "rusunawa": "rusunawa",
}  # fmt: skip
OPENED: Final = {
    "sd negeri": "sdn", "sekolah dasar negeri": "sdn", "smp negeri": "smpn",
    "rumah sakit umum daerah": "rsud", "daerah irigasi": "irigasi", "d i": "irigasi",
    "rukun warga": "rw", "rukun tetangga": "rt", "desa kelurahan": "kelurahan",
    "kelurahan desa": "kelurahan", "kel desa": "kelurahan", "desa kel": "desa",
}  # fmt: skip
_OPENING: Final = {
    said: (re.compile(rf"\b{said.replace(' ', r'[ ./]+')}\b"), short)
    for said, short in OPENED.items()
}
_SPLIT = re.compile(r"[a-z']+(?:-[a-z']+)*|\d+[a-z]?\b|[,;/&|()\n]|-")
_STUCK = re.compile(r"\b(rw|rt|jl|jln|kp|ds|kec|kel|kab|desa)\.?(?=\d|[A-Z])")
_PAIR = re.compile(r"\b(rt) ?/ ?(rw) ?\.? ?(\d+[a-z]?) ?[/\\-] ?(\d+[a-z]?)", re.IGNORECASE)
_SLASHED = re.compile(r"\b(rt)\.? ?(\d+) ?/ ?(\d+)", re.IGNORECASE)  # "Rt 1/6": RT 1 of RW 6
_DOUBLE = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 16)
def compact(name: str) -> str:
    """A name without spaces, signs and doubled letters: how spelling variants compare equal."""
    return _DOUBLE.sub(r"\1", re.sub(r"[^a-z0-9]", "", name.lower()))


def words(text: str) -> list[str]:
    """Words, numbers and separators of a text, lower case: "RW. 09A, Ds. X" ->
    ["rw", "09a", ",", "ds", "x"]."""
    spread = _STUCK.sub(r"\1 ", text)
    if "/" in spread:
        spread = _SLASHED.sub(r"rt \2 rw \3", _PAIR.sub(r"rt \3 rw \4", spread))
    spread = spread.lower().replace("’", "'")
    flat = spread.replace(".", " ").replace("/", " ")
    for said, (pattern, short) in _OPENING.items():
        if said in flat:
            spread = pattern.sub(short, spread)
            flat = spread.replace(".", " ").replace("/", " ")
    return _SPLIT.findall(spread)
