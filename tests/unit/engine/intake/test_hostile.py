"""Files that are broken, locked or meant to do harm: a report, never an exception, never a bomb."""

import io
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from rakorsus.engine.intake import Limits, read_bytes, read_paths, write_rows

_ROW = {"id": "A-1", "year": 2025, "agency": "1.03.0.00.0.00.01.0000 Dinas PU", "title": "Jalan"}


def sheet(rows):
    data = io.BytesIO()
    write_rows(data, rows)
    return data.getvalue()


def packed(members, compression=zipfile.ZIP_DEFLATED):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def changed(data, name, change):
    """The packed document with one member changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {n: archive.read(n) for n in archive.namelist()}
    members[name] = change(members[name])
    return packed(members)


def refusal(data, **bounds):
    reading = read_bytes("x", data, limits=Limits(**bounds))
    (file,) = reading.files
    assert file.kind == "unreadable"
    assert reading.tables == {}
    return file.reason


def test_a_zip_bomb_is_refused_before_it_unpacks():
    bomb = packed({"a.csv": b"kode;nama\n" + b"0" * 40_000_000})
    assert "Ukuran setelah dibuka" in refusal(bomb).id
    swollen = changed(sheet([_ROW]), "xl/worksheets/sheet1.xml", lambda c: c + b" " * 40_000_000)
    assert "Ukuran setelah dibuka" in refusal(swollen).id


def test_entities_are_refused():
    doctype = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    evil = changed(sheet([_ROW]), "xl/sharedStrings.xml", lambda c: doctype + c.split(b"?>", 1)[1])
    assert "DTD" in refusal(evil).en
    assert "DTD" in refusal(doctype + b"<table><tr><td>&e;</td></tr></table>").en


def test_one_far_away_cell_does_not_make_a_giant_sheet():
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    evil = changed(
        sheet([_ROW]),
        "xl/worksheets/sheet1.xml",
        lambda c: c.replace(b"</sheetData>", far),
    )
    assert "batas" in refusal(evil).id


def test_too_large_and_too_wide():
    assert "MB" in refusal(b"a;b\n" * 1_000_000, file=1 << 20).id
    assert "kolom" in refusal((";".join("abcdefgh" * 9) + "\n1;2\n").encode(), columns=50).id
    assert "baris" in refusal(b"kode;nama\n" + b"73.71;x\n" * 50, rows=20).id


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\0\0\0", b"%PDF-1.7 ...", b"\x89PNG\r\n", b"PK\x03\x04broken", b"Rar!\x1a\x07",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"{", b"[1, 2", b'{"a": 1}', b"[]",
        b"<html><p>x</p></html>", b"satu baris kalimat saja", b"[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_table_is_said_so_in_both_languages(data):
    (file,) = read_bytes("x", data).files
    assert file.kind in ("unreadable", "unknown")
    assert file.reason.id != file.reason.en


def test_locked_workbooks():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    assert "kata sandi" in refusal(ole).id


def test_formulas_are_not_evaluated_and_macros_not_run():
    book = openpyxl.Workbook()
    page = book.active
    page.append(["kode", "nama"])
    page.append(["73.71", '=HYPERLINK("http://x","Makassar")'])
    page.append(["73.71.01", "Mariso"])
    data = io.BytesIO()
    book.save(data)
    reading = read_bytes("x.xlsx", data.getvalue())
    (file,) = reading.files
    assert (file.read, file.accepted) == (2, 1)
    assert "HYPERLINK" not in repr(reading)


def test_an_html_table_under_the_name_of_a_spreadsheet():
    html = (
        "<html><table><tr><th>Kode</th><th>Nama</th></tr>"
        "<tr><td>73.71</td><td>Kota<br>Makassar</td></tr></table></html>"
    )
    reading = read_bytes("data.xls", html.encode())
    assert reading.table("wilayah")["title"].to_list() == ["Kota Makassar"]


def test_zip_of_files_and_the_same_file_twice(tmp_path):
    csv = b"kode;nama\n73.71;Makassar\n"
    (tmp_path / "a.zip").write_bytes(packed({"x/w.csv": csv, "__MACOSX/x": b"?", "y.csv": csv}))
    (tmp_path / "b.csv").write_bytes(csv)
    reading = read_paths([tmp_path])
    read = [(f.path.removeprefix(f"{tmp_path}/"), f.read, bool(f.same_as)) for f in reading.files]
    assert read == [
        ("a.zip/x/w.csv", 1, False), ("a.zip/y.csv", 0, True), ("b.csv", 0, True),
    ]  # fmt: skip


_SEEDS = {
    "xlsx": sheet([_ROW | {"id": f"A-{n}", "place": 'Jl. "Baru"'} for n in range(6)]),
    "csv": b'kd_rup,nama_paket,pagu,tipe_swakelola,nip_ppk\n1,"a \\"b\\"",10,1,x\n2,"c",20,1,x\n'
    b'3,"d\ne",30,1,x\n',
    "json": b'[{"kd_tender": 1, "nama_paket": "a", "nilai_kontrak": 5}, {"kd_tender": 2, '
    b'"nama_paket": "b", "nilai_kontrak": 6.5}]',
}


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],
)
@given(
    st.sampled_from(sorted(_SEEDS)),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255), st.sampled_from("rdi")), max_size=6),
)
def test_whatever_is_damaged_read_is_accepted_plus_set_aside(kind, damage):
    data = bytearray(_SEEDS[kind])
    for share, byte, how in damage:
        at = min(int(share * len(data)), len(data) - 1)
        if how == "r":
            data[at] = byte
        elif how == "d":
            del data[at]
        else:
            data.insert(at, byte)
    reading = read_bytes("x", bytes(data))
    for file in reading.files:
        assert file.read == file.accepted + len(file.set_aside)
        for one in file.sheets:
            assert one.read == one.accepted + one.set_aside
        assert file.kind == "unreadable" or file.sheets
    accepted = sum(f.height for fs in reading.tables.values() for f in fs)
    assert accepted == reading.accepted
