"""Tables of decisions: what was decided, what it changed in the register, who does what by when."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from rakorsus.stages.decisions.models import Change, Decision
from rakorsus.stages.followup.models import ActionItem
from rakorsus.stages.publication.models import Classification
from rakorsus.stages.publication.opendata.kinds import Column, Context, Row, Table, add
from rakorsus.stages.publication.opendata.planning import AGENCY
from rakorsus.stages.publication.queries import classes
from rakorsus.stages.publication.queries.masking import Masker

State = Decision.State


def number_of(decision: Decision) -> str:
    return f"{decision.number}/{decision.year}"


def _taken() -> QuerySet[Decision]:
    """Decisions that were taken, also those replaced since, but for those that were excluded."""
    hidden = classes.hidden_idents(Classification.Kind.DECISION)
    found = Decision.objects.filter(state__in=[State.TAKEN, State.REPLACED])
    found = found.select_related("owner", "finding", "replaces").order_by("year", "number")
    numbers = [n.split("/") for n in hidden]
    for parts in numbers:
        if len(parts) == 2 and all(p.isdigit() for p in parts):
            found = found.exclude(number=int(parts[0]), year=int(parts[1]))
    return found


def _decisions(context: Context) -> Iterator[Row]:
    found = list(_taken().prefetch_related("changes"))
    masker = Masker.of(d.finding_id for d in found if d.finding_id)
    lines = {c.program_id for d in found for c in d.changes.all() if c.program_id}
    secret = classes.hidden_among(lines)
    for d in found:
        covered = any(c.program_id in secret for c in d.changes.all())
        covered |= d.finding_id in masker.secret  # its money is that of the excluded line
        title, text = masker.text(d.finding_id, d.title), masker.text(d.finding_id, d.text)
        if covered and d.finding_id not in masker.secret:
            title = text = masker.generic()
        yield (
            number_of(d), d.kind, d.state, title, text, d.owner.code if d.owner else None,
            d.owner_post, d.due, d.decided_at, d.meeting_id,
            d.finding.kind if d.finding else None,
            d.finding.money if d.finding and not covered else None,
            "; ".join(masker.agencies(d.finding_id)), "; ".join(masker.places(d.finding_id)),
            d.verdict, number_of(d.replaces) if d.replaces else None,
        )  # fmt: skip


def _changes(context: Context) -> Iterator[Row]:
    changes = Change.objects.select_related("program").order_by("position", "pk")
    found = list(_taken().prefetch_related(Prefetch("changes", queryset=changes)))
    secret = classes.hidden_among({c.program_id for d in found for c in d.changes.all()
                                   if c.program_id})  # fmt: skip
    held = 0
    for d in found:
        for c in d.changes.all():
            if c.program_id in secret:
                held += 1
                continue
            yield number_of(d), c.key, c.field, _json(c.before), _json(c.after), c.fresh
    context.withhold("perubahan_keputusan", held)


def _json(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _items(context: Context) -> Iterator[Row]:
    found = list(
        ActionItem.objects.exclude(origin=None)
        .select_related("agency", "decision__finding", "meeting")
        .prefetch_related("programs")
        .order_by("pk")
    )
    masker = Masker.of(i.decision.finding_id for i in found if i.decision)
    secret = classes.hidden_among({p.pk for i in found for p in i.programs.all()})
    for i in found:
        lines = list(i.programs.all())
        finding = i.decision.finding_id if i.decision else None
        text = masker.text(finding, i.text)
        if any(p.pk in secret for p in lines) and finding not in masker.secret:
            text = masker.generic()
        yield (
            i.pk, text, i.agency.code, i.post, i.due, i.state, i.done_at, i.escalated,
            number_of(i.decision) if i.decision and i.decision.number else None, i.meeting_id,
            "; ".join(sorted(p.key for p in lines if p.pk not in secret)),
        )  # fmt: skip


DECISIONS = add(Table(
    "keputusan", _("Keputusan"), _("Keputusan rapat yang mengubah register program."), ("nomor",),
    "perihal",
    (
        Column("nomor", "text", _("Nomor"), _("Nomor dan tahun keputusan.")),
        Column("jenis", "text", _("Jenis"), _("Yang diputuskan."),
               "merge, split, retime, move_money, lead, cancel, new"),
        Column("keadaan", "text", _("Keadaan"), _("Berlaku atau sudah diganti."),
               "taken, replaced"),
        Column("perihal", "text", _("Perihal"), _("Perihal keputusan.")),
        Column("bunyi", "text", _("Bunyi keputusan"), _("Isi keputusan.")),
        Column("kode_perangkat_daerah", "text", _("Penanggung jawab"), _("Perangkat daerah "
               "penanggung jawab."), AGENCY),
        Column("jabatan", "text", _("Jabatan"), _("Jabatan penanggung jawab, tanpa nama orang.")),
        Column("tenggat", "date", _("Tenggat"), _("Harus selesai pada.")),
        Column("diputuskan", "moment", _("Diputuskan"), _("Waktu keputusan.")),
        Column("rapat", "integer", _("Rapat"), _("Nomor pada tabel rapat.")),
        Column("jenis_temuan", "text", _("Jenis temuan"), _("Jenis temuan yang diselesaikan."),
               "duplicate, overlap, fragmentation, clash, opportunity, order, gap, mismatch, "
               "warning, unclear, expected"),
        Column("nilai", "money", _("Nilai"), _("Nilai yang dipertaruhkan menurut temuan."), "",
               _("rupiah")),
        Column("para_pihak", "text", _("Para pihak"), _("Kode perangkat daerah yang terkait, "
               "dipisah titik koma."), AGENCY),
        Column("kode_wilayah", "text", _("Wilayah"), _("Kode wilayah, dipisah titik koma."),
               _("Kode wilayah administrasi Kementerian Dalam Negeri")),
        Column("pemeriksaan", "text", _("Pemeriksaan"), _("Apakah mesin tidak lagi menemukan "
               "masalahnya."), "waiting, closed, stays, none"),
        Column("menggantikan", "text", _("Menggantikan"), _("Keputusan yang digantikan.")),
    ), _decisions, None, ("keputusan",),
))  # fmt: skip
CHANGES = add(Table(
    "perubahan_keputusan", _("Perubahan menurut keputusan"), _("Kolom register yang diubah oleh "
    "tiap keputusan."), ("keputusan", "kunci_program", "kolom"), "kunci_program",
    (
        Column("keputusan", "text", _("Keputusan"), _("Nomor pada tabel keputusan.")),
        Column("kunci_program", "text", _("Baris"), _("Kunci pada tabel program.")),
        Column("kolom", "text", _("Kolom"), _("Nama kolom register.")),
        Column("sebelum", "text", _("Sebelum"), _("Nilai sebelum; JSON bila bukan teks.")),
        Column("sesudah", "text", _("Sesudah"), _("Nilai sesudah; JSON bila bukan teks.")),
        Column("baris_baru", "boolean", _("Baris baru"), _("Apakah baris dibuat oleh "
               "keputusan.")),
    ), _changes, None, ("keputusan",),
))  # fmt: skip
ITEMS = add(Table(
    "tindak_lanjut", _("Tindak lanjut"), _("Siapa mengerjakan apa sampai kapan, dari meja, pleno, "
    "dan keputusan."), ("nomor",), "yang_dikerjakan",
    (
        Column("nomor", "integer", _("Nomor"), _("Nomor tindak lanjut.")),
        Column("yang_dikerjakan", "text", _("Yang dikerjakan"), _("Isi tindak lanjut.")),
        Column("kode_perangkat_daerah", "text", _("Penanggung jawab"), _("Perangkat daerah "
               "penanggung jawab."), AGENCY),
        Column("jabatan", "text", _("Jabatan"), _("Jabatan penanggung jawab, tanpa nama orang.")),
        Column("tenggat", "date", _("Tenggat"), _("Harus selesai pada.")),
        Column("keadaan", "text", _("Keadaan"), _("Keadaan tindak lanjut."),
               "open, done, dropped"),
        Column("selesai", "moment", _("Selesai"), _("Waktu selesai.")),
        Column("dinaikkan", "date", _("Dinaikkan"), _("Tanggal dinaikkan ke Sekda.")),
        Column("keputusan", "text", _("Keputusan"), _("Nomor pada tabel keputusan.")),
        Column("rapat", "integer", _("Rapat"), _("Nomor pada tabel rapat.")),
        Column("program", "text", _("Program"), _("Kunci pada tabel program, dipisah titik "
               "koma.")),
    ), _items, None, ("tindak lanjut",),
))  # fmt: skip
