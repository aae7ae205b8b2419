"""Forms made cell by cell, as officials' spreadsheets have them."""

import io
from datetime import date

import openpyxl
import polars as pl
import pytest

from rakorsus.engine.intake import join, read_bytes, read_paths


def workbook(rows, title="Sheet", merge=()):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for area in merge:
        sheet.merge_cells(area)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


RKPD = [
    ["RENCANA KERJA PEMERINTAH DAERAH"],
    ["KOTA MAKASSAR"],
    ["Perangkat Daerah : Dinas Pekerjaan Umum"],
    ["Kode", "Urusan/Bidang Urusan/Program/Kegiatan", "Indikator Kinerja", "Rencana Tahun 2022",
     None, None, "Perkiraan Maju", None],
    [None, None, None, "Lokasi", "Target", "Pagu Indikatif", "Target", "Pagu"],
    [1, 2, 3, 4, 5, 6, 7, 8],
    ["1", "URUSAN WAJIB", None, None, None, None, None, None],
    [1.3, "PEKERJAAN UMUM", None, None, None, None, None, None],
    ["1.03.10", "PROGRAM PENYELENGGARAAN JALAN", "Jalan mantap", "Kota Makassar", "80 %",
     "1.500.000.000", "85 %", "1.600.000.000"],
    ["1.03.10.2.01", "Penyelenggaraan Jalan", "Panjang", "Kec. Mariso", "5 km", 1500000000.0,
     None, None],
    [None, None, "Jumlah jembatan", None, "2 unit", None, None, None],
    ["1.03.10.2.01.0032", "Pembangunan Jalan", "Panjang jalan", "Kel. Lette, Kec. Mariso", "5 km",
     "Rp 1.500.000.000,00", None, None],
    [None, "JUMLAH", None, None, None, 1500000000.0, None, None],
    [None, None, None, None, None, "Makassar, 15 Maret 2022", None, None],
    [None, None, None, None, None, "Drs. Fulan, M.Si", None, None],
]  # fmt: skip


def test_rkpd_print_form():
    merge = ["D4:F4", "G4:H4", "A4:A5", "B4:B5", "C4:C5"]
    reading = read_bytes("rkpd.xlsx", workbook(RKPD, merge=merge))
    (file,) = reading.files
    assert (file.kind, file.read, file.accepted, file.structure) == ("rkpd", 6, 6, 9)
    assert "Fulan" not in repr(reading)
    picture = join(reading)
    lines = picture.programs.sort("code")
    assert lines["code"].to_list() == ["1.03.10", "1.03.10.2.01", "1.03.10.2.01.0032"]
    assert lines["budget"].to_list() == [1_500_000_000] * 3
    assert lines["government"].unique().to_list() == ["73.71"]
    assert lines["year"].unique().to_list() == [2022]
    assert lines["output"].to_list()[1] == "Panjang; Jumlah jembatan"
    assert lines["places"].to_list()[2] == ["Kel. Lette, Kec. Mariso"]
    assert picture.agencies["name"].to_list() == ["Dinas Pekerjaan Umum"]


def test_realisation_report_with_indented_names():
    rows = [
        ["Laporan Realisasi Anggaran", None, None, None, None, None, None, None],
        ["Urusan", ":", "1.03", None, None, None, None, None],
        ["Kode Rekening", None, None, "Uraian", None, None, "Anggaran", "Realisasi"],
        [1, None, None, 2, None, None, 3, 4],
        ["5", None, None, "BELANJA", None, None, 1000, 400],
        [None, "5.1", None, None, "Belanja Operasi", None, 600, 300],
        [None, None, "5.1.02", None, None, "Belanja Barang", 600, 300],
        [None, None, None, "JUMLAH", None, None, 1000, 400],
    ]
    reading = read_bytes("lra.xls", workbook(rows))
    (file,) = reading.files
    assert (file.kind, file.read, file.accepted, file.structure) == ("lra", 3, 3, 5)
    table = reading.table("lra")
    assert table.select("code", "title", "budget", "realised").rows() == [
        ("5", "BELANJA", 1000, 400),
        ("5.1", "Belanja Operasi", 600, 300),
        ("5.1.02", "Belanja Barang", 600, 300),
    ]


def test_renstra_keeps_headings_and_sets_a_nameless_row_aside():
    header = ["SASARAN", "KODE", "PROGRAM DAN KEGIATAN", "SATUAN", "INDIKATOR", "DATA CAPAIAN AWAL",
              "TARGET TAHUN 1", "DANA TAHUN 1"]  # fmt: skip
    rows = [
        header,
        [None, 1.3, "URUSAN PEKERJAAN UMUM", None, 0, None, None, None],
        [None, "x.xx.01", "PROGRAM PENUNJANG", None, 0, None, 240, 15264117328],
        [None, None, "Rehabilitasi", None, None, None, None, 2015259000],
    ]
    reading = read_bytes("renstra.xlsx", workbook(rows))
    (file,) = reading.files
    assert (file.read, file.accepted) == (3, 2)
    (row,) = file.set_aside
    assert (row.problem.row, row.problem.column) == (4, "KODE")
    assert row.content["PROGRAM DAN KEGIATAN"] == "Rehabilitasi"
    assert reading.table("renstra")["code"].to_list() == ["1.03", "X.XX.01"]


def test_sipd_tables_become_one_line_with_places_and_tags():
    main = (
        "kode_sbl;tahun_anggaran;kode_skpd;nama_skpd;kode_sub_skpd;nama_sub_skpd;kode_program;"
        "nama_program;kode_giat;nama_giat;kode_sub_giat;nama_sub_giat;pagu;waktu_awal;waktu_akhir;"
        "nama_dana;sasaran\n"
        "9.1;2025;1.03.0.00.0.00.01.0000;Dinas PU;1.03.0.00.0.00.01.0000;Dinas PU;1.03.10;JALAN;"
        "1.03.10.2.01;Jalan;1.03.10.2.01.0032;Pembangunan Jalan;1.250.000.000,00;Maret 2025;"
        "Juni 2025;DAU;Warga\n"
    )
    places = "kode_sbl,daerahteks,camatteks,lurahteks\n9.1,Kota Makassar,Mariso,Lette\n"
    tags = '[{"kode_sbl": "9.1", "namalabel": "Stunting"}]'
    pictures = []
    for order in ((0, 1, 2), (2, 1, 0)):
        contents = [main.encode("utf-16"), places.encode(), tags.encode()]
        pictures.append(join(_read([contents[i] for i in order])))
    line = pictures[0].programs.row(0, named=True)
    assert line["key"] == "dpa:9.1"
    assert line["places"] == ["Kel. Lette, Kec. Mariso, Kota Makassar"]
    assert (line["budget"], line["start"], line["end"]) == (
        1_250_000_000, date(2025, 3, 1), date(2025, 6, 30),
    )  # fmt: skip
    assert line["tags"] == ["Stunting"]
    drop = ["file", "row"]
    assert pictures[0].programs.drop(drop).equals(pictures[1].programs.drop(drop))


def _read(contents):
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        for number, content in enumerate(contents):
            (Path(folder) / f"{number}.dat").write_bytes(content)
        return read_paths([folder])


def test_sipd_budget_dump_is_summed_by_sub_kegiatan():
    rows = [
        ["Tahun", "Kode SKPD", "Nama SKPD", "Kode Sub Unit", "Nama Sub Unit", "Kode Program",
         "Nama Program", "Kode Kegiatan", "Nama Kegiatan", "Kode Sub Kegiatan",
         "Nama Sub Kegiatan", "Nama Sumber Dana", "Kode Rekening", "Nama Rekening", "Pagu"],
        *(
            [2025, "1.03.0.00.0.00.01.0000", "Dinas PU", "1.03.0.00.0.00.01.0000", "Dinas PU",
             "1.03.10", "JALAN", "1.03.10.2.01", "Jalan", code, "Pekerjaan", "DAU", "5.1.02",
             "Belanja", pagu]
            for code, pagu in (("1.03.10.2.01.0032", 100.0), ("1.03.10.2.01.0032", 50.0),
                               ("1.03.10.2.01.0044", 7.0))
        ),
    ]  # fmt: skip
    picture = join(read_bytes("sipd.xlsx", workbook(rows)))
    sums = dict(picture.programs.select("code", "budget").iter_rows())
    assert sums == {
        "1.03.10": 157, "1.03.10.2.01": 157, "1.03.10.2.01.0032": 150, "1.03.10.2.01.0044": 7,
    }  # fmt: skip
    keys = set(picture.programs["key"])
    assert {p for p in picture.programs["parent"] if p} <= keys


def test_rpjmd_targets_by_year_and_by_title():
    wide = [["Sasaran", "Indikator", "Satuan", "Kondisi Awal", "2024", "2025", "Kode Program",
             "Perangkat Daerah"],
            ["Jalan mantap", "Panjang", "km", 100, 110, 120, "1.03.10", "Dinas PU"]]  # fmt: skip
    targets = join(read_bytes("t.xlsx", workbook(wide))).targets
    assert targets.select("year", "target", "baseline", "code").rows() == [
        (2024, 110.0, 100.0, "1.03.10"), (2025, 120.0, 100.0, "1.03.10"),
    ]  # fmt: skip
    tall = [["SASARAN DAERAH"], [], ["No", "Sasaran", "Indikator", "Satuan", "Kondisi Awal",
            "Target 2022", "Kode Program", "Perangkat Daerah Penanggung Jawab"],
            [1, "Jalan mantap", "Panjang", "km", 100, 110, "1.03.10", "Dinas PU"]]  # fmt: skip
    targets = join(read_bytes("t.xlsx", workbook(tall))).targets
    assert targets.select("id", "year", "target").rows() == [("1:2022", 2022, 110.0)]


def test_boundaries_come_in_either_order_of_coordinates():
    ring = [[119.40, -5.16], [119.41, -5.16], [119.41, -5.15], [119.40, -5.16]]
    turned = [[y, x] for x, y in ring]
    import json

    for points in (ring, turned):
        feature = {
            "type": "Feature",
            "properties": {"kode": "73.71.01.1001", "nama": "Bontorannu"},
            "geometry": {"type": "Polygon", "coordinates": [points]},
        }
        content = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
        regions = join(read_bytes("b.geojson", content)).regions
        row = regions.filter(pl.col("code") == "73.71.01.1001").row(0, named=True)
        assert (round(row["lon"], 1), round(row["lat"], 1)) == (119.4, -5.2)
        assert row["geometry"].startswith("POLYGON ((119.4")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings(encoding):
    text = "kode;nama\n73.71;Kota Makassar\n73.71.01;Café Mariso\n"
    reading = read_bytes("w.csv", text.encode(encoding))
    assert reading.files[0].kind == "wilayah"
    assert reading.table("wilayah")["title"].to_list() == ["Kota Makassar", "Café Mariso"]
