"""Proper names of objects in a title: one river, one school, one market, wherever it lies."""

from __future__ import annotations

import re
from typing import Final

_NO_NAME: Final = re.compile(
    r"\b(rt|rw|swadaya|perdesaan|perkotaan|prasarana|sarana|utilitas|tersebar|lingkungan|desa|dalam"
    r"|kelurahan|kecamatan|irigasi|drainase|kabupaten|tembok|penahan|tanah|saluran|jalan|setapak"
    r"|usaha|tani|poros|umum|kantor|kota|daerah"
    r"|laston|hotmix|aspal|beton|paving|rigid|ac wc|tebal)\b"
)
_STOP: Final = (
    "lingkungan|desa|dan|di|ke|dari|yang|kabupaten|kota|kantor|umum|daerah|setapak|usaha|rw|rt|tahap|"
    "paket|wilayah|negara|kesehatan|irigasi|lainnya|kecamatan|kelurahan|kampung|untuk|melalui|serta|"
    "pada|tani|tembok|jalan|tempat|kerja|kawasan|jembatan|poros|tol|masuk|dalam|tengah|bawah|serba|"
    "laston|hotmix|beton|aspal|rabat|paving|antar|depan|lanjutan|segmen|ruas|penahan|dusun|komplek|"
    "blok|gang|tpt|menuju|sampai|sebelah|belakang|samping|dp|bangunan|saluran|lokasi|perumahan|rehab|"
    "rehabilitasi|pembangunan|pemeliharaan|usulan|nasional|provinsi|milik|terhadap|ds|usb|did|apbdp|"
    "kec|kel|dak|dau|musrenbang|pokir|tersebar|guru|siswa|kelas|yang|negeri|swasta"
)
_WORDS = rf"(?: (?!(?:{_STOP})\b)[a-z]{{2,}}){{1,3}}"
_FACILITY = re.compile(
    r"\b(?<!jalan )(jembatan|pasar|puskesmas|pustu|poskesdes pustu|masjid|mesjid|stadion|situ|danau"
    rf"|terminal|bendung|embung|pendopo)({_WORDS}(?: \d+\b)?)"
)
_SCHOOL = re.compile(
    r"\b(tk|sd|smp|sma|smk|mi|mts)s?(?: negeri| inpres| swasta)*( \d+\b)?"
    rf"({_WORDS})( \d+\b)?"
)
_LINE = re.compile(rf"\b(?<!jalan )(sungai|kali|daerah irigasi|ruas jalan|jalan|ruas)({_WORDS})")
_KIND: Final = {
    "mesjid": "masjid",
    "kali": "sungai",
    "poskesdes pustu": "pustu",
    "ruas jalan": "jalan",
    "ruas": "jalan",
}


_TWICE = re.compile(r"\b(\w+) \1\b")  # "Jl Jalan Terusan"
_HAMLET = re.compile(rf"\bkampung ((?!(?:{_STOP})\b)[a-z]+(?: (?!(?:{_STOP})\b)[a-z]+)?)")


def hamlets_of(plain: str) -> frozenset[str]:
    """The hamlets that a normal text names, whether or not their village is known."""
    return frozenset(_HAMLET.findall(plain)) if "kampung" in plain else frozenset()


def is_name(text: str) -> bool:
    """Whether normal words name one thing; "swadaya" and "rt" do not."""
    return any(c.isalpha() for c in text) and not _NO_NAME.search(text)


def names_of(plain: str) -> frozenset[str]:
    """The named objects in a normal text: {"sungai cisunggalah", "smp negeri 1 ciparay"}."""
    plain = _TWICE.sub(r"\1", plain)
    found = {f"{_KIND.get(kind, kind)}{name}" for kind, name in _FACILITY.findall(plain)}
    for kind, before, name, after in _SCHOOL.findall(plain):
        found.add(f"{kind}{before or after}{name}")
    for kind, name in _LINE.findall(plain):
        found.add(f"{_KIND.get(kind, kind)}{name}")
    return frozenset(found)
