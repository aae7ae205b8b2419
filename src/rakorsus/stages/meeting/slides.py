"""Slides are taken by what they contain, not by what they are called."""

from __future__ import annotations

import zipfile
from typing import Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

MOST: Final = 30 * 1024 * 1024
_UNPACKED: Final = 300 * 1024 * 1024


def check_slides(file: UploadedFile) -> str:
    """`pdf` or `pptx`, by content.

    Raises:
        ValidationError: something else, larger than 30 MB, or with macros inside.
    """
    if file.size is None or file.size > MOST:
        raise ValidationError(_("Berkas paparan paling besar 30 MB."))
    file.seek(0)
    head = file.read(5)
    file.seek(0)
    if head == b"%PDF-":
        return "pdf"
    if head[:4] == b"PK\x03\x04" and _is_presentation(file):
        file.seek(0)
        return "pptx"
    raise ValidationError(_("Berkas ini bukan PDF atau PPTX. Simpan ulang sebagai PDF."))


def _is_presentation(file: UploadedFile) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.infolist()
    except zipfile.BadZipFile:
        return False
    inside = {entry.filename for entry in names}
    small = sum(entry.file_size for entry in names) <= _UNPACKED
    return small and "ppt/presentation.xml" in inside and "ppt/vbaProject.bin" not in inside
