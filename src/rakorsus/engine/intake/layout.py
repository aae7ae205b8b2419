"""A sheet's rows into a table: where the header is, what is structure, what are rows of data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from rakorsus.engine.intake.headers import normal
from rakorsus.engine.intake.kinds import fits_header
from rakorsus.engine.intake.table import Broken, Table, text_frame, unique_names
from rakorsus.engine.intake.template import NOTE_MARK
from rakorsus.engine.intake.workbooks import Grid
from rakorsus.engine.records import Text

Row = Sequence[str | None]

_SEARCHED: Final = 40  # rows in which a header is looked for
_NUMBERED: Final = re.compile(r"\(?\d{1,2}\)?(\s*=.*)?")
_TOTAL: Final = re.compile(
    r"\s*(sub[ -]?total|grand total|total|jumlah|jumlah total|total keseluruhan"
    r"|jumlah seluruhnya|j u m l a h)\b[^a-z]*\s*(\w+\s*){0,4}$",
    re.I,
)
_UNEVEN: Final = Text(
    "Jumlah kolom baris ini tidak sama dengan judul kolom, biasanya karena tanda kutip atau "
    "pemisah di dalam isi. Perbaiki isi selnya lalu muat lagi.",
    "This row has not as many columns as the header, mostly because of a quote or delimiter "
    "inside a cell. Mend the cell and load it again.",
)


def to_table(grid: Grid) -> Table | None:
    """The grid as a table under its header; None when nothing in it looks like a header."""
    if grid.rows and (grid.rows[0][0] or "").startswith(NOTE_MARK):
        return None
    found = _header(grid)
    if found is None:
        return None
    at, height, names = found
    names, groups = _grouped(names, grid, at + height)
    above = tuple(
        text for row in grid.rows[:at] if (text := " ".join(c.strip() for c in row if c).strip())
    )
    structure = at + height
    rows: list[list[str | None]] = []
    numbers: list[int] = []
    broken: list[Broken] = []
    heading = [normal(c or "") for c in _pick(grid.rows[at], groups)]
    for offset, row in enumerate(grid.rows[at + height :], at + height):
        number = grid.numbers[offset]
        if number in grid.uneven:
            broken.append(_broken_row(number, names, row))
            continue
        cells = _pick(row, groups)
        if _is_structure(cells, heading):
            structure += 1
        else:
            rows.append(cells)
            numbers.append(number)
    columns = [[row[i] for row in rows] for i in range(len(names))]
    kept = [i for i, name in enumerate(names) if name.strip() or any(columns[i])]
    frame = text_frame(unique_names(names[i] for i in kept), [columns[i] for i in kept], numbers)
    return Table(
        grid.sheet, frame, above, structure, tuple(broken),
        tuple(n for n in grid.repaired if n in set(numbers)),
    )  # fmt: skip


def _header(grid: Grid) -> tuple[int, int, list[str]] | None:
    """(first row, height, names) of the header: the one that a known kind fits best, or else the
    first row that is wide and all words."""
    best: tuple[int, int, int, list[str]] | None = None
    for at, row in enumerate(grid.rows[:_SEARCHED]):
        if sum(1 for c in row if c and c.strip()) < 2:
            continue
        for height, names in _readings(grid, at):
            score = fits_header(names)
            if score and (best is None or score > best[0]):
                best = (score, at, height, names)
    if best:
        return best[1], best[2], best[3]
    widths = [_words(row) for row in grid.rows[:_SEARCHED]]
    widest = max(widths, default=0)
    if widest < 2:
        return None
    at = next(i for i, n in enumerate(widths) if n * 10 >= widest * 6)
    heights = 2 if _merged_head(grid, at) else 1
    readings = dict(_readings(grid, at))
    return at, heights, readings.get(heights, readings[1])


def _readings(grid: Grid, at: int) -> list[tuple[int, list[str]]]:
    """The header at a row read as one row, and as two: group over column."""
    row = [c or "" for c in grid.rows[at]]
    readings = [(1, row)]
    below = grid.rows[at + 1] if at + 1 < len(grid.rows) else []
    if len(below) != len(row) or grid.uneven or _is_numbers(below):
        return readings
    if all(row) and not _merged_head(grid, at):
        return readings
    under = [c or "" for c in below]
    if any(under):
        over = _spread(grid, at)
        both = [f"{a} {b}".strip() if b.strip() else a for a, b in zip(over, under, strict=True)]
        readings.append((2, both))
    return readings


def _spread(grid: Grid, at: int) -> list[str]:
    """A header row with the text of merged cells (or of the cell before a blank one that has a
    name below it) in each of their columns."""
    row = [c or "" for c in grid.rows[at]]
    spans = [s for s in grid.spans if s[0][0] <= at <= s[1][0]]
    if spans:
        for (top, left), (_, right) in spans:
            text = grid.rows[top][left] if top >= 0 and 0 <= left < len(row) else ""
            for column in range(max(left, 0), min(right + 1, len(row))):
                row[column] = row[column] or (text or "")
        return row
    below = grid.rows[at + 1]
    for column in range(1, len(row)):
        if not row[column] and below[column] and below[column - 1]:
            row[column] = row[column - 1]
    return row


def _merged_head(grid: Grid, at: int) -> bool:
    return any(s[0][0] == at and s[0][1] != s[1][1] for s in grid.spans)


def _words(row: Row) -> int:
    """How many distinct cells of a row could be column names."""
    cells = {c.strip() for c in row if c and c.strip()}
    return sum(1 for c in cells if re.search(r"[A-Za-z]", c) and len(c) < 120)


def _grouped(names: list[str], grid: Grid, first: int) -> tuple[list[str], list[list[int]]]:
    """Columns that one header covers, as the realisation report has them: its codes stand in a
    column by level and its names are indented one column per level.

    Only blank columns right of a code or name column, in which no row fills both, are joined.
    """
    sample = grid.rows[first : first + 300]
    groups: list[list[int]] = []
    for column, name in enumerate(names):
        open_to = groups[-1][0] if groups else -1
        if (
            not name.strip()
            and groups
            and re.match(r"(kode|uraian|program|nama)", normal(names[open_to]))
            and any(len(r) > column and r[column] for r in sample)
        ):
            groups[-1].append(column)
        else:
            groups.append([column])
    return [names[g[0]] for g in groups], groups


def _pick(row: Row, groups: list[list[int]]) -> list[str | None]:
    """The row's cells by group: several filled cells of one group are joined, single digits by a
    dot (a code cut into levels)."""
    cells: list[str | None] = []
    for group in groups:
        if len(group) == 1:
            cells.append(row[group[0]] if group[0] < len(row) else None)
            continue
        filled = [row[i] for i in group if i < len(row) and row[i]]
        parts = [p.strip() for p in filled if p]
        codes = all(re.fullmatch(r"[\dxX]{1,4}", p) for p in parts)
        cells.append(".".join(parts) if codes else parts[-1] if parts else None)
    return cells


def _broken_row(number: int, names: list[str], row: Row) -> Broken:
    """A broken row with the cells before the first quote in it, which surely stand under their
    column; of a row that is merely short, all cells, which may stand too far left."""
    marked = next((i for i, c in enumerate(row) if c and ('"' in c or "\\" in c)), None)
    lacking = max(0, len(names) - len(row)) if marked is None else 0
    cells = {
        names[i]: text.strip() for i, text in enumerate(row[:marked]) if text and i < len(names)
    }
    return Broken(number, cells, _UNEVEN, lacking)


def _is_structure(cells: Row, heading: list[str]) -> bool:
    filled = [c.strip() for c in cells if c and c.strip()]
    if not filled:
        return True
    if _is_numbers(cells) or [normal(c or "") for c in cells] == heading:
        return True
    words = [c for c in filled if re.search(r"[A-Za-z]", c)]
    return len(words) == 1 and _TOTAL.match(words[0]) is not None and cells[0] in (
        None, "", words[0],
    )  # fmt: skip


def _is_numbers(row: Row) -> bool:
    """The row of column numbers under a header: 1, 2, 3 ... or (1), (2), 3 = 1 + 2."""
    filled = [c.strip() for c in row if c and c.strip()]
    if len(filled) < 3 or not all(_NUMBERED.fullmatch(c) for c in filled):
        return False
    counted = [int(re.sub(r"\D", " ", c).split()[0]) for c in filled]
    rising = all(b >= a for a, b in pairwise(counted))
    return counted[0] <= 2 and rising and counted[-1] - counted[0] >= len(counted) - 3 > 0
