"""What the head of an agency is called, as letters address them."""

from __future__ import annotations

from typing import Final

from rakorsus.people.models import Agency

Kind = Agency.Kind
#: beginning of a name -> what stands in its place
_NAMES: Final = (
    ("Sekretariat Dewan Perwakilan Rakyat Daerah", "Sekretaris DPRD"),
    ("Sekretariat DPRD", "Sekretaris DPRD"),
    ("Sekretariat Daerah", "Sekretaris Daerah"),
    ("Inspektorat Daerah", "Inspektur"),
    ("Inspektorat", "Inspektur"),
    ("Kecamatan", "Camat"),
    ("Kelurahan", "Lurah"),
)
_KINDS: Final = {
    Kind.COMPANY: "Direktur Utama", Kind.HOSPITAL: "Direktur", Kind.OUTSIDE: "Pimpinan",
}  # fmt: skip


def head_of(office: Agency) -> str:
    """`Kepala Dinas Kesehatan`, `Camat Tallo`, `Inspektur`, `Direktur Utama Perumda Air Minum`."""
    for beginning, post in _NAMES:
        if office.name.casefold().startswith(beginning.casefold()):
            return f"{post}{office.name[len(beginning) :]}".strip()[:200]
    return f"{_KINDS.get(Kind(office.kind), 'Kepala')} {office.name}"[:200]
