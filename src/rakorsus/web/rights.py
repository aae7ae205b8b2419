"""The page of rights: every rule of the registry in words, and the roles it lets in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rakorsus.people.actor import of_request
from rakorsus.people.matrix import rows
from rakorsus.people.models import Role
from rakorsus.people.rules import require

#: What each rule opens. A test asks that none is missing.
WORDS: dict[str, str | Promise] = {
    "people.read": _("Melihat akun dan hak"),
    "people.manage": _("Membuat dan menutup akun, memberi dan mencabut peran"),
    "people.delegate": _("Memberi kuasa atas peran sendiri; administrator atas peran siapa pun"),
    "people.keys": _("Memberi dan mencabut kunci API"),
    "agencies.manage": _("Mengubah data perangkat daerah"),
    "audit.read": _("Membaca jejak audit"),
    "documents.manage": _("Mengatur kop, penanda tangan, dan nomor naskah dinas"),
    "documents.issue": _("Menerbitkan dan mencabut naskah dinas"),
    "operation.read": _("Melihat keadaan sistem"),
    "operation.mend": _("Menjalankan lagi pekerjaan yang gagal"),
    "operation.erase": _("Menghapus data pribadi"),
    "intake.load": _("Mengimpor berkas; perencana hanya untuk perangkat daerahnya"),
    "intake.load_all": _("Mengimpor untuk semua perangkat daerah dan tabel acuan"),
    "intake.read": _("Melihat impor sendiri beserta baris yang disisihkan"),
    "intake.sources": _("Melihat sumber dan mutu data"),
    "intake.delete_mapping": _("Menghapus pemetaan kolom"),
    "register.read": _("Membaca program, peta, versi, dan unduhan"),
    "register.publish": _("Menulis ke register; perencana hanya baris perangkat daerahnya"),
    "register.amend": _("Mengubah satu baris; perencana hanya baris perangkat daerahnya"),
    "register.follow": _("Mengikuti tempat, tema, perangkat daerah, atau program"),
    "register.save_view": _("Menyimpan tampilan daftar"),
    "register.change_view": _("Mengubah tampilan daftar milik sendiri"),
    "register.open_view": _("Membuka tampilan daftar milik sendiri atau yang dibagikan"),
    "findings.read": _("Membaca temuan; tamu hanya temuan lembaganya"),
    "findings.answer": _("Menjawab temuan atas nama perangkat daerah sendiri"),
    "findings.discuss": _("Ikut percakapan temuan yang menyangkut perangkat daerah sendiri"),
    "findings.change_comment": _("Mengubah tanggapan sendiri"),
    "findings.settle": _("Mengusulkan dan menyetujui jalan keluar bagi perangkat daerah sendiri"),
    "findings.withdraw": _("Menarik usulan sendiri; koordinator usulan siapa pun"),
    "findings.reply": _("Menjawab pertanyaan tentang program perangkat daerah sendiri"),
    "findings.learnt": _("Melihat apa yang dipelajari dari tanggapan"),
    "findings.coordinate": _("Menjalankan analisis dan mengatur aturannya"),
    "meeting.read": _("Membaca agenda, susunan acara berjalan, dan hasil rapat"),
    "meeting.papers": _("Membaca naskah rapat"),
    "meeting.issue": _("Menerbitkan dan mencabut naskah rapat"),
    "meeting.plan": _("Menyusun rapat dan agendanya"),
    "meeting.invite": _("Mengundang peserta dan mencatat kehadiran"),
    "meeting.run": _("Menjalankan acara dan antrean bicara"),
    "meeting.prepare": _("Mengisi paparan perangkat daerah sendiri"),
    "meeting.speak": _("Bertanya dan minta bicara"),
    "meeting.note": _("Menulis catatan; pihak hanya pada mejanya"),
    "meeting.settle": _("Menulis hasil meja; pihak hanya pada perkaranya"),
    "meeting.resolve": _("Mengajukan keputusan ke pleno dan membuka pemungutan suara"),
    "meeting.decide": _("Memutuskan di pleno dan memberi suara"),
    "meeting.sign": _("Menandatangani notula"),
    "meeting.check_in": _("Mencatat kehadiran; perencana hanya undangan perangkat daerahnya"),
    "meeting.screen": _("Membuka layar proyektor dengan temuan yang menyentuh paparan"),
    "hall.enter": _("Masuk ke balai"),
    "hall.ask_sync": _("Menyatakan “kami juga bekerja di situ”"),
    "hall.answer_sync": _("Memasukkan pernyataan itu ke agenda, atau tidak"),
    "hall.draft": _("Mencoba waktu atau tempat lain di meja kota"),
    "hall.compare": _("Membandingkan hasil meja di balai dan di luarnya"),
    "hall.manage": _("Mengatur isi balai dan siapa yang boleh menonton"),
    "decisions.read": _("Membaca keputusan"),
    "decisions.draft": _("Menyusun rancangan keputusan dan melihat pratinjau mesin"),
    "decisions.take": _("Mengambil keputusan; koordinator hanya yang sudah disepakati"),
    "followup.read": _("Membaca tindak lanjut"),
    "followup.note": _("Mencatat tindak lanjut untuk orang lain"),
    "followup.report": _("Melaporkan tindak lanjut sendiri dan mengunggah bukti"),
    "followup.change": _("Mengubah tenggat dan pemilik, membuka lagi"),
    "followup.comment": _("Memberi catatan pada tindak lanjut"),
    "followup.settings": _("Mengatur pengingat, eskalasi, dan surat pekanan"),
    "followup.feed": _("Memakai kalender pribadi tindak lanjut"),
    "warnings.read": _("Membaca peringatan dini semua perangkat daerah"),
    "warnings.answer": _("Menanggapi peringatan dengan tindakan; perencana hanya miliknya"),
    "warnings.watch": _("Memeriksa peringatan sekarang"),
    "cards.read": _("Membaca rapor"),
    "cards.comment": _("Menulis tanggapan pada rapor sendiri"),
    "cards.freeze": _("Menutup triwulan dan membekukan rapornya"),
    "publication.read": _("Melihat konsep berita, rilis, dan kelas informasi"),
    "publication.write": _("Menulis konsep berita"),
    "publication.approve": _("Menyetujui berita yang ditulis orang lain"),
    "publication.withdraw": _("Menarik berita yang sudah terbit"),
    "publication.release": _("Membekukan rilis data terbuka"),
    "publication.classify": _("Menetapkan kelas informasi yang menyimpang dari aturan"),
    "agreements.read": _("Melihat kerja sama; perencana dan tamu hanya milik lembaganya"),
    "agreements.edit": _("Mencatat kerja sama, dokumen, dan penandatanganannya"),
    "agreements.report": _("Melaporkan tonggak; pihak hanya yang dijanjikannya"),
}


@login_required
def rights(request: HttpRequest) -> HttpResponse:
    require(of_request(request), "people.read")
    table = [(WORDS.get(row.name, row.name), row) for row in rows()]
    return render(request, "web/rights.html", {"roles": Role.choices, "rows": table})
