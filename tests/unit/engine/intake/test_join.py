"""One picture per program line, whatever number of files speak of it."""

import json

import polars as pl
import pytest

from rakorsus.engine import schema
from rakorsus.engine.intake import join, read_paths

_HEAD = {
    "tahun_anggaran": 2025, "kd_klpd": "D107", "nama_klpd": "Kab. Bandung",
    "jenis_klpd": "KABUPATEN", "kd_satker": 7, "kd_satker_str": "1.03.0.00.0.00.03.0000",
    "nama_satker": "DINAS PU",
}  # fmt: skip
_CODE = "1.03.10.2.01.0032"
_FILES = {
    "master_satker": [
        {**_HEAD, "status_satker": "Aktif", "jenis_satker": "SKPD"},
        {**_HEAD, "kd_satker": 8, "kd_satker_str": "1.03.0.00.0.00.03.0001",
         "nama_satker": "UPTD JALAN", "status_satker": "Aktif", "jenis_satker": "SKPD"},
        {**_HEAD, "kd_satker": 9, "kd_satker_str": "7.01.0.00.0.00.26.0000",
         "nama_satker": "KECAMATAN PASIRJAMBU", "status_satker": "Tutup", "jenis_satker": "SKPD"},
    ],
    "program": [{**_HEAD, "kd_program": 1, "kd_program_str": "1.03.10", "nama_program": "P",
                 "pagu_program": 5, "is_deleted": False}],
    "kegiatan": [{**_HEAD, "kd_program": 1, "kd_kegiatan": 2, "kd_kegiatan_str": "1.03.10.2.01",
                  "nama_kegiatan": "K", "pagu_kegiatan": 5, "is_deleted": False}],
    "sub": [
        {**_HEAD, "kd_program": 1, "kd_kegiatan": 2, "kd_subkegiatan": 3,
         "kd_subkegiatan_str": _CODE, "nama_subkegiatan": "S", "pagu_subkegiatan": 5,
         "is_deleted": False},
        {**_HEAD, "kd_program": 1, "kd_kegiatan": 2, "kd_subkegiatan": 4,
         "kd_subkegiatan_str": "1.03.10.2.01.0033", "nama_subkegiatan": "X",
         "pagu_subkegiatan": 5, "is_deleted": True},
    ],
    "penyedia": [{**_HEAD, "kd_rup": 100, "nama_paket": "Jalan A", "pagu": 900,
                  "metode_pengadaan": "Tender", "urarian_pekerjaan": "<p>Aspal&nbsp;baru</p>",
                  "tgl_awal_kontrak": "2025-04-01", "tgl_akhir_kontrak": "2025-08-01",
                  "status_umumkan_rup": "Terumumkan"}],
    "swakelola": [{**_HEAD, "kd_rup": 200, "nama_paket": "Rapat", "pagu": 50,
                   "tipe_swakelola": 1, "status_delete_rup": "false"},
                  {**_HEAD, "kd_rup": 201, "nama_paket": "Hapus", "pagu": 50,
                   "tipe_swakelola": 1, "status_delete_rup": "true"}],
    "lokasi": [{**_HEAD, "kd_rup": 100, "detail_lokasi": "Desa A", "kab_kota": "Bandung (Kab.)"},
               {**_HEAD, "kd_rup": 100, "detail_lokasi": "Desa B", "kab_kota": "Bandung (Kab.)"},
               {**_HEAD, "kd_rup": 100, "detail_lokasi": "Desa A", "kab_kota": "Bandung (Kab.)"},
               {**_HEAD, "kd_rup": 200, "detail_lokasi": "Aula", "kab_kota": "Jember (Kab.)"}],
    "tender": [
        {**_HEAD, "kd_tender": 11, "kd_rup": "100", "nama_paket": "Jalan A", "pagu": 900,
         "status_tender": "Gagal/Batal", "tgl_pengumuman_tender": "2025-02-01",
         "lokasi_pekerjaan": "Desa C"},
        {**_HEAD, "kd_tender": 12, "kd_rup": "100", "nama_paket": "Jalan A", "pagu": 900,
         "status_tender": "Selesai", "tgl_pengumuman_tender": "2025-03-01",
         "lokasi_pekerjaan": None},
        {**_HEAD, "kd_tender": 13, "kd_rup": "777", "nama_paket": "Jembatan", "pagu": 70,
         "status_tender": "Berlangsung", "tgl_pengumuman_tender": "2025-03-01",
         "lokasi_pekerjaan": None},
    ],
    "selesai": [{**_HEAD, "kd_tender": 12, "kd_rup": "100", "nama_paket": "Jalan A", "pagu": 900,
                 "mak": f"{_CODE}.5.2.04.01.01.0001.", "status_tender": "Selesai",
                 "tgl_penetapan_pemenang": "2025-03-20"}],
    "jadwal": [{**_HEAD, "kd_tender": 13, "kd_tahapan": n, "nama_tahapan": "t",
                "tgl_awal": f"2025-03-0{n}", "tgl_akhir": f"2025-03-1{n}"} for n in (1, 2)],
    "kontrak": [
        {**_HEAD, "kd_tender": 12, "nama_paket": "Jalan A", "no_kontrak": "a",
         "tgl_kontrak": "2025-04-02", "tgl_kontrak_awal": "2025-04-02",
         "tgl_kontrak_akhir": "2025-04-02", "nilai_kontrak": 800, "versi_addendum": 0,
         "status_kontrak": "Kontrak Sedang Berjalan"},
        {**_HEAD, "kd_tender": 12, "nama_paket": "Jalan A", "no_kontrak": "a",
         "tgl_kontrak": "2025-04-02", "tgl_kontrak_awal": "2025-04-03",
         "tgl_kontrak_akhir": "2025-07-30", "nilai_kontrak": 850, "versi_addendum": 1,
         "status_kontrak": "Kontrak Sedang Berjalan"},
    ],
    "pencatatan": [
        {**_HEAD, "kd_swakelola_pct": 31, "kd_rup": "200", "nama_paket": "Rapat", "pagu": 50,
         "total_realisasi": 20, "status_swakelola_pct_ket": "Paket Sedang Berjalan"},
        {**_HEAD, "kd_swakelola_pct": 32, "kd_rup": "200", "nama_paket": "Rapat", "pagu": 50,
         "total_realisasi": 99, "status_swakelola_pct_ket": "Paket Dibatalkan"},
        {**_HEAD, "kd_swakelola_pct": 33, "kd_rup": "300", "nama_paket": "Latihan", "pagu": 60,
         "total_realisasi": None, "status_swakelola_pct_ket": "Paket Selesai"},
    ],
    "realisasi": [{**_HEAD, "kd_swakelola_pct": 33, "nilai_realisasi": n} for n in (5, 7)],
}  # fmt: skip


@pytest.fixture
def picture(tmp_path):
    for name, rows in _FILES.items():
        (tmp_path / f"{name}.txt").write_text(json.dumps({"data": rows}), encoding="utf-8")
    return join(read_paths([tmp_path]))


def line(picture, key):
    return picture.programs.row(by_predicate=pl.col("key") == key, named=True)


def test_lines_and_frames(picture):
    assert picture.programs["key"].to_list() == [
        "kegiatan:2", "paket_penyedia:100", "paket_swakelola:200", "paket_swakelola:300",
        "program:1", "subkegiatan:3", "tender:13",
    ]  # fmt: skip
    for frame, columns in (
        (picture.programs, schema.PROGRAMS), (picture.agencies, schema.AGENCIES),
        (picture.regions, schema.REGIONS), (picture.targets, schema.TARGETS),
        (picture.nomenclature, schema.NOMENCLATURE),
    ):  # fmt: skip
        assert dict(frame.schema) == dict(columns)
    assert picture.programs["government"].unique().to_list() == ["32.04"]
    assert picture.programs["agency"].unique().to_list() == ["1.03.0.00.0.00.03.0000"]


def test_a_package_takes_what_its_later_documents_say(picture):
    one = line(picture, "paket_penyedia:100")
    assert one["places"] == ["Desa A", "Desa B", "Desa C"]
    assert (one["status"], one["contract_value"], one["code"]) == ("contracted", 850, _CODE)
    assert one["account"] == "5.2.04.01.01.0001"
    assert one["parent"] == "subkegiatan:3"
    assert one["description"] == "Aspal baru"
    assert str(one["contract_start"]) == "2025-04-03"
    assert str(one["announced"]) == "2025-03-01"
    assert (one["budget"], str(one["start"])) == (900, "2025-04-01")


def test_a_contract_of_one_day_says_nothing_about_the_period(tmp_path):
    rows = _FILES["kontrak"][:1]
    (tmp_path / "k.json").write_text(json.dumps(rows))
    one = join(read_paths([tmp_path])).programs.row(0, named=True)
    assert (one["key"], one["contract_start"], one["contract_end"]) == ("tender:12", None, None)
    assert str(one["contract_date"]) == "2025-04-02"
    assert one["contract_value"] == 800


def test_an_announcement_without_package_stands_alone(picture):
    one = line(picture, "tender:13")
    assert (one["package"], one["status"]) == ("777", "announced")
    assert (str(one["tender_start"]), str(one["tender_end"])) == ("2025-03-01", "2025-03-12")


def test_own_works_are_counted_once(picture):
    assert (line(picture, "paket_swakelola:200")["realised"]) == 20
    assert line(picture, "paket_swakelola:200")["places"] == ["Aula, Kab. Jember"]
    assert line(picture, "paket_swakelola:200")["status"] == "contracted"
    assert (line(picture, "paket_swakelola:300")["realised"]) == 12
    assert line(picture, "paket_swakelola:300")["status"] == "done"


def test_chain_and_agencies(picture):
    assert line(picture, "subkegiatan:3")["parent"] == "kegiatan:2"
    assert line(picture, "kegiatan:2")["parent"] == "program:1"
    rows = {r["code"]: r for r in picture.agencies.to_dicts()}
    assert rows["1.03.0.00.0.00.03.0001"]["kind"] == "unit"
    assert rows["1.03.0.00.0.00.03.0001"]["parent"] == "1.03.0.00.0.00.03.0000"
    kecamatan = rows["7.01.0.00.0.00.26.0000"]
    assert (kecamatan["kind"], kecamatan["active"]) == ("kecamatan", False)
    assert kecamatan["region"] in picture.regions["code"]


def test_the_order_of_files_changes_nothing(tmp_path, picture):
    other = tmp_path / "other"
    other.mkdir()
    for number, (name, rows) in enumerate(reversed(_FILES.items())):
        (other / f"{number:02d}-{name}.json").write_text(json.dumps(rows), encoding="utf-8")
    again = join(read_paths([other]))
    assert again.programs.drop("file").equals(picture.programs.drop("file"))
    assert again.agencies.equals(picture.agencies)


def test_a_list_of_strategic_programs_marks_packages_and_adds_nothing(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(["Nomor baris", "Tahun anggaran", "Perangkat daerah", "Nama pekerjaan",
                  "Program strategis", "Jabatan penanggung jawab", "Pagu (Rp)"])  # fmt: skip
    office = _HEAD["kd_satker_str"]
    sheet.append(["100", 2025, office, "Jalan A menurut daftar", "Ya", "Kepala Bidang", 1])
    sheet.append(["A-1", 2025, office, "Pekerjaan lain", "Ya", "", 2])
    sheet.append(["200", 2025, "7.01.0.00.0.00.26.0000", "Nomor unit lain", "Ya", "", 3])
    book.save(tmp_path / "strategis.xlsx")
    for name in ("master_satker", "penyedia", "swakelola"):
        (tmp_path / f"{name}.json").write_text(json.dumps(_FILES[name]))
    lines = join(read_paths([tmp_path])).programs
    said = {
        key: rest
        for key, *rest in lines.select("key", "title", "budget", "strategic", "owner").iter_rows()
    }
    assert said == {
        "paket_penyedia:100": ["Jalan A", 900, True, "Kepala Bidang"],
        "paket_swakelola:200": ["Rapat", 50, False, None],
        "other:A-1": ["Pekerjaan lain", 2, True, None],
        "other:200": ["Nomor unit lain", 3, True, None],
    }
