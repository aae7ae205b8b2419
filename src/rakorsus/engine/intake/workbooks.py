"""XLSX, XLS and ODS sheets as rows of text cells: cached values only, no formula, no macro."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from rakorsus.engine.intake.limits import Limits
from rakorsus.engine.intake.table import cell_text
from rakorsus.engine.intake.trouble import Unreadable, broken, encrypted, too_large

Span = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet's rows; `first` is the spreadsheet's number of the first row. `spans` are merged
    areas as ((row, column), (row, column)), from 0 in this grid. `uneven`: the numbers of rows
    whose count of cells is wrong (CSV); `repaired`: of rows whose quoting was mended."""

    sheet: str
    rows: list[list[str | None]]
    numbers: list[int]
    spans: tuple[Span, ...] = ()
    uneven: frozenset[int] = frozenset()
    repaired: tuple[int, ...] = ()


def read_workbook(data: bytes, limits: Limits) -> Iterator[Grid]:
    """The visible and hidden sheets of a workbook that `safety` has let through.

    Raises:
        Unreadable: locked, broken or too large.
    """
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
    except PasswordError as error:
        raise encrypted() from error
    except (CalamineError, OSError, ValueError) as error:
        raise broken("lembar kerja") from error
    except BaseException as error:
        raise _panicked(error) from error
    names = [m.name for m in book.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
    if len(names) > limits.sheets:
        raise too_large("Jumlah lembar", "The number of sheets", limits.sheets)
    for name in names:
        yield _sheet(book, name, limits)


def _sheet(book: CalamineWorkbook, name: str, limits: Limits) -> Grid:
    try:
        sheet = book.get_sheet_by_name(name)
        if sheet.height > limits.rows or sheet.width > limits.columns:
            raise too_large("Jumlah baris atau kolom", "The number of rows or columns", limits.rows)
        if sheet.height * sheet.width > limits.cells:
            raise too_large("Jumlah sel", "The number of cells", limits.cells)
        values = sheet.to_python(skip_empty_area=True)
        top, left = sheet.start or (0, 0)
        spans = tuple(
            ((a - top, b - left), (c - top, d - left))
            for (a, b), (c, d) in (sheet.merged_cell_ranges or ())
        )
    except Unreadable:
        raise
    except PasswordError as error:
        raise encrypted() from error
    except (CalamineError, OSError, ValueError) as error:
        raise broken("lembar kerja") from error
    except BaseException as error:
        raise _panicked(error) from error
    rows = [[cell_text(v) for v in row] for row in values]
    return Grid(name, rows, list(range(top + 1, top + 1 + len(rows))), spans)


def _panicked(error: BaseException) -> BaseException:
    """The reader's own panic (a BaseException of its runtime) as a broken file; others as is."""
    return broken("lembar kerja") if type(error).__name__ == "PanicException" else error
