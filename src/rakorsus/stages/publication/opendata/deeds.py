"""Tables of what was done: meetings, agreements with their milestones, articles."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from rakorsus.stages.meeting.models import Meeting
from rakorsus.stages.publication.models import Milestone
from rakorsus.stages.publication.opendata.kinds import Column, Context, Row, Table, add
from rakorsus.stages.publication.opendata.planning import AGENCY, REGION, RUPIAH
from rakorsus.stages.publication.queries import articles, classes


def _meetings(context: Context) -> Iterator[Row]:
    for m in Meeting.objects.exclude(state=Meeting.State.DRAFT).order_by("pk"):
        yield m.pk, m.type, m.title, m.starts, m.ends, m.place, m.state


def _agreements(context: Context) -> Iterator[Row]:
    for a in classes.public_agreements().prefetch_related("parties").order_by("slug"):
        parties = list(a.parties.all())
        yield (
            a.slug, a.kind, a.scheme, a.title, a.parent.slug if a.parent else None,
            "; ".join(p.name for p in parties), "; ".join(p.number for p in parties if p.number),
            "; ".join(f"{p.post} ({p.get_authority_display()})" for p in parties),
            "; ".join(a.items), a.money, a.funding, a.signed, a.starts, a.ends, a.state,
        )  # fmt: skip


def _milestones(context: Context) -> Iterator[Row]:
    found = (
        Milestone.objects.filter(agreement__in=classes.public_agreements().order_by())
        .select_related("agreement", "party", "owner")
        .prefetch_related("programs")
        .order_by("pk")
    )
    lines = {pk for m in found for pk in (p.pk for p in m.programs.all())}
    secret = classes.hidden_among(lines) if lines else frozenset()
    for m in found:
        keys = sorted(p.key for p in m.programs.all() if p.pk not in secret)
        yield (
            m.pk, m.agreement.slug, m.title, m.due, m.party.name if m.party else None,
            m.owner.code if m.owner else None, "; ".join(keys), m.state, m.done,
        )  # fmt: skip


def _articles(context: Context) -> Iterator[Row]:
    found = articles.published().order_by("slug")
    for a in found:
        assert a.live is not None
        yield (
            a.slug, a.live.headline, a.live.lead, a.byline, a.published, a.updated,
            "; ".join(a.live.tags), "; ".join(a.live.agencies), "; ".join(a.live.places),
            a.meeting_id,
        )  # fmt: skip


MEETINGS = add(Table(
    "rapat", _("Rapat"), _("Rapat koordinasi yang agendanya sudah terbit."), ("nomor",), "nama",
    (
        Column("nomor", "integer", _("Nomor"), _("Nomor rapat.")),
        Column("jenis", "text", _("Jenis"), _("Jenis rapat."),
               "rakorsus, pre, post, control, forum, review"),
        Column("nama", "text", _("Nama"), _("Nama rapat.")),
        Column("mulai", "moment", _("Mulai"), _("Waktu mulai menurut agenda.")),
        Column("selesai", "moment", _("Selesai"), _("Waktu selesai menurut agenda.")),
        Column("tempat", "text", _("Tempat"), _("Tempat rapat.")),
        Column("keadaan", "text", _("Keadaan"), _("Keadaan rapat."), "published, running, closed"),
    ), _meetings, None, ("rapat",),
))  # fmt: skip
AGREEMENTS = add(Table(
    "kerja_sama", _("Kerja sama"), _("Kesepakatan bersama, perjanjian kerja sama, dan nota "
    "kesepakatan yang sudah ditandatangani."), ("nomor",), "tentang",
    (
        Column("nomor", "text", _("Nomor"), _("Nomor tetap kerja sama pada situs ini.")),
        Column("jenis", "text", _("Jenis"), _("Jenis naskah."), "mou, pks, nota"),
        Column("bentuk", "text", _("Bentuk"), _("Bentuk kerja sama."), "ksdpk, ksdd, sinergi"),
        Column("tentang", "text", _("Tentang"), _("Hal yang disepakati.")),
        Column("melaksanakan", "text", _("Melaksanakan"), _("Kesepakatan yang dilaksanakannya.")),
        Column("pihak", "text", _("Para pihak"), _("Nama lembaga, dipisah titik koma.")),
        Column("nomor_naskah", "text", _("Nomor naskah"), _("Nomor naskah tiap pihak.")),
        Column("penanda_tangan", "text", _("Penanda tangan"), _("Jabatan dan dasar kewenangan, "
               "tanpa nama orang.")),
        Column("ruang_lingkup", "text", _("Ruang lingkup"), _("Butir ruang lingkup.")),
        Column("nilai", "money", _("Nilai"), _("Nilai uang dalam naskah."), "", RUPIAH),
        Column("pembiayaan", "text", _("Pembiayaan"), _("Siapa membiayai.")),
        Column("ditandatangani", "date", _("Ditandatangani"), _("Tanggal naskah.")),
        Column("mulai", "date", _("Berlaku mulai"), _("Awal masa berlaku.")),
        Column("berakhir", "date", _("Berakhir"), _("Akhir masa berlaku.")),
        Column("keadaan", "text", _("Keadaan"), _("Keadaan kerja sama."), "signed, ended"),
    ), _agreements, None, ("kerja sama", "MoU"),
))  # fmt: skip
MILESTONES = add(Table(
    "tonggak", _("Tonggak kerja sama"), _("Janji bertanggal dalam kerja sama, dengan baris "
    "program yang melaksanakannya."), ("nomor",), "tonggak",
    (
        Column("nomor", "integer", _("Nomor"), _("Nomor tonggak.")),
        Column("kerja_sama", "text", _("Kerja sama"), _("Nomor pada tabel kerja sama.")),
        Column("tonggak", "text", _("Tonggak"), _("Yang dijanjikan.")),
        Column("tenggat", "date", _("Tenggat"), _("Harus tercapai pada.")),
        Column("pihak", "text", _("Pihak"), _("Pihak penanggung jawab.")),
        Column("kode_perangkat_daerah", "text", _("Perangkat daerah"), _("Perangkat daerah "
               "penanggung jawab."), AGENCY),
        Column("program", "text", _("Program"), _("Kunci pada tabel program, dipisah titik "
               "koma.")),
        Column("keadaan", "text", _("Keadaan"), _("Keadaan tonggak."), "open, done, dropped"),
        Column("tercapai", "date", _("Tercapai"), _("Tanggal tercapai.")),
    ), _milestones, None, ("kerja sama",),
))  # fmt: skip
ARTICLES = add(Table(
    "berita", _("Berita"), _("Berita yang terbit."), ("alamat",), "judul",
    (
        Column("alamat", "text", _("Alamat"), _("Bagian akhir alamat halaman.")),
        Column("judul", "text", _("Judul"), _("Judul berita.")),
        Column("teras", "text", _("Teras"), _("Paragraf pembuka.")),
        Column("penulis", "text", _("Penulis"), _("Jabatan penulis.")),
        Column("terbit", "moment", _("Terbit"), _("Waktu terbit.")),
        Column("diperbarui", "moment", _("Diperbarui"), _("Waktu perubahan terakhir yang "
               "disetujui.")),
        Column("tag", "text", _("Tag"), _("Tag, dipisah titik koma.")),
        Column("kode_perangkat_daerah", "text", _("Perangkat daerah"), _("Kode, dipisah titik "
               "koma."), AGENCY),
        Column("kode_wilayah", "text", _("Wilayah"), _("Kode, dipisah titik koma."),
               REGION),
        Column("rapat", "integer", _("Rapat"), _("Nomor pada tabel rapat.")),
    ), _articles, None, ("berita",),
))  # fmt: skip
