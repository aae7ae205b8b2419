"""Laporan: what was planned, done, reached, and what remains."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Avg, Count

from rakorsus.documents.content import (
    Facts,
    Frame,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Signatures,
    Table,
    Title,
)
from rakorsus.documents.drafts import Compose
from rakorsus.documents.words import counted
from rakorsus.stages.meeting.documents.common import (
    OUTCOMES,
    clock,
    follow_up_rows,
    span,
    when,
    zone,
)
from rakorsus.stages.meeting.models import AgendaItem, Meeting, Resolution
from rakorsus.stages.meeting.queries import agenda
from rakorsus.stages.meeting.queries.before import settled_before
from rakorsus.stages.meeting.queries.minutes import attendance_counts, follow_up, group_label

State = AgendaItem.State


def compose(meeting: Meeting) -> Compose:
    items = list(agenda.items(meeting).prefetch_related("outcomes"))
    desks = [i for i in items if i.kind == AgendaItem.Kind.DESK]
    ended = {i.pk: agenda.newest(list(i.outcomes.all())) for i in desks}
    before = settled_before(meeting)
    groups = attendance_counts(meeting)
    rest = [i for i in desks if ended[i.pk] is None and i.state != State.DROPPED]
    todo = follow_up(meeting)
    decisions = list(meeting.resolutions.all())
    results = _results(desks, ended, before, decisions)

    def paper(frame: Frame) -> Paper:
        return Paper(
            frame, f"Laporan {meeting.title}",
            (
                Title(("Laporan", meeting.title), frame.number),
                Heading("I. Pendahuluan"),
                Paragraph("Laporan ini memuat pelaksanaan rapat, hasilnya, dan apa yang harus "
                          "ditindaklanjuti."),
                *([Paragraph("Dasar pelaksanaan:", "left"), Listing(frame.bases, "a.", 1)]
                  if frame.bases else []),
                Heading("II. Kegiatan"),
                Facts((("Acara", meeting.title), *when(meeting), *_real(items))),
                Table(("Waktu", "Sesi", "Acara", "Dijalankan"), _sessions(meeting, items),
                      (2.6, 8, 2, 2.4), centered=(0, 2, 3), empty="Sesi belum disusun."),
                Table(("Kelompok", "Diundang", "Hadir"),
                      tuple((group_label(r["group"]), str(r["invited"]), str(r["present"]))
                            for r in groups),
                      (8, 3, 3), centered=(1, 2), empty="Belum ada undangan."),
                Heading("III. Hasil"), Listing(tuple(results)),
                Table(("No.", "Tindak lanjut", "Penanggung jawab", "Tenggat"),
                      follow_up_rows(todo), (0.8, 7.4, 5, 2.6), centered=(0, 3),
                      empty="Tidak ada tindak lanjut yang dicatat."),
                *_opinions(meeting),
                Heading("IV. Simpulan dan saran"), *_advice(rest, todo),
                Heading("V. Penutup"),
                Paragraph("Demikian laporan ini disampaikan sebagai bahan pengambilan keputusan "
                          "dan pemantauan tindak lanjut."),
                Signatures((frame.signer,), frame.place_and_date),
            ),
        )  # fmt: skip

    return paper


def _real(items: list[AgendaItem]) -> tuple[tuple[str, str], ...]:
    began = [i.began for i in items if i.began]
    ended = [i.ended for i in items if i.ended]
    if not began or not ended:
        return ()
    return (("Berlangsung", f"pukul {clock(min(began))} sampai {clock(max(ended))} {zone()}"),)


def _sessions(meeting: Meeting, items: list[AgendaItem]) -> tuple[tuple[str, ...], ...]:
    rows = []
    for session in meeting.sessions.all():
        inside = [i for i in items if i.session_id == session.pk]
        ran = sum(i.state in (State.RUNNING, State.DONE) for i in inside)
        rows.append((span(session.starts, session.ends), session.title, str(len(inside)), str(ran)))
    return tuple(rows)


def _results(
    desks: list[AgendaItem], ended: dict[int, Any], before: list[Any], decisions: list[Resolution]
) -> list[str]:
    kinds = Counter(o.kind for o in ended.values() if o is not None)
    said = [f"Temuan di meja sinkronisasi: {counted(len(desks))}; yang disepakati antarpihak "
            f"sebelum rapat: {counted(len(before))}."]  # fmt: skip
    if kinds:
        parts = "; ".join(f"{OUTCOMES[k].lower()} {n}" for k, n in kinds.most_common())
        said.append(f"Meja yang mencapai hasil: {counted(sum(kinds.values()))} ({parts}).")
    adopted = sum(r.state == Resolution.State.ADOPTED for r in decisions)
    said.append(f"Perkara di pleno: {counted(len(decisions))}; diputuskan: {counted(adopted)}.")
    return said


def _opinions(meeting: Meeting) -> list[Any]:
    rows = (
        meeting.sessions.filter(feedback__isnull=False)
        .annotate(n=Count("feedback"), mean=Avg("feedback__useful"))
        .values_list("title", "n", "mean")
        .order_by("starts", "id")
    )
    shown = tuple((title, str(n), f"{mean:.1f}".replace(".", ",")) for title, n, mean in rows)
    if not shown:
        return []
    return [Paragraph("Penilaian peserta (1 sampai 5):", "left"),
            Table(("Sesi", "Penilai", "Rata-rata"), shown, (9, 3, 3), centered=(1, 2))]  # fmt: skip


def _advice(rest: list[AgendaItem], todo: list[dict[str, Any]]) -> list[Any]:
    said = []
    if rest:
        said.append(f"{counted(len(rest))} temuan belum mencapai hasil dan dibawa ke rapat "
                    "berikutnya dalam seri ini; para pihak dianjurkan menyelesaikannya secara "
                    "daring lebih dahulu.")  # fmt: skip
    if todo:
        said.append(f"{counted(len(todo))} tindak lanjut agar dipantau menurut tenggatnya; "
                    "penanggung jawab melaporkan kemajuan pada halaman tindak lanjut.")  # fmt: skip
    return [Listing(tuple(said))] if said else [Paragraph("Tidak ada yang tersisa.")]
