"""Strategic targets of the demonstration: (sasaran, indikator, satuan, awal, target, kode, PD).

Written for the demonstration. Some are served by programs, some only in part, some by none.
"""

TARGETS: tuple[tuple[str, str, str, float, float, str, str], ...] = (
    ("Berkurangnya genangan dan banjir", "Panjang drainase yang dibangun atau ditingkatkan", "m",
     41_000, 60_000, "1.03.06", "Dinas Pekerjaan Umum"),
    ("Meningkatnya kondisi jalan kota", "Panjang jalan kondisi mantap yang ditangani", "m",
     52_000, 45_000, "1.03.10", "Dinas Pekerjaan Umum"),
    ("Berkurangnya kawasan kumuh", "Rumah tidak layak huni yang diperbaiki", "Unit",
     1_100, 1_500, "1.04.03", "Dinas Perumahan dan Kawasan Permukiman"),
    ("Menurunnya prevalensi stunting", "Dapur sehat atasi stunting yang aktif", "Kelompok",
     60, 153, "2.14.02", "Dinas Pengendalian Penduduk dan Keluarga Berencana"),
    ("Meningkatnya sampah terkelola", "TPS 3R yang dibangun", "Unit",
     9, 8, "2.11.11", "Dinas Lingkungan Hidup"),
    ("Tumbuhnya wirausaha baru", "Pelaku usaha mikro yang dilatih", "Orang",
     700, 2_000, "2.17.07", "Dinas Koperasi dan Usaha Kecil Menengah"),
    ("Terwujudnya lorong wisata", "Lorong wisata yang tertata", "Lorong",
     0, 1_000, "", "Dinas Pariwisata"),
    ("Meningkatnya layanan angkutan umum ramah lingkungan", "Koridor bus listrik yang beroperasi",
     "Koridor", 0, 2, "2.15.06", "Dinas Perhubungan"),
    ("Menurunnya kehilangan air", "Pipa distribusi tua yang diganti", "m",
     3_000, 12_000, "1.03.03", "Dinas Pekerjaan Umum"),
    ("Meningkatnya layanan pulau", "Kapal ambulans laut yang beroperasi", "Unit",
     1, 3, "1.02.02", "Dinas Kesehatan"),
    ("Meningkatnya literasi warga", "Pojok baca lorong yang aktif", "Unit",
     20, 14, "2.23.02", "Dinas Perpustakaan"),
    ("Bertambahnya ruang terbuka hijau", "Taman yang ditata", "Lokasi",
     12, 15, "2.11.04", "Dinas Lingkungan Hidup"),
)
