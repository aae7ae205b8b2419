"""Reference files: agencies, nomenclature, regions, boundaries, goals, funds, RPJMD targets."""

from __future__ import annotations

from typing import Final

from rakorsus.engine.intake.fields import Kind, Type, f
from rakorsus.engine.records import Text

T = Type

REFERENCE: Final = (
    Kind(
        "perangkat_daerah",
        Text("Daftar perangkat daerah", "List of agencies"),
        (
            f(
                "office",
                T.OFFICE,
                "kode",
                "kode_skpd",
                "kode_opd",
                "kode_perangkat_daerah",
                required=True,
            ),
            f(
                "title",
                T.TEXT,
                "organisasi",
                "nama_skpd",
                "nama_opd",
                "perangkat_daerah",
                "nama_perangkat_daerah",
                "skpd",
                "opd",
                required=True,
            ),
            f("short", T.TEXT, "singkatan", "nama_singkat"),
            f("successor", T.OFFICE, "kode_pengganti", "pengganti"),
            f("remark", T.TEXT, "keterangan"),
        ),
        ("office", "title"),
        content={"office": r"^\d{1,2}([. ]+\d{1,4}){2,}$"},
        never=frozenset(
            {
                "pagu",
                "jumlah_pagu",
                "anggaran",
                "kode_subkegiatan",
                "kd_rup",
                "program",
                "nama_pekerjaan",
                "indikator",
                "nomor_baris",
                "kode_subgiat",
            }
        ),
    ),
    Kind(
        "nomenklatur",
        Text("Nomenklatur sub kegiatan nasional", "National nomenclature of sub kegiatan"),
        (
            f("government_kind", T.TEXT, "jenis_pemda", required=True),
            f("field", T.TEXT, "bidang", "bidang_urusan"),
            f("program", T.TEXT, "program"),
            f("kegiatan", T.TEXT, "kegiatan"),
            f("title", T.TEXT, "subkegiatan", required=True),
            f("output", T.TEXT, "kinerja"),
            f("indicator", T.TEXT, "indikator"),
            f("unit", T.TEXT, "satuan"),
            f("tags", T.LIST, "tag"),
            f("definition", T.TEXT, "definisi_operasional"),
            f("executor", T.TEXT, "pelaksana"),
            f("spm", T.TEXT, "spm"),
            f("kind", T.TEXT, "jenis"),
            f("predecessor", T.TEXT, "subkegiatan_sebelumnya"),
        ),
        ("government_kind", "title", "indicator"),
    ),
    Kind(
        "wilayah",
        Text("Kode wilayah", "Region codes"),
        (
            f("code", T.TEXT, "kode", "kode_wilayah", "kode_kemendagri", required=True),
            f("title", T.TEXT, "nama", "nama_wilayah", required=True),
            f("lat", T.NUMBER, "lat", "latitude", "lintang"),
            f("lon", T.NUMBER, "lng", "lon", "long", "longitude", "bujur"),
        ),
        ("code", "title"),
        never=frozenset({"geometry", "pagu"}),
        content={"code": r"^\d{2}(\.?\d{2}(\.?\d{2}(\.?\d{4})?)?)?$"},
    ),
    Kind(
        "batas_wilayah",
        Text("Batas wilayah (GeoJSON)", "Boundaries (GeoJSON)"),
        (
            f("code", T.TEXT, "~(kode|code|kd|id).*(wilayah|kel|desa|kec|kemendagri)?.*", "~kd.*"),
            f(
                "title",
                T.TEXT,
                "~(nama|name|kelurahan|desa|namobj|wadmkd|village).*",
                required=True,
            ),
            f("district", T.TEXT, "~(kecamatan|wadmkc|district).*"),
            f("regency", T.TEXT, "~(kabupaten|kota|wadmkk|regency).*"),
            f("geometry", T.TEXT, "geometry", required=True),
        ),
        ("geometry",),
        rank=9,
    ),
    Kind(
        "tujuan_sasaran",
        Text("Tujuan dan sasaran Renstra", "Goals of the Renstra"),
        (
            f("group", T.TEXT, "kelompok", required=True),
            f("title", T.TEXT, "tujuan_sasaran", required=True),
            f("indicator", T.TEXT, "~indikator.*"),
            f("remark", T.TEXT, "keterangan"),
        ),
        ("group", "title"),
    ),
    Kind(
        "sumber_dana",
        Text("Klasifikasi sumber dana", "Classification of funds"),
        (
            f("level_1", T.KEY, "sumber_dana", required=True),
            f("level_2", T.KEY, "kelompok"),
            f("level_3", T.KEY, "jenis"),
            f("level_4", T.KEY, "objek"),
            f("level_5", T.KEY, "rincian_objek"),
            f("level_6", T.KEY, "sub_rincian_objek"),
            f("title", T.TEXT, "uraian_akun", "uraian", "nama_sumber_dana", required=True),
            f("remark", T.TEXT, "keterangan"),
        ),
        ("level_1", "level_2", "title"),
    ),
    Kind(
        "sasaran_rpjmd",
        Text("Sasaran dan target RPJMD", "RPJMD targets"),
        (
            f("id", T.TEXT, "no", "nomor", "kode_sasaran"),
            f(
                "title",
                T.TEXT,
                "sasaran",
                "sasaran_daerah",
                "sasaran_strategis",
                "tujuan_sasaran",
                required=True,
            ),
            f("indicator", T.TEXT, "~indikator.*", required=True),
            f("unit", T.TEXT, "satuan"),
            f(
                "baseline",
                T.AMOUNT,
                "~kondisi_awal.*",
                "~(data_capaian|baseline|capaian)_?.*awal.*",
                "baseline",
            ),
            *(f(f"target_{y}", T.AMOUNT, f"~(target_)?(tahun_)?{y}") for y in range(2015, 2051)),
            f("target", T.AMOUNT, "target", "~target_akhir.*", "~kondisi_akhir.*"),
            f("year", T.YEAR, "tahun", "tahun_target"),
            f("budget", T.MONEY, "pagu", "pagu_indikatif", "anggaran", "kebutuhan_dana"),
            f("code", T.CODE, "kode_program", "kode_subkegiatan", "kode"),
            f("agency", T.TEXT, "~(perangkat_daerah|opd|pd|skpd).*", "~kode_(opd|skpd).*"),
        ),
        ("title", "indicator", "unit"),
        never=frozenset({"target_tahun_1", "jenis_pemda", "kode_subgiat"}),
    ),
)
