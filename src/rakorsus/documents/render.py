"""One content to PDF and to DOCX."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rakorsus.documents import typeset, word
from rakorsus.documents.models import Issued


@dataclass(frozen=True)
class Seal:
    """What an issued paper carries on every page: address of its public page, and digest."""

    address: str
    digest: str
    number: str


def seal_of(issued: Issued) -> Seal:
    return Seal(issued.address, issued.digest, issued.number)


def pdf(data: dict[str, Any], seal: Seal | None = None) -> bytes:
    """The PDF; without a seal it is marked as a draft. The same content gives the same bytes."""
    return typeset.pdf(data, seal.address if seal else "", seal.digest if seal else "")


def docx(data: dict[str, Any], seal: Seal | None = None) -> bytes:
    """The DOCX, to go on writing in."""
    return word.docx(data, seal.address if seal else "", seal.digest if seal else "")
