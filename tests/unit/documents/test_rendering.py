"""PDF and DOCX say the same words, the words that were given, whatever somebody wrote."""

from __future__ import annotations

import io
import re
from datetime import date

import pypdfium2
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from rakorsus.documents import typeset, word
from rakorsus.documents.content import (
    Attachment,
    Clauses,
    Code,
    Facts,
    Frame,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Seats,
    Signatures,
    Signer,
    Space,
    Table,
    Title,
    clean,
    data_of,
    digest_of,
)

#: What would be a command in typst, XML or a spreadsheet, if it were read as one.
HOSTILE = (
    '#import "@preview/x:1.0.0": *',
    '#sys.inputs #read("/etc/passwd") #image("/etc/hostname")',
    "$ x^2 / 0 $",
    "\\ \\u{41} \\* \\#",
    "*tebal* _miring_ `mentah` ~ --- // komentar /* juga */",
    "<label> @rujukan [isi] {kode} = Judul",
    "</w:t></w:r><w:r><w:t>sisip & &amp; ]]> <!-- -->",
    '=HYPERLINK("http://x.invalid") +1 -1 @SUM(A1)',
    "\x00\x07\x1b kendali \ufffe\u202e balik",
    "%s {0} {{ x }} {% y %}",
)


def paper(text: str) -> Paper:
    frame = Frame(
        ("Pemerintah Kota", text), text, "Makassar", "a4", "005/001/III/2022", date(2022, 3, 10),
        Signer(text, text, text, text, text), draft=False,
    )  # fmt: skip
    return Paper(
        frame, text,
        (
            Title((text,), text, (text,)), Heading(text), Paragraph(text, first=True),
            Paragraph(text, "left", small=True), Facts((("Hal", text),), right=text),
            Listing((text, text), "a."), Listing((text,), "•"), Clauses(text, (text,), "1."),
            Clauses("KESATU", (text,)), Table(("No.", text), (("1", text),), (1, 9), tall=True),
            Table(("No.",), (), (1,), empty=text), Signatures((frame.signer, frame.signer), text),
            Signatures((frame.signer,), lead=text), Code("https://x.invalid/", text, text), Space(),
            Attachment(text, text, text), Seats(text, ((text, ""),), (text,)),
        ),
    )  # fmt: skip


def words_of_pdf(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pages)
    finally:
        pages.close()


def words_of_docx(content: bytes) -> str:
    """Every text of the body, in tables too, in the order of the file."""
    body = Document(io.BytesIO(content)).element.body
    marks = {"t": lambda e: e.text or "", "br": lambda e: " ", "tab": lambda e: " ",
             "p": lambda e: "\n"}  # fmt: skip
    parts = []
    for element in body.iter():
        name = element.tag.rsplit("}", 1)[-1]
        if name in marks:
            parts.append(marks[name](element))
    return "".join(parts)


def letters(text: str) -> str:
    """What is left of a text without spaces, line ends and hyphens that a page puts in."""
    return re.sub(r"[\s\u00ad\u2010\u2011\u200b\ufffe-]", "", text)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_written_stands_there_as_written(text: str) -> None:
    data = data_of(paper(text))
    pdf = typeset.pdf(data, "https://x.invalid/periksa/a/", digest_of(data))
    docx = word.docx(data, "https://x.invalid/periksa/a/", digest_of(data))
    wanted = letters(clean(text))
    assert wanted in letters(words_of_pdf(pdf))
    assert wanted in letters(words_of_docx(docx))
    assert "root:" not in words_of_pdf(pdf)


_LATIN = st.text(st.characters(min_codepoint=1, max_codepoint=0x17F), min_size=1, max_size=60)


@settings(max_examples=15, deadline=None)
@given(_LATIN)
def test_any_text_makes_both_files(text: str) -> None:
    data = data_of(paper(text))
    assert typeset.pdf(data, "", "").startswith(b"%PDF-")
    assert Document(io.BytesIO(word.docx(data, "", ""))).paragraphs
    assert digest_of(data) == digest_of(data_of(paper(text)))


def test_both_say_the_same_words_in_the_same_order() -> None:
    frame = Frame(("Pemerintah Kota", "Sekretariat Daerah"), "Jalan Satu 2", "Makassar", "a4",
                  "005/001/III/2022", date(2022, 3, 10), Signer("Sekretaris Daerah", "Nama"),
                  draft=False)  # fmt: skip
    body = (
        Title(("Notula",), frame.number), Facts((("Acara", "Rapat"), ("Tempat", "Makassar"))),
        Heading("I. Pembukaan"), Paragraph("Rapat dibuka."), Listing(("satu", "dua"), "a."),
        Clauses("Menimbang", ("bahwa ini",), "a."),
        Table(("No.", "Uraian"), (("1", "Gali"), ("2", "Tutup")), (1, 5)),
        Signatures((frame.signer,), "Makassar, 10 Maret 2022"),
        Attachment("Lampiran", frame.number, "10 Maret 2022"), Paragraph("Selesai."),
    )  # fmt: skip
    data = data_of(Paper(frame, "Notula", body))
    pdf = words_of_pdf(typeset.pdf(data, "", "")).replace("Halaman", "\0")
    said = re.sub("\0[^\n]*dari[^\n]*", "", pdf)
    assert letters(said) == letters(words_of_docx(word.docx(data, "", "")))


def test_the_same_content_gives_the_same_bytes() -> None:
    data = data_of(paper("Rapat"))
    made = [typeset.pdf(data, "https://x.invalid/", digest_of(data)) for _n in range(2)]
    assert made[0] == made[1]
    assert b"pdfaid" in made[0]  # archival: PDF/A-2a


def test_a_letter_without_a_font_is_no_failure() -> None:
    data = data_of(paper("rapat \u6f22\u5b57 \U0001f600"))
    assert typeset.pdf(data, "", "").startswith(b"%PDF-")
