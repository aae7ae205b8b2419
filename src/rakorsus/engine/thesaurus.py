"""Curated words of Indonesian local government: what is done, to what, towards which outcome.

Patterns are searched in texts made normal by `words.plain` (lower case, abbreviations opened).
The first stage that matches wins; objects and themes may be several.
"""

# ruff: noqa: E501 (tables of patterns are read row by row, unbroken)

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from rakorsus.engine.patterns import found
from rakorsus.engine.records import Text


@dataclass(frozen=True, slots=True)
class Concept:
    """A thing with a name in both languages and the pattern by which a text shows it."""

    code: str
    name: Text
    pattern: re.Pattern[str]


def _concept(code: str, name_id: str, name_en: str, pattern: str) -> Concept:
    return Concept(code, Text(name_id, name_en), re.compile(rf"\b(?:{pattern})"))


#: Overhead: what every office buys to run itself. Such lines never duplicate one another.
OVERHEAD: Final = (
    _concept("post", "jasa tenaga", "hired posts",
             r"tenaga (ahli|pendukung|surveyor|gambar|administrasi|wasdal|teknik|teknis|kebersihan|"
             r"keamanan|supir|operator|penghitung|fasilitator|pelayanan|penanganan|informasi|"
             r"pendidikan|kesehatan|arsip|humas|pengolah)|jasa tenaga|honor|insentif|lembur|gaji|"
             r"tunjangan|upah|jasa pelayanan (umum|kantor|perpustakaan)|tenaga ahli|iuran jaminan"),
    _concept("travel", "perjalanan dinas", "travel",
             r"perjalanan dinas|uang harian|biaya (penginapan|tiket|transport\w*)|uang transport"
             r"|paket meeting|kunjungan (tamu|kerja)|fasilitasi kunjungan"),
    _concept("meal", "makanan dan minuman", "meals",
             r"(belanja )?makan(an)? dan minum|kudapan|jamuan|makan minum|natura dan pakan natura"),
    _concept("office", "keperluan kantor", "office supplies",
             r"alat tulis kantor|barang cetakan|kertas dan cover|benda pos|materai|pembulatan|"
             r"fotokopi|penggandaan|suvenir|bahan bakar|tagihan (listrik|air|telepon)|"
             r"alat bahan untuk kegiatan kantor|bahan cetak|perabot kantor|pakaian (dinas|sipil|kerja)|"
             r"perlengkapan (dinas|kantor)|peralatan (dan perlengkapan )?kantor|alat kantor|"
             r"alat rumah tangga|personal computer|personal komputer|peralatan komputer|bahan komputer|"
             r"suku cadang|kendaraan (dinas|bermotor|perorangan)|mebel kantor|bahan bacaan|"
             r"surat kabar|langganan|surat menyurat|sewa (gedung|bangunan|kendaraan|alat|peralatan|tanaman|mesin|aset|meja|tenda|sound)|"
             r"pemeliharaan (peralatan|mesin|alat|komputer|mebel|kendaraan|bangunan gedung kantor|gedung kantor)|"
             r"gedung kantor|kawat faksimili|pajak bea|komponen instalasi ?listrik|natura|"
             r"logistik kantor|jasa (komunikasi|penunjang)|alat listrik|alat pembersih|peralatan studio|bahan pokok kantor|hadiah|"
             r"jasa event organizer|barang persediaan|plakat|jasa iklan|jasa kalibrasi|bahan kimia|isi tabung"),
    _concept("transfer", "dana operasional sekolah dan layanan", "operating grants",
             r"dana (bos|bop|bok|kapitasi)\b|bantuan operasional (sekolah|pendidikan|kesehatan)"),
    _concept("desk", "administrasi perangkat daerah", "an office's own administration",
             r"(penyusunan|koordinasi dan penyusunan|penatausahaan|rekonsiliasi|evaluasi|verifikasi) .*?"
             r"(skpd|perangkat daerah|dpa|rka|laporan keuangan|capaian kinerja|barang milik daerah)|"
             r"dokumen perencanaan perangkat daerah|rapat koordinasi dan konsultasi|kinerja pegawai|"
             r"walidata|statistik sektoral|prognosis realisasi|zona integritas|laporan kinerja"),
)  # fmt: skip

#: Stages of a work. Two lines of different stages are steps of one thing, not the same thing twice.
STAGES: Final = (
    _concept("supervise", "pengawasan", "supervision",
             r"pengawasan|supervisi|manajemen konstruksi|pengawas pekerjaan|quality control"),
    _concept("design", "perencanaan teknis", "design",
             r"perencanaan|perencana|desain|masterplan|master plan|rencana induk|review des|detail engineering"),
    _concept("study", "kajian", "study",
             r"kajian|studi|naskah akademik|pemetaan|roadmap|road map|rencana aksi|survey|survei|identifikasi|"
             r"data base|database|basis data|analisis|analisa|reviu|review|penyusunan|inventarisasi|pendataan|"
             r"penelitian|monitoring|evaluasi|penilaian|peta jalan"),
    _concept("operate", "operasi", "operation", r"operasi\b|operasional|pengoperasian"),
    _concept("maintain", "pemeliharaan", "maintenance", r"pemeliharaan|perawatan"),
    _concept("train", "pelatihan", "training",
             r"pelatihan|bimbingan teknis|kursus|workshop|lokakarya|peningkatan kapasitas|pembekalan|"
             r"pembinaan|peningkatan kompetensi|pengembangan kapasitas"),
    _concept("inform", "sosialisasi", "public information",
             r"sosialisasi|penyuluhan|edukasi|diseminasi|kampanye|komunikasi informasi|kie|pencegahan"),
    _concept("event", "acara", "event",
             r"festival|lomba|pameran|expo|ekspo|peringatan|penyelenggaraan acara|hari jadi|event|pekan|bazar|job fair|bursa kerja|kejuaraan|pentas|gebyar"),
    _concept("aid", "bantuan", "aid",
             r"bantuan|hibah|bibit|benih|bansos|fasilitasi|pemberian|santunan|jaminan|insentif|diserahkan kepada masyarakat"),
    _concept("build", "pembangunan", "construction",
             r"pembangunan|rehabilitasi|rekonstruksi|peningkatan|perbaikan|penataan|pengecoran|normalisasi|"
             r"pelebaran|pengaspalan|hotmix|rabat|betonisasi|pembuatan|pemasangan|pemagaran|pengurugan|"
             r"paving|sumur|tembok|jembatan|drainase|saluran|jalan|renovasi|revitalisasi|rehab|penanganan|penggantian|perkerasan"),
    _concept("goods", "pengadaan", "purchase", r"pengadaan|belanja modal|peralatan|alat|penyediaan|belanja"),
)  # fmt: skip

#: Physical objects. `GENERIC` ones may hide any of the others in the same place.
OBJECTS: Final = (
    _concept("house", "rumah tidak layak huni", "unfit houses",
             r"rumah tidak layak|rumah layak huni|rumah swadaya|bedah rumah|perbaikan rumah|bsps"),
    _concept("farmroad", "jalan usaha tani", "farm roads", r"jalan usaha ?tani|jut\b"),
    _concept("footpath", "jalan setapak", "footpaths", r"jalan setapak|gang\b"),
    _concept("lane", "jalan lingkungan", "neighbourhood lanes",
             r"(?<!lampu )(?<!penerangan )jalan lingkungan|jalan desa|rabat beton|paving|jalan poros"),
    _concept("roadside", "bangunan pelengkap jalan", "roadside structures",
             r"bangunan pelengkap jalan|saluran tepi jalan|bahu jalan|trotoar"),
    _concept("light", "penerangan jalan", "street lights", r"penerangan jalan|lampu jalan|pjl\b"),
    _concept("bridge", "jembatan", "bridges", r"jembatan"),
    _concept("road", "jalan", "roads",
             r"(peningkatan|rekonstruksi|pelebaran|pembangunan|rehabilitasi|pemeliharaan|pengaspalan|hotmix|perbaikan)"
             r" (berkala |rutin |ruas |struktur )?jalan(?! (lingkungan|setapak|usaha|desa))|ruas jalan|hotmix"),
    _concept("wall", "tembok penahan tanah", "retaining walls",
             r"tembok penahan|dinding penahan|kirmir|bronjong|perkuatan tebing"),
    _concept("river", "tanggul dan alur sungai", "river banks and beds", r"tanggul|normalisasi|sungai|kolam retensi|polder"),
    _concept("irrigation", "jaringan irigasi", "irrigation", r"irigasi|embung|bendung"),
    _concept("drain", "drainase", "drains", r"drainase|saluran|gorong|selokan|sodetan"),
    _concept("well", "sumur dan sarana air bersih", "wells and clean water",
             r"sumur|air bersih|air minum|spam\b|sambungan rumah|perpipaan|pamsimas|air tanah"),
    _concept("sanitation", "sarana sanitasi", "sanitation",
             r"mck|jamban|septi?k ?tank|tangki septi?k|spald|sanitasi|toilet|air limbah|wc\b|ipal"),
    _concept("waste", "sarana persampahan", "waste facilities",
             r"tps\b|tps 3r|tpst|persampahan|bank sampah|gerobak sampah|motor sampah|sampah"),
    _concept("park", "taman dan makam", "parks and cemeteries", r"taman|makam|tpu\b|ruang terbuka hijau|rth\b|alun alun"),
    _concept("school", "ruang sekolah", "school rooms",
             r"ruang (kelas|belajar)|sekolah|sd negeri|sd inpres|smp negeri|smps|paud|tk\b|ruang guru|ruang perpustakaan|usb\b"),
    _concept("health", "sarana kesehatan", "health posts",
             r"puskesmas|pustu|poskesdes|posyandu|rumah sakit"),
    _concept("market", "pasar", "markets", r"pasar"),
    _concept("worship", "sarana ibadah", "places of worship", r"masjid|mesjid|mushol\w+|gereja|pesantren|majelis"),
    _concept("sport", "sarana olahraga", "sports grounds", r"lapang\w*|olah ?raga|gor\b|stadion|sor\b|venue"),
    _concept("hall", "balai dan gedung warga", "community halls",
             r"balai (desa|rw|warga|pertemuan)|gedung serba ?guna|posko|kantor desa|baruga|aula|pos ronda"),
)  # fmt: skip

GENERIC: Final = _concept(
    "generic", "prasarana lingkungan", "neighbourhood infrastructure",
    r"prasarana sarana utilitas|infrastruktur|fasilitas umum|lingkungan kawasan|fasilitas sosial"
    r"|prasarana (dan )?sarana|sarana (dan )?prasarana",
)  # fmt: skip

#: Places where many different works happen: the same one is no sign that the work is the same.
CONTAINERS: Final = frozenset(
    {"school", "health", "market", "sport", "worship", "hall", "park", "house"}
)

#: Objects that titles use for one another: a footpath in a neighbourhood is a lane.
WAYS: Final = frozenset({"lane", "footpath"})

#: What a generic package in a neighbourhood may consist of.
INSIDE_GENERIC: Final = frozenset(
    {"footpath", "lane", "drain", "wall", "generic", "light", "park", "hall", "road", "roadside"}
)

#: Outcomes that several agencies serve. The name fits into "beberapa perangkat daerah menangani …".
THEMES: Final = (
    _concept("stunting", "penurunan stunting", "reducing stunting",
             r"stunting|tengkes|gizi (buruk|masyarakat|kurang|balita)|pemberian makanan tambahan|kek\b|dashat"),
    _concept("poverty", "penanggulangan kemiskinan", "reducing poverty",
             r"kemiskinan|fakir miskin|keluarga miskin|masyarakat miskin|miskin ekstrem"),
    _concept("disaster", "penanggulangan bencana", "disaster preparedness",
             r"bencana|rawan banjir|kebakaran|tanggap darurat|mitigasi"),
    _concept("waste", "pengelolaan sampah", "waste management", r"sampah|tps 3r|daur ulang"),
    _concept("msme", "pengembangan usaha mikro dan wirausaha", "small businesses",
             r"usaha mikro|usaha kecil|industri kecil|wirausaha|kewirausahaan|umkm|ekonomi kreatif|usaha ekonomi|tkm\b|uep\b|bumdes|koperasi"),
    _concept("jobs", "pelatihan kerja dan perluasan kesempatan kerja", "jobs and skills",
             r"pencari kerja|kesempatan kerja|bursa kerja|job fair|pelatihan keterampilan|tenaga kerja lokal|padat karya|pengangguran|kursus"),
    _concept("tourism", "pengembangan pariwisata", "tourism", r"wisata|pariwisata"),
    _concept("drugs", "pencegahan narkoba", "preventing drug abuse", r"narkoba|narkotika|napza|p4gn"),
    _concept("child", "perlindungan perempuan dan anak", "protecting women and children",
             r"perlindungan (khusus )?anak|kekerasan|perempuan dan anak|pengarusutamaan gender|layak anak|perkawinan anak|hak anak"),
    _concept("food", "ketahanan pangan", "food security",
             r"ketahanan pangan|cadangan pangan|rawan pangan|kerawanan pangan|pangan murah|harga pangan|operasi pasar|inflasi|pekarangan"),
    _concept("tobacco", "pemberantasan rokok ilegal", "fighting illegal tobacco", r"cukai|rokok ilegal|bkc ilegal|dbh cht"),
    _concept("radical", "kerukunan dan wawasan kebangsaan", "harmony and civic spirit",
             r"kerukunan|wawasan kebangsaan|radikal|intoleran|moderasi|pancasila|toleransi"),
    _concept("disability", "pemberdayaan penyandang disabilitas", "persons with disabilities", r"disabilitas"),
    _concept("elderly", "kesejahteraan lanjut usia", "the elderly", r"lanjut usia|lansia"),
    _concept("youth", "pembinaan pemuda", "youth", r"pemuda|kepemudaan|remaja|pramuka|karang taruna"),
    _concept("digital", "aplikasi dan layanan digital", "digital services",
             r"aplikasi|sistem informasi|smart city|website|spbe|digitalisasi"),
    _concept("literacy", "literasi dan minat baca", "literacy", r"literasi|gemar membaca|minat baca"),
    _concept("quran", "pembinaan keagamaan", "religious education", r"guru ngaji|quran|mtq|keagamaan|mental spiritual|pesantren|bina mental"),
    _concept("climate", "iklim dan lahan kritis", "climate and land recovery", r"perubahan iklim|lahan kritis|penghijauan|penanaman pohon|konservasi (tanah|air|lahan|sumber|keanekaragaman)|emisi"),
    _concept("healthy", "lingkungan sehat dan sanitasi", "healthy settlements",
             r"sanitasi total|stbm|buang air besar|odf|germas|lingkungan sehat|kota sehat|kabupaten sehat"),
)  # fmt: skip


_FEW: Final = 12  # texts that are searched one by one before the compiled matcher is set up


def stages_of(texts: pl.Series) -> pl.Series:
    """The stage that each normal text names: `supervise`, `design`, ... or empty."""
    return _first(STAGES, texts)


def overheads_of(texts: pl.Series) -> pl.Series:
    """The kind of overhead that each normal text names, or empty."""
    return _first(OVERHEAD, texts)


#: Streets that bear the name of another object: "Jalan Sungai Saddang" is no river.
_STREET_NAME: Final = (
    r"\b(jalan|ruas) (sungai|pasar|masjid|taman|sekolah|stadion|irigasi|makam|pesantren) [a-z]+"
)


def objects_of(texts: pl.Series) -> pl.Series:
    """Lists of the codes of the physical objects that each normal text names; `generic` when it
    hides them."""
    return _every((*OBJECTS, GENERIC), texts.str.replace_all(_STREET_NAME, "${1}"))


def themes_of(texts: pl.Series) -> pl.Series:
    """Lists of the codes of the outcomes that each normal text serves."""
    return _every(THEMES, texts)


def _first(concepts: Sequence[Concept], texts: pl.Series) -> pl.Series:
    return _read(concepts, texts).str.extract("^([^,]*)")


def _every(concepts: Sequence[Concept], texts: pl.Series) -> pl.Series:
    codes = pl.Series("codes", _read(concepts, texts)).to_frame()
    none = pl.lit([], pl.List(pl.String))
    listed = pl.col("codes").str.split(",")
    return codes.select(pl.when(pl.col("codes") == "").then(none).otherwise(listed)).to_series()


def _read(concepts: Sequence[Concept], texts: pl.Series) -> pl.Series:
    """For each text the codes of the concepts that it shows, in their order, between commas; each
    distinct text is read once."""
    if len(texts) <= _FEW:
        few = (",".join(c.code for c in concepts if c.pattern.search(text)) for text in texts)
        return pl.Series(few, dtype=pl.String)
    distinct = texts.unique(maintain_order=True)
    shown: list[list[str]] = [[] for _ in range(len(distinct))]
    for concept, hit in zip(concepts, found(distinct, (c.pattern for c in concepts)), strict=True):
        for number in hit.arg_true().to_list():
            shown[number].append(concept.code)
    codes = dict(zip(distinct.to_list(), map(",".join, shown), strict=True))
    return pl.Series([codes[text] for text in texts.to_list()], dtype=pl.String)


OBJECT_NAMES: Final = {c.code: c.name for c in (*OBJECTS, GENERIC)}
THEME_NAMES: Final = {c.code: c.name for c in THEMES}
STAGE_NAMES: Final = {c.code: c.name for c in STAGES}
