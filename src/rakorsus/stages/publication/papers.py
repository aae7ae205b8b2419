"""The document of an agreement: two numbers, komparisi, pasal, signatures, attachment."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import formats, translation

from rakorsus.documents import render
from rakorsus.documents.content import (
    Attachment,
    Block,
    Frame,
    Listing,
    Paper,
    Paragraph,
    Signatures,
    Signer,
    Table,
    Title,
    data_of,
)
from rakorsus.documents.words import date_in_words, long_date
from rakorsus.stages.publication.models import Agreement, Clause, Party

_HEADS = {
    Agreement.Kind.MOU: "KESEPAKATAN BERSAMA",
    Agreement.Kind.PKS: "PERJANJIAN KERJA SAMA",
    Agreement.Kind.NOTE: "NOTA KESEPAKATAN",
}
_ORDER = ("PIHAK KESATU", "PIHAK KEDUA", "PIHAK KETIGA", "PIHAK KEEMPAT", "PIHAK KELIMA")


def file(agreement: Agreement, ending: str) -> bytes:
    """The document as `pdf` or `docx`; marked as a draft until it is signed."""
    with translation.override("id"):
        data = data_of(compose(agreement))
    return render.pdf(data) if ending == "pdf" else render.docx(data)


def compose(agreement: Agreement) -> Paper:
    parties = list(agreement.parties.select_related("agency"))
    frame = Frame(
        number="; ".join(p.number for p in parties if p.number), date=agreement.signed,
        place=agreement.place, draft=agreement.state == Agreement.State.DRAFT,
    )  # fmt: skip
    names = [part for p in parties for part in ("DAN", p.name.upper())][1:]
    blocks: list[Block] = [
        Title((_HEADS[Agreement.Kind(agreement.kind)], "ANTARA", *names), "",
              ("TENTANG", agreement.title.upper())),
        *(Paragraph(f"Nomor {p.name}: {p.number or '…………………'}", "center") for p in parties),
        Paragraph(_opening(agreement)),
        *(_side(n, p) for n, p in enumerate(parties)),
        Paragraph(
            f"{_names(parties)} secara bersama-sama disebut PARA PIHAK, sepakat mengikatkan diri "
            f"dalam {_HEADS[Agreement.Kind(agreement.kind)].title().lower()} dengan ketentuan "
            "sebagai berikut:"
        ),
    ]  # fmt: skip
    for clause in agreement.clauses.all():
        blocks += _clause(agreement, clause)
    blocks += [
        Signatures(tuple(
            Signer(p.post, p.signatory, above=f"{_label(n)},") for n, p in enumerate(parties)
        )),
        *_milestones(agreement),
    ]  # fmt: skip
    return Paper(frame, f"{_HEADS[Agreement.Kind(agreement.kind)]} {agreement.title}",
                 tuple(blocks), letterhead=False)  # fmt: skip


def _opening(agreement: Agreement) -> str:
    if agreement.signed:
        when = f"Pada hari ini, {date_in_words(agreement.signed)}"
    else:
        when = "Pada hari ini, ……………… tanggal ……………… bulan ……………… tahun ………………"
    place = f", bertempat di {agreement.place}" if agreement.place else ""
    return f"{when}{place}, yang bertanda tangan di bawah ini:"


def _label(number: int) -> str:
    return _ORDER[number] if number < len(_ORDER) else f"PIHAK KE-{number + 1}"


def _side(number: int, party: Party) -> Paragraph:
    who = party.signatory or "…………………………"
    seat = f", berkedudukan di {party.address}" if party.address else ""
    by = {
        Party.Authority.POST: "karena jabatannya",
        Party.Authority.POWER: f"berdasarkan surat kuasa {_letter(party)}",
        Party.Authority.STATUTE: f"berdasarkan {_letter(party)}",
    }[Party.Authority(party.authority)]
    return Paragraph(
        f"{number + 1}. {who}, {party.post}{seat}, {by} bertindak untuk dan atas nama "
        f"{party.name}, selanjutnya disebut {_label(number)}."
    )


def _letter(party: Party) -> str:
    dated = f" tanggal {long_date(party.letter_date)}" if party.letter_date else ""
    return (party.letter or "…………………") + dated


def _names(parties: list[Party]) -> str:
    return " dan ".join(_label(n) for n in range(len(parties)))


def _clause(agreement: Agreement, clause: Clause) -> list[Block]:
    """A pasal; the scope's own items, money and term follow the text where they belong."""
    parts: list[Block] = [
        Paragraph(f"Pasal {clause.position}\n{clause.title.upper()}", "center", bold=True),
    ]
    text = clause.text or "…………………………………………………………………………………"
    parts += [Paragraph(p) for p in text.split("\n") if p.strip()]
    if clause.title == "Ruang Lingkup" and agreement.items:
        parts.append(Listing(tuple(f"{item};" for item in agreement.items), "a."))
    if clause.title == "Pembiayaan":
        parts += [Paragraph(line) for line in _money(agreement)]
    if clause.title == "Jangka Waktu" and agreement.starts and agreement.ends:
        parts.append(Paragraph(
            f"Berlaku mulai {long_date(agreement.starts)} sampai {long_date(agreement.ends)}."
        ))  # fmt: skip
    return parts


def _money(agreement: Agreement) -> list[str]:
    lines = [f"Pembiayaan: {agreement.funding}."] if agreement.funding else []
    if agreement.money is not None:
        amount = formats.number_format(agreement.money, force_grouping=True)
        lines.append(f"Nilai: Rp{amount}.")
    return lines


def _milestones(agreement: Agreement) -> list[Any]:
    found = list(agreement.milestones.select_related("party", "owner").prefetch_related("programs"))
    if not found:
        return []
    plan = agreement.kind == Agreement.Kind.NOTE
    rows = tuple(
        (str(n), m.title, "; ".join(x for x in (str(m.party or ""), str(m.owner or "")) if x),
         "; ".join(p.title for p in m.programs.all()) or "–", long_date(m.due))
        for n, m in enumerate(found, 1)
    )  # fmt: skip
    return [
        Attachment(f"Lampiran {'rencana aksi' if plan else 'tonggak'}", _numbers(agreement),
                   _signed_on(agreement.signed)),
        Table(("No.", "Tonggak", "Penanggung jawab", "Program", "Tenggat"), rows,
              (0.7, 4.5, 3.6, 4.5, 2.2), small=True),
    ]  # fmt: skip


def _numbers(agreement: Agreement) -> str:
    return "; ".join(p.number for p in agreement.parties.all() if p.number) or "…"


def _signed_on(day: date | None) -> str:
    return long_date(day) if day else "…"
