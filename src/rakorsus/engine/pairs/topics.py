"""The subject of a title: its words without the frame that all planning titles share."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

from rakorsus.engine.words import stem, stems

_FRAME_WORDS: Final = """
    pembinaan pengawasan pengendalian koordinasi sinkronisasi fasilitasi pelaksanaan pengelolaan
    pengembangan peningkatan penyediaan penyusunan pemberdayaan pembangunan rehabilitasi
    pemeliharaan pelayanan penataan penguatan pendampingan monitoring evaluasi pelaporan laporan
    sistem informasi sumber daya manusia kapasitas kompetensi kebijakan rencana strategi teknis
    sarana prasarana data dokumen masyarakat pemerintah pemerintahan lembaga organisasi kerja
    sama pelatihan sosialisasi bimbingan kajian studi penelitian bantuan acara kursus singkat
    tenaga ahli jasa konsultansi layanan bidang perencanaan pengadaan bahan barang peralatan
    mesin alat modal usaha pelaku wilayah tingkat lokal nasional provinsi dukungan optimalisasi
    percepatan promosi pembentukan perumusan verifikasi validasi sertifikasi standar norma
    peraturan perundang undangan kepala perangkat rapat forum tim kelompok anggota peserta nomor
    paket tahap lokasi boarding pns non var full day half hotel pelatihan thp tahapan dbh cht
    pendidikan umum khusus hibah pemanfaatan penerapan kegiatan proses hasil dasar analisis
    analisa pemetaan sertifikat administrasi tugas fungsi pegawai asn penilaian penanganan
    penyelenggara bagi inovasi teknologi pameran jawa barat kewenangan urusan daerah kabupaten
    kota kecamatan desa kelurahan satu dua tiga lintas sektor swasta instruktur pejabat
    fungsional aparatur lomba juara honorarium narasumber uang saku spesifikasi honor belanja
    biaya kemasyarakatan perlengkapan sdm kejuruan uji kurusus pengolahan penyajian pengumpulan
    minuman makanan tenagakerja badan dewan terpadu terhadap produk kualitas mutu pelestarian
    perlindungan pencegahan nilai aset anggaran keuangan luar negeri dalam sosial ekonomi
    perekonomian hukum musyawarah advokasi nirlaba sukarela keluarga dibentuk berdasarkan undang
    asistensi naskah akademik rancangan pemangku kepentingan komunikasi edukasi kie tata kelola
    mikro kecil menengah skala tambahan database pembuatan desain arsitektur rekayasa struktur
    bangunan gedung pondasi konstruksi budidaya bibit fasilitas potensi kapasitas efektivitas
    capaian kinerja operasional tanaman fisik mental aplikasi lokasi rapat penyebarluasan
    publikasi media dokumentasi program pengaduan penyidik sipil negeri keterampilan profesi
    calon hidup pemberian penghargaan perizinan berusaha cetak elektronik perpres tipe
    narasumber eselon kali pengguna jaringan komputer bersama gerakan hari peringatan festival
    pekan promosi pasar
    """
_SINGLE_WORDS: Final = """
    halal sampah persampahan irigasi stunting narkoba narkotika literasi cukai disabilitas lansia
    inflasi hki intelektual  gender radikalisme kemiskinan pengangguran wirausaha
    kewirausahaan koperasi sanitasi limbah drainase embung kopi menjahit pesantren parkir
    reklame cctv  banjir longsor kekeringan perkawinan tuberkulosis rabies
    """
_WORD: Final = re.compile(r"[A-Za-z]+")
_FRAME: Final = frozenset(stem(w) for w in _FRAME_WORDS.split()) | frozenset(_FRAME_WORDS.split())

#: Stems that say by themselves what a text is about.
SINGLE: Final = frozenset(stem(w) for w in _SINGLE_WORDS.split())


def shown(titles: Iterable[str], stems_of: Collection[str], most: int = 3) -> str:
    """The words of the shortest title that bear these stems, in its order, as a page names them."""
    shortest = min(titles, key=lambda t: (len(t), t))
    words: dict[str, str] = {}
    for word in _WORD.findall(shortest):
        if stem(word.lower()) in stems_of:
            acronym = word.isupper() and not shortest.isupper()
            words.setdefault(stem(word.lower()), word if acronym else word.lower())
    return " ".join(list(words.values())[:most])


def subject(text: str) -> str:
    """The stems that say what a text is about, in order: "sampah", "kekayaan intelektual"."""
    return " ".join(s for s in stems(text) if s not in _FRAME)
