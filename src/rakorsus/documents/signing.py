"""The place of a certified electronic signature (PSrE, in government BSrE), left open.

Without an adapter a paper is sealed by its number, the SHA-256 of its content and the QR to the
public page; that is an uncertified signature in the sense of PP 71/2019. An installation with
access to a certification authority brings an adapter in an app of its own:

    from rakorsus.documents import signing

    class Bsre:
        name = "BSrE"

        def sign(self, pdf: bytes, post: str, reason: str) -> bytes:
            ...  # ask the service; return the PDF with the signature inside (PAdES)

    signing.use(Bsre())        # in AppConfig.ready

It is called once, when a paper is issued, inside that transaction: when it raises, no number is
taken. What it returns is kept, and from then on handed out instead of the rendered PDF. Keys and
passphrases are the adapter's; the system never sees them.
"""

from __future__ import annotations

from typing import Protocol

from django.core.files.base import ContentFile

from rakorsus.documents.models import Issued


class Adapter(Protocol):
    """Somebody who can put a certified signature into a PDF."""

    name: str

    def sign(self, pdf: bytes, post: str, reason: str) -> bytes:
        """The signed PDF. May raise anything; the paper is then not issued."""
        ...


_adapter: Adapter | None = None


def use(adapter: Adapter | None) -> None:
    """Have every paper signed by this adapter; None: by none."""
    global _adapter  # one per process, set at start
    _adapter = adapter


def adapter() -> Adapter | None:
    return _adapter


def sign(issued: Issued) -> None:
    """Let the adapter sign the PDF of a paper that is being issued."""
    if _adapter is None:
        return
    from rakorsus.documents import render

    signed = _adapter.sign(render.pdf(issued.content, render.seal_of(issued)), issued.post,
                           issued.title)  # fmt: skip
    issued.signed.save(f"{issued.key}.pdf", ContentFile(signed))
