"""Images of the pages of a stored PDF: drawn once, kept beside it."""

from __future__ import annotations

from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from rakorsus.stages.meeting.models import Brief
from rakorsus.stages.meeting.slides.isolated import ask

#: Widths in pixels that can be asked for; the last one is for walls.
WIDTHS: Final = (480, 1600)


def count(brief: Brief | None) -> int:
    """How many pages can be shown; 0 where there are no slides, or none that can be drawn."""
    return brief.pages if brief is not None and brief.slides_kind == "pdf" else 0


def page_png(name: str, page: int, width: int = WIDTHS[-1]) -> bytes:
    """The page as PNG.

    Args:
        name: the PDF in the storage of files.

    Raises:
        slides.isolated.Unreadable: the PDF has no such page, or cannot be read.
        ValueError: another width.
    """
    if width not in WIDTHS:
        raise ValueError(f"width {width} is none of {WIDTHS}")
    kept = f"gambar/{name.rsplit('.', 1)[0]}-{page}-{width}.png"
    if default_storage.exists(kept):
        with default_storage.open(kept) as file:
            return bytes(file.read())
    with default_storage.open(name) as file:
        made = ask(file.read(), "page", str(page), str(width))
    default_storage.save(kept, ContentFile(made))
    return made
