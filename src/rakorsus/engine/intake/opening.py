"""A file's bytes into tables: the format is told by the content, never by the name."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from rakorsus.engine.intake import cutting, safety
from rakorsus.engine.intake.json_files import read_json
from rakorsus.engine.intake.kinds import fits_header
from rakorsus.engine.intake.layout import to_table
from rakorsus.engine.intake.limits import Limits
from rakorsus.engine.intake.markup import read_markup
from rakorsus.engine.intake.table import Table
from rakorsus.engine.intake.text_files import decode
from rakorsus.engine.intake.trouble import (
    broken,
    encrypted,
    hostile,
    no_rows,
    too_large,
    unsupported,
)
from rakorsus.engine.intake.workbooks import Grid, read_workbook

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKDOWN = re.compile(r"^\|?(\s*:?-{3,}:?\s*\|)+|^#{1,3} \S", re.M)
_DOCUMENT = frozenset({"[Content_Types].xml", "mimetype", "content.xml"})


def is_archive(data: bytes, limits: Limits) -> bool:
    """Whether the bytes are a zip of files rather than one packed document.

    Raises:
        Unreadable: a zip that is broken, locked or too large.
    """
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    return not _DOCUMENT & set(safety.open_zip(data, limits).namelist())


def members(data: bytes, limits: Limits) -> Iterator[tuple[str, bytes]]:
    """The visible files of a zip, unpacked within the limits.

    Raises:
        Unreadable: a member that is broken or a bomb.
    """
    archive = safety.open_zip(data, limits)
    left = limits.unpacked
    for info in archive.infolist():
        parts = info.filename.split("/")
        if info.is_dir() or "__MACOSX" in parts or any(p.startswith(".") for p in parts):
            continue
        content = safety.unpack(archive, info.filename, limits, left)
        left -= len(content)
        yield info.filename, content


def open_tables(data: bytes, limits: Limits) -> list[Table | Grid]:
    """The tables of one file; a grid stands for a sheet in which no header was found.

    Raises:
        Unreadable: no table, or one that must not be opened.
    """
    if len(data) > limits.file:
        raise too_large("Ukuran berkas", "The size of the file", f"{limits.file >> 20} MB")
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise no_rows()
    if data.startswith(b"PK"):
        archive = safety.open_zip(data, limits)
        safety.refuse_binary(archive.namelist())
        safety.check_workbook(archive, limits)
        return [to_table(grid) or grid for grid in read_workbook(data, limits)]
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise encrypted()
        return [to_table(grid) or grid for grid in read_workbook(data, limits)]
    if data.startswith(b"%PDF"):
        raise unsupported("dokumen PDF")
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        raise unsupported("gambar")
    if data.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise unsupported("arsip selain ZIP")
    return _text(decode(data), limits)


def _text(text: str, limits: Limits) -> list[Table | Grid]:
    head = text[:4096].lstrip()
    if head[:1] in "[{":
        return [read_json(text, limits)]
    if head[:1] == "<":
        if "<!entity" in text.lower():
            raise hostile()
        return [to_table(grid) or grid for grid in read_markup(text, limits)]
    if _MARKDOWN.search(head):
        raise unsupported("teks biasa")
    grid = _csv(text, limits)
    return [to_table(grid) or grid]


def _csv(text: str, limits: Limits) -> Grid:
    lines = text[:200_000].splitlines(keepends=True)[:60]
    mark = cutting.delimiter_of(lines)
    if lines[0].lower().startswith("sep="):
        text = text.partition("\n")[2]
    at = _header_record(lines, mark)
    cut = cutting.cut(text, mark, at)
    if len(cut.rows) + len(cut.broken) > limits.rows:
        raise too_large("Jumlah baris", "The number of rows", limits.rows)
    if cut.width > limits.columns:
        raise too_large("Jumlah kolom", "The number of columns", limits.columns)
    if cut.width < 2:
        raise broken("CSV") if len(lines) > 1 else no_rows()
    width = max([cut.width, *(len(c) for _, c in cut.rows[: at + 1])])
    rows = sorted([*cut.rows, *cut.broken], key=lambda r: r[0])
    uneven = frozenset(n for n, _ in cut.broken)
    return Grid(
        "",
        [
            [c or None for c in cells] + [None] * (0 if n in uneven else width - len(cells))
            for n, cells in rows
        ],
        [n for n, _ in rows],
        uneven=uneven,
        repaired=tuple(cut.repaired),
    )


def _header_record(lines: list[str], mark: str) -> int:
    """The index of the record that is the header: the first that a kind fits, or the first that
    is as wide as most."""
    rows = list(csv.reader(lines, delimiter=mark))
    for at, row in enumerate(rows):
        if len(row) > 1 and fits_header(row):
            return at
    widths = [len(row) for row in rows]
    usual = max(set(widths), key=lambda n: (widths.count(n), n), default=0)
    return next((i for i, n in enumerate(widths) if n >= usual), 0)
