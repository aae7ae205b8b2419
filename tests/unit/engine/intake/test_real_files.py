"""The real planning files: every row accounted for, nothing personal, one picture."""

import json
import re
from itertools import chain

import pytest
from tests.real import DATA, needs_real_files

from rakorsus.cli.main import main
from rakorsus.engine.intake import join, read_paths


@pytest.fixture(scope="module")
def reading():
    return read_paths([DATA])


_ROWS = {
    "kegiatan_master": 1150, "lokasi_1": 21030, "lokasi_2": 10705, "master_satker": 165,
    "nontender_kontrak": 1047, "nontender_pengumuman": 2386, "paket_swakelola": 5524,
    "program_master": 409, "struktur_anggaran_pd": 165, "subkegiatan_master": 3949,
    "swakelola_pencatatan": 209, "swakelola_realisasi": 432, "tender_jadwal": 1428,
    "tender_kontrak": 52, "tender_pengumuman": 92, "tender_selesai": 68,
    "nomenklatur_subkegiatan_2027_1": 7581, "organisasi_perangkat_daerah": 32,
    "renja_subkegiatan_pupr": 44, "renstra_pupr": 95, "sumber_dana": 300,
    "tujuan_sasaran_renstra": 29, "makassar_kelurahan": 153, "makassar_kode": 169,
}  # fmt: skip


@needs_real_files
def test_every_row_of_every_file_is_accounted_for(reading):
    read = {f.path.rsplit("/", 1)[1].split(".")[0]: f for f in reading.files}
    assert {n: read[n].read for n in _ROWS} == _ROWS
    assert all(f.read == f.accepted + len(f.set_aside) for f in reading.files)
    assert {n: read[n].kind for n in _ROWS if read[n].kind in ("unknown", "unreadable")} == {}
    aside = [r.problem for f in reading.files for r in f.set_aside]
    assert [(p.sheet, p.row, p.column) for p in aside] == [("RENSTRA", 56, "KODE")]


@needs_real_files
def test_the_rows_with_broken_quoting_are_read_as_they_were_meant(reading):
    lokasi = reading.table("lokasi")
    assert lokasi["place"].str.contains(r'Pahlawan" Sadu, Soreang').sum() == 1
    raw = "".join(
        (DATA / "rup-bandung-2025" / f"lokasi_{n}.csv").read_text("utf-8") for n in (1, 2)
    )
    tails = re.findall(r',\d*,"([^"]*)",\d*,"([^"]*)","[\d-]+"\r?\n', raw)
    assert lokasi.select("regency", "province").drop_nulls().rows() == tails
    assert set(reading.table("paket_swakelola")["published"]) == {"Terumumkan"}
    notes = {f.path.rsplit("/", 1)[1]: len(f.repaired) for f in reading.files if f.repaired}
    assert (notes["lokasi_1.csv"], notes["lokasi_2.csv"]) == (1, 18)


@needs_real_files
def test_nothing_personal_gets_through(reading, capsys):
    assert main(["check", "--json", str(DATA)]) == 0
    out = capsys.readouterr().out
    assert "DATA-PRIBADI" not in out
    assert sum(f["read"] for f in json.loads(out)["files"]) == reading.read
    picture = join(reading)
    for frame in (picture.programs, picture.agencies, *chain(*reading.tables.values())):
        assert "DATA-PRIBADI" not in json.dumps(frame.to_dicts(), default=str)


@needs_real_files
def test_one_picture(reading):
    picture = join(reading)
    lines = picture.programs
    assert lines["key"].n_unique() == lines.height
    assert lines.select("agency", "title", "government").null_count().row(0) == (0, 0, 0)
    counts = dict(lines.group_by("source").len().iter_rows())
    assert counts == {
        "program": 409, "kegiatan": 1150, "subkegiatan": 3949, "paket_swakelola": 5562,
        "tender": 92, "nontender": 2386, "renja": 44,
    }  # fmt: skip
    assert set(lines["agency"]) <= set(picture.agencies["code"])
    assert set(lines["parent"].drop_nulls()) <= set(lines["key"])
    renja = lines.filter(source="renja")
    assert renja["government"].unique().to_list() == ["76.01"]
    assert renja["budget"].sum() == 125_103_902_555
    assert picture.nomenclature.filter(level="sub_kegiatan").height == 7581


@needs_real_files
def test_check_ends_with_the_agreed_codes(tmp_path, capsys):
    renstra = DATA / "formulir" / "renstra_pupr.xlsx"
    assert main(["check", str(renstra)]) == 0
    assert main(["check", "--strict", str(renstra)]) == 1
    assert main(["check", str(tmp_path / "none")]) == 2
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.4")
    assert main(["check", str(tmp_path / "x.pdf")]) == 2
    assert "baris 56, kolom KODE" in capsys.readouterr().out
