"""Keputusan penunjukan penanggung jawab: who carries out what was agreed, until when."""

from __future__ import annotations

from typing import Any

from rakorsus.documents.content import (
    Attachment,
    Clauses,
    Frame,
    Listing,
    Paper,
    Paragraph,
    Signatures,
    Signer,
    Table,
    Title,
)
from rakorsus.documents.drafts import Compose
from rakorsus.documents.models import Issued
from rakorsus.documents.words import long_date
from rakorsus.stages.meeting.documents.common import day_of, follow_up_rows
from rakorsus.stages.meeting.models import Meeting
from rakorsus.stages.meeting.queries.minutes import follow_up


def compose(meeting: Meeting) -> Compose:
    signed = getattr(meeting, "minutes", None)
    todo = signed.content["follow_up"] if signed else follow_up(meeting)
    record = Issued.objects.filter(
        subject=f"{meeting._meta.label_lower}:{meeting.pk}", kind="berita-acara",
        state=Issued.State.VALID,
    ).first()  # fmt: skip

    def paper(frame: Frame) -> Paper:
        about = f"penunjukan penanggung jawab tindak lanjut hasil {meeting.title}"
        return Paper(
            frame, f"Keputusan tentang {about}",
            (
                Title((f"Keputusan {frame.signer.post}",), frame.number,
                      ("TENTANG", about.upper())),
                Paragraph(f"{frame.signer.post.upper()},", "center", bold=True),
                Clauses("Menimbang", _considering(meeting), "a."),
                Clauses("Mengingat", frame.bases or ("…",), "1."),
                *([Clauses("Memperhatikan", (f"Berita Acara Kesepakatan Nomor {record.number} "
                                             f"tanggal {long_date(record.date)};",))]
                  if record else []),
                Paragraph("MEMUTUSKAN:", "center", bold=True),
                Clauses("Menetapkan", (f"KEPUTUSAN {frame.signer.post} TENTANG {about}.".upper(),)),
                Clauses("KESATU", ("Menunjuk pejabat sebagaimana tercantum dalam Lampiran yang "
                                   "tidak terpisahkan dari Keputusan ini sebagai penanggung jawab "
                                   "tindak lanjut.",)),
                Clauses("KEDUA", ("Penanggung jawab sebagaimana dimaksud pada Diktum KESATU "
                                  "mempunyai tugas:\na. melaksanakan tindak lanjut sesuai "
                                  "kesepakatan dan tenggatnya;\nb. mengoordinasikan perangkat "
                                  "daerah dan lembaga yang menjadi pihak;\nc. melaporkan kemajuan "
                                  f"dan hambatannya kepada {frame.signer.post} melalui "
                                  "Sekretaris Daerah paling sedikit sekali sebulan.",)),
                Clauses("KETIGA", ("Biaya yang timbul akibat ditetapkannya Keputusan ini "
                                   "dibebankan pada anggaran perangkat daerah masing-masing.",)),
                Clauses("KEEMPAT", ("Keputusan ini mulai berlaku pada tanggal ditetapkan.",)),
                *_signed(frame),
                *_list(frame, todo),
            ),
        )  # fmt: skip

    return paper


def _considering(meeting: Meeting) -> tuple[str, ...]:
    day = long_date(day_of(meeting))
    return (
        f"bahwa {meeting.title} pada tanggal {day} menghasilkan kesepakatan dan keputusan yang "
        "harus dilaksanakan perangkat daerah;",
        "bahwa supaya setiap tindak lanjut terlaksana tepat waktu, perlu ditunjuk penanggung "
        "jawab yang bernama jabatan dan bertenggat;",
        "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b, perlu "
        "menetapkan Keputusan tentang penunjukan penanggung jawab tindak lanjut;",
    )


def _signed(frame: Frame) -> list[Any]:
    when = long_date(frame.date) if frame.date else "…"
    place = frame.place or "…"
    blocks: list[Any] = [
        Signatures((Signer(frame.signer.post.upper(), frame.signer.name, frame.signer.rank,
                           frame.signer.nip, frame.signer.above),),
                   f"Ditetapkan di {place}\npada tanggal {when}"),
    ]  # fmt: skip
    if frame.cc:
        blocks += [Paragraph("Tembusan:", "left", small=True), Listing(frame.cc)]
    return blocks


def _list(frame: Frame, todo: list[dict[str, Any]]) -> list[Any]:
    return [
        Attachment(f"Lampiran Keputusan {frame.signer.post}", frame.number,
                   long_date(frame.date) if frame.date else "…"),
        Paragraph("DAFTAR PENANGGUNG JAWAB TINDAK LANJUT", "center", bold=True),
        Table(("No.", "Tindak lanjut", "Penanggung jawab", "Tenggat"), follow_up_rows(todo),
              (0.8, 7.4, 5, 2.6), centered=(0, 3), small=True,
              empty="Belum ada tindak lanjut yang dicatat."),
        Signatures((frame.signer,)),
    ]  # fmt: skip
