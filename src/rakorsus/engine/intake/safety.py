"""What is looked at before a packed spreadsheet is opened: bombs, entities, far-away cells."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Final

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from rakorsus.engine.intake.limits import MEGABYTE, Limits
from rakorsus.engine.intake.trouble import broken, encrypted, hostile, too_large, unsupported

_CHUNK: Final = 1 << 20
_DOCTYPE: Final = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.I)
_DOCTYPE_16: Final = ("<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
#: A sheet is told by what is in it: the workbook may keep it under any name
_SHEET: Final = re.compile(rb"<(?:[\w.-]+:)?sheetData\b")
#: An address of a cell, and a number of a row, however the attribute is written
_CELL: Final = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]+)(\d+)""")
_ROW: Final = re.compile(rb"""\br\s*=\s*["']\s*(\d+)""")
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_VALUE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"


def open_zip(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """The archive, when its index is sound and within the limits.

    Raises:
        Unreadable: broken, locked, or larger unpacked than allowed.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise broken("zip/XLSX/ODS") from error
    if any(m.flag_bits & 1 for m in members):
        raise encrypted()
    if len(members) > limits.members:
        raise too_large("Jumlah isi arsip", "The number of archive members", limits.members)
    if sum(m.file_size for m in members) > limits.unpacked:
        raise _bomb(limits)
    return archive


def unpack(archive: zipfile.ZipFile, name: str, limits: Limits, left: int) -> bytes:
    """One member's bytes, counted while they unpack.

    Raises:
        Unreadable: broken, more than `left` bytes, or swollen beyond `limits.ratio`.
    """
    info = archive.getinfo(name)
    most = min(left, max(MEGABYTE, info.compress_size * limits.ratio))
    parts, size = [], 0
    try:
        with archive.open(info) as member:
            while chunk := member.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    raise _bomb(limits)
                parts.append(chunk)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise broken("zip/XLSX/ODS") from error
    except Exception as error:
        if type(error).__module__ in {"zlib", "lzma", "bz2"}:
            raise broken("zip/XLSX/ODS") from error
        raise
    return b"".join(parts)


def check_workbook(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse a workbook that would swell, reach for entities or span a giant blank area.

    Raises:
        Unreadable: as said.
    """
    left = limits.unpacked
    for name in archive.namelist():
        content = unpack(archive, name, limits, left)
        left -= len(content)
        sheet = _SHEET.search(content) is not None
        if sheet or name.lower().endswith((".xml", ".rels", ".vml")):
            head = content[:65536]
            if _DOCTYPE.search(head) or any(mark in head for mark in _DOCTYPE_16):
                raise hostile()
        if sheet:
            _check_sheet(content, limits)
        if name == "content.xml":
            _check_ods(content, limits)


def _check_sheet(content: bytes, limits: Limits) -> None:
    columns = rows = 0
    for letters, row in _CELL.findall(content):
        rows = max(rows, int(row[:10]))
        columns = max(columns, _column(letters))
    rows = max([rows, *(int(r[:10]) for r in _ROW.findall(content))])
    _bounds(rows, columns, limits)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - 64
    return number


def _check_ods(content: bytes, limits: Limits) -> None:
    """Repeated cells and rows count as often as they repeat when something is in them."""
    cells = 0
    try:
        root = ElementTree.fromstring(content)
    except DefusedXmlException as error:
        raise hostile() from error
    except ElementTree.ParseError as error:
        raise broken("ODS") from error
    for row in root.iter(f"{_OFFICE}table-row"):
        width = full = 0
        for cell in row:
            width += int(cell.get(f"{_OFFICE}number-columns-repeated", "1"))
            if len(cell) or cell.get(_VALUE) is not None:
                full = width
        if full:
            cells += full * int(row.get(f"{_OFFICE}number-rows-repeated", "1"))
            _bounds(1, full, limits)
        if cells > limits.cells:
            raise too_large("Jumlah sel", "The number of cells", limits.cells)


def _bounds(rows: int, columns: int, limits: Limits) -> None:
    if rows > limits.rows:
        raise too_large("Jumlah baris", "The number of rows", limits.rows)
    if columns > limits.columns:
        raise too_large("Jumlah kolom", "The number of columns", limits.columns)
    if rows * columns > limits.cells:
        raise too_large("Jumlah sel", "The number of cells", limits.cells)


def _bomb(limits: Limits) -> Exception:
    return too_large(
        "Ukuran setelah dibuka", "The unpacked size", f"{limits.unpacked // MEGABYTE} MB"
    )


def refuse_binary(names: list[str]) -> None:
    """Refuse packed documents that hold no sheet in XML.

    Raises:
        Unreadable: a text document, a presentation, a binary workbook.
    """
    if "word/document.xml" in names:
        raise unsupported("dokumen Word (DOCX)")
    if "ppt/presentation.xml" in names:
        raise unsupported("presentasi (PPTX)")
    if "xl/workbook.bin" in names:
        raise unsupported("lembar kerja biner (XLSB)")
