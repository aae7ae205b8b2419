"""Indonesian titles to normal words: abbreviations opened, marks of place, year and package cut.

Everything here works on one string and is called once for each distinct title of a run.
"""

# ruff: noqa: E501 (tables of patterns are read row by row, unbroken)

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from snowballstemmer import stemmer

_ABBREVIATIONS: Final = {
    "pemb": "pembangunan", "pembang": "pembangunan", "pembangun": "pembangunan",
    "rehab": "rehabilitasi", "pengad": "pengadaan", "pemel": "pemeliharaan",
    "pemelih": "pemeliharaan", "perenc": "perencanaan", "pengaw": "pengawasan",
    "penyed": "penyediaan", "penyel": "penyelenggaraan", "peningk": "peningkatan",
    "koord": "koordinasi", "sos": "sosialisasi", "bimtek": "bimbingan teknis",
    "diklat": "pendidikan dan pelatihan", "monev": "monitoring dan evaluasi",
    "ds": "desa", "kec": "kecamatan", "kel": "kelurahan", "kab": "kabupaten",
    "kp": "kampung", "kpg": "kampung", "dsn": "dusun", "jl": "jalan", "jln": "jalan",
    "jl2": "jalan", "gg": "gang", "lingk": "lingkungan", "komp": "komplek", "kompleks": "komplek",
    "perum": "perumahan", "sdn": "sd negeri", "smpn": "smp negeri", "sman": "sma negeri",
    "pkm": "puskesmas", "rsud": "rumah sakit umum daerah", "atk": "alat tulis kantor",
    "mamin": "makanan dan minuman", "perjadin": "perjalanan dinas", "pju": "penerangan jalan umum",
    "tpt": "tembok penahan tanah", "rtlh": "rumah tidak layak huni", "rutilahu": "rumah tidak layak huni",
    "rulahu": "rumah tidak layak huni", "umkm": "usaha mikro kecil menengah", "ukm": "usaha kecil menengah",
    "ikm": "industri kecil menengah", "spal": "saluran pembuangan air limbah", "ded": "perencanaan teknis",
    "psu": "prasarana sarana utilitas", "rkb": "ruang kelas baru", "pmt": "pemberian makanan tambahan",
    "dbhcht": "dbh cht", "dbh-cht": "dbh cht", "d.i": "daerah irigasi", "di.": "daerah irigasi",
    "apbd": "", "dak": "", "did": "", "dau": "",
}  # fmt: skip
#: Words that say the same in titles of works; the second is used for comparing.
_SAME: Final = {
    "perbaikan": "rehabilitasi", "renovasi": "rehabilitasi", "pembenahan": "rehabilitasi",
    "revitalisasi": "rehabilitasi", "pembuatan": "pembangunan", "pemasangan": "pembangunan",
    "pengadaan": "penyediaan", "lorong": "gang", "belajar": "kelas", "jamban": "toilet",
    "mck": "toilet", "wc": "toilet", "turap": "tembok", "selokan": "drainase", "got": "drainase",
    "kursus": "pelatihan", "penyuluhan": "sosialisasi", "balita": "anak", "pmt": "makanan",
}  # fmt: skip
_WORD = re.compile(r"[a-z]+|\d+")
_LINE_END = re.compile(r"\\r\\n|rn(?=[A-Z#-])")  # line ends whose backslashes a service lost
_YEAR = re.compile(r"\b(tahun|ta|t a|tahap)? ?(anggaran)? ?20[0-4]\d\b")
_RW_RT = re.compile(r"\b(rw|rt|erwe)( ?(dan|s d|sd|,)? ?\d{1,3})*\b")
_PACKAGE = re.compile(
    r"\b(paket|lot|wilayah|tahap|lokasi|gelombang|angkatan|termin) ?(\d{1,3}|[a-z]|[ivx]+)\b"
)
_NAMED = re.compile(
    r"\b(desa|kelurahan|kecamatan|kabupaten|kota|kampung|dusun|lingkungan|komplek|gang|blok)"
    r" (?!wisata|digital|siaga|dan|di|ke|dalam|kumuh|perdesaan|perkotaan|hidup|kawasan|atau|untuk"
    r"|sehat|kawasan|lainnya|bersih|permukiman|pemukiman|tangguh|cantik)[a-z]+( (wetan|kulon|kidul|kaler|hilir|girang|tengah|jati|baru))?"
)
_BOILER = re.compile(
    r"\b(belanja jasa konsul\w+ ((non )?konstruksi )?(belanja jasa konsul\w+ )?"
    r"(berorientasi (layanan|bidang) ?(jasa )?)?"
    r"|jasa konsul\w+ (berorientasi (layanan|bidang) ?)?(jasa )?"
    r"|(jasa )?studi penelitian dan bantuan tekni\w+|bidang telematika"
    r"|belanja (modal )?(alat bahan untuk kegiatan kantor|bangunan kesehatan|bangunan gedung( kantor)?"
    r"|jasa penyelenggaraan acara|kursus singkat pelatihan|jasa pelatihan kursus singkat pelatihan"
    r"|barang untuk dijual diserahkan kepada masyarakat|bahan bahan|jasa tenaga ahli|sosialisasi"
    r"|bantuan sosial barang yang direncanakan kepada individu|hibah)"
    r"|belanja (modal|barang|jasa|hibah|bahan)?|sub kegiatan|musrenbang|e ?pokir|pokir|usulan|sosialisasi tipe [a-z]( perpres)?|sosialisasi di hotel (half day|full ?day|full ?board)|peserta (non )?pns|pembulatan|sesuai (dengan )?kak|ruang lingkup)\b"
)
_STOP: Final = frozenset(
    [
        "dan",
        "di",
        "ke",
        "dari",
        "untuk",
        "dalam",
        "yang",
        "pada",
        "atau",
        "oleh",
        "dengan",
        "serta",
        "bagi",
        "kepada",
        "terhadap",
        "atas",
        "tentang",
        "melalui",
        "secara",
        "sebagai",
        "para",
        "antar",
        "per",
        "tiap",
        "setiap",
        "lainnya",
        "lain",
        "terkait",
        "rangka",
        "guna",
        "menuju",
        "berbasis",
        "sesuai",
        "tahun",
        "bulan",
        "hari",
        "kegiatan",
        "program",
        "paket",
        "kabupaten",
        "kota",
        "daerah",
        "kecamatan",
        "desa",
        "kelurahan",
        "bandung",
        "pelaksanaan",
        "penyelenggaraan",
        "penyediaan",
        "belanja",
        "pekerjaan",
        "jenis",
        "tipe",
        "type",
        "dll",
        "a",
        "b",
        "c",
        "d",
        "e",
        "p",
        "pd",
        "i",
        "ii",
        "iii",
        "iv",
        "v",
        "x",
        "tersebar",
        "skala",
        "unit",
        "satuan",
        "orang",
    ]
)
_STEMMER = stemmer("indonesian")


@lru_cache(maxsize=1 << 15)
def plain(text: str | None) -> str:
    """Lower-case words and numbers with abbreviations opened, nothing else."""
    if not text:
        return ""
    words = _WORD.findall(
        _LINE_END.sub(" ", text).lower().replace("d.i.", "daerah irigasi ").replace("t.p.t", "tpt")
    )
    return " ".join(" ".join(_ABBREVIATIONS.get(w, w) for w in words).split())


def activity(title: str) -> str:
    """What is done, without where, when and which lot: "pembangunan jalan lingkungan perdesaan"."""
    text = plain(title)
    for mark in (_YEAR, _RW_RT, _PACKAGE, _NAMED):
        text = mark.sub(" ", text)
    return " ".join(w for w in text.split() if not w.isdigit())


def content(title: str) -> str:
    """The activity without the names of accounts and other words that every file has."""
    return " ".join(_BOILER.sub(" ", activity(title)).split())


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Snowball's Indonesian stem of one word."""
    return str(_STEMMER.stemWord(word))


@lru_cache(maxsize=1 << 14)
def meaning(text: str) -> frozenset[str]:
    """The stems of a text after words of one meaning are made one."""
    return frozenset(stems(" ".join(_SAME.get(w, w) for w in text.split())))


@lru_cache(maxsize=1 << 15)
def stems(text: str) -> tuple[str, ...]:
    """The stems of the words that carry content, in order, each once."""
    return tuple(dict.fromkeys(stem(w) for w in text.split() if w not in _STOP and len(w) > 2))
