"""The weekly letter as an official paper, and as plain text."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from rakorsus.documents.content import (
    Facts,
    Frame,
    Paper,
    Paragraph,
    Signatures,
    Table,
)
from rakorsus.documents.drafts import Compose
from rakorsus.documents.kinds import Kind
from rakorsus.documents.words import counted, long_date
from rakorsus.stages.followup.models import Letter

KIND: Final = Kind(
    "surat-tindak-lanjut", "Surat pekanan tindak lanjut", code="000.7.2", nature="Penting"
)


def title(letter: Letter) -> str:
    return f"Tindak lanjut yang lewat tenggat per {_day(letter.content['day'])}"


def compose(letter: Letter) -> Compose:
    """The letter to the heads of the agencies that are late."""
    content = letter.content

    def paper(frame: Frame) -> Paper:
        return Paper(
            frame, title(letter),
            (
                Facts((("Nomor", frame.number), ("Sifat", frame.nature or "Biasa"),
                       ("Lampiran", "–"), ("Hal", title(letter))), right=frame.place_and_date),
                Paragraph("Yth. Kepala Perangkat Daerah dan Direksi Perusahaan Daerah\n"
                          "(daftar di bawah)\ndi tempat", "left"),
                Paragraph(_lead(content), first=True),
                *(block for group in content["late"] for block in _group(group)),
                *_soon(content["soon"]),
                Paragraph("Saudara diminta menyelesaikannya dan mengunggah bukti pada halaman "
                          "tindak lanjut. Yang tidak dapat diselesaikan agar dilaporkan sebabnya "
                          "beserta tenggat baru yang diusulkan.", first=True),
                Signatures((frame.signer,)),
                *([Paragraph("Tembusan:\n" + "\n".join(frame.cc), "left", small=True)]
                  if frame.cc else []),
            ),
        )  # fmt: skip

    return paper


def text(letter: Letter) -> str:
    """The same in plain text, for a message."""
    content = letter.content
    lines = [title(letter), "", _lead(content), ""]
    for group in content["late"]:
        lines.append(group["agency"])
        lines += [
            f"- {row['text']} ({row['post']}; tenggat {_day(row['due'])}, lewat {row['late']} hari"
            f"{_up(row)})"
            for row in group["items"]
        ]
        lines.append("")
    if content["soon"]:
        lines.append("Jatuh tempo dalam tujuh hari:")
        lines += [f"- {_day(row['due'])}: {row['text']} ({_who(row)})" for row in content["soon"]]
    return "\n".join(lines).rstrip() + "\n"


def _lead(content: dict[str, Any]) -> str:
    count, offices = content["count"], len(content["late"])
    if not count:
        return f"Per {_day(content['day'])} tidak ada tindak lanjut yang lewat tenggat."
    return (
        f"Per {_day(content['day'])} terdapat {counted(count)} tindak lanjut keputusan rapat "
        f"koordinasi yang lewat tenggat pada {counted(offices)} perangkat daerah, sebagai berikut."
    )


def _group(group: dict[str, Any]) -> tuple[Any, ...]:
    rows = tuple(
        (str(n), row["text"], f"{row['post']}" + (f"\n{row['from']}" if row["from"] else ""),
         _day(row["due"]), f"{row['late']} hari{_up(row)}")
        for n, row in enumerate(group["items"], 1)
    )  # fmt: skip
    return (
        Paragraph(group["agency"], "left", bold=True),
        Table(("No.", "Tindak lanjut", "Penanggung jawab dan asal", "Tenggat", "Lewat"), rows,
              (0.8, 6.2, 4.2, 2.4, 2.2), centered=(0, 3, 4), small=True),
    )  # fmt: skip


def _soon(rows: list[dict[str, Any]]) -> tuple[Any, ...]:
    if not rows:
        return ()
    shown = tuple(
        (str(n), row["text"], _who(row), _day(row["due"])) for n, row in enumerate(rows, 1)
    )
    return (
        Paragraph("Jatuh tempo dalam tujuh hari", "left", bold=True),
        Table(("No.", "Tindak lanjut", "Penanggung jawab", "Tenggat"), shown,
              (0.8, 7.2, 5.2, 2.6), centered=(0, 3), small=True),
    )  # fmt: skip


def _who(row: dict[str, Any]) -> str:
    """The post, with its agency where the post does not name it."""
    return row["post"] if row["agency"] in row["post"] else f"{row['post']}, {row['agency']}"


def _up(row: dict[str, Any]) -> str:
    return ", dinaikkan ke Sekda" if row["escalated"] else ""


def _day(text: str) -> str:
    return long_date(date.fromisoformat(text))
