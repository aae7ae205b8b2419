import io
import json

import openpyxl
import polars as pl
import pytest

from rakorsus.engine.intake import join, read_bytes
from rakorsus.engine.intake.headers import normal
from rakorsus.engine.intake.personal import MASK, is_personal, mask_cells


@pytest.mark.parametrize(
    "name",
    [
        "nip_ppk", "Nama PPK", "NIK", "npwp_16_penyedia", "No. HP", "Alamat", "alamat_satker",
        "E-mail", "username_ppk", "nama_rek_bank", "no_rek_bank", "Nama Pejabat", "Telepon",
        "wakil_sah_penyedia", "nama_pelaksana", "nip_nama_pokja", "Nama Kepala Dinas", "PPTK",
    ],
)  # fmt: skip
def test_personal_columns(name):
    assert is_personal(normal(name))


@pytest.mark.parametrize(
    "name",
    [
        "nama_paket", "PELAKSANA", "hps", "Kode Rekening", "nama_satker", "nama_klpd", "lokasi",
        "Nama Rekening", "tanggal_mulai", "Alamat Pekerjaan", "kepala_urusan_kode", "Keterangan",
        "Penanggung Jawab", "Sasaran", "nipah",
    ],
)  # fmt: skip
def test_columns_about_work(name):
    assert not is_personal(normal(name))


def test_numbers_inside_free_text_are_masked():
    cells = {
        "a": "Hubungi 0812-3456-7890 atau ani@kota.go.id",
        "b": "PPK NIP 19700101 199503 1 001",
        "c": "NIK 7371010101700001, NPWP 01.234.567.8-901.000",
        "d": "1.03.02.2.01.0001 pagu 1.234.567.890, kd 10011868000",
        "e": "DATA-PRIBADI-DIHAPUS",
    }
    assert mask_cells(cells) == {
        "a": f"Hubungi {MASK} atau {MASK}",
        "b": f"PPK NIP {MASK}",
        "c": f"NIK {MASK}, NPWP {MASK}",
        "d": cells["d"],
    }


def test_a_column_of_personal_numbers_is_dropped_whatever_its_name():
    plain = {"nama_paket": "Jalan", "nilai_kontrak": 5}
    rows = [{**plain, "kd_tender": n, "x": f"197001011995031{n:03d}"} for n in range(5)]
    reading = read_bytes("k.json", json.dumps(rows).encode())
    assert reading.files[0].dropped == ("x",)


def test_personal_data_reach_nothing_even_when_columns_shift():
    secret = "SITI AMINAH"
    text = (
        "kd_rup,nama_paket,nama_ppk,pagu,tipe_swakelola,nip_ppk\n"
        f'1,"Jalan",{secret},10,1,197001011995031001\n'
        f'2,"Jembatan "baru", lama",{secret},10,1,197001011995031001\n'
        f"3,Pasar,{secret},bukan uang,1,197001011995031001\n"
        f"{secret},Pasar,10,1\n"
    )
    reading = read_bytes("p.csv", text.encode())
    (file,) = reading.files
    assert (file.read, file.accepted, len(file.set_aside)) == (4, 1, 3)
    everything = repr(reading) + repr(join(reading))
    with pl.Config(tbl_cols=-1, tbl_rows=-1, fmt_str_lengths=1000):
        everything += "".join(str(f) for fs in reading.tables.values() for f in fs)
    assert "19700101" not in everything
    assert everything.count(secret) == 0


def test_signatures_below_a_form_are_no_rows():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["KODE", "NAMA SKPD"],
        ["1.01.0.00.0.00.01.0000", "Dinas Pendidikan"],
        [],
        [None, "Kepala Bappeda,"],
        [None, "SITI AMINAH, S.Sos"],
        [None, "NIP. 197001011995031001"],
    ):
        sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    reading = read_bytes("s.xlsx", data.getvalue())
    (file,) = reading.files
    assert (file.read, file.accepted, file.structure) == (1, 1, 5)
    assert "AMINAH" not in repr(reading)


def test_coordinates_of_sixteen_digits_are_no_identity_numbers():
    corner = [119.5, -5.163438725999981]
    ring = [corner, [119.41, -5.16], [119.41, -5.17], corner]
    shape = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"kode": "73.71.01.1001", "nama": "Bontorannu", "nik": "1" * 16},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        ],
    }
    text = json.dumps(shape).replace("119.5", "119.4081542310000312")
    reading = read_bytes("batas.geojson", text.encode())
    regions = join(reading).regions
    assert regions.filter(code="73.71.01.1001")["geometry"].is_not_null().all()
    assert "1" * 16 not in repr(reading)
