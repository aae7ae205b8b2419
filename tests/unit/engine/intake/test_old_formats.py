"""XLS and ODS say the same as XLSX."""

import io

import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from rakorsus.engine.intake import Limits, read_bytes

_ROWS = [["Kode", "Nama"], ["73.71", "Kota Makassar"], ["73.71.01", "Mariso"]]


def xls():
    book = xlwt.Workbook()
    sheet = book.add_sheet("Wilayah")
    for number, row in enumerate(_ROWS):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def ods(repeated=1):
    book = OpenDocumentSpreadsheet()
    table = Table(name="Wilayah")
    for row in _ROWS:
        line = TableRow(numberrowsrepeated=repeated)
        for text in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            line.addElement(cell)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    data = io.BytesIO()
    book.write(data)
    return data.getvalue()


def test_each_format_is_read_alike():
    for data in (xls(), ods()):
        reading = read_bytes("x", data)
        (file,) = reading.files
        assert (file.kind, file.read, file.accepted) == ("wilayah", 2, 2)
        assert file.sheets[0].sheet == "Wilayah"
        assert reading.table("wilayah").select("code", "title", "row").rows() == [
            ("73.71", "Kota Makassar", 2), ("73.71.01", "Mariso", 3),
        ]  # fmt: skip


def test_repeated_rows_of_an_ods_are_counted_before_they_unfold():
    (file,) = read_bytes("x", ods(repeated=1_000_000), limits=Limits(cells=100_000)).files
    assert file.kind == "unreadable"
    assert "sel" in file.reason.id
