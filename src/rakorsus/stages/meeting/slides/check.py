"""Slides are taken by what they contain, not by what they are called."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from rakorsus.stages.meeting.slides.isolated import Unreadable, ask
from rakorsus.stages.meeting.slides.worker import MOST_PAGES

MOST: Final = 30 * 1024 * 1024
_UNPACKED: Final = 300 * 1024 * 1024


@dataclass(frozen=True)
class Slides:
    kind: str  # pdf, pptx
    pages: int
    outline: list[str]


def check_slides(file: UploadedFile) -> Slides:
    """Kind, number of pages and their texts.

    Raises:
        ValidationError: neither PDF nor PPTX, larger than 30 MB, too many pages, locked by a
            password, damaged, or with macros inside.
    """
    if file.size is None or file.size > MOST:
        raise ValidationError(_("Berkas paparan paling besar 30 MB."))
    file.seek(0)
    content = file.read()
    file.seek(0)
    kind = _kind(file, content[:5])
    file.seek(0)
    try:
        answer = json.loads(ask(content, "outline", kind))
    except Unreadable as error:
        raise ValidationError(_why(str(error))) from error
    if not answer["pages"]:
        raise ValidationError(_("Berkas paparan ini tidak punya halaman."))
    return Slides(kind, answer["pages"], answer["outline"])


def _kind(file: UploadedFile, head: bytes) -> str:
    if head == b"%PDF-":
        return "pdf"
    if head[:4] == b"PK\x03\x04" and _is_presentation(file):
        return "pptx"
    raise ValidationError(_("Berkas ini bukan PDF atau PPTX. Simpan ulang sebagai PDF."))


def _why(word: str) -> str:
    if word == "locked":
        return _("PDF ini terkunci kata sandi. Simpan ulang tanpa kata sandi.")
    if word == "long":
        return _("Paparan paling banyak %d halaman.") % MOST_PAGES
    return _("Berkas paparan ini rusak dan tidak dapat dibaca. Simpan ulang lalu coba lagi.")


def _is_presentation(file: UploadedFile) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.infolist()
    except zipfile.BadZipFile:
        return False
    inside = {entry.filename for entry in names}
    small = sum(entry.file_size for entry in names) <= _UNPACKED
    return small and "ppt/presentation.xml" in inside and "ppt/vbaProject.bin" not in inside
