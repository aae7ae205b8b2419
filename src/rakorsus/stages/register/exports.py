"""The filtered list as CSV, XLSX, JSON or GeoJSON, streamed and without formulas."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import IO, Any

import xlsxwriter

from rakorsus.engine.cells import safe_cell
from rakorsus.stages.register.models import Program
from rakorsus.stages.register.queries import listing, map
from rakorsus.stages.register.queries.filters import Filters

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "geojson": "application/geo+json",
}
Row = Sequence[Any]


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def as_csv(heads: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Comma-separated lines with a byte order mark, so that spreadsheets take them as UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(heads)
    for row in rows:
        yield writer.writerow([safe_cell(cell) for cell in row])


def as_xlsx(heads: Sequence[str], rows: Iterable[Row], sheet: str = "Program") -> IO[bytes]:
    """A workbook in a temporary file, at its beginning. Texts are written as texts."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 (the caller sends and closes it)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd"}  # fmt: skip
    with xlsxwriter.Workbook(target, options) as book:
        page = book.add_worksheet(sheet)
        page.freeze_panes(1, 0)
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        page.write_row(0, 0, heads, bold)
        count = 0
        for count, row in enumerate(rows, 1):
            page.write_row(count, 0, [safe_cell(cell) for cell in row])
        page.autofilter(0, 0, count, len(heads) - 1)
        page.set_column(0, len(heads) - 1, 18)
    target.seek(0)
    return target


def as_json(heads: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """One array of objects."""
    yield "["
    comma = ""
    for row in rows:
        yield comma + json.dumps(dict(zip(heads, row, strict=True)), default=_plain,
                                 ensure_ascii=False)  # fmt: skip
        comma = ",\n"
    yield "]\n"


def as_geojson(asked: Filters) -> Iterator[str]:
    """Features of the lines that have a place: a point where the evidence is one, otherwise the
    middle of the area, with `approximate` true."""
    heads = list(listing.EXPORTED)
    keys = listing.lines(asked).values_list("pk", flat=True)
    yield '{"type":"FeatureCollection","features":['
    comma = ""
    for part in _parts(keys.iterator(chunk_size=2000), 1000):
        middles = map.middles(part)
        rows = {r[-1]: r for r in Program.objects.filter(pk__in=part).values_list(
            *listing.EXPORTED.values(), "lon", "lat", "pk")}  # fmt: skip
        for pk in part:
            *cells, lon, lat, _ = rows[pk]
            point = (lon, lat) if lon is not None else middles.get(pk)
            if point is None:
                continue
            yield comma + json.dumps(
                {
                    "type": "Feature",
                    "geometry": {"type": "Point", "coordinates": list(point)},
                    "properties": dict(zip(heads, cells, strict=True))
                    | {"approximate": lon is None},
                },
                default=_plain, ensure_ascii=False,
            )  # fmt: skip
            comma = ",\n"
    yield "]}\n"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value)


def _parts(values: Iterable[int], size: int) -> Iterator[list[int]]:
    part: list[int] = []
    for value in values:
        part.append(value)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part
