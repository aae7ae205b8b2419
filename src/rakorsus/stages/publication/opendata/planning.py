"""Tables of the plan: programs, their places, agencies, regions."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from rakorsus.people.models import Agency
from rakorsus.stages.publication.opendata.kinds import Column, Context, Row, Table, add
from rakorsus.stages.publication.queries import classes
from rakorsus.stages.register.models import Program, ProgramPlace, Region
from rakorsus.stages.register.queries import map as register_map
from rakorsus.stages.register.queries.map import governments, in_any

NOMENCLATURE = _("Kode nomenklatur Kepmendagri 900.1 (urusan, program, kegiatan, sub kegiatan)")
AGENCY = _("Kode perangkat daerah menurut SIPD")
REGION = _("Kode wilayah administrasi Kementerian Dalam Negeri")
RUPIAH = _("rupiah")

_PROGRAM: tuple[tuple[str, Column], ...] = (
    ("key", Column("kunci", "text", _("Kunci baris"), _("Sumber dan nomor pada berkas asal; "
     "tetap sama dari rilis ke rilis."))),
    ("source", Column("sumber", "text", _("Jenis berkas asal"), _("Jenis berkas tempat baris "
     "dibaca."), "subkegiatan, kegiatan, program, paket_swakelola, paket_penyedia, tender, "
     "nontender, renja, rkpd, dpa, other")),
    ("ident", Column("nomor", "text", _("Nomor pada berkas asal"), _("Nomor yang dipakai berkas "
     "asal, misalnya kode RUP."))),
    ("level", Column("tingkat", "text", _("Tingkat"), _("Tingkat baris dalam rencana. Uang antar"
     "tingkat tidak boleh dijumlahkan: kegiatan memuat paketnya."), "program, kegiatan, "
     "sub_kegiatan, paket")),
    ("year", Column("tahun", "integer", _("Tahun anggaran"), _("Tahun anggaran baris."))),
    ("agency__code", Column("kode_perangkat_daerah", "text", _("Perangkat daerah"),
     _("Perangkat daerah yang menganggarkan."), AGENCY)),
    ("code", Column("kode_nomenklatur", "text", _("Kode nomenklatur"), _("Kode program, kegiatan, "
     "atau sub kegiatan menurut berkas."), NOMENCLATURE)),
    ("title", Column("nama", "text", _("Nama"), _("Nama menurut berkas."))),
    ("description", Column("uraian", "text", _("Uraian"), _("Uraian pekerjaan menurut berkas."))),
    ("output", Column("keluaran", "text", _("Keluaran"), _("Keluaran menurut berkas."))),
    ("target", Column("target", "number", _("Target"), _("Besar keluaran."), "",
     _("menurut kolom satuan"))),
    ("unit", Column("satuan", "text", _("Satuan target"), _("Satuan dari target."))),
    ("volume", Column("volume", "text", _("Volume"), _("Volume pekerjaan menurut berkas."))),
    ("beneficiaries", Column("sasaran", "text", _("Sasaran"), _("Kelompok penerima manfaat."))),
    ("budget", Column("pagu", "money", _("Pagu"), _("Anggaran yang direncanakan."), "", RUPIAH)),
    ("contract_value", Column("nilai_kontrak", "money", _("Nilai kontrak"), _("Nilai kontrak yang "
     "ditandatangani."), "", RUPIAH)),
    ("realised", Column("realisasi", "money", _("Realisasi"), _("Uang yang sudah dibelanjakan."),
     "", RUPIAH)),
    ("begins", Column("mulai", "date", _("Mulai"), _("Tanggal mulai yang paling dapat "
     "dipercaya."))),
    ("ends", Column("selesai", "date", _("Selesai"), _("Tanggal selesai yang paling dapat "
     "dipercaya."))),
    ("date_grade", Column("derajat_jadwal", "integer", _("Derajat jadwal"), _("Seberapa pasti "
     "tanggalnya: 0 tidak diketahui, 1 hanya tahun, makin besar makin pasti."))),
    ("tender_start", Column("pemilihan_mulai", "date", _("Pemilihan mulai"), _("Rencana mulai "
     "pemilihan penyedia."))),
    ("tender_end", Column("pemilihan_selesai", "date", _("Pemilihan selesai"), _("Rencana selesai "
     "pemilihan penyedia."))),
    ("announced", Column("diumumkan", "date", _("Diumumkan"), _("Tanggal tender diumumkan."))),
    ("contract_date", Column("tanggal_kontrak", "date", _("Tanggal kontrak"), _("Tanggal kontrak "
     "ditandatangani."))),
    ("contract_start", Column("kontrak_mulai", "date", _("Kontrak mulai"), _("Awal masa "
     "kontrak."))),
    ("contract_end", Column("kontrak_selesai", "date", _("Kontrak selesai"), _("Akhir masa "
     "kontrak."))),
    ("place", Column("lokasi", "text", _("Lokasi"), _("Lokasi paling pasti, dalam kata-kata."))),
    ("place_grade", Column("derajat_lokasi", "integer", _("Derajat lokasi"), _("Seberapa pasti "
     "lokasinya; makin besar makin pasti."))),
    ("fund", Column("sumber_dana", "text", _("Sumber dana"), _("Sumber dana menurut berkas."))),
    ("method", Column("cara_pengadaan", "text", _("Cara pengadaan"), _("Swakelola atau cara "
     "memilih penyedia."))),
    ("package", Column("kode_rup", "text", _("Kode RUP"), _("Nomor paket pada rencana umum "
     "pengadaan."), _("Kode RUP LKPP"))),
    ("status", Column("keadaan", "text", _("Keadaan"), _("Keadaan terakhir menurut berkas."),
     "planned, announced, failed, cancelled, contracted, done")),
    ("strategic", Column("strategis", "boolean", _("Program strategis"), _("Apakah ditetapkan "
     "sebagai program strategis."))),
    ("document", Column("dokumen", "text", _("Dokumen"), _("Dokumen asal baris."))),
    ("lon", Column("bujur", "number", _("Bujur"), _("Bujur titik, atau titik tengah wilayahnya."),
     "WGS 84", _("derajat"))),
    ("lat", Column("lintang", "number", _("Lintang"), _("Lintang titik, atau titik tengah "
     "wilayahnya."), "WGS 84", _("derajat"))),
    ("approximate", Column("titik_perkiraan", "boolean", _("Titik perkiraan"), _("Apakah bujur "
     "dan lintang adalah titik tengah wilayah, bukan tempat pekerjaannya."))),
)  # fmt: skip


#: Columns that stand last and are made from the line's place.
_DERIVED = frozenset({"lon", "lat", "approximate"})
_PART = 1000


def _programs(context: Context) -> Iterator[Row]:
    standing = Program.objects.filter(removed=False)
    lines = classes.public_lines().order_by("key")
    context.withhold("program", standing.count() - lines.count())
    fields = [name for name, _column in _PROGRAM if name not in _DERIVED]
    keys = list(lines.values_list("pk", flat=True))
    for first in range(0, len(keys), _PART):
        part = keys[first : first + _PART]
        middles = register_map.middles(part)
        rows = Program.objects.filter(pk__in=part).order_by("key")
        for *cells, lon, lat, pk in rows.values_list(*fields, "lon", "lat", "pk"):
            point = (lon, lat) if lon is not None else middles.get(pk, (None, None))
            yield (*cells, *point, lon is None if point[0] is not None else None)


def _places(context: Context) -> Iterator[Row]:
    lines = classes.public_lines().order_by()
    found = (
        ProgramPlace.objects.filter(program__in=lines)
        .order_by("program__key", "pk")
        .values_list("program__key", "region__code", "grade", "street", "facility", "lon", "lat")
    )
    before, number = "", 0
    for key, *rest in found.iterator(chunk_size=5000):
        number = number + 1 if key == before else 1
        before = key
        yield (key, number, *rest)


def _agencies(context: Context) -> Iterator[Row]:
    found = Agency.objects.order_by("code").values_list(
        "code", "name", "short", "kind", "parent__code", "successor__code", "region_code", "active"
    )
    yield from found.iterator()


def _regions(context: Context) -> Iterator[Row]:
    own = governments()
    if not own:
        return
    found = Region.objects.filter(in_any(own)).order_by("code")
    yield from found.values_list("code", "name", "level", "parent_code", "lon", "lat")


PROGRAMS = add(Table(
    "program", _("Program"), _("Baris rencana dan pengadaan yang berlaku, menurut berkas "
    "perangkat daerah."), ("kunci",), "nama", tuple(c for _f, c in _PROGRAM), _programs,
    ("bujur", "lintang"), ("program", "anggaran", "pengadaan"),
))  # fmt: skip
PLACES = add(Table(
    "lokasi", _("Lokasi program"), _("Setiap tempat yang disebut sebuah baris, sebagai kode "
    "wilayah, dengan derajat buktinya."), ("kunci_program", "urutan"), "kunci_program",
    (
        Column("kunci_program", "text", _("Baris"), _("Kunci pada tabel program.")),
        Column("urutan", "integer", _("Urutan"), _("Nomor urut tempat pada baris itu.")),
        Column("kode_wilayah", "text", _("Wilayah"), _("Wilayah tempat pekerjaan."), REGION),
        Column("derajat", "integer", _("Derajat bukti"), _("Seberapa pasti tempatnya.")),
        Column("jalan", "text", _("Jalan"), _("Nama jalan bila disebut.")),
        Column("fasilitas", "text", _("Fasilitas"), _("Nama fasilitas bila disebut.")),
        Column("bujur", "number", _("Bujur"), _("Bujur bila berupa titik."), "WGS 84",
               _("derajat")),
        Column("lintang", "number", _("Lintang"), _("Lintang bila berupa titik."), "WGS 84",
               _("derajat")),
    ), _places, None, ("lokasi",),
))  # fmt: skip
AGENCIES = add(Table(
    "perangkat_daerah", _("Perangkat daerah"), _("Tabel acuan perangkat daerah, unit, "
    "perusahaan daerah, dan lembaga luar."), ("kode",), "nama",
    (
        Column("kode", "text", _("Kode"), _("Kode perangkat daerah."), AGENCY),
        Column("nama", "text", _("Nama"), _("Nama resmi.")),
        Column("nama_singkat", "text", _("Nama singkat"), _("Nama yang dipakai sehari-hari.")),
        Column("jenis", "text", _("Jenis"), _("Jenis lembaga."), "opd, unit, hospital, puskesmas, "
               "school, kecamatan, kelurahan, company, outside"),
        Column("kode_induk", "text", _("Induk"), _("Lembaga di atasnya."), AGENCY),
        Column("kode_pengganti", "text", _("Pengganti"), _("Lembaga yang menggantikannya."),
               AGENCY),
        Column("kode_wilayah", "text", _("Wilayah"), _("Wilayah kerja kecamatan dan kelurahan."),
               REGION),
        Column("aktif", "boolean", _("Aktif"), _("Apakah masih ada.")),
    ), _agencies, None, ("perangkat daerah", "data induk"),
))  # fmt: skip
REGIONS = add(Table(
    "wilayah", _("Wilayah"), _("Tabel acuan kecamatan dan kelurahan."), ("kode",), "nama",
    (
        Column("kode", "text", _("Kode"), _("Kode wilayah."), REGION),
        Column("nama", "text", _("Nama"), _("Nama wilayah.")),
        Column("tingkat", "integer", _("Tingkat"), _("Tingkat wilayah."),
               _("3 kecamatan, 4 kelurahan atau desa")),
        Column("kode_induk", "text", _("Induk"), _("Wilayah di atasnya."), REGION),
        Column("bujur", "number", _("Bujur"), _("Bujur titik tengah."), "WGS 84", _("derajat")),
        Column("lintang", "number", _("Lintang"), _("Lintang titik tengah."), "WGS 84",
               _("derajat")),
    ), _regions, ("bujur", "lintang"), ("wilayah", "data induk"),
))  # fmt: skip
