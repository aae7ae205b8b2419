"""Handing papers out: the PDF whose digest is remembered, the DOCX to go on writing in."""

from __future__ import annotations

import hashlib
from typing import Any

from rakorsus.documents import render
from rakorsus.documents.models import Copy, Issued


def pdf(issued: Issued, data: dict[str, Any] | None = None) -> bytes:
    """The PDF of a paper.

    Args:
        data: the same paper addressed to one of its recipients, where it is not the file copy.
    """
    if issued.signed and data is None:
        with issued.signed.open() as file:
            made = bytes(file.read())
    else:
        made = render.pdf(data or issued.content, render.seal_of(issued))
    remember(issued, [made])
    return made


def docx(issued: Issued, data: dict[str, Any] | None = None) -> bytes:
    """The DOCX of a paper: says that the PDF is the one that counts."""
    return render.docx(data or issued.content, render.seal_of(issued))


def remember(issued: Issued, files: list[bytes]) -> None:
    """Know these very files again on the public page."""
    Copy.objects.bulk_create(
        (Copy(issued=issued, sha256=hashlib.sha256(file).hexdigest()) for file in files),
        ignore_conflicts=True,
    )


def knows(issued: Issued, file_digest: str) -> bool:
    return issued.copies.filter(sha256=file_digest).exists()
