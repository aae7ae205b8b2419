"""Pages of uploaded slides as pictures, for the projector. Only PDF can be shown; PPTX is offered
as a download. The library is used by one thread at a time."""

from __future__ import annotations

import struct
import threading
import zlib
from typing import Final

import numpy as np
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from rakorsus.stages.meeting.models import Brief

_WIDTH: Final = 1600
_MOST_PAGES: Final = 300
_one_at_a_time = threading.Lock()


def count(brief: Brief | None) -> int:
    """How many pages can be shown; 0 where there are no slides, or none that can be."""
    if brief is None or not brief.slides or not brief.slides.name.endswith(".pdf"):
        return 0
    import pypdfium2 as pdfium

    with _one_at_a_time, brief.slides.open("rb") as file:
        try:
            document = pdfium.PdfDocument(file.read())
        except pdfium.PdfiumError:
            return 0
        pages = len(document)
        document.close()
    return min(pages, _MOST_PAGES)


def picture(brief: Brief, page: int) -> bytes | None:
    """A page (from 1) as PNG, drawn once and kept; None when there is no such page."""
    name = f"paparan/gambar/{brief.item_id}-{brief.version}-{page}.png"
    if default_storage.exists(name):
        with default_storage.open(name) as kept:
            return bytes(kept.read())
    if not 1 <= page <= count(brief):
        return None
    import pypdfium2 as pdfium

    with _one_at_a_time, brief.slides.open("rb") as file:
        document = pdfium.PdfDocument(file.read())
        sheet = document[page - 1]
        drawn = sheet.render(scale=_WIDTH / max(1.0, sheet.get_width()), rev_byteorder=True)
        made = _png(drawn.to_numpy()[:, :, :3])
        document.close()
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(made))
    return made


def _png(pixels: np.ndarray) -> bytes:
    """Rows of red, green, blue as a PNG file."""
    height, width, _colours = pixels.shape
    rows = np.zeros((height, width * 3 + 1), np.uint8)  # each row begins with its filter: none
    rows[:, 1:] = pixels.reshape(height, width * 3)
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows.tobytes(), 6)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
