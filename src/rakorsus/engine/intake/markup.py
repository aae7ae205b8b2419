"""HTML tables, which many applications hand out under the name of a spreadsheet."""

from __future__ import annotations

from html.parser import HTMLParser

from rakorsus.engine.intake.limits import Limits
from rakorsus.engine.intake.trouble import too_large, unsupported
from rakorsus.engine.intake.workbooks import Grid, Span


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[tuple[list[list[str | None]], list[Span]]] = []
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._down: dict[int, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append(([], []))
            self._down = {}
        elif tag == "tr" and self.tables:
            self._close()
            self.tables[-1][0].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1][0]:
            self._close()
            given = dict(attrs)
            self._span = (_count(given.get("rowspan")), _count(given.get("colspan")))
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._close()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _close(self) -> None:
        if self._cell is None:
            return
        rows, spans = self.tables[-1]
        row = rows[-1]
        at = len(rows) - 1
        while self._down.get(len(row), 0) > at:
            row.append(None)
        high, wide = self._span
        if high > 1 or wide > 1:
            spans.append(((at, len(row)), (at + high - 1, len(row) + wide - 1)))
        for column in range(len(row), len(row) + wide):
            self._down[column] = at + high
        row += [" ".join("".join(self._cell).split()) or None, *([None] * (wide - 1))]
        self._cell = None


def _count(text: str | None) -> int:
    return min(int(text), 100) if text and text.isdigit() and int(text) else 1


def read_markup(text: str, limits: Limits) -> list[Grid]:
    """The tables of an HTML text, each as a grid.

    Raises:
        Unreadable: there is none, or it is too large.
    """
    parser = _Tables()
    parser.feed(text)
    parser.close()
    grids = []
    for number, (rows, spans) in enumerate(parser.tables, 1):
        width = max((len(r) for r in rows), default=0)
        if len(rows) > limits.rows or width > limits.columns or len(rows) * width > limits.cells:
            raise too_large("Ukuran tabel", "The size of the table", limits.rows)
        if width:
            even = [row + [None] * (width - len(row)) for row in rows]
            sheet = f"Tabel {number}"
            grids.append(Grid(sheet, even, list(range(1, len(rows) + 1)), tuple(spans)))
    if not grids:
        raise unsupported("halaman HTML atau XML tanpa tabel")
    return grids
