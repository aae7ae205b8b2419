"""Every rule by name: what it is called, what it says in an official's words, where it comes from.

Sources: GAO-15-49SP is the guide of the United States Government Accountability Office on
fragmentation, overlap and duplication. Perpres 16/2018 (as amended) governs procurement, Perpres
39/2019 shared data, Permendagri 86/2017 planning documents, Kepmendagri 900.1.15.5-1317/2023 the
nomenclature, UU 17/2003 the budget year. Where no norm is known the entry says so.
"""

# ruff: noqa: E501 (entries are read row by row)

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rakorsus.engine.records import Text


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the engine; `name` is `Finding.rule`."""

    name: str
    title: Text
    text: Text
    source: Text


_GAO: Final = Text(
    "GAO-15-49SP (panduan lembaga audit Amerika Serikat tentang duplikasi, tumpang tindih, dan "
    "keterpencaran)",
    "GAO-15-49SP (the United States audit office's guide on duplication, overlap and "
    "fragmentation)",
)
_BUYING: Final = Text(
    "Perpres 16/2018 tentang pengadaan barang/jasa pemerintah, beserta perubahannya",
    "Perpres 16/2018 on government procurement, as amended",
)
_PLANNING: Final = Text(
    "Permendagri 86/2017 tentang perencanaan pembangunan daerah",
    "Permendagri 86/2017 on regional development planning",
)
_DATA: Final = Text(
    "Perpres 39/2019 tentang Satu Data Indonesia", "Perpres 39/2019 on One Data Indonesia"
)
_CODES: Final = Text(
    "Kepmendagri 900.1.15.5-1317/2023 tentang klasifikasi, kodefikasi, dan nomenklatur",
    "Kepmendagri 900.1.15.5-1317/2023 on classification, codes and nomenclature",
)
_YEAR: Final = Text(
    "UU 17/2003 tentang keuangan negara (tahun anggaran 1 Januari sampai 31 Desember)",
    "UU 17/2003 on state finance (the budget year is 1 January to 31 December)",
)
_SETTING: Final = Text(
    "Norma moratorium galian yang ditetapkan pemerintah daerah pada halaman Aturan",
    "The moratorium on digging that the government has set on the Rules page",
)
_PRACTICE: Final = Text(
    "Urutan kerja teknis; tidak bersandar pada satu peraturan",
    "The technical order of works; it rests on no single regulation",
)
_LEARNT: Final = Text(
    "GAO-15-49SP; padanan katanya dari tanggapan perangkat daerah atas temuan terdahulu",
    "GAO-15-49SP; its pairs of words come from the agencies' answers to earlier findings",
)
_HABIT: Final = Text(
    "Kebiasaan berkas perencanaan dan pengadaan daerah; bukan peraturan",
    "How regional planning and procurement files are made; not a regulation",
)


def _rule(name: str, title: tuple[str, str], text: tuple[str, str], source: Text) -> Rule:
    return Rule(name, Text(*title), Text(*text), source)


_ALL: Final = (
    _rule("duplicate.place", ("Pekerjaan yang sama di tempat yang sama", "The same work at the same place"),
          ("Dua paket membangun objek yang sama di RW, kampung, ruas, atau bangunan yang sama, bukan "
           "satu siklus pengadaan dan bukan paket bernomor.",
           "Two packages build the same object in one RW, hamlet, street or facility, and are neither "
           "one procurement nor numbered lots."), _GAO),
    _rule("duplicate.entry", ("Satu sub kegiatan tercatat dua kali", "One sub kegiatan entered twice"),
          ("Kode dan nama yang sama berdiri lebih dari sekali pada dokumen satu perangkat daerah, "
           "keduanya berpagu, sehingga jumlahnya terhitung ganda.",
           "One code and name stand more than once in the document of one agency, both with money, so "
           "that the total counts it twice."), _GAO),
    _rule("duplicate.twin", ("Satu paket diumumkan dua kali", "One package announced twice"),
          ("Nama, uraian, dan nilai yang bukan bilangan bulat berulang persis dengan nomor paket "
           "berbeda pada satu perangkat daerah.",
           "Name, description and an unround amount repeat exactly under different package numbers of "
           "one agency."), _GAO),
    _rule("overlap.spot", ("Dua perangkat daerah di satu titik", "Two agencies at one spot"),
          ("Dua perangkat daerah bekerja di RW, kampung, atau ruas yang sama dan salah satunya tidak "
           "menyebut apa yang dibangun.",
           "Two agencies work in one RW, hamlet or street and one of them does not say what it "
           "builds."), _GAO),
    _rule("overlap.village", ("Objek sejenis di desa yang sama", "One kind of object in the same villages"),
          ("Dua perangkat daerah membangun jenis objek yang sama di desa atau kelurahan yang sama "
           "pada waktu yang tidak terbukti berbeda.",
           "Two agencies build one kind of object in the same villages, at times not shown to "
           "differ."), _GAO),
    _rule("overlap.subject", ("Layanan untuk hal yang sama", "Services on one subject"),
          ("Dua perangkat daerah mengadakan pelatihan, kajian, kampanye, atau bantuan tentang hal yang "
           "sama; tugas baku dan program penunjang tidak dihitung.",
           "Two agencies give training, studies, campaigns or aid on one subject; standard tasks and "
           "support programs do not count."), _GAO),
    _rule("overlap.learnt", ("Hal yang sama dengan kata lain", "The same thing in other words"),
          ("Judul dua perangkat daerah memakai kata berbeda yang oleh tanggapan atas temuan terdahulu "
           "disamakan.",
           "The titles of two agencies use different words that answers to earlier findings took for "
           "one."), _LEARNT),
    _rule("fragmentation.theme", ("Satu hasil, banyak pelaksana", "One outcome, many agencies"),
          ("Tiga perangkat daerah atau lebih membiayai hasil yang sama dan tidak tampak siapa yang "
           "memimpin.", "Three or more agencies pay for one outcome and nobody shows as the leader."), _GAO),
    _rule("fragmentation.place", ("Satu tempat, banyak pelaksana", "One place, many agencies"),
          ("Tiga perangkat daerah atau lebih mengerjakan hal bernama sama di satu desa atau kelurahan.",
           "Three or more agencies work on one named thing in one village."), _GAO),
    _rule("clash.same_time", ("Bekerja bersamaan di satu tempat", "At one place at the same time"),
          ("Dua pekerjaan yang berbeda jenis menutup tempat yang sama pada hari yang sama. Jadwal "
           "sepanjang tahun tidak dihitung.",
           "Two works of different kinds close one place on the same days. Whole-year dates do not "
           "count."), _PRACTICE),
    _rule("clash.dig_after_pave", ("Permukaan baru digali lagi", "A new surface dug up again"),
          ("Galian dijadwalkan dalam masa moratorium permukaan yang baru selesai; lamanya menurut "
           "kelas permukaan.",
           "A dig is planned within the moratorium of a new surface; how long depends on its class."),
          _SETTING),
    _rule("opportunity.joint", ("Satu galian untuk dua pekerjaan", "One dig for two works"),
          ("Dua perangkat daerah menggali di tempat yang sama dalam selang waktu yang masih dapat "
           "digeser untuk digabung.",
           "Two agencies dig at one place so near in time that one can move to join the other."),
          _PRACTICE),
    _rule("order.land", ("Lahan dahulu", "Land first"),
          ("Pekerjaan dijadwalkan sebelum lahannya selesai diadakan.",
           "Works are planned before their land is acquired."), _PRACTICE),
    _rule("order.design", ("Perencanaan teknis dahulu", "Design first"),
          ("Pekerjaan fisik dijadwalkan sebelum perencanaan teknisnya selesai.",
           "Works are planned before their design is finished."), _PRACTICE),
    _rule("order.build", ("Bangunan dahulu", "The building first"),
          ("Perlengkapan dijadwalkan sebelum bangunannya selesai.",
           "Equipment is planned before its building is finished."), _PRACTICE),
    _rule("order.pave", ("Drainase dahulu", "The drain first"),
          ("Permukaan jalan dijadwalkan sebelum drainase di bawah atau di sisinya dikerjakan.",
           "A road surface is planned before the drain below or beside it."), _PRACTICE),
    _rule("gap.none", ("Sasaran tanpa program", "A target without a program"),
          ("Sasaran strategis tidak dilayani satu pun program pada register.",
           "A strategic target is served by no program of the register."), _PLANNING),
    _rule("gap.sum", ("Jumlah program di bawah target", "Programs below the target"),
          ("Jumlah volume program dengan satuan yang sama tidak mencapai target tahun ini.",
           "The volumes of programs in the same unit do not reach this year's target."), _PLANNING),
    _rule("mismatch.sum", ("Jumlah antarjenjang berbeda", "Levels that do not add up"),
          ("Pagu program atau kegiatan tidak sama dengan jumlah baris di bawahnya.",
           "A program's or kegiatan's budget is not the sum of the lines below it."), _PLANNING),
    _rule("mismatch.contract", ("Kontrak di atas pagu", "A contract above its budget"),
          ("Nilai kontrak melebihi pagu paketnya.", "A contract is above its package's budget."), _BUYING),
    _rule("mismatch.place", ("Dua lokasi untuk satu pekerjaan", "Two places for one work"),
          ("Dokumen rencana dan pengumuman menyebut ruas yang berbeda untuk paket yang sama.",
           "Plan and announcement name different streets for one package."), _BUYING),
    _rule("mismatch.title", ("Judul tidak sesuai kode", "A title that is not the code's"),
          ("Judul sub kegiatan berbeda dari nomenklatur untuk kode itu.",
           "The title of a sub kegiatan differs from the nomenclature's for that code."), _CODES),
    _rule("mismatch.agency_total", ("Jumlah perangkat daerah berbeda", "An agency's total differs"),
          ("Struktur anggaran perangkat daerah tidak sama dengan jumlah sub kegiatannya.",
           "An agency's budget structure is not the sum of its sub kegiatan."), _PLANNING),
    _rule("mismatch.decision", ("Keputusan belum masuk dokumen", "A decision not in the document"),
          ("Berkas yang dimuat sesudah keputusan belum memuat perubahannya. Register memakai isi "
           "keputusan sampai dokumennya sama.",
           "A file loaded after a decision does not say what it changed. The register keeps to the "
           "decision until the document agrees."), _PLANNING),
    _rule("warning.unbegun", ("Pemilihan belum dimulai", "Selection not begun"),
          ("Tanggal rencana pemilihan penyedia sudah lewat dan pengumumannya belum ada.",
           "The planned day of selection has passed and there is no announcement."), _BUYING),
    _rule("warning.stuck", ("Pengumuman tanpa kontrak", "Announced without a contract"),
          ("Sejak diumumkan lebih lama daripada yang diperlukan sembilan dari sepuluh paket pada "
           "berkas yang sama.",
           "Announced for longer than nine in ten packages of the same files needed."), _BUYING),
    _rule("warning.beyond_year", ("Kontrak melewati tahun anggaran", "A contract beyond the budget year"),
          ("Masa kontrak berakhir setelah 31 Desember tahun anggarannya.",
           "The contract ends after 31 December of its budget year."), _YEAR),
    _rule("warning.failed", ("Pemilihan gagal belum diulang", "A failed selection not repeated"),
          ("Pemilihan gagal atau batal dan belum ada gantinya.",
           "A selection failed or was cancelled and nothing has taken it up."), _BUYING),
    _rule("warning.overdue", ("Masa kontrak habis", "A contract whose time is over"),
          ("Masa kontrak berakhir dan pekerjaan belum tercatat selesai.",
           "The contract has ended and the work is not recorded as done."), _BUYING),
    _rule("warning.late", ("Terlambat untuk selesai tahun ini", "Too late to finish this year"),
          ("Menurut lama proses dan pelaksanaan yang lazim, kontraknya tidak dapat ditandatangani "
           "pada waktunya agar selesai 20 Desember.",
           "By the usual durations its contract cannot be signed in time to end by 20 December."),
          _BUYING),
    _rule("warning.schedule", ("Jadwal sendiri terlewati", "Past its own schedule"),
          ("Hari penetapan pemenang atau penandatanganan kontrak menurut jadwalnya sudah lewat.",
           "The day of naming the winner or of signing has passed by its own schedule."), _BUYING),
    _rule("warning.spending", ("Realisasi di bawah rencana", "Spending below plan"),
          ("Realisasi yang dilaporkan kurang dari separuh rencana sampai hari itu; baris tanpa "
           "laporan tidak dihitung nol.",
           "Reported spending is below half of the plan until the day; lines without a report are "
           "not taken as zero."), _YEAR),
    _rule("warning.place", ("Lokasi berbeda dari rencana", "Place differs from the plan"),
          ("Pengumuman menyebut kelurahan, kecamatan, atau jalan lain daripada rencananya.",
           "The announcement names another village, kecamatan or street than its plan."), _BUYING),
    _rule("warning.owner", ("Program strategis tanpa penanggung jawab", "A strategic program without an owner"),
          ("Program strategis belum menyebut jabatan penanggung jawabnya.",
           "A strategic program names no post in charge."), _PLANNING),
    _rule("unclear.place", ("Lokasi belum jelas", "Place not clear"),
          ("Pekerjaan fisik bernilai besar hanya menyebut kabupaten/kota sebagai lokasi.",
           "A large work on the ground gives only the regency or city as its place."), _DATA),
    _rule("unclear.dates", ("Jadwal belum jelas", "Dates not clear"),
          ("Pekerjaan fisik bernilai besar hanya menyebut Januari sampai Desember.",
           "A large work on the ground says only January to December."), _DATA),
    _rule("unclear.volume", ("Volume belum jelas", "Volume not clear"),
          ("Pekerjaan yang melayani sasaran berangka hanya menyebut satu paket, sehingga sumbangannya "
           "tidak terhitung.",
           "A work that serves a target with an amount says only one package, so that what it adds "
           "is not known."), _DATA),
    _rule("expected.zero", ("Baris bayangan tanpa pagu", "Shadow lines without money"),
          ("Baris tanpa pagu berdiri di samping baris yang sama yang berpagu.",
           "A line without money stands beside the same line with money."), _HABIT),
    _rule("expected.cycle", ("Satu paket, beberapa catatan", "One package, several records"),
          ("Rencana, pengumuman, ulangan, dan kontrak dari satu paket.",
           "Plan, announcement, repeat and contract of one package."), _BUYING),
    _rule("expected.support", ("Program penunjang", "Support program"),
          ("Program penunjang (X.XX.01) ada pada setiap perangkat daerah.",
           "Every agency has the support program (X.XX.01)."), _CODES),
    _rule("expected.unit", ("Perangkat daerah dan unitnya", "An agency and its unit"),
          ("Tugas yang sama pada perangkat daerah dan unit di bawahnya.",
           "One task of an agency and of a unit below it."), _HABIT),
    _rule("expected.reorganised", ("Penataan organisasi", "Reorganisation"),
          ("Tugas yang sama pada perangkat daerah lama dan penggantinya.",
           "One task of an old agency and of its successor."), _HABIT),
    _rule("expected.series", ("Tugas baku kewilayahan", "Standard task of a series of offices"),
          ("Tugas baku di setiap kecamatan, kelurahan, puskesmas, atau sekolah.",
           "A standard task of every kecamatan, kelurahan, puskesmas or school."), _HABIT),
    _rule("expected.lots", ("Paket bernomor dan tenaga", "Numbered lots and posts"),
          ("Paket bernomor, gelombang pelatihan, atau tenaga dari satu pengadaan.",
           "Numbered lots, rounds of training or posts of one purchase."), _HABIT),
    _rule("expected.common", ("Belanja atau tugas umum", "Everyday task"),
          ("Belanja atau tugas yang dimiliki lima perangkat daerah atau lebih.",
           "A purchase or task that five or more agencies have."), _HABIT),
)  # fmt: skip

#: Rule by `Finding.rule`.
RULEBOOK: Final[Mapping[str, Rule]] = {rule.name: rule for rule in _ALL}
