"""Which documents an agreement usually needs, by its kind and form.

From Government Regulation 28/2018 and Home Affairs Regulation 22/2020: a KSDPK and a KSDD begin
with a kesepakatan bersama, which PKS carry out; the head of an agency signs a PKS by surat kuasa;
a nota kesepakatan with central government has an action plan attached. An office may add, drop and
waive documents.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from rakorsus.stages.publication.models import Agreement

_PP = "PP 28/2018"
_PERMEN = "Permendagri 22/2020"
Kind, Scheme = Agreement.Kind, Agreement.Scheme


class Usual(NamedTuple):
    code: str
    name: str
    source: str
    to_sign: bool
    kinds: frozenset[str]
    schemes: frozenset[str]


_ALL_KINDS = frozenset(Kind.values)
_ALL_SCHEMES = frozenset(Scheme.values)
_REGION_OR_THIRD = frozenset({Scheme.THIRD.value, Scheme.REGION.value})

USUAL: Final[tuple[Usual, ...]] = (
    Usual("penawaran", "Surat penawaran atau rencana kerja sama", f"{_PP}, {_PERMEN}", True,
          frozenset({Kind.MOU, Kind.NOTE}), _ALL_SCHEMES),
    Usual("kak", "Kerangka acuan kerja atau studi kelayakan", f"{_PP}, {_PERMEN}", True,
          frozenset({Kind.MOU}), _REGION_OR_THIRD),
    Usual("telaah", "Telaah tim koordinasi kerja sama daerah (TKKSD)", _PERMEN, True,
          _ALL_KINDS, _ALL_SCHEMES),
    Usual("induk", "Kesepakatan bersama yang dilaksanakan", f"{_PP}, {_PERMEN}", True,
          frozenset({Kind.PKS}), _REGION_OR_THIRD),
    Usual("kuasa", "Surat kuasa wali kota kepada kepala perangkat daerah penanda tangan", _PERMEN,
          True, frozenset({Kind.PKS}), _ALL_SCHEMES),
    Usual("badan", "Akta dan izin badan usaha pihak ketiga", _PERMEN, True, _ALL_KINDS,
          frozenset({Scheme.THIRD})),
    Usual("dprd", "Persetujuan DPRD, bila membebani masyarakat atau daerah", _PP, False,
          frozenset({Kind.PKS}), _REGION_OR_THIRD),
    Usual("aksi", "Rencana aksi (lampiran nota kesepakatan)", f"{_PP}, {_PERMEN}", True,
          frozenset({Kind.NOTE}), frozenset({Scheme.CENTRAL})),
    Usual("naskah", "Naskah bertanda tangan, rangkap untuk tiap pihak", _PERMEN, False, _ALL_KINDS,
          _ALL_SCHEMES),
    Usual("lapor", "Laporan pelaksanaan semesteran", _PERMEN, False, _ALL_KINDS, _ALL_SCHEMES),
)  # fmt: skip


def usual(kind: str, scheme: str) -> list[Usual]:
    """The documents that such an agreement usually needs."""
    return [row for row in USUAL if kind in row.kinds and scheme in row.schemes]


#: Titles of the pasal that such documents usually have, in order.
CLAUSES: Final[dict[str, tuple[str, ...]]] = {
    Kind.MOU: ("Tujuan", "Ruang Lingkup", "Pelaksanaan", "Pembiayaan", "Jangka Waktu",
               "Penyelesaian Perselisihan", "Keadaan Kahar", "Lain-lain", "Penutup"),
    Kind.PKS: ("Maksud dan Tujuan", "Objek", "Ruang Lingkup", "Hak dan Kewajiban", "Pelaksanaan",
               "Pembiayaan", "Jangka Waktu", "Penyelesaian Perselisihan", "Keadaan Kahar",
               "Lain-lain", "Penutup"),
    Kind.NOTE: ("Tujuan", "Ruang Lingkup", "Rencana Aksi", "Pembiayaan", "Jangka Waktu",
                "Penutup"),
}  # fmt: skip
