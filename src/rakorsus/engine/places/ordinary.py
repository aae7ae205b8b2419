"""Names of villages or districts that are ordinary words of planning texts as well.

Without a mark ("Kel. Daya") such a word is not believed to be a place: "pengembangan sumber daya"
does not lie in the kelurahan Daya. Made by looking up the names of all villages and districts of
the country in the titles, results and indicators of the national nomenclature of sub-kegiatan,
which name no village; common words of titles that it does not use were added by hand.
"""

from __future__ import annotations

from typing import Final

_WORDS: Final = """
aceh agung ajang akar alat aman andir antara arab arahan area armada aset asuhan ayah babakan
babat bacaan bagi bahari bakal bakat bakti balai bali balik bandar bandara bandung bangga bangsa
bangun bangunan barang barat baraya baru bata batang batas batu batuan bayi bela benda bendung
bendungan bengkel berusaha besar bina bira biru bisa buang budidaya bukan bukti buku bulan bumi
bunga cabang candi cigudud dalam damai dana danau darat dari data daya dayah dipa duda gaji
galur gambut gampong ganti gedong gedung genting gudang guna gunung harapan harus hasi hilir
hingga hulu indah islam jamuan jangka jarak jasa jaya jum'at kabupaten kaca kadipaten kali
kampung kantin kantor kapal kapasa kapita karang karaton karya kebanggaan kebun kecil keencana
kejadian kelurahan kemantren kencana kerukunan kesatuan kesehatan kolam kota kotabaru kraton
lahar laksana lama lampu lanjut lapangan layang lebih lelang lembar lidung lomba luar luas
lumbung lumpur lurah maja maka makam makassar makmur mama mampu mandiri mata mataram mataraman
mekarjaya melayu menjalin merapi mesjid meunasah mini muda mulya musyawarah namun negara negari
nelayan nusantara pada padang padat pahlawan pamong panas pancasila pangkat panjang pantai panti
papua para parang parit pasar pasokan patokan pelabuhan pelajaran pemuda penambangan penataan
penatan pendalaman pengadaaan pengadaan pengajaran pengaturan penggalangan peninjauan penurunan
perbatasaan perbatasan perdamaian perintis perkebunan perkotaan perluasan persatuan pesantren
pesisir peta petak petani pintu pola pulau puro pusaka rangka rawa rawan raya rintisan ruang
sabo sadar saham saing saling sama sambungan sanggar sasaran satu sayang sedang sejahtera
sekeloa selamat sementara seni sentosa sepanjang serah serangan serba setiap sewu siaga sita
situ sosial suci sudah sukamaju sumber sumberdaya sumur sungai surat sutera swadaya tahunan
taman tambahan tambak tanda tang tangga tangguh tanggul tanggung tangki tanjung tapak tarik
tawar tebing tela teladan tengah tentang terpadu tetap tiga timbang titik toko tokoh tuha tunggu
ulang upah usul utama waduk wajo wali wana wawasan yang yogyakarta
"""
_PHRASES: Final = """
air bersih, air besar, air tawar, dan yang, di di, do da, gedung negara, gotong royong, kampung
dalam, karang taruna, kebun raya, kota dalam, mata air, pakan dalam, pelabuhan dalam, pintu air,
ppa di, pulau kecil, serba guna, sumber daya, sungai dalam, tanah timbul
"""

ORDINARY: Final[frozenset[str]] = frozenset(_WORDS.split()) | frozenset(
    phrase.strip() for phrase in _PHRASES.replace("\n", " ").split(",")
)
