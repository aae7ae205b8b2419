"""The 51 perangkat daerah and 6 city companies that presented in March 2022, units, outside bodies.

Codes follow the pattern of SKPD codes (Permendagri 90/2019): up to three pairs of affairs, serial,
sub-unit. The serials are the demonstration's own.
"""

from __future__ import annotations

from typing import NamedTuple

from rakorsus.synth.places import in_district


class Office(NamedTuple):
    code: str
    name: str
    short: str
    kind: str = "opd"
    parent: str | None = None
    region: str | None = None


OFFICES: tuple[Office, ...] = (
    Office("1.01.0.00.0.00.01.0000", "Dinas Pendidikan", "Disdik"),
    Office("1.02.0.00.0.00.02.0000", "Dinas Kesehatan", "Dinkes"),
    Office("1.03.0.00.0.00.03.0000", "Dinas Pekerjaan Umum", "Dinas PU"),
    Office("1.03.2.10.0.00.04.0000", "Dinas Penataan Ruang", "Distaru"),
    Office("1.04.0.00.0.00.05.0000", "Dinas Perumahan dan Kawasan Permukiman", "Disperkim"),
    Office("1.05.0.00.0.00.06.0000", "Satuan Polisi Pamong Praja", "Satpol PP"),
    Office("1.05.0.00.0.00.07.0000", "Dinas Pemadam Kebakaran dan Penyelamatan", "Damkar"),
    Office("1.05.0.00.0.00.08.0000", "Badan Penanggulangan Bencana Daerah", "BPBD"),
    Office("1.06.0.00.0.00.09.0000", "Dinas Sosial", "Dinsos"),
    Office("2.07.0.00.0.00.10.0000", "Dinas Ketenagakerjaan", "Disnaker"),
    Office("2.08.0.00.0.00.11.0000",
           "Dinas Pemberdayaan Perempuan dan Perlindungan Anak", "DPPPA"),
    Office("2.09.0.00.0.00.12.0000", "Dinas Ketahanan Pangan", "DKP"),
    Office("2.10.0.00.0.00.13.0000", "Dinas Pertanahan", "Dinas Pertanahan"),
    Office("2.11.0.00.0.00.14.0000", "Dinas Lingkungan Hidup", "DLH"),
    Office("2.12.0.00.0.00.15.0000", "Dinas Kependudukan dan Pencatatan Sipil", "Disdukcapil"),
    Office("2.14.0.00.0.00.16.0000",
           "Dinas Pengendalian Penduduk dan Keluarga Berencana", "DPPKB"),
    Office("2.15.0.00.0.00.17.0000", "Dinas Perhubungan", "Dishub"),
    Office("2.16.2.20.2.21.18.0000", "Dinas Komunikasi dan Informatika", "Diskominfo"),
    Office("2.17.0.00.0.00.19.0000", "Dinas Koperasi dan Usaha Kecil Menengah", "Diskop UKM"),
    Office("2.18.0.00.0.00.20.0000",
           "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", "DPM-PTSP"),
    Office("2.19.0.00.0.00.21.0000", "Dinas Pemuda dan Olahraga", "Dispora"),
    Office("2.22.0.00.0.00.22.0000", "Dinas Kebudayaan", "Disbud"),
    Office("2.23.0.00.0.00.23.0000", "Dinas Perpustakaan", "Disperpus"),
    Office("2.24.0.00.0.00.24.0000", "Dinas Kearsipan", "Disarsip"),
    Office("3.25.3.27.0.00.25.0000", "Dinas Perikanan dan Pertanian", "DP2"),
    Office("3.26.0.00.0.00.26.0000", "Dinas Pariwisata", "Dispar"),
    Office("3.30.3.31.0.00.27.0000", "Dinas Perdagangan", "Disdag"),
    Office("4.01.0.00.0.00.28.0000", "Sekretariat Daerah", "Setda"),
    Office("4.02.0.00.0.00.29.0000", "Sekretariat DPRD", "Setwan"),
    Office("5.01.0.00.0.00.30.0000", "Badan Perencanaan Pembangunan Daerah", "Bappeda"),
    Office("5.02.0.00.0.00.31.0000",
           "Badan Pengelolaan Keuangan dan Aset Daerah", "BPKAD"),
    Office("5.02.0.00.0.00.32.0000", "Badan Pendapatan Daerah", "Bapenda"),
    Office("5.03.5.04.0.00.33.0000",
           "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia Daerah", "BKPSDMD"),
    Office("5.05.0.00.0.00.34.0000", "Badan Penelitian dan Pengembangan Daerah", "Balitbangda"),
    Office("6.01.0.00.0.00.35.0000", "Inspektorat Daerah", "Inspektorat"),
    *(
        Office(f"7.01.0.00.0.00.{36 + n}.0000", f"Kecamatan {name}", f"Kec. {name}",
               "kecamatan", None, f"73.71.{n + 1:02d}")
        for n, name in enumerate((
            "Mariso", "Mamajang", "Makassar", "Ujung Pandang", "Wajo", "Bontoala", "Tallo",
            "Ujung Tanah", "Panakkukang", "Tamalate", "Biringkanaya", "Manggala", "Rappocini",
            "Tamalanrea", "Kepulauan Sangkarrang",
        ))
    ),
    Office("8.01.0.00.0.00.51.0000", "Badan Kesatuan Bangsa dan Politik", "Kesbangpol"),
)  # fmt: skip

UNITS: tuple[Office, ...] = (
    Office("1.02.0.00.0.00.02.0001", "RSUD Kota Makassar", "RSUD Daya", "hospital",
           "1.02.0.00.0.00.02.0000"),
    *(
        Office(f"1.02.0.00.0.00.02.{n + 10:04d}", f"Puskesmas {name}", f"PKM {name}",
               "puskesmas", "1.02.0.00.0.00.02.0000")
        for n, name in enumerate((
            "Antang", "Antara", "Batua", "Bara-Baraya", "Barombong", "Bira", "Cendrawasih",
            "Daya", "Jongaya", "Jumpandang Baru", "Kaluku Bodoa", "Karuwisi", "Kassi-Kassi",
            "Maccini Sawah", "Malimongan Baru", "Mamajang", "Mangasa", "Minasa Upa", "Paccerakkang",
            "Pampang", "Panambungan", "Rappokalling", "Sudiang", "Tamalanrea", "Tamalate", "Tarakan",
        ))
    ),
)  # fmt: skip

COMPANIES: tuple[Office, ...] = (
    Office("B.01", "Perumda Air Minum Kota Makassar", "PDAM", "company"),
    Office("B.02", "Perumda Pasar Makassar Raya", "Perumda Pasar", "company"),
    Office("B.03", "Perumda Parkir Makassar Raya", "Perumda Parkir", "company"),
    Office("B.04", "Perumda Terminal Makassar Metro", "Perumda Terminal", "company"),
    Office("B.05", "Perumda Bank Perkreditan Rakyat Kota Makassar", "BPR", "company"),
    Office("B.06", "Perusahaan Daerah Rumah Potong Hewan", "RPH", "company"),
)

OUTSIDE: tuple[Office, ...] = (
    Office("L.01", "PLN Unit Pelaksana Pelayanan Pelanggan Makassar", "PLN", "outside"),
    Office("L.02", "Telkom Witel Makassar", "Telkom", "outside"),
    Office("L.03", "Balai Besar Wilayah Sungai Pompengan Jeneberang", "BBWS", "outside"),
    Office("L.04", "Balai Besar Pelaksanaan Jalan Nasional Sulawesi Selatan", "BBPJN", "outside"),
    Office("L.05", "Balai Prasarana Permukiman Wilayah Sulawesi Selatan", "BPPW", "outside"),
    Office("L.06", "Dinas Bina Marga dan Bina Konstruksi Provinsi Sulawesi Selatan",
           "DBMBK Prov.", "outside"),
    Office("L.07", "Perusahaan teknologi metaverse (contoh)", "Mitra metaverse", "outside"),
)  # fmt: skip

KELURAHAN: tuple[Office, ...] = tuple(
    Office(f"{district.code[:-4]}{n:04d}", f"Kelurahan {village.name}", f"Kel. {village.name}",
           "kelurahan", district.code, village.code)
    for district in OFFICES if district.kind == "kecamatan"
    for n, village in enumerate(in_district(district.name.removeprefix("Kecamatan ")), 1)
)  # fmt: skip

ALL = OFFICES + UNITS + COMPANIES + OUTSIDE + KELURAHAN
BY_SHORT = {office.short: office for office in ALL}
BY_CODE = {office.code: office for office in ALL}
