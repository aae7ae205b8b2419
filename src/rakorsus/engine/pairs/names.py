"""Proper names of objects in a title: one river, one school, one market, wherever it lies."""

from __future__ import annotations

import re
from typing import Final

_STOP: Final = (
    "lingkungan|desa|dan|di|ke|dari|yang|kabupaten|kota|kantor|umum|daerah|setapak|usaha|rw|rt|tahap|"
    "paket|wilayah|negara|kesehatan|irigasi|lainnya|kecamatan|kelurahan|kampung|untuk|melalui|serta|"
    "pada|tani|tembok|jalan|tempat|kerja|kawasan|jembatan|poros|tol|masuk|dalam|tengah|bawah|serba|"
    "laston|hotmix|beton|aspal|rabat|paving|antar|depan|lanjutan|segmen|ruas|penahan|dusun|komplek|"
    "blok|gang|tpt|menuju|sampai|sebelah|belakang|samping|dp|bangunan|saluran|lokasi|perumahan|rehab|"
    "rehabilitasi|pembangunan|pemeliharaan|usulan|nasional|provinsi|milik|terhadap|ds|sekolah|sma|smp|"
    "sd|pgri|plus|terpadu|negeri|swasta|islam|it|ypi|bina|bakti|karya|al"
)
_FACILITY = re.compile(
    r"\b(jembatan|pasar|puskesmas|pustu|poskesdes pustu|sd negeri|smp negeri|sma negeri|masjid"
    r"|mesjid|stadion|situ|danau|terminal|bendung|embung|pendopo)"
    rf" (\d+ )?(?!(?:{_STOP})\b)([a-z]{{3,}})( \d+)?"
)
_LINE = re.compile(
    r"\b(sungai|kali|daerah irigasi|ruas jalan|jalan|ruas)"
    rf"((?: (?!(?:{_STOP})\b)[a-z]{{2,}}){{1,3}})"
)
_KIND: Final = {
    "mesjid": "masjid",
    "kali": "sungai",
    "poskesdes pustu": "pustu",
    "ruas jalan": "jalan",
    "ruas": "jalan",
}


_HAMLET = re.compile(rf"\bkampung ((?!(?:{_STOP})\b)[a-z]+(?: (?!(?:{_STOP})\b)[a-z]+)?)")


def hamlets_of(plain: str) -> frozenset[str]:
    """The hamlets that a normal text names, whether or not their village is known."""
    return frozenset(_HAMLET.findall(plain))


def names_of(plain: str) -> frozenset[str]:
    """The named objects in a normal text: {"sungai cisunggalah", "smp negeri 1 ciparay"}."""
    found = set()
    for kind, before, name, after in _FACILITY.findall(plain):
        number = (before or after).strip()
        found.add(" ".join(w for w in (_KIND.get(kind, kind), number, name) if w))
    for kind, name in _LINE.findall(plain):
        found.add(f"{_KIND.get(kind, kind)}{name}")
    return frozenset(found)
