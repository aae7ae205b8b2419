"""Reads one file from its standard input and answers on its standard output; then it ends.

    python -m rakorsus.stages.meeting.slides.worker outline pdf|pptx   -> JSON {pages, outline}
    python -m rakorsus.stages.meeting.slides.worker page NUMBER WIDTH  -> PNG of a page of a PDF

Ends with 2 and a word (`locked`, `broken`, `long`) when the file cannot be taken. Imports nothing
of Django: it starts in a fraction of a second and has no database to harm.
"""

from __future__ import annotations

import io
import json
import posixpath
import struct
import sys
import zipfile
import zlib
from typing import Any, Final

MOST_PAGES: Final = 150
_TEXT: Final = 1500  # characters kept of a page
_PART: Final = 20 * 1024 * 1024
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SLIDES = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"


class Refused(Exception):
    """The file cannot be taken; the argument is the word."""


def opened(content: bytes) -> Any:
    """The PDF. Raises Refused."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        word = "locked" if "password" in str(error).lower() else "broken"
        raise Refused(word) from error


def outline_of_pdf(content: bytes) -> list[str]:
    """The text of each page."""
    document = opened(content)
    if len(document) > MOST_PAGES:
        raise Refused("long")
    texts = []
    for page in document:
        reading = page.get_textpage()
        texts.append(_short(reading.get_text_range(0, min(reading.count_chars(), 4 * _TEXT))))
        reading.close()
        page.close()
    return texts


def outline_of_pptx(content: bytes) -> list[str]:
    """The text of each slide, in the order in which they are shown."""
    from defusedxml.ElementTree import fromstring

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:

            def part(name: str) -> Any:
                info = archive.getinfo(name)
                if info.file_size > _PART:
                    raise Refused("broken")
                return fromstring(archive.read(info))

            related = {
                r.get("Id"): posixpath.normpath(posixpath.join("ppt", r.get("Target", "")))
                for r in part("ppt/_rels/presentation.xml.rels").iter(f"{_PACKAGE}Relationship")
            }
            ids = [
                e.get(f"{_RELATED}id") for e in part("ppt/presentation.xml").iter(f"{_SLIDES}sldId")
            ]
            if len(ids) > MOST_PAGES:
                raise Refused("long")
            return [_words(part(related[key].lstrip("/"))) for key in ids]
    except (KeyError, zipfile.BadZipFile, SyntaxError, ValueError) as error:
        raise Refused("broken") from error


def _words(slide: Any) -> str:
    """Paragraphs of a slide, one a line."""
    rows = []
    for paragraph in slide.iter(f"{_DRAWING}p"):
        text = "".join(run.text or "" for run in paragraph.iter(f"{_DRAWING}t")).strip()
        if text:
            rows.append(text)
    return _short("\n".join(rows))


def _short(text: str) -> str:
    rows = [" ".join(row.split()) for row in text.replace("\r", "\n").split("\n")]
    return "".join(c for c in "\n".join(r for r in rows if r) if c == "\n" or c >= " ")[:_TEXT]


def page_of_pdf(content: bytes, number: int, width: int) -> bytes:
    """A page as PNG, `width` pixels wide, at most twice as high."""
    import numpy as np

    document = opened(content)
    if not 1 <= number <= len(document):
        raise Refused("long")
    page = document[number - 1]
    wide, high = page.get_size()
    scale = min(width / max(wide, 1), 2 * width / max(high, 1))
    drawn = page.render(scale=scale, rev_byteorder=True).to_numpy()[:, :, :3]
    height, across, _colours = drawn.shape
    rows = np.zeros((height, across * 3 + 1), np.uint8)  # each row begins with its filter: none
    rows[:, 1:] = drawn.reshape(height, across * 3)
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", across, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows.tobytes(), 6)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )


def main(arguments: list[str]) -> int:
    content = sys.stdin.buffer.read()
    try:
        if arguments[0] == "page":
            made = page_of_pdf(content, int(arguments[1]), int(arguments[2]))
        else:
            read = outline_of_pdf if arguments[1] == "pdf" else outline_of_pptx
            texts = read(content)
            made = json.dumps({"pages": len(texts), "outline": texts}).encode()
    except Refused as refused:
        sys.stdout.write(str(refused))
        return 2
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
