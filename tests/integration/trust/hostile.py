"""Files that mean harm, made from the demonstration city's own: functions give name -> bytes."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from rakorsus.synth import city, files

SHEET, BOOK = "xl/worksheets/sheet1.xml", "pekerjaan_lembaga_luar.xlsx"
_ROWS = 25


@cache
def honest() -> dict[str, bytes]:
    """One short file of every kind that the demonstration loads."""
    with TemporaryDirectory() as folder:
        written = files.write(city.build(), Path(folder))
        return {path.name: _short(path) for path in written}


def _short(path: Path) -> bytes:
    if path.suffix == ".csv":
        return b"".join(path.read_bytes().splitlines(keepends=True)[: _ROWS + 1])
    if path.suffix == ".json":
        return json.dumps(json.loads(path.read_bytes())[:_ROWS], ensure_ascii=False).encode()
    return path.read_bytes()


def packed(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def changed(data: bytes, **members) -> bytes:
    """The workbook with members replaced by what a function makes of them; new ones get b""."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    for name, change in members["members"].items():
        held[name] = change(held.get(name, b""))
    return packed(held)


def _in_sheet(change) -> bytes:
    return changed(honest()[BOOK], members={SHEET: change})


def damaged(name: str) -> dict[str, bytes]:
    """One honest file, damaged in the ways that happen: cut off, bytes changed, another encoding,
    another ending."""
    data, dice = honest()[name], random.Random(name)
    flipped = bytearray(data)
    for _ in range(8):
        flipped[dice.randrange(len(flipped))] = dice.randrange(256)
    made = {
        f"terpotong-{name}": data[: dice.randrange(1, len(data))],
        f"rusak-{name}": bytes(flipped),
        f"dua-kali-{name}": data + data,
        f"{name}.pdf": data,
        f"dalam-{name}.zip": _broken_inside(name, data, dice),
    }
    if not name.endswith(".xlsx"):
        text = data.decode()
        made |= {
            f"utf16-{name}": text.encode("utf-16"),
            f"cp500-{name}": text.encode("cp500", "replace"),
            f"bukan-utf8-{name}": text.replace("a", "\xe9").encode("latin-1", "replace"),
            f"{name}.xlsx": data,
            f"nul-{name}": text.replace("Makassar", "Makas\0sar").encode(),
        }
    return made


def _broken_inside(name: str, data: bytes, dice: random.Random) -> bytes:
    whole = bytearray(packed({name: data, "wilayah.csv": honest()["wilayah.csv"]}))
    for _ in range(4):
        whole[dice.randrange(4, len(whole))] = dice.randrange(256)
    return bytes(whole)


def refused() -> dict[str, bytes]:
    """What must not be read at all."""
    book, doctype = honest()[BOOK], b'<?xml version="1.0"?><!DOCTYPE x [%s]>'
    entity = doctype % b'<!ENTITY e SYSTEM "file:///etc/hostname">'
    laughs = doctype % b"".join(
        b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"ha") for n in range(12)
    )

    def declared(content: bytes):
        return lambda sheet: content + sheet.split(b"?>", 1)[-1]

    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 9
    zipped = bytearray(packed({"rahasia.csv": honest()["wilayah.csv"]}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        zipped[zipped.index(mark) + at] |= 1
    return {
        "kosong.csv": b"", "spasi.csv": b" \n \n", "gambar.xlsx": b"\x89PNG\r\n\x1a\n" + b"0" * 99,
        "bersandi.xlsx": locked, "bersandi.zip": bytes(zipped),
        "entitas.xlsx": _in_sheet(declared(entity)), "tawa.xlsx": _in_sheet(declared(laughs)),
        "entitas-tabel.xml": entity + b"<table><tr><td>&e;</td><td>x</td></tr></table>",
        "entitas.ods": packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
                               "content.xml": entity + b"<x>&e;</x>"}),
        "bom.xlsx": _in_sheet(lambda sheet: sheet + b" " * 40_000_000),
        "bom.zip": packed({"a.csv": b"0" * 400_000_000}),
        "bom.csv.zip": packed({"dalam.zip": packed({"a.csv": b"kode;nama\n" + b"0" * 40_000_000})}),
        **{f"jauh-{n}.xlsx": book for n, book in _far_cells(book).items()},
        "jauh.ods": packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
                            "content.xml": _REPEATED}),
    }  # fmt: skip


#: A value without text, in a thousand million cells
_REPEATED = (
    b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body>'
    b'<office:spreadsheet><table:table table:name="a"><table:table-row '
    b'table:number-rows-repeated="1000000"><table:table-cell office:value-type="float" '
    b'office:value="1" table:number-columns-repeated="1000"/></table:table-row></table:table>'
    b"</office:spreadsheet></office:body></office:document-content>"
)


def _far_cells(book: bytes) -> dict[str, bytes]:
    """Sheets of one real cell far away, written in every way that the format allows."""
    far = b'<row r="60000"><c r="JZZ60000"><v>1</v></c></row></sheetData>'

    def with_end(end: bytes) -> bytes:
        return _in_sheet(lambda sheet: sheet.replace(b"</sheetData>", end))

    space = b'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    prefixed = far.replace(b"<row ", b"<x:row " + space).replace(b"</row", b"</x:row")
    prefixed = re.sub(rb"<(/?)([cv])\b", rb"<\1x:\2", prefixed)
    relations = "xl/_rels/workbook.xml.rels"
    moved = changed(book, members={
        SHEET: lambda sheet: b"",
        "xl/lain/a.bin": lambda _: _sheet_of(with_end(far)),
        relations: lambda found: found.replace(b"worksheets/sheet1.xml", b"lain/a.bin"),
    })  # fmt: skip
    return {
        "biasa": with_end(far), "petik": with_end(far.replace(b'"', b"'")),
        "awalan": with_end(prefixed), "pindah": moved,
        "kecil": with_end(far.replace(b"JZZ", b"jzz")),
        "sela": with_end(far.replace(b'r="', b'r = "')),
        "atribut": with_end(far.replace(b"<c ", b'<c t="a>b" ')),
        "baris": with_end(far.replace(b"60000", b"4000000000")),
    }  # fmt: skip


def _sheet_of(book: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return archive.read(SHEET)


def harmless() -> dict[str, bytes]:
    """What carries something ugly that is left where it is: the rows are read."""
    book = honest()[BOOK]
    macro = changed(book, members={
        "xl/vbaProject.bin": lambda _: b"Attribute VB_Name" * 50,
        "[Content_Types].xml": lambda found: found.replace(
            b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"),
    })  # fmt: skip
    wide = _in_sheet(lambda sheet: re.sub(rb"<dimension[^>]*>", b"", sheet).replace(
        b"<sheetData", b'<dimension ref="A1:XFD1048576"/><sheetData', 1))  # fmt: skip
    return {
        "makro.xlsm": macro, "makro.xlsx": macro, "sepuluh-juta-sel.xlsx": wide,
        "jalan.zip": packed({"../../../etc/cron.d/wilayah.csv": honest()["wilayah.csv"],
                             "/etc/../lokasi.csv": honest()["lokasi.csv"],
                             "C:\\windows\\paket.csv": honest()["paket_penyedia.csv"]}),
    }  # fmt: skip
