"""Personal data stop at the door: columns by their name or content, numbers inside free text.

What stays is about offices and works. Names of officials and of providers' people, NIP, NIK,
NPWP, accounts, addresses, phones and mail never reach an accepted row, a set-aside row or a log
(UU 27/2022 on personal data protection: take no more than the purpose needs).
"""

from __future__ import annotations

import re
from typing import Final

import polars as pl

from rakorsus.engine.intake.table import ROW

#: What an upstream office writes in place of a removed value.
REMOVED: Final = "DATA-PRIBADI-DIHAPUS"
MASK: Final = "[disamarkan]"

_NAMES: Final = re.compile(
    r"(^|_)(nip|nik|npwp\d*|npwp_?16|ppk|pokja|kpa|pptk|bendahara|username|user_name|user"
    r"|email|e_mail|surel|telp|telepon|telpon|phone|hp|no_hp|whatsapp|wa|fax|faks|alamat(?!_(lokasi|pekerjaan|kegiatan|proyek|objek))|address"
    r"|direktur|tempat_lahir|tgl_lahir|tanggal_lahir|rek_bank|norek|wakil_sah)(_|$)"
    r"|^nama_(pelaksana|penyedia)$|^(nama_)?(pejabat|pegawai|petugas|penerima_bantuan|pemilik|pimpinan"
    r"|direktur|kepala|operator|penanggung_jawab_kegiatan)(_pengadaan)?$"
    r"|pemilik_rek|^(no|nomor|nama)_rekening_bank|^nomor_rekening$|^no_rekening$|jabatan_wakil"
    r"|^nama_(lengkap|orang|kepala\w*)$|^anggota_kso$"
)
_NUMBER: Final = (
    r"^'?\s*(\d{15,16}|\d{18}|\d{8} \d{6} \d \d{3}|\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3})\s*$"
)
_MAIL: Final = r"(?i)[a-z0-9][a-z0-9._%+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+"
_SAMPLE: Final = 3_000  # rows by which a column's content is judged
_INSIDE: Final = (
    _MAIL,
    r"\b\d{8}[ .]?\d{6}[ .]?[12][ .]?\d{3}\b",  # NIP
    r"\b\d{2}\.\d{3}\.\d{3}\.\d[-.]\d{3}\.\d{3}\b",  # NPWP
    r"\b\d{16}\b",  # NIK, NPWP of sixteen digits
    r"(?:\+62|\b62|\b0)[ -]?8\d{1,2}[ .-]?\d{3,4}[ .-]?\d{2,5}\b",  # mobile phone
    r"(?i)\b(?:telp|telepon|tlp|hp|wa|whatsapp|fax)\b\.?\s*[:.]?\s*[(+]?\d[\d ()/-]{5,}\d",
)

_SHAPE: Final = r'^\{"type": ?"[A-Za-z]+", ?"coordinates": ?[\[\]0-9eE.,+\- ]+\}$'


def is_personal(name: str) -> bool:
    """Whether a column of this (normal) name holds data about a person."""
    return _NAMES.search(name) is not None


def drop(frame: pl.DataFrame, normal: dict[str, str]) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The frame without personal columns, and the names of those that were dropped.

    Args:
        normal: the normal name (see `headers.normal`) of each column.
    """
    by_name = [c for c in frame.columns if c != ROW and is_personal(normal[c])]
    kept = frame.drop(by_name)
    texts = [c for c in kept.columns if c != ROW]
    if not texts or kept.is_empty():
        return kept, tuple(by_name)
    counts = (
        kept.head(_SAMPLE)
        .select(
            pl.struct(
                numbers=(
                    pl.col(c).str.contains(_NUMBER) | pl.col(c).str.contains(f"^{_MAIL}$")
                ).sum(),
                removed=(pl.col(c) == REMOVED).sum(),
                filled=(pl.col(c).str.strip_chars() != "").sum(),
            ).alias(c)
            for c in texts
        )
        .row(0, named=True)
    )
    by_content = [
        c
        for c, n in counts.items()
        if n["filled"] and (n["numbers"] * 2 > n["filled"] or n["removed"] * 2 > n["filled"])
    ]
    kept = kept.drop(by_content)
    return kept, tuple(by_name + by_content)


def masked(column: pl.Expr) -> pl.Expr:
    """Free text with personal numbers and addresses masked, whole removed values as null.

    A shape of GeoJSON, which holds nothing but its coordinates, passes as it is: a fraction of
    sixteen digits is no identity number.
    """
    text = column.str.replace_all(REMOVED, MASK, literal=True)
    for pattern in _INSIDE:
        text = text.str.replace_all(pattern, MASK)
    text = pl.when(column.str.contains(_SHAPE)).then(column).otherwise(text)
    return pl.when(column.str.strip_chars() == REMOVED).then(None).otherwise(text)


def mask_cells(cells: dict[str, str]) -> dict[str, str]:
    """The cells of one row with personal numbers masked; cells that held nothing else are left."""
    if not cells:
        return {}
    frame = pl.DataFrame({"cell": list(cells.values())})
    values = frame.select(masked(pl.col("cell")).alias("cell")).to_series().to_list()
    return {name: v for name, v in zip(cells, values, strict=True) if v}
