"""What each agency does: families of work from which the demonstration's lines are drawn.

Titles of sub kegiatan and their codes are those of the national nomenclature; the packages below
them are the demonstration's own words. `{place}` in a package title is the drawn place.
"""

from __future__ import annotations

from typing import NamedTuple


class Family(NamedTuple):
    agency: str  # short name; "*kecamatan" for every kecamatan
    code: str
    package: str
    where: str  # street rw kelurahan kecamatan school market puskesmas canal city office
    cost: tuple[int, int]  # Rp million for one package
    volume: str
    method: str  # Tender | Pengadaan Langsung | E-Purchasing | Swakelola
    account: str  # leading parts of the budget account
    months: tuple[int, int]  # first and last month in which works of the family run
    count: int = 1  # how many packages, before scaling
    people: str = ""  # beneficiaries


_W = "5.2.04.01"  # roads, irrigation and networks
_B = "5.2.03.01"  # buildings
_G = "5.1.02.01"  # goods
_S = "5.1.02.02"  # services
_T = "5.1.02.04"  # travel
_H = "5.1.05.05"  # grants to groups

FAMILIES: tuple[Family, ...] = (
    # Public works
    Family("Dinas PU", "1.03.10.2.01.0055", "Rehabilitasi Jalan {place}", "street", (400, 6000), "{n} m", "Tender", _W, (4, 11), 34),
    Family("Dinas PU", "1.03.10.2.01.0056", "Pemeliharaan Berkala Jalan {place}", "street", (180, 900), "{n} m", "Pengadaan Langsung", _W, (3, 10), 26),
    Family("Dinas PU", "1.03.10.2.01.0051", "Pemeliharaan Rutin Jalan {place}", "kecamatan", (150, 600), "1 Paket", "Swakelola", _W, (1, 12), 15),
    Family("Dinas PU", "1.03.10.2.01.0053", "Pembangunan Jalan Lingkungan Beton {place}", "rw", (120, 199), "{n} m", "Pengadaan Langsung", _W, (4, 10), 60),
    Family("Dinas PU", "1.03.06.2.01.0012", "Pembangunan Drainase Lingkungan {place}", "rw", (100, 199), "{n} m", "Pengadaan Langsung", _W, (4, 11), 90),
    Family("Dinas PU", "1.03.06.2.01.0024", "Peningkatan Saluran Drainase {place}", "street", (500, 3500), "{n} m", "Tender", _W, (5, 12), 47),
    Family("Dinas PU", "1.03.06.2.01.0019", "Pengerukan dan Pemeliharaan Drainase {place}", "kecamatan", (90, 400), "1 Paket", "Swakelola", _W, (1, 12), 15),
    Family("Dinas PU", "1.03.02.2.01.0081", "Normalisasi {place}", "canal", (800, 4000), "{n} m", "Tender", _W, (5, 11), 6),
    Family("Dinas PU", "1.03.02.2.01.0085", "Operasi Stasiun Pompa {place}", "canal", (150, 500), "1 Unit", "Swakelola", _S, (1, 12), 5),
    Family("Dinas PU", "1.03.10.2.01.0058", "Rehabilitasi Jembatan {place}", "street", (300, 2500), "1 Unit", "Tender", _W, (5, 11), 7),
    Family("Dinas PU", "1.03.10.2.01.0029", "Penyusunan DED Jalan {place}", "street", (60, 100), "1 Dokumen", "Pengadaan Langsung", _S, (2, 5), 14),
    Family("Dinas PU", "1.03.08.2.01.0034", "Pembangunan Gedung {place}", "kecamatan", (1500, 9000), "1 Unit", "Tender", _B, (4, 12), 8),
    Family("Dinas PU", "1.03.05.2.01.0052", "Pemasangan Sambungan Rumah Air Limbah {place}", "kelurahan", (180, 1200), "{n} SR", "Tender", _W, (5, 11), 10),
    Family("Distaru", "1.03.09.2.01.0011", "Penataan Kawasan {place}", "kelurahan", (200, 1500), "1 Kawasan", "Pengadaan Langsung", _W, (4, 11), 9),
    Family("Distaru", "2.10.05.2.01.0004", "Pembebasan Lahan {place}", "street", (900, 8000), "1 Bidang", "Swakelola", "5.2.01.01", (2, 10), 7),
    # Housing
    Family("Disperkim", "1.04.03.2.03.0002", "Perbaikan Rumah Tidak Layak Huni {place}", "kelurahan", (150, 700), "{n} Unit", "Swakelola", _H, (3, 10), 40, "masyarakat berpenghasilan rendah"),
    Family("Disperkim", "1.04.03.2.03.0013", "Pemugaran Kawasan Kumuh {place}", "rw", (180, 900), "1 Paket", "Tender", _W, (5, 11), 18, "warga kawasan kumuh"),
    Family("Disperkim", "1.04.05.2.01.0011", "Pembangunan Paving Blok Lorong {place}", "rw", (90, 199), "{n} m2", "Pengadaan Langsung", _W, (3, 10), 70),
    Family("Disperkim", "1.04.05.2.01.0011", "Pemasangan Lampu Jalan Lingkungan {place}", "rw", (60, 190), "{n} Titik", "Pengadaan Langsung", _W, (3, 10), 24),
    # Transport
    Family("Dishub", "2.15.02.2.02.0002", "Pengadaan dan Pemasangan Rambu dan Marka {place}", "street", (80, 400), "1 Paket", "Pengadaan Langsung", _W, (4, 11), 18),
    Family("Dishub", "2.15.02.2.02.0004", "Pemeliharaan Penerangan Jalan Umum {place}", "street", (100, 500), "1 Paket", "Pengadaan Langsung", _W, (2, 12), 24),
    Family("Dishub", "2.15.02.2.06.0016", "Manajemen dan Rekayasa Lalu Lintas {place}", "street", (150, 900), "1 Paket", "Pengadaan Langsung", _S, (4, 10), 9),
    # Environment
    Family("DLH", "2.11.11.2.01.0012", "Pengangkutan Sampah {place}", "kecamatan", (900, 2400), "1 Tahun", "Swakelola", _S, (1, 12), 14),
    Family("DLH", "2.11.11.2.01.0007", "Pembangunan TPS 3R {place}", "kelurahan", (180, 600), "1 Unit", "Tender", _B, (5, 11), 8),
    Family("DLH", "2.11.11.2.01.0004", "Pembinaan Bank Sampah {place}", "kelurahan", (20, 80), "{n} Kelompok", "Swakelola", _S, (2, 11), 22, "kelompok bank sampah"),
    Family("DLH", "2.11.04.2.01.0004", "Penataan Taman {place}", "street", (100, 900), "1 Lokasi", "Pengadaan Langsung", _W, (3, 10), 16),
    # Education
    Family("Disdik", "1.01.02.2.01.0051", "Rehabilitasi Ruang Kelas {place}", "school", (150, 900), "{n} Ruang", "Pengadaan Langsung", _B, (5, 10), 70, "peserta didik SD"),
    Family("Disdik", "1.01.02.2.01.0047", "Pembangunan Ruang Kelas Baru {place}", "school", (300, 1200), "{n} Ruang", "Tender", _B, (5, 11), 22, "peserta didik SD"),
    Family("Disdik", "1.01.02.2.01.0036", "Pengembangan Konten Pembelajaran Digital", "city", (200, 900), "1 Paket", "E-Purchasing", _S, (2, 10), 5, "guru dan peserta didik"),
    Family("Disdik", "1.01.02.2.01.0029", "Pengelolaan Dana BOS {place}", "school", (200, 900), "1 Sekolah", "Swakelola", _G, (1, 12), 60, "peserta didik SD"),
    # Health
    Family("Dinkes", "1.02.02.2.01.0009", "Rehabilitasi Puskesmas {place}", "puskesmas", (200, 1500), "1 Unit", "Tender", _B, (4, 11), 16),
    Family("Dinkes", "1.02.02.2.02.0033", "Operasional Pelayanan {place}", "puskesmas", (400, 900), "1 Tahun", "Swakelola", _G, (1, 12), 26),
    Family("Dinkes", "1.02.02.2.02.0015", "Pemberian Makanan Tambahan Balita Gizi Kurang {place}", "kecamatan", (100, 350), "{n} Orang", "Swakelola", _G, (2, 11), 15, "balita gizi kurang"),
    Family("Dinkes", "1.02.02.2.02.0001", "Kelas Ibu Hamil {place}", "puskesmas", (20, 60), "{n} Orang", "Swakelola", _S, (2, 11), 26, "ibu hamil"),
    # Social, women, children, family planning, food
    Family("Dinsos", "1.06.05.2.02.0006", "Bantuan Sosial Paket Sembako {place}", "kecamatan", (200, 600), "{n} KPM", "Swakelola", "5.1.06.01", (3, 11), 15, "keluarga penerima manfaat"),
    Family("Dinsos", "1.06.04.2.01.0003", "Penyediaan Alat Bantu Penyandang Disabilitas", "city", (100, 400), "{n} Orang", "E-Purchasing", "5.1.06.01", (3, 10), 4, "penyandang disabilitas"),
    Family("Dinsos", "1.06.04.2.01.0005", "Bimbingan Anak Jalanan {place}", "kecamatan", (40, 120), "{n} Orang", "Swakelola", _S, (2, 11), 8, "anak jalanan"),
    Family("DPPPA", "2.08.03.2.01.0009", "Sosialisasi Pencegahan Kekerasan terhadap Perempuan {place}", "kecamatan", (25, 70), "{n} Orang", "Swakelola", _S, (2, 11), 15, "perempuan"),
    Family("DPPPA", "2.08.02.2.02.0011", "Pelatihan Keterampilan Perempuan Kepala Keluarga {place}", "kecamatan", (40, 120), "{n} Orang", "Swakelola", _S, (3, 10), 10, "perempuan kepala keluarga"),
    Family("DPPKB", "2.14.02.2.01.0042", "Dapur Sehat Atasi Stunting {place}", "kelurahan", (20, 70), "1 Kelompok", "Swakelola", _S, (2, 11), 30, "balita stunting"),
    Family("DPPKB", "2.14.04.2.01.0043", "Pemutakhiran Data Keluarga Berisiko Stunting {place}", "kecamatan", (30, 90), "1 Dokumen", "Swakelola", _S, (2, 6), 15, "keluarga berisiko stunting"),
    Family("DKP", "2.09.03.2.01.0007", "Pekarangan Pangan Lestari {place}", "kelurahan", (30, 90), "1 Kelompok", "Swakelola", _H, (2, 10), 24, "kelompok wanita tani"),
    Family("DP2", "3.25.03.2.02.0004", "Bantuan Sarana Nelayan Kecil {place}", "kelurahan", (60, 250), "{n} Unit", "E-Purchasing", _H, (3, 9), 10, "nelayan kecil"),
    Family("DP2", "3.25.04.2.04.0002", "Budi Daya Ikan Pekarangan {place}", "kelurahan", (30, 100), "{n} Kelompok", "Swakelola", _H, (3, 10), 10, "kelompok pembudi daya ikan"),
    # Economy
    Family("Diskop UKM", "2.17.07.2.01.0018", "Pelatihan Wirausaha Mikro {place}", "kecamatan", (40, 150), "{n} Orang", "Swakelola", _S, (3, 10), 15, "pelaku usaha mikro"),
    Family("Diskop UKM", "2.17.07.2.01.0027", "Fasilitasi Sertifikasi Halal Usaha Mikro", "city", (80, 250), "{n} Usaha", "Swakelola", _S, (3, 10), 3, "pelaku usaha mikro"),
    Family("Disnaker", "2.07.03.2.01.0009", "Pelatihan Keterampilan Pencari Kerja Bidang {skill}", "city", (60, 200), "{n} Orang", "Swakelola", _S, (3, 10), 10, "pencari kerja"),
    Family("Disdag", "3.30.03.2.01.0001", "Revitalisasi {place}", "market", (500, 6000), "1 Unit", "Tender", _B, (4, 12), 7, "pedagang pasar"),
    Family("Dispar", "3.26.03.2.01.0006", "Festival {event} {place}", "street", (150, 900), "1 Kegiatan", "E-Purchasing", _S, (5, 11), 8, "wisatawan"),
    Family("Dispar", "3.26.05.2.02.0001", "Pelatihan Ekonomi Kreatif Bidang {skill}", "city", (50, 150), "{n} Orang", "Swakelola", _S, (3, 10), 6, "pelaku ekonomi kreatif"),
    Family("Disbud", "2.22.02.2.01.0001", "Pentas Seni Budaya {place}", "kecamatan", (40, 150), "1 Kegiatan", "Swakelola", _S, (4, 11), 10, "pelaku seni"),
    Family("Dispora", "2.19.02.2.01.0020", "Pelatihan Wirausaha Pemuda {place}", "kecamatan", (40, 120), "{n} Orang", "Swakelola", _S, (3, 10), 10, "pemuda"),
    Family("Dispora", "2.19.03.2.05.0009", "Rehabilitasi Lapangan Olahraga {place}", "kelurahan", (100, 700), "1 Unit", "Pengadaan Langsung", _B, (4, 10), 8),
    # Order, fire, disaster
    Family("Satpol PP", "1.05.02.2.01.0015", "Patroli Ketertiban {place}", "kecamatan", (60, 200), "1 Tahun", "Swakelola", _S, (1, 12), 15),
    Family("Damkar", "1.05.04.2.04.0002", "Pembinaan Relawan Pemadam {place}", "kecamatan", (20, 60), "{n} Orang", "Swakelola", _S, (3, 10), 14),
    Family("BPBD", "1.05.03.2.02.0020", "Kelurahan Tangguh Bencana {place}", "kelurahan", (30, 80), "1 Kelurahan", "Swakelola", _S, (3, 10), 12, "warga rawan bencana"),
    # Digital, data, libraries, archives
    Family("Diskominfo", "2.16.03.2.02.0040", "Penyediaan Internet Lorong {place}", "kelurahan", (20, 90), "{n} Titik", "E-Purchasing", _S, (2, 12), 26, "warga lorong"),
    Family("Diskominfo", "2.16.03.2.02.0042", "Pengembangan Aplikasi {app}", "city", (150, 900), "1 Aplikasi", "Pengadaan Langsung", _S, (3, 11), 6),
    Family("Disperpus", "2.23.02.2.02.0007", "Pojok Baca Lorong {place}", "kelurahan", (15, 60), "1 Unit", "E-Purchasing", _G, (3, 10), 14, "warga lorong"),
    Family("Disarsip", "2.24.02.2.01.0001", "Penataan Arsip {place}", "kecamatan", (15, 60), "1 Paket", "Swakelola", _S, (2, 11), 10),
    # Government
    Family("Bappeda", "5.01.02.2.01.0005", "Penyelenggaraan Musrenbang Kota", "city", (200, 500), "1 Berita Acara", "Swakelola", _S, (2, 4), 1),
    Family("Bappeda", "5.01.02.2.03.0003", "Monitoring dan Evaluasi Pembangunan", "city", (100, 300), "4 Laporan", "Swakelola", _S, (1, 12), 3),
    Family("Balitbangda", "5.05.02.2.01.0001", "Kajian {topic}", "city", (80, 200), "1 Dokumen", "Pengadaan Langsung", _S, (3, 9), 7),
    Family("BPKAD", "5.02.02.2.01.0002", "Koordinasi Penyusunan KUA-PPAS", "city", (100, 300), "2 Dokumen", "Swakelola", _S, (4, 9), 2),
    Family("Bapenda", "5.02.04.2.01.0011", "Pendataan Objek Pajak {place}", "kecamatan", (40, 120), "1 Laporan", "Swakelola", _S, (2, 10), 15),
    Family("Disdukcapil", "2.12.02.2.01.0004", "Pelayanan Dokumen Kependudukan Keliling {place}", "kecamatan", (30, 90), "1 Kegiatan", "Swakelola", _S, (1, 12), 15, "penduduk"),
    Family("DPM-PTSP", "2.18.04.2.01.0006", "Pelayanan Perizinan Terpadu", "city", (100, 400), "1 Tahun", "Swakelola", _S, (1, 12), 2),
    Family("Kesbangpol", "8.01.02.2.01.0003", "Forum Kebangsaan {place}", "kecamatan", (20, 60), "{n} Orang", "Swakelola", _S, (3, 11), 8, "tokoh masyarakat"),
    Family("Inspektorat", "6.01.02.2.01.0001", "Pengawasan Kinerja Perangkat Daerah", "city", (100, 300), "{n} Laporan", "Swakelola", _T, (1, 12), 3),
    # Every kecamatan does the same standard task: expected repetition
    Family("*kecamatan", "7.01.03.2.02.0002", "Pembangunan Sarana dan Prasarana Kelurahan {place}", "kelurahan", (40, 180), "1 Paket", "Swakelola", _W, (4, 11), 5),
    Family("*kecamatan", "7.01.03.2.02.0003", "Pemberdayaan Masyarakat Kelurahan {place}", "kelurahan", (30, 120), "1 Paket", "Swakelola", _S, (2, 11), 6, "kelompok masyarakat"),
    Family("*kecamatan", "7.01.03.2.02.0001", "Musrenbang Kelurahan {place}", "kelurahan", (10, 20), "1 Kegiatan", "Swakelola", _S, (1, 2), 4),
    Family("*kecamatan", "7.01.02.2.02.0003", "Pelayanan Kebersihan {place}", "kecamatan", (400, 900), "1 Tahun", "Swakelola", _S, (1, 12), 1),
)  # fmt: skip

#: Support program 01: every agency has these; repetition is normal
SUPPORT: tuple[tuple[str, str, tuple[int, int]], ...] = (
    ("01.2.01.0001", "Penyusunan Dokumen Perencanaan Perangkat Daerah", (5, 60)),
    ("01.2.01.0007", "Evaluasi Kinerja Perangkat Daerah", (5, 40)),
    ("01.2.02.0001", "Penyediaan Gaji dan Tunjangan ASN", (2000, 30000)),
    ("01.2.05.0009", "Pendidikan dan Pelatihan Pegawai Berdasarkan Tugas dan Fungsi", (20, 150)),
    ("01.2.06.0001", "Penyediaan Komponen Instalasi Listrik/Penerangan Bangunan Kantor", (5, 40)),
    ("01.2.06.0002", "Penyediaan Peralatan dan Perlengkapan Kantor", (20, 300)),
    ("01.2.06.0004", "Penyediaan Bahan Logistik Kantor", (20, 150)),
    ("01.2.06.0009", "Penyelenggaraan Rapat Koordinasi dan Konsultasi SKPD", (50, 500)),
    ("01.2.08.0002", "Penyediaan Jasa Komunikasi, Sumber Daya Air dan Listrik", (50, 400)),
    ("01.2.08.0004", "Penyediaan Jasa Pelayanan Umum Kantor", (100, 900)),
    ("01.2.09.0002", "Penyediaan Jasa Pemeliharaan Kendaraan Dinas Operasional", (30, 250)),
    ("01.2.09.0009", "Pemeliharaan/Rehabilitasi Gedung Kantor dan Bangunan Lainnya", (30, 400)),
)

SUPPORT_PACKAGES = (
    "Belanja Alat Tulis Kantor", "Belanja Makanan dan Minuman Rapat", "Belanja Perjalanan Dinas Biasa",
    "Belanja Bahan Cetak", "Belanja Pemeliharaan Kendaraan Dinas", "Belanja Jasa Tenaga Kebersihan",
    "Belanja Jasa Tenaga Keamanan", "Belanja Tagihan Listrik", "Belanja Kawat/Faksimili/Internet",
    "Belanja Modal Personal Computer",
)  # fmt: skip

WORDS = {
    "skill": ("Tata Boga", "Menjahit", "Las", "Servis Telepon Seluler", "Fotografi", "Barista",
              "Desain Grafis", "Pemasaran Digital", "Tata Rias", "Servis AC"),
    "event": ("Pinisi", "Kuliner Lorong", "Cahaya Losari", "Musik Pesisir", "Layang-Layang"),
    "app": ("Layanan Lorong", "Data Warga", "Aduan Terpadu", "Perizinan Cepat", "Pasar Digital",
            "Statistik Sektoral"),
    "topic": ("Pengendalian Banjir Perkotaan", "Ekonomi Lorong", "Transportasi Pesisir",
              "Ketahanan Iklim", "Tata Kelola Sampah", "Layanan Digital", "Kemiskinan Perkotaan"),
}  # fmt: skip
