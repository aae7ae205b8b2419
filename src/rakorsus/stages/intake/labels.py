"""What the engine's fields are called, and what belongs in them, in both languages."""

from __future__ import annotations

from typing import Final

Words = dict[str, str]

#: field -> (name id, name en, help id, help en)
_FIELDS: Final[dict[str, tuple[str, str, str, str]]] = {
    "title": (
        "Nama pekerjaan", "Title",
        "Nama program, kegiatan, sub kegiatan, atau paket. Wajib.",
        "Name of the program, activity or package. Required.",
    ),
    "agency": (
        "Perangkat daerah", "Agency",
        "Kode atau nama perangkat daerah pelaksana. Wajib; bila seluruh tabel milik satu "
        "perangkat daerah, pilih di bagian “Sama untuk semua baris”.",
        "Code or name of the agency. Required; if the whole table belongs to one agency, choose "
        "it under “The same for all rows”.",
    ),
    "id": (
        "Nomor baris atau paket", "Number of the row or package",
        "Nomor yang tetap sama bila tabel dimuat lagi, misalnya kode RUP. Tanpa itu baris dikenali "
        "dari isinya.",
        "A number that stays when the table is loaded again, such as the RUP code. Without it a "
        "row is known by its content.",
    ),
    "code": (
        "Kode nomenklatur", "Nomenclature code",
        "Kode sub kegiatan, kegiatan, atau program, misalnya 1.03.02.2.01.0001.",
        "Code of the activity, such as 1.03.02.2.01.0001.",
    ),
    "budget": (
        "Pagu (Rp)", "Budget (Rp)", "Anggaran dalam rupiah penuh.", "Budget in whole rupiah.",
    ),
    "place": (
        "Lokasi", "Place",
        "Tempat pekerjaan: kelurahan, kecamatan, RW, jalan, atau nama gedung.",
        "Where the work is: village, district, RW, street or building.",
    ),
    "start": ("Tanggal mulai", "Start", "Mulai pelaksanaan.", "Start of the work."),
    "end": ("Tanggal selesai", "End", "Akhir pelaksanaan.", "End of the work."),
    "year": ("Tahun anggaran", "Budget year", "Misalnya 2025.", "Such as 2025."),
    "description": (
        "Uraian", "Description", "Penjelasan isi pekerjaan.", "What the work consists of.",
    ),
    "volume": (
        "Volume", "Volume", "Banyaknya, seperti tertulis: “120 m”, “3 unit”.",
        "How much, as written: “120 m”, “3 units”.",
    ),
    "output": (
        "Keluaran", "Output", "Indikator atau tolok ukur keluaran.", "Indicator of the output.",
    ),
    "target": ("Target", "Target", "Angka target keluaran.", "The output's target figure."),
    "unit": ("Satuan", "Unit", "Satuan dari target.", "The target's unit."),
    "beneficiaries": (
        "Sasaran penerima", "Beneficiaries", "Siapa yang menerima manfaat.", "Who benefits.",
    ),
    "fund": ("Sumber dana", "Fund", "Misalnya PAD, DAU, DAK.", "Such as PAD, DAU, DAK."),
    "method": (
        "Cara pengadaan", "Procurement method", "Misalnya tender, swakelola.",
        "Such as tender, self-managed.",
    ),
}  # fmt: skip


def name_of(field: str) -> Words:
    """The field's name in both languages."""
    words = _FIELDS.get(field)
    return {"id": words[0], "en": words[1]} if words else {"id": field, "en": field}


def help_of(field: str) -> Words:
    """What belongs in the field."""
    words = _FIELDS.get(field)
    return {"id": words[2], "en": words[3]} if words else {"id": "", "en": ""}
