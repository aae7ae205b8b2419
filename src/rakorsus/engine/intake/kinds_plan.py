"""Planning and budget files: SIPD, Renja and DPA, Renstra, RKPD, realisation report, template."""

from __future__ import annotations

from typing import Final

from rakorsus.engine.intake.fields import Kind, Type, f
from rakorsus.engine.records import Text

T = Type

_SIPD_KEY: Final = f("activity", T.TEXT, "kode_sbl", required=True)
_SIPD_YEAR: Final = f("year", T.YEAR, "tahun_anggaran", "tahun")

SIPD: Final = (
    Kind(
        "sipd_anggaran",
        Text("Rincian anggaran SIPD", "SIPD budget dump"),
        (
            f("year", T.YEAR, "tahun", "tahun_anggaran"),
            f("office", T.OFFICE, "kode_skpd", required=True),
            f("office_name", T.TEXT, "nama_skpd"),
            f("unit", T.OFFICE, "kode_sub_unit", "kode_sub_skpd", "kode_unit"),
            f("unit_name", T.TEXT, "nama_sub_unit", "nama_sub_skpd", "nama_unit"),
            f("program_code", T.CODE, "kode_program"),
            f("program_title", T.TEXT, "nama_program"),
            f("kegiatan_code", T.CODE, "kode_kegiatan"),
            f("kegiatan_title", T.TEXT, "nama_kegiatan"),
            f("code", T.CODE, "kode_subkegiatan", required=True),
            f("title", T.TEXT, "nama_subkegiatan", required=True),
            f("fund", T.TEXT, "nama_sumber_dana", "nama_dana", "sumber_dana"),
            f("account", T.TEXT, "kode_rekening", "kode_akun"),
            f("account_name", T.TEXT, "nama_rekening", "nama_akun"),
            f("item", T.TEXT, "nama_standar_harga"),
            f("group", T.TEXT, "nama_paket_kelompok", "nama_paket", "paket_kelompok"),
            f("budget", T.MONEY, "pagu", "nilai_rincian", "anggaran", required=True),
        ),
        ("office", "code", "title", "budget"),
    ),
    Kind(
        "sipd_subkegiatan",
        Text("Sub kegiatan SIPD (data_sub_keg_bl)", "SIPD sub kegiatan (data_sub_keg_bl)"),
        (
            _SIPD_KEY,
            _SIPD_YEAR,
            f("office", T.OFFICE, "kode_skpd", required=True),
            f("office_name", T.TEXT, "nama_skpd"),
            f("unit", T.OFFICE, "kode_sub_skpd"),
            f("unit_name", T.TEXT, "nama_sub_skpd"),
            f("program_code", T.CODE, "kode_program"),
            f("program_title", T.TEXT, "nama_program"),
            f("kegiatan_code", T.CODE, "kode_giat"),
            f("kegiatan_title", T.TEXT, "nama_giat"),
            f("code", T.CODE, "kode_subgiat", required=True),
            f("title", T.TEXT, "nama_subgiat", required=True),
            f("budget", T.MONEY, "pagu", required=True),
            f("start", T.START, "waktu_awal"),
            f("end", T.END, "waktu_akhir"),
            f("fund", T.TEXT, "nama_dana"),
            f("beneficiaries", T.TEXT, "sasaran"),
            f("indicator", T.TEXT, "indikator", "output_sub_giat"),
            f("unit_name_of_target", T.TEXT, "satuan"),
            f("target", T.AMOUNT, "target_1", "target"),
            f("label", T.TEXT, "label_pusat", "label_kokab", "label_prov"),
        ),
        ("activity", "code", "title", "budget"),
    ),
    Kind(
        "sipd_lokasi",
        Text("Lokasi sub kegiatan SIPD", "Places of SIPD sub kegiatan"),
        (
            _SIPD_KEY,
            f("regency", T.TEXT, "daerahteks"),
            f("district", T.TEXT, "camatteks"),
            f("village", T.TEXT, "lurahteks"),
        ),
        ("activity", "district"),
    ),
    Kind(
        "sipd_tag",
        Text("Label sub kegiatan SIPD", "Tags of SIPD sub kegiatan"),
        (_SIPD_KEY, f("tag", T.TEXT, "namalabel", required=True)),
        ("activity", "tag"),
    ),
    Kind(
        "sipd_dana",
        Text("Sumber dana sub kegiatan SIPD", "Funds of SIPD sub kegiatan"),
        (
            _SIPD_KEY,
            f("fund_code", T.TEXT, "kodedana"),
            f("fund", T.TEXT, "namadana"),
            f("budget", T.MONEY, "pagudana", required=True),
        ),
        ("activity", "budget"),
        never=frozenset({"nama_subgiat"}),
    ),
    Kind(
        "sipd_indikator",
        Text("Indikator sub kegiatan SIPD", "Indicators of SIPD sub kegiatan"),
        (
            _SIPD_KEY,
            f("output", T.TEXT, "outputteks", required=True),
            f("target", T.AMOUNT, "targetoutput", "targetoutputteks"),
            f("unit_text", T.TEXT, "satuanoutput"),
        ),
        ("activity", "output"),
    ),
)

FORMS: Final = (
    Kind(
        "renja",
        Text("Formulir Renja/DPA", "Renja/DPA form"),
        (
            f("code", T.CODE, "kode_subkegiatan", "kode_rekening", "kode", required=True),
            f("title", T.TEXT, "program_dan_kegiatan", "nama_subkegiatan", required=True),
            f("outcome", T.TEXT, "~tolak_ukur_capaian.*"),
            f("outcome_target", T.AMOUNT, "~target_kinerja_capaian.*"),
            f("indicator", T.TEXT, "~tolak_ukur_keluaran.*"),
            f("target", T.AMOUNT, "~target_kinerja_keluaran.*"),
            f("result", T.TEXT, "~tolak_ukur_hasil.*"),
            f("result_target", T.AMOUNT, "~target_kinerja_hasil.*"),
            f("fund", T.TEXT, "sumber_dana"),
            f("place", T.TEXT, "lokasi"),
            f("output", T.TEXT, "~keluaran_subkeg.*", "~keluaran_sub_keg.*"),
            f("start", T.START, "awal_pelaksanaan", "mulai"),
            f("end", T.END, "akhir_pelaksanaan", "selesai"),
            f("budget", T.MONEY, "jumlah_pagu", "pagu", required=True),
            f("remark", T.TEXT, "keterangan"),
        ),
        ("code", "title", "indicator", "budget"),
        rank=1,
    ),
    Kind(
        "renstra",
        Text("Renstra perangkat daerah", "Agency strategic plan (Renstra)"),
        (
            f("goal", T.TEXT, "sasaran"),
            f("code", T.CODE, "kode", required=True),
            f("title", T.TEXT, "~program.*kegiatan.*", "uraian", required=True),
            f("unit", T.TEXT, "satuan"),
            f("indicator", T.TEXT, "~indikator.*"),
            f("baseline", T.AMOUNT, "~data_capaian_awal.*", "~kondisi_awal.*"),
            *(
                one
                for n in range(1, 7)
                for one in (
                    f(f"target_{n}", T.AMOUNT, f"target_tahun_{n}"),
                    f(f"budget_{n}", T.MONEY, f"dana_tahun_{n}", f"pagu_tahun_{n}"),
                )
            ),
            f("place", T.TEXT, "lokasi"),
            f("remark", T.TEXT, "keterangan"),
        ),
        ("code", "title", "target_1", "budget_1"),
        rank=2,
    ),
    Kind(
        "rkpd",
        Text("Lampiran RKPD", "RKPD annex"),
        (
            f("code", T.CODE, "~kode.*", required=True),
            f(
                "title",
                T.TEXT,
                "~.*urusan.*program.*",
                "~.*program.*kegiatan.*",
                "~uraian.*",
                required=True,
            ),
            f("indicator", T.TEXT, "~indikator.*", "~tolok_ukur.*"),
            f("place", T.TEXT, "~rencana_tahun.*lokasi", "~lokasi.*"),
            f("target", T.AMOUNT, "~rencana_tahun.*target.*", "~target.*"),
            f(
                "budget",
                T.MONEY,
                "~rencana_tahun.*(pagu|dana|anggaran|kebutuhan).*",
                "~(pagu|kebutuhan_dana).*",
            ),
            f("fund", T.TEXT, "~(rencana_tahun.*)?sumber_dana"),
            f("remark", T.TEXT, "~catatan.*", "~keterangan.*"),
            f("next_target", T.AMOUNT, "~perkiraan_maju.*target.*", "~prakiraan_maju.*target.*"),
            f(
                "next_budget",
                T.MONEY,
                "~pr?erkiraan_maju.*(pagu|dana|kebutuhan).*",
                "~prakiraan_maju.*(pagu|dana|kebutuhan).*",
            ),
            f("office_name", T.TEXT, "~perangkat_daerah.*", "~opd.*", "~.*penanggung_jawab"),
        ),
        ("code", "title", "budget", "next_budget"),
        rank=3,
    ),
    Kind(
        "lra",
        Text("Laporan realisasi anggaran", "Realisation report (LRA)"),
        (
            f("code", T.TEXT, "~kode.*", required=True),
            f("title", T.TEXT, "uraian", "~uraian.*", required=True),
            f("budget", T.MONEY, "~(jumlah_)?anggaran.*", "~.*setelah_perubahan.*", "~pagu.*"),
            f("realised", T.MONEY, "~(jumlah_)?realisasi.*"),
        ),
        ("code", "title", "budget", "realised"),
    ),
    Kind(
        "template",
        Text("Templat Rakorsus", "Rakorsus template"),
        (
            f("id", T.TEXT, "nomor_baris", required=True),
            f("year", T.YEAR, "tahun_anggaran", required=True),
            f("agency", T.TEXT, "perangkat_daerah", required=True),
            f("agency_name", T.TEXT, "nama_perangkat_daerah"),
            f("code", T.TEXT, "subkegiatan"),
            f("title", T.TEXT, "nama_pekerjaan", required=True),
            f("description", T.TEXT, "uraian"),
            f("place", T.TEXT, "lokasi"),
            f("start", T.START, "tanggal_mulai"),
            f("end", T.END, "tanggal_selesai"),
            f("budget", T.MONEY, "pagu_rp"),
            f("fund", T.TEXT, "sumber_dana"),
            f("method", T.TEXT, "cara_pengadaan"),
            f("volume", T.TEXT, "volume"),
            f("output", T.TEXT, "keluaran"),
            f("target", T.AMOUNT, "target"),
            f("unit", T.TEXT, "satuan"),
            f("beneficiaries", T.TEXT, "sasaran_penerima"),
            f("tags", T.LIST, "label"),
            f("strategic", T.FLAG, "program_strategis"),
            f("owner", T.TEXT, "jabatan_penanggung_jawab"),
        ),
        ("id", "year", "agency", "title"),
        rank=5,
    ),
)
