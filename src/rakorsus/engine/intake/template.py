"""Our own form: an XLSX with instructions, notes at the headings and lists to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import IO, Any, Final

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from rakorsus.engine.cells import safe_cell

SHEET: Final = "Program"
#: First cell of a sheet that holds words for people and no data; the reader passes over it.
NOTE_MARK: Final = "Rakorsus ·"

#: field, heading, note, width of the column
COLUMNS: Final[tuple[tuple[str, str, str, int], ...]] = (
    ("id", "Nomor Baris", "Nomor atau kode yang tetap untuk pekerjaan ini, misalnya A-001. Pakai "
     "nomor yang sama saat memuat versi berikutnya. Nomor RUP paket yang sudah ada hanya menandai "
     "paket itu (strategis, penanggung jawab, label). Wajib.", 12),
    ("year", "Tahun Anggaran", "Empat angka, misalnya 2025. Wajib.", 10),
    ("agency", "Perangkat Daerah", "Pilih dari daftar, atau isi kodenya. Wajib.", 34),
    ("agency_name", "Nama Perangkat Daerah", "Hanya bila kode di kolom sebelumnya tidak ada di "
     "daftar, misalnya lembaga di luar pemerintah daerah.", 30),
    ("code", "Sub Kegiatan", "Pilih dari daftar, atau isi kode nomenklatur.", 34),
    ("title", "Nama Pekerjaan", "Apa yang dikerjakan, untuk apa, di mana. Wajib.", 44),
    ("description", "Uraian", "Keterangan yang membedakan pekerjaan ini dari yang mirip.", 40),
    ("place", "Lokasi", "Kelurahan/desa dan kecamatan, jalan, RW; beberapa lokasi dipisah titik "
     "koma.", 36),
    ("start", "Tanggal Mulai", "Mulai dilaksanakan, misalnya 01/03/2025.", 13),
    ("end", "Tanggal Selesai", "Selesai dilaksanakan, misalnya 30/06/2025.", 13),
    ("budget", "Pagu (Rp)", "Rupiah penuh, tanpa singkatan.", 18),
    ("fund", "Sumber Dana", "Pilih dari daftar.", 18),
    ("method", "Cara Pengadaan", "Pilih dari daftar.", 18),
    ("volume", "Volume", "Misalnya 120 m, 3 unit.", 12),
    ("output", "Keluaran", "Apa yang dihasilkan.", 30),
    ("target", "Target", "Angka.", 10),
    ("unit", "Satuan", "Satuan dari target.", 12),
    ("beneficiaries", "Sasaran Penerima", "Siapa yang menerima manfaat.", 26),
    ("tags", "Label", "Misalnya stunting; kemiskinan ekstrem. Dipisah titik koma.", 20),
    ("strategic", "Program Strategis", "Ya atau Tidak.", 12),
    ("owner", "Jabatan Penanggung Jawab", "Nama jabatan saja; jangan isi nama orang atau NIP.", 30),
)  # fmt: skip

_METHODS: Final = (
    "Swakelola", "Tender", "Seleksi", "Pengadaan Langsung", "Penunjukan Langsung", "E-Purchasing",
    "Tender Cepat", "Dikecualikan",
)  # fmt: skip
_FUNDS: Final = ("APBD", "PAD", "DAU", "DAK Fisik", "DAK Nonfisik", "DID", "BLUD", "APBN", "CSR")
_HELP: Final = (
    f"{NOTE_MARK} petunjuk pengisian templat program",
    "Isi lembar “Program”: satu baris untuk satu pekerjaan. Jangan mengubah judul kolom.",
    "Kolom wajib: Nomor Baris, Tahun Anggaran, Perangkat Daerah, Nama Pekerjaan.",
    "Baris yang belum lengkap tidak hilang: baris itu disisihkan bersama alasannya dan dapat "
    "diunduh, dibetulkan, lalu dimuat lagi.",
    "Jangan mengisi nama orang, NIP, NIK, NPWP, nomor telepon, atau rekening.",
    "Tanggal: 31/12/2025. Uang: 1.250.000.000.",
    "",
    "How to fill in: one row for one piece of work on the sheet “Program”; keep the headings. "
    "Needed: Nomor Baris (a lasting number), Tahun Anggaran (year), Perangkat Daerah (agency), "
    "Nama Pekerjaan (work). Rows that are not complete are set aside with the reason. No names of "
    "persons, no personal numbers.",
)
_ROWS: Final = 500


def write_template(
    target: str | Path | IO[bytes],
    *,
    agencies: Sequence[tuple[str, str]] = (),
    activities: Sequence[tuple[str, str]] = (),
    funds: Sequence[str] = _FUNDS,
    year: int | None = None,
) -> None:
    """The blank form with its lists.

    Args:
        agencies: (code, name) to choose from.
        activities: (code, title) of sub kegiatan to choose from.
        year: the only budget year to choose, when given.
    """
    _write(target, (), agencies, activities, funds, year)


def write_rows(
    target: str | Path | IO[bytes],
    rows: Iterable[Mapping[str, Any]],
    *,
    agencies: Sequence[tuple[str, str]] = (),
) -> None:
    """The form filled with rows; keys are the fields of COLUMNS, days are `date`, money is whole
    rupiah, `tags` a list."""
    _write(target, rows, agencies, (), _FUNDS, None)


def _write(
    target: str | Path | IO[bytes],
    rows: Iterable[Mapping[str, Any]],
    agencies: Sequence[tuple[str, str]],
    activities: Sequence[tuple[str, str]],
    funds: Sequence[str],
    year: int | None,
) -> None:
    place = str(target) if isinstance(target, Path) else target
    with xlsxwriter.Workbook(
        place, {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(SHEET)
        _headings(book, sheet)
        _help(book)
        lists = {
            "agency": [f"{code} {name}" for code, name in agencies],
            "code": [f"{code} {title}" for code, title in activities],
            "fund": list(funds),
            "method": list(_METHODS),
            "strategic": ["Ya", "Tidak"],
            "year": [str(year)] if year else [],
        }
        _lists(book, sheet, lists)
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        money = book.add_format({"num_format": "#,##0"})
        sheet.set_column(_at("start"), _at("end"), 13, day)
        sheet.set_column(_at("budget"), _at("budget"), 18, money)
        for number, row in enumerate(rows, 1):
            for column, (name, *_) in enumerate(COLUMNS):
                _cell(sheet, number, column, row.get(name), day)


def _at(field: str) -> int:
    return next(i for i, column in enumerate(COLUMNS) if column[0] == field)


def _headings(book: Workbook, sheet: Worksheet) -> None:
    bold = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True})
    for column, (_, heading, note, width) in enumerate(COLUMNS):
        sheet.write_string(0, column, heading, bold)
        sheet.write_comment(0, column, note, {"x_scale": 2})
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 1)


def _help(book: Workbook) -> None:
    sheet = book.add_worksheet("Petunjuk")
    sheet.set_column(0, 0, 110, book.add_format({"text_wrap": True}))
    for number, line in enumerate(_HELP):
        sheet.write_string(number, 0, line)


def _lists(book: Workbook, sheet: Worksheet, lists: Mapping[str, Sequence[str]]) -> None:
    """The lists on a sheet of their own, and validations that point to them; a value beyond the
    list is a warning, not refused, since files may come from elsewhere."""
    side = book.add_worksheet("Daftar")
    side.write_string(0, 0, f"{NOTE_MARK} daftar pilihan")
    for column, (name, values) in enumerate(lists.items()):
        if not values:
            continue
        for number, value in enumerate(values, 1):
            side.write_string(number, column, value)
        letter = chr(ord("A") + column)
        where = _at(name)
        sheet.data_validation(
            1, where, _ROWS, where,
            {"validate": "list", "source": f"=Daftar!${letter}$2:${letter}${len(values) + 1}",
             "error_type": "warning", "error_title": "Tidak ada di daftar",
             "error_message": "Isian ini tidak ada di daftar. Tetap pakai?"},
        )  # fmt: skip


def _cell(sheet: Worksheet, row: int, column: int, value: Any, day: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, bool):
        sheet.write_string(row, column, "Ya" if value else "Tidak")
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif isinstance(value, str):
        sheet.write_string(row, column, str(safe_cell(value)))
    else:
        sheet.write_string(row, column, str(safe_cell("; ".join(map(str, value)))))
