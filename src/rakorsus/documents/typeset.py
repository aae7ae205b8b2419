"""PDF by typst. The program (`kit.typ`) is fixed; the paper goes in as JSON, so that no text of a
user is ever read as markup: there is nothing to escape and nothing to forget."""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path
from typing import Any, Final

import segno
import typst

_KIT: Final = Path(__file__).with_name("kit.typ")


@cache
def _program() -> bytes:
    return _KIT.read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """The fonts that typst brings; those of the system only for letters that they lack."""
    return typst.Fonts(include_system_fonts=True)


def pdf(data: dict[str, Any], address: str, digest: str) -> bytes:
    """Archival and tagged (PDF/A-2a); plain tagged PDF where a letter has no font."""
    shown = {**data, "address_check": address, "digest": digest,
             "qr": square(address) if address else "",
             "codes": {b["text"]: square(b["text"]) for b in data["blocks"]
                       if b["type"] == "code"}}  # fmt: skip
    inputs = {"data": json.dumps(shown, ensure_ascii=False)}
    try:
        return _compiled(inputs, ["a-2a"])
    except typst.TypstError:
        return _compiled(inputs, [])


def _compiled(inputs: dict[str, str], standards: list[str]) -> bytes:
    made = typst.compile(
        _program(), format="pdf", sys_inputs=inputs, pdf_standards=standards,  # type: ignore[arg-type]
        font_paths=_fonts(), timestamp=0,
    )  # fmt: skip
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single file")
    return made


def square(text: str) -> str:
    """A QR code as SVG."""
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="svg", scale=4, border=1, xmldecl=False)
    return out.getvalue().decode()
