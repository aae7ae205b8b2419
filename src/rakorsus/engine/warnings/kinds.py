"""What is bought, in the four kinds that differ in how long they take."""

from __future__ import annotations

import re
from typing import Final

#: Kinds of Perpres 16/2018 as amended, art. 3: works, consultancy, goods, other services.
KINDS: Final = ("konstruksi", "konsultansi", "barang", "jasa")

_CONSULT = re.compile(
    r"\b(konsultan\w*|pengawasan|perencanaan|supervisi|ded|kajian|studi|masterplan|master plan"
    r"|fs|feasibility|amdal|ukl|review desain|manajemen konstruksi|penyusunan|survei|survey)\b",
    re.IGNORECASE,
)
_WORKS = re.compile(
    r"\b(pembangunan|pemb|rehab\w*|peningkatan|renovasi|konstruksi|pemeliharaan (jalan|drainase"
    r"|saluran|gedung|jembatan)|pelebaran|normalisasi|betonisasi|pengaspalan|pemasangan|drainase"
    r"|jembatan|pengerukan|paving)\b",
    re.IGNORECASE,
)


def kind_of(said: str | None, title: str, account: str | None = None) -> str:
    """The kind, from the file's own word (`jenis_pengadaan`), else the account, else the title."""
    word = (said or "").lower()
    for mark, kind in (("konstruksi", ""), ("konsultan", "konsultansi"), ("barang", "barang")):
        if mark in word:
            if kind:
                return kind
            return "konsultansi" if "konsultan" in word else "konstruksi"
    if "jasa" in word:
        return "jasa"
    if _CONSULT.search(title) and not title.lower().startswith(("pembangunan", "pekerjaan")):
        return "konsultansi"
    if _WORKS.search(title) or (account or "").startswith(("5.2.03", "5.2.04")):
        return "konstruksi"
    if (account or "").startswith(("5.2.02", "5.1.02.01")):
        return "barang"
    return "jasa"
