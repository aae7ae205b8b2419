"""Forms, slides, materials and opinions of the demonstration's Rakorsus: made up, and said so."""

from __future__ import annotations

import json
from typing import Final

import typst
from django.core.files.uploadedfile import SimpleUploadedFile

from rakorsus.people import actor as actors
from rakorsus.people.models import User
from rakorsus.stages.meeting import actions
from rakorsus.stages.meeting.models import AgendaItem, Meeting, Session

_DECK: Final = rb"""
#let d = json(bytes(sys.inputs.at("data")))
#set document(title: d.title)
#set page(paper: "presentation-16-9", margin: 1.6cm, fill: rgb("#f7f9fb"),
  footer: text(size: 11pt, fill: luma(110))[
    #d.title #h(1fr) Paparan contoh, isinya buatan #h(1fr) #context counter(page).display()])
#set text(font: "Libertinus Serif", size: 24pt, lang: "id")
#align(horizon, {
  text(size: 38pt, weight: "bold", d.title)
  linebreak()
  text(size: 22pt, d.subtitle)
})
#for part in d.parts {
  pagebreak()
  heading(level: 1, part.at(0))
  v(0.6em)
  list(..part.at(1))
}
"""

#: user, issue, solution, innovation, what does not run and why
_BRIEFS: Final = {
    "pu": ("Genangan berulang di dua belas ruas jalan setiap musim hujan.",
           "Normalisasi drainase primer lebih dahulu, lalu perbaikan permukaan jalan.",
           "Satu peta galian bersama PDAM, PLN, dan telekomunikasi.",
           "Tiga paket drainase belum ditenderkan: gambar rencana terlambat dari konsultan.",
           "Kepala Bidang Bina Marga"),
    "dinkes": ("Cakupan pemeriksaan ibu hamil di pulau masih di bawah sasaran.",
               "Jadwal puskesmas keliling tetap setiap bulan ke lima pulau.",
               "Rujukan dengan perahu cepat bersama Dinas Perhubungan.",
               "Pengadaan perahu tertunda karena spesifikasi berubah.",
               "Kepala Bidang Kesehatan Masyarakat"),
    "disperkim": ("Jalan lorong rusak kembali sesudah galian.", "Perbaikan sesudah galian selesai.",
                  "Daftar tunggu lorong terbuka untuk umum.", "",
                  "Kepala Bidang Kawasan Permukiman"),
}  # fmt: skip


def prepare(meeting: Meeting) -> None:
    """What agencies and the secretariat upload before the day."""
    for name, texts in _BRIEFS.items():
        _brief(meeting, name, texts)
    secretary = actors.of_user(User.objects.get(username="sekretariat"), "cli")
    session = meeting.sessions.get(kind=Session.Kind.CAPACITY)
    actions.add_material(
        secretary, session, "Dasar pengadaan: dari RUP ke kontrak (contoh)",
        _deck("Dari RUP ke kontrak", "Peningkatan kapasitas kepala perangkat daerah", (
            ("Mengapa paket terlambat", ["Tender mulai sesudah triwulan kedua",
                                         "Gambar rencana belum siap saat RUP diumumkan"]),
            ("Yang dilakukan sekarang", ["Periksa tanggal mulai pemilihan setiap pekan",
                                         "Tetapkan penanggung jawab bernama jabatan"]),
        )),
    )  # fmt: skip


def _brief(meeting: Meeting, name: str, texts: tuple[str, ...]) -> None:
    actor = actors.of_user(User.objects.get(username=name), "cli")
    talks = AgendaItem.objects.filter(
        session__meeting=meeting, kind=AgendaItem.Kind.PRESENTATION, agency__in=actor.agency_ids
    )
    item = talks.select_related("session", "agency").first()
    if item is None:
        return
    issue, solution, innovation, stuck, post = texts
    parts = [("Isu", [issue]), ("Solusi", [solution]), ("Inovasi", [innovation])]
    if stuck:
        parts.append(("Yang tidak berjalan dan sebabnya", [stuck, f"Penanggung jawab: {post}"]))
    data = {"issue": issue, "solution": solution, "innovation": innovation, "stuck": stuck,
            "in_charge": post}  # fmt: skip
    actions.save_brief(actor, item, data, 0, _deck(item.title, "Program strategis 2022", parts))
    if name == "pu":
        asker = actors.of_user(User.objects.get(username="dinkes"), "cli")
        asked = actions.ask(asker, item, "Apakah ruas menuju Puskesmas Batua termasuk tahun ini?")
        actions.answer_question(actor, asked, "Termasuk, sesudah pipa air selesai diganti.")


def _deck(title: str, subtitle: str, parts: object) -> SimpleUploadedFile:
    inputs = {"data": json.dumps({"title": title, "subtitle": subtitle, "parts": parts})}
    made = typst.compile(_DECK, format="pdf", sys_inputs=inputs, timestamp=0)
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single file")
    return SimpleUploadedFile(f"{title}.pdf", made, "application/pdf")
