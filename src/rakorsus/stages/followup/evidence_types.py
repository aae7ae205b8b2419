"""Files of evidence are taken by what they contain, not by what they are called."""

from __future__ import annotations

import zipfile
from typing import Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

MOST: Final = 20 * 1024 * 1024
_UNPACKED: Final = 200 * 1024 * 1024
_HEADS: Final = (
    (b"%PDF-", "application/pdf", "pdf"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
)
_OFFICE: Final = (
    ("word/document.xml", "word/vbaProject.bin", "docx",
     "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xl/workbook.xml", "xl/vbaProject.bin", "xlsx",
     "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
)  # fmt: skip


def check(file: UploadedFile) -> tuple[str, str]:
    """The media type and ending of a file, by its content.

    Raises:
        ValidationError: empty, larger than 20 MB, or none of PDF, JPEG, PNG, DOCX, XLSX.
    """
    if not file.size or file.size > MOST:
        raise ValidationError(_("Bukti harus berisi dan paling besar 20 MB."))
    file.seek(0)
    head = file.read(8)
    file.seek(0)
    for start, kind, ending in _HEADS:
        if head.startswith(start):
            return kind, ending
    if head.startswith(b"PK\x03\x04") and (found := _office(file)):
        file.seek(0)
        return found
    raise ValidationError(_("Berkas ini bukan PDF, JPEG, PNG, DOCX, atau XLSX."))


def _office(file: UploadedFile) -> tuple[str, str] | None:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile:
        return None
    if sum(entry.file_size for entry in entries) > _UNPACKED:
        return None
    inside = {entry.filename for entry in entries}
    for part, macro, ending, kind in _OFFICE:
        if part in inside and macro not in inside:
            return kind, ending
    return None
