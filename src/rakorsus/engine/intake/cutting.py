"""CSV text into rows of cells; rows with broken quoting are mended or handed back as broken.

Some services write a quote inside a cell as backslash and quote, which is no CSV. Where a file
does so, a backslash before a quote is read as an escape, and each record must then have as many
cells as the header. A record that does not is tried in the plain reading too; if that fails it is
broken, and reading goes on with the next line that begins a whole record.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_MARK: Final = "\ue000"  # stands for an escaped quote while cells are cut
_LOOKAHEAD: Final = 400  # lines that one quoted cell may span
_DELIMITERS: Final = (";", ",", "\t", "|")

csv.field_size_limit(10_000_000)


@dataclass(slots=True)
class Cut:
    """`rows` are (number, cells); `broken` are (number, cells) whose count is wrong; `repaired`
    are the numbers of the rows whose quoting was mended. Numbers count records from 1."""

    rows: list[tuple[int, list[str]]]
    broken: list[tuple[int, list[str]]]
    repaired: list[int]
    width: int


def delimiter_of(lines: Sequence[str]) -> str:
    """The delimiter that cuts the first lines most evenly into the most cells."""
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        return lines[0].strip()[4]

    def score(mark: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=mark)]
        usual = max(set(counts), key=lambda n: (counts.count(n) * (n > 1), n), default=1)
        return (counts.count(usual) * (usual - 1), usual)

    return max(_DELIMITERS, key=score)


def cut(text: str, delimiter: str, header_at: int = 0) -> Cut:
    """All records of a text. The header is the record at `header_at`; records above it may have
    any number of cells."""
    lines = _lines(text)
    escaped = '\\"' in text
    result = Cut([], [], [], 0)
    at = number = 0
    while at < len(lines):
        source = _Source(lines, at, escaped)
        whole = 0
        for cells in _records(csv.reader(source, delimiter=delimiter)):
            if number <= header_at:
                result.width = len(cells)
            fitting = _fitting(cells, result.width)
            spans = source.at - at - whole
            if fitting is None or spans > _LOOKAHEAD:
                break
            if spans > 1 and any(_MARK in cell for cell in fitting):
                shorter, used = _plain(lines, at + whole, delimiter, result.width)
                if shorter is not None and used < spans:
                    break  # the backslash was a cell's own last character
            number += 1
            if escaped and any(_MARK in cell for cell in fitting):
                fitting = [cell.replace(_MARK, '"') for cell in fitting]
                result.repaired.append(number)
            result.rows.append((number, fitting))
            whole = source.at - at
            source.until = source.at + _LOOKAHEAD + 1
        at += whole
        if at < len(lines):  # the record that begins here is not whole
            number += 1
            at += _mended(lines, at, delimiter, escaped, number, result)
    return result


class _Source:
    """Lines for the CSV reader, with escaped quotes marked; ends where one record would span too
    many lines."""

    def __init__(self, lines: Sequence[str], at: int, escaped: bool) -> None:
        self._lines = lines
        self._escaped = escaped
        self.at = at
        self.until = at + _LOOKAHEAD + 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.at >= min(len(self._lines), self.until):
            raise StopIteration
        line = self._lines[self.at]
        self.at += 1
        return line.replace('\\"', _MARK) if self._escaped else line


def _fitting(cells: list[str], width: int) -> list[str] | None:
    """The cells when they are as many as the header's, or none, or have only blanks beyond it."""
    if len(cells) == width or not cells:
        return cells
    if len(cells) > width and not any(cells[width:]):
        return cells[:width]
    return None


def _mended(
    lines: Sequence[str], at: int, delimiter: str, escaped: bool, number: int, result: Cut
) -> int:
    """Take the record at a line into the result, by the plain reading or as broken; returns how
    many lines it takes."""
    cells, used = _plain(lines, at, delimiter, result.width)
    if cells is not None:
        result.rows.append((number, cells))
        return used
    cells, used = _wreck(lines, at, delimiter, result.width, escaped)
    result.broken.append((number, [cell.replace(_MARK, '"') for cell in cells]))
    return used


def _lines(text: str) -> list[str]:
    """Lines as CSV has them: only CR and LF end one, not the other marks that Python knows."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return [f"{line}\n" for line in lines]


def _records(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    """The reader's records; a cell beyond the size limit ends the reading there."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield ["\0"] * 10_000
            return


def _plain(
    lines: Sequence[str], at: int, delimiter: str, width: int
) -> tuple[list[str] | None, int]:
    """The record at a line by the plain rules of CSV, when it comes out whole."""
    reader = csv.reader(iter(lines[at : at + _LOOKAHEAD]), delimiter=delimiter)
    try:
        cells = next(reader)
    except (StopIteration, csv.Error):
        return None, 1
    return (cells, reader.line_num) if len(cells) == width else (None, 1)


def _wreck(
    lines: Sequence[str], at: int, delimiter: str, width: int, escaped: bool
) -> tuple[list[str], int]:
    """The sure cells of a broken record, then a quote where they end, and how many lines it takes:
    without a quote its own, else up to the next whole record."""
    used = 1
    while '"' in lines[at] and at + used < len(lines) and used < _LOOKAHEAD:
        following = lines[at + used : at + used + 50]
        source = (line.replace('\\"', _MARK) for line in following) if escaped else iter(following)
        try:
            cells = next(csv.reader(source, delimiter=delimiter))
        except (StopIteration, csv.Error):
            cells = []
        if _fitting(cells, width):
            break
        used += 1
    before, quote, _ = lines[at].rstrip("\n").partition('"')
    cells = before.split(delimiter)
    if quote:
        cells[-1] = quote  # from here on it is not sure what stands under which column
    return cells, used
