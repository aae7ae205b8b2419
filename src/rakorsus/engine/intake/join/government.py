"""Which government a row belongs to, as a region code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from rakorsus.engine.places import province_code, regency_code

_NAMED = re.compile(r"\b(kab(?:upaten|\.)?|kota)\s+((?:[A-Za-z']+ ?){1,3})", re.I)


@lru_cache(maxsize=1024)
def government_code(name: str | None, kind: str | None = None) -> str | None:
    """`Kab. Bandung` -> 32.04, `Kota Makassar` -> 73.71, `Provinsi Jawa Barat` -> 32; None for
    names that are no government's."""
    if not name:
        return None
    if (kind or "").upper().startswith("PROV") or re.match(
        r"\s*(prov|pemerintah daerah prov)", name, re.I
    ):
        return province_code(name)
    return regency_code(name)


def named_in(texts: Iterable[str]) -> str | None:
    """The government that most texts name: places such as `Kab. Pasangkayu, Semua Kecamatan`, or
    titles such as `PEMERINTAH KOTA MAKASSAR`."""
    found: Counter[str] = Counter()
    for text in texts:
        for kind, name in _NAMED.findall(text):
            words = name.split()
            for count in range(len(words), 0, -1):
                if code := regency_code(f"{kind} {' '.join(words[:count])}"):
                    found[code] += 1
                    break
    return found.most_common(1)[0][0] if found else None
