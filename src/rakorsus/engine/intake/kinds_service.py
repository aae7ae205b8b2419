"""The procurement-plan service of LKPP (SiRUP and SPSE over the service bus), as JSON or CSV."""

from __future__ import annotations

from typing import Final

from rakorsus.engine.intake.fields import Kind, Type, f
from rakorsus.engine.records import Text

T = Type

_HEAD: Final = (
    f("year", T.YEAR, "tahun_anggaran", "tahun"),
    f("institution", T.TEXT, "kd_klpd"),
    f("government", T.TEXT, "nama_klpd"),
    f("government_kind", T.TEXT, "jenis_klpd"),
    f("office_key", T.KEY, "kd_satker"),
    f("office", T.OFFICE, "kd_satker_str"),
    f("office_name", T.TEXT, "nama_satker"),
    f("recorded", T.START, "_event_date", "event_date"),
)
_PACKAGE: Final = f("package", T.KEY, "kd_rup", required=True)
_TITLE: Final = f("title", T.TEXT, "nama_paket", "nm_paket", required=True)
_DESCRIPTION: Final = f(
    "description", T.TEXT, "uraian_pekerjaan", "urarian_pekerjaan", "uraian_paket", "uraian"
)
_DELETED: Final = f("deleted", T.FLAG, "is_deleted", "status_delete_rup", "is_delete")
_PLAN: Final = (
    f("active", T.FLAG, "status_aktif_rup", "status_aktif"),
    f("published", T.TEXT, "status_umumkan_rup", "status_umumkan"),
    f("announced", T.START, "tgl_pengumuman_paket", "tgl_pengumuman_rup"),
    _DELETED,
    f("fund", T.TEXT, "sumber_dana"),
    f("mak", T.TEXT, "mak"),
)


def _master(name: str, title: Text, noun: str, *above: str) -> Kind:
    return Kind(
        name,
        title,
        (
            *_HEAD,
            *(f(f"{up}_key", T.KEY, f"kd_{up}") for up in above),
            f("id", T.KEY, f"kd_{noun}", required=True),
            f("code", T.CODE, f"kd_{noun}_str"),
            f("title", T.TEXT, f"nama_{noun}", required=True),
            f("budget", T.MONEY, f"pagu_{noun}"),
            _DELETED,
        ),
        ("id", "title"),
        never=frozenset({"kd_rup"}),
    )


def _announcement(name: str, title: Text, noun: str) -> Kind:
    return Kind(
        name,
        title,
        (
            *_HEAD,
            f("id", T.KEY, f"kd_{noun}", required=True),
            f("package", T.TEXT, "kd_rup", "kd_rup_paket"),
            _TITLE,
            f("budget", T.MONEY, "pagu"),
            f("estimate", T.MONEY, "hps"),
            f("fund", T.TEXT, "sumber_dana"),
            f("mak", T.TEXT, "mak"),
            f("works", T.TEXT, "jenis_pengadaan"),
            f("method", T.TEXT, "mtd_pemilihan", "metode_pemilihan"),
            f("status", T.TEXT, f"status_{noun}"),
            f("version", T.NUMBER, f"versi_{noun}"),
            f("closed", T.TEXT, "ket_ditutup"),
            f("repeated", T.TEXT, "ket_diulang"),
            f("announced", T.START, f"tgl_pengumuman_{noun}"),
            f("place", T.TEXT, "lokasi_pekerjaan"),
            _DESCRIPTION,
        ),
        ("id", "title", "status"),
        never=frozenset({"tgl_penetapan_pemenang", "nilai_kontrak", "no_kontrak"}),
    )


def _finished(name: str, title: Text, noun: str) -> Kind:
    return Kind(
        name,
        title,
        (
            *_HEAD,
            f("id", T.KEY, f"kd_{noun}", required=True),
            f("package", T.TEXT, "kd_rup"),
            _TITLE,
            f("budget", T.MONEY, "pagu"),
            f("mak", T.TEXT, "mak"),
            f("method", T.TEXT, "mtd_pemilihan"),
            f("fund", T.TEXT, "sumber_dana"),
            f("status", T.TEXT, f"status_{noun}"),
            f("announced", T.START, f"tgl_pengumuman_{noun}"),
            f("won", T.START, "tgl_penetapan_pemenang", f"tgl_selesai_{noun}"),
            f("contract_value", T.MONEY, "nilai_kontrak", "nilai_terkontrak"),
            f("offer", T.MONEY, "nilai_penawaran", "nilai_negosiasi", "nilai_terkoreksi"),
        ),
        ("id", "title", "won"),
    )


def _schedule(name: str, title: Text, noun: str) -> Kind:
    return Kind(
        name,
        title,
        (
            *_HEAD,
            f("id", T.KEY, f"kd_{noun}", required=True),
            f("step", T.KEY, "kd_tahapan"),
            f("step_name", T.TEXT, "nama_tahapan"),
            f("start", T.START, "tgl_awal"),
            f("end", T.END, "tgl_akhir"),
        ),
        ("id", "step", "start"),
    )


def _contract(name: str, title: Text, noun: str) -> Kind:
    return Kind(
        name,
        title,
        (
            *_HEAD,
            f("id", T.KEY, f"kd_{noun}", required=True),
            f("package", T.TEXT, "kd_rup"),
            _TITLE,
            f("number", T.TEXT, "no_kontrak"),
            f("scope", T.TEXT, "lingkup_pekerjaan"),
            f("method", T.TEXT, "mtd_pengadaan"),
            f("date", T.START, "tgl_kontrak"),
            f("start", T.START, "tgl_kontrak_awal"),
            f("end", T.END, "tgl_kontrak_akhir"),
            f("value", T.MONEY, "nilai_kontrak", required=True),
            f("status", T.TEXT, "status_kontrak"),
            f("version", T.NUMBER, "versi_addendum"),
            f("closed_on", T.START, "tgl_penetapan_status_kontrak"),
        ),
        ("id", "value"),
        never=frozenset({"tgl_penetapan_pemenang"}),
        rank=1,
    )


SERVICE: Final = (
    Kind(
        "master_satker",
        Text("Daftar satuan kerja (LKPP)", "List of offices (LKPP)"),
        (
            f("office_key", T.KEY, "kd_satker", required=True),
            f("office", T.OFFICE, "kd_satker_str"),
            f("title", T.TEXT, "nama_satker", required=True),
            f("status", T.TEXT, "status_satker"),
            f("remark", T.TEXT, "ket_satker"),
            f("office_kind", T.TEXT, "jenis_satker"),
            f("year", T.YEAR, "tahun_anggaran", "tahun_aktif"),
            f("institution", T.TEXT, "kd_klpd"),
            f("government", T.TEXT, "nama_klpd"),
            f("government_kind", T.TEXT, "jenis_klpd"),
        ),
        ("office_key", "title", "office_kind"),
        never=frozenset({"kd_rup"}),
    ),
    _master("program_master", Text("Master program (SiRUP)", "Programs (SiRUP)"), "program"),
    _master(
        "kegiatan_master",
        Text("Master kegiatan (SiRUP)", "Kegiatan (SiRUP)"),
        "kegiatan",
        "program",
    ),
    _master(
        "subkegiatan_master",
        Text("Master sub kegiatan (SiRUP)", "Sub kegiatan (SiRUP)"),
        "subkegiatan",
        "program",
        "kegiatan",
    ),
    Kind(
        "struktur_anggaran_pd",
        Text("Struktur anggaran perangkat daerah (SiRUP)", "Budget structure of agencies (SiRUP)"),
        (
            *_HEAD,
            f("budget", T.MONEY, "total_belanja"),
            f("procured", T.MONEY, "belanja_pengadaan"),
        ),
        ("office_key", "budget"),
    ),
    Kind(
        "paket_swakelola",
        Text("Paket swakelola (SiRUP)", "Self-managed packages (SiRUP)"),
        (
            *_HEAD,
            _PACKAGE,
            _TITLE,
            f("budget", T.MONEY, "pagu", required=True),
            f("type", T.KEY, "tipe_swakelola"),
            f("volume", T.TEXT, "volume_pekerjaan"),
            _DESCRIPTION,
            f("start", T.START, "tgl_awal_pelaksanaan_kontrak", "tgl_awal_pelaksanaan"),
            f("end", T.END, "tgl_akhir_pelaksanaan_kontrak", "tgl_akhir_pelaksanaan"),
            *_PLAN,
        ),
        ("package", "title", "budget", "type"),
        never=frozenset({"kd_swakelola_pct", "kd_tender", "kd_nontender"}),
    ),
    Kind(
        "paket_penyedia",
        Text("Paket penyedia (SiRUP)", "Provider packages (SiRUP)"),
        (
            *_HEAD,
            _PACKAGE,
            _TITLE,
            f("budget", T.MONEY, "pagu", required=True),
            f("method", T.TEXT, "metode_pengadaan", "mtd_pengadaan", required=True),
            f("works", T.TEXT, "jenis_pengadaan"),
            f("volume", T.TEXT, "volume_pekerjaan"),
            _DESCRIPTION,
            f("tender_start", T.START, "tgl_awal_pemilihan"),
            f("tender_end", T.END, "tgl_akhir_pemilihan"),
            f("start", T.START, "tgl_awal_kontrak"),
            f("end", T.END, "tgl_akhir_kontrak"),
            f("use_start", T.START, "tgl_awal_pemanfaatan"),
            f("use_end", T.END, "tgl_akhir_pemanfaatan"),
            *_PLAN,
        ),
        ("package", "title", "budget", "method"),
        never=frozenset({"kd_swakelola_pct", "kd_tender", "kd_nontender"}),
    ),
    Kind(
        "lokasi",
        Text("Lokasi paket (SiRUP)", "Places of packages (SiRUP)"),
        (
            *_HEAD,
            _PACKAGE,
            f("place", T.TEXT, "detail_lokasi", "lokasi"),
            f("regency", T.TEXT, "kab_kota"),
            f("province", T.TEXT, "provinsi"),
        ),
        ("package", "place", "regency"),
        never=frozenset({"nama_paket"}),
    ),
    _announcement(
        "tender_pengumuman",
        Text("Pengumuman tender (SPSE)", "Tender announcements (SPSE)"),
        "tender",
    ),
    _schedule("tender_jadwal", Text("Jadwal tender (SPSE)", "Tender schedules (SPSE)"), "tender"),
    _contract("tender_kontrak", Text("Kontrak tender (SPSE)", "Tender contracts (SPSE)"), "tender"),
    _finished("tender_selesai", Text("Tender selesai (SPSE)", "Finished tenders (SPSE)"), "tender"),
    _announcement(
        "nontender_pengumuman",
        Text("Pengumuman non-tender (SPSE)", "Direct-procurement announcements (SPSE)"),
        "nontender",
    ),
    _schedule(
        "nontender_jadwal",
        Text("Jadwal non-tender (SPSE)", "Direct-procurement schedules (SPSE)"),
        "nontender",
    ),
    _contract(
        "nontender_kontrak",
        Text("Kontrak non-tender (SPSE)", "Direct-procurement contracts (SPSE)"),
        "nontender",
    ),
    _finished(
        "nontender_selesai",
        Text("Non-tender selesai (SPSE)", "Finished direct procurement (SPSE)"),
        "nontender",
    ),
    Kind(
        "swakelola_pencatatan",
        Text("Pencatatan swakelola (SPSE)", "Records of self-managed works (SPSE)"),
        (
            *_HEAD,
            f("id", T.KEY, "kd_swakelola_pct", required=True),
            f("package", T.KEY, "kd_rup"),
            _TITLE,
            f("budget", T.MONEY, "pagu"),
            f("realised", T.MONEY, "total_realisasi"),
            f("fund", T.TEXT, "sumber_dana"),
            _DESCRIPTION,
            f("status", T.TEXT, "status_swakelola_pct_ket", "status_swakelola_pct"),
            f("start", T.START, "tgl_mulai_paket"),
            f("end", T.END, "tgl_selesai_paket"),
        ),
        ("id", "title"),
    ),
    Kind(
        "swakelola_realisasi",
        Text("Realisasi swakelola (SPSE)", "Payments of self-managed works (SPSE)"),
        (
            *_HEAD,
            f("id", T.KEY, "kd_swakelola_pct", required=True),
            f("document_kind", T.TEXT, "jenis_realisasi"),
            f("number", T.TEXT, "no_realisasi"),
            f("date", T.START, "tgl_realisasi"),
            f("value", T.MONEY, "nilai_realisasi", required=True),
        ),
        ("id", "value"),
    ),
)
