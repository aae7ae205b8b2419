"""Set-aside rows as a workbook: the reason beside each row, ready to be corrected and loaded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Final

import polars as pl
import xlsxwriter

from rakorsus.engine.cells import safe_cell
from rakorsus.engine.intake.headers import normal
from rakorsus.engine.intake.table import ROW, Table
from rakorsus.engine.records import SetAsideRow

_REASON: Final = "Alasan Disisihkan"
_COLUMN: Final = "Kolom Bermasalah"
_SHEET: Final = "Lembar Asal"
_ROW: Final = "Baris Asal"
_OWN: Final = (_REASON, _COLUMN, _SHEET, _ROW)


def write_set_aside(target: str | Path | IO[bytes], rows: Iterable[SetAsideRow]) -> None:
    """One sheet for each sheet of the file: the original columns, and behind them why each row
    was set aside. Cells are text; none can be a formula. Corrected and loaded again, the file is
    recognised as what it was, and its rows keep their first place (`came_back`)."""
    sheets: dict[str, list[SetAsideRow]] = {}
    for row in rows:
        sheets.setdefault(row.problem.sheet, []).append(row)
    place = str(target) if isinstance(target, Path) else target
    with xlsxwriter.Workbook(
        place, {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        bold = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1})
        marked = book.add_format({"bg_color": "#FDE9D9"})
        used: set[str] = set()
        for name, members in (sheets or {"": []}).items():
            sheet = book.add_worksheet(_sheet_name(name, used))
            columns = list(dict.fromkeys(c for m in members for c in _columns(m)))
            for at, column in enumerate((*columns, *_OWN)):
                sheet.write_string(0, at, str(safe_cell(column)), bold)
            sheet.freeze_panes(1, 0)
            for number, row in enumerate(members, 1):
                for at, column in enumerate(columns):
                    text = str(safe_cell(row.content.get(column, "")))
                    wrong = marked if column == row.problem.column else None
                    sheet.write_string(number, at, text, wrong)
                problem = row.problem
                own = (problem.reason.id, problem.column or "", problem.sheet, str(problem.row))
                for at, text in enumerate(own, len(columns)):
                    sheet.write_string(number, at, str(safe_cell(text)))


def _columns(row: SetAsideRow) -> list[str]:
    names = list(row.content)
    return names if row.problem.column in (None, *names) else [*names, str(row.problem.column)]


def _sheet_name(name: str, used: set[str]) -> str:
    base = re.sub(r"[\[\]:*?/\\']", " ", name).strip()[:28] or "Disisihkan"
    result, number = base, 2
    while result.lower() in used:
        result, number = f"{base[:25]} {number}", number + 1
    used.add(result.lower())
    return result


def came_back(table: Table) -> Table:
    """A table of corrected rows under the places that the rows first had; others unchanged."""
    normals = {normal(c): c for c in table.header}
    own = [normals.get(normal(name)) for name in _OWN]
    reason, _, sheet, row = own
    if reason is None or sheet is None or row is None:
        return table
    first = table.frame[sheet].drop_nulls()
    number = pl.col(row).cast(pl.Int32, strict=False)
    frame = table.frame.with_columns(pl.coalesce(number, ROW).alias(ROW))
    name = first[0] if first.len() else ""
    return table.having(sheet=name, frame=frame.drop(c for c in own if c is not None))
