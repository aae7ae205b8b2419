"""What can be wrong with a file as a whole, said in both languages with what to do about it."""

from __future__ import annotations

from rakorsus.engine.records import Text


class Unreadable(Exception):
    """A file or sheet that cannot be read; `reason` says why and what to do."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.id)
        self.reason = reason


def too_large(what_id: str, what_en: str, most: int | str) -> Unreadable:
    return Unreadable(
        Text(
            f"{what_id} melebihi batas ({most}). Bagi berkas menjadi beberapa bagian.",
            f"{what_en} is beyond the limit ({most}). Split the file into parts.",
        )
    )


def encrypted() -> Unreadable:
    return Unreadable(
        Text(
            "Berkas dikunci kata sandi. Buka, simpan tanpa kata sandi, lalu muat lagi.",
            "The file is locked by a password. Save it without one and load it again.",
        )
    )


def broken(kind: str) -> Unreadable:
    return Unreadable(
        Text(
            f"Berkas {kind} rusak atau tidak lengkap. Unduh atau simpan ulang dari sumbernya.",
            f"The {kind} file is broken or incomplete. Download or save it again from its source.",
        )
    )


def unsupported(what: str) -> Unreadable:
    return Unreadable(
        Text(
            f"Isi berkas adalah {what}, bukan tabel. Muat versi XLSX, XLS, ODS, CSV, JSON atau "
            "GeoJSON.",
            f"The file holds {what}, not a table. Load it as XLSX, XLS, ODS, CSV, JSON or GeoJSON.",
        )
    )


def hostile() -> Unreadable:
    return Unreadable(
        Text(
            "Berkas memuat definisi entitas XML (DTD) yang tidak aman. Simpan ulang dari aplikasi "
            "lembar kerja.",
            "The file holds unsafe XML entity definitions (DTD). Save it anew from a spreadsheet "
            "application.",
        )
    )


def no_rows() -> Unreadable:
    return Unreadable(
        Text(
            "Tidak ada baris data di dalam berkas. Periksa apakah berkas yang dimuat sudah benar.",
            "The file has no rows of data. Check that it is the right file.",
        )
    )
