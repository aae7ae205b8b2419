"""The table of set-aside rows that people correct and load again.

One sheet for each sheet of the file, four columns of ours in front (why, where), then the row's
own columns under their own names, so that what comes back is read like the file itself.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import IO

from python_calamine import CalamineError, load_workbook
from xlsxwriter import Workbook

from rakorsus.engine.cells import safe_cell
from rakorsus.stages.intake.models import SetAsideRow, SourceFile

#: Our columns: the place is what a corrected row is known by.
REASON, COLUMN, SHEET, ROW = "Alasan disisihkan", "Kolom bermasalah", "Lembar asal", "Baris asal"
_OURS = (REASON, COLUMN, SHEET, ROW)
#: Keyword among the workbook's properties that names the file which the table corrects.
_MARK = "rakorsus-disisihkan-"
_OWN_NAMES = {name.lower(): name for name in _OURS}
_PROPERTIES = "docProps/core.xml"
_LARGEST = 100_000  # bytes of the properties
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))

Place = tuple[str, int]


@dataclass(frozen=True)
class Corrected:
    """One sheet of a corrected table as a file of its own, and where each of its rows comes from.

    `places[i]` belongs to spreadsheet row `i + 2` of `path`; None for a row that was added.
    """

    path: Path
    places: tuple[Place | None, ...]


def write(file: SourceFile) -> bytes:
    """The open rows of a file as XLSX. Cells are text; what looks like a formula is disarmed."""
    rows = SetAsideRow.objects.filter(file=file, state=SetAsideRow.State.OPEN)
    order = {sheet["name"]: sheet.get("headers", []) for sheet in file.sheets}
    sheets: dict[str, list[SetAsideRow]] = {}
    for row in rows:
        sheets.setdefault(row.sheet, []).append(row)
    target = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(target, options | {"in_memory": True}) as book:
        book.set_properties({"keywords": f"{_MARK}{file.pk}"})
        head = book.add_format({"bold": True, "bg_color": "#eaf0f2", "text_wrap": True})
        reason = book.add_format({"font_color": "#a3271b", "text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@", "valign": "top"})
        for number, (name, members) in enumerate(sheets.items(), 1):
            sheet = book.add_worksheet(_sheet_name(name, number))
            used = {column for row in members for column in row.content}
            columns = [c for c in order.get(name, []) if c in used]
            columns += sorted(used.difference(columns))
            for place, column in enumerate((*_OURS, *columns)):
                sheet.write_string(0, place, str(safe_cell(column)), head)
            for line, row in enumerate(members, 1):
                sheet.write_string(line, 0, row.reason_id, reason)
                sheet.write_string(line, 1, str(safe_cell(row.column)), reason)
                sheet.write_string(line, 2, str(safe_cell(row.sheet)), text)
                sheet.write_number(line, 3, row.row)
                for place, column in enumerate(columns, 4):
                    value = row.content.get(column)
                    sheet.write_string(line, place, _cell(value), text)
            sheet.freeze_panes(1, 4)
            sheet.set_column(0, 0, 44)
            sheet.set_column(1, 3, 14)
            sheet.set_column(4, 3 + len(columns), 24)
            sheet.autofilter(0, 0, len(members), 3 + len(columns))
        if not sheets:
            book.add_worksheet("Data").write_row(0, 0, _OURS, head)
    return target.getvalue()


def origin(content: IO[bytes]) -> int | None:
    """Primary key of the file whose set-aside rows a workbook holds; None for any other file.

    Spreadsheet programs keep the keyword when they save. Leaves the position at the beginning.
    """
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as book:
            if book.getinfo(_PROPERTIES).file_size > _LARGEST:
                return None
            found = re.search(rf"{_MARK}(\d{{1,18}})\b", book.read(_PROPERTIES).decode("utf-8"))
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError, OSError, RuntimeError):
        return None
    finally:
        content.seek(0)
    return int(found[1]) if found else None


def unfold(path: Path, folder: Path) -> list[Corrected] | None:
    """The sheets of a corrected table as CSV files in `folder`, without our columns.

    Returns: None when it is no table of ours (it is then read like any other file).
    """
    try:
        book = load_workbook(str(path))
    except (CalamineError, OSError, ValueError):
        return None
    found = []
    for number, name in enumerate(book.sheet_names):
        rows = iter(book.get_sheet_by_name(name).to_python(skip_empty_area=False))
        heads = [_text(v) for v in next(rows, [])]
        heads = [_OWN_NAMES.get(head.lower(), head) for head in heads]
        if SHEET not in heads or ROW not in heads:
            continue
        target = folder / f"{path.stem}-{number}.csv"
        found.append(Corrected(target, tuple(_copy(heads, rows, target))))
    return found or None


def _copy(heads: list[str], rows: Iterable[list[object]], target: Path) -> Iterator[Place | None]:
    """Write the rows' own columns; yields the place of each row written."""
    sheet, row = heads.index(SHEET), heads.index(ROW)
    own = [i for i, head in enumerate(heads) if head and head not in _OURS]
    with target.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow([_armed(heads[i]) for i in own])
        for line in rows:
            values = [_armed(_text(v)) for v in line]
            if not any(values[i] for i in own):
                continue
            table.writerow([values[i] for i in own])
            number = values[row]
            yield (values[sheet], int(number)) if number.isdecimal() else None


def _sheet_name(name: str, number: int) -> str:
    plain = name.translate(_FORBIDDEN).strip("' ")
    return f"{number} {plain}"[:31] if plain else f"Data {number}"


def _cell(value: object) -> str:
    return "" if value is None else str(safe_cell(str(value)))


def _armed(text: str) -> str:
    """Undo `safe_cell`: the apostrophe before what looks like a formula is ours."""
    plain = text[1:]
    return plain if text.startswith("'") and safe_cell(plain) != plain else text


def _text(value: object) -> str:
    """A cell as the text that a reader of CSV expects: ISO dates, plain whole numbers."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if not (value.hour or value.minute) else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
