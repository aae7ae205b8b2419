"""Finding personal data in what is about to be, or is, public.

The patterns of the import's own masks (`engine.intake.personal`), with the value that upstream
offices write in place of a removed one.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from rakorsus.engine.intake.personal import REMOVED

_PATTERNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("NIP", re.compile(r"(?<![\d.])\d{8}[ .]?\d{6}[ .]?[12][ .]?\d{3}(?![\d.]?\d)")),
    ("NPWP", re.compile(r"(?<!\d)\d{2}\.\d{3}\.\d{3}\.\d[-.]\d{3}\.\d{3}(?!\d)")),
    ("NIK", re.compile(r"(?<![\d.])\d{16}(?!\d)")),
    ("surel", re.compile(r"(?i)[a-z0-9][a-z0-9._%+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+")),
    ("telepon", re.compile(
        r"(?<![\d.\w-])(?:\+62|62|0)[ -]?8\d{1,2}[ .-]?\d{3,4}[ .-]?\d{2,5}(?!\d)"
    )),
    ("telepon", re.compile(
        r"(?i)\b(?:telp|telepon|tlp|hp|wa|whatsapp|fax)\b\.?\s*[:.]?\s*[(+]?\d[\d ()/-]{5,}\d"
    )),
    (REMOVED, re.compile(re.escape(REMOVED))),
)  # fmt: skip


#: A SHA-256 may hold any row of digits.
_DIGEST: Final = re.compile(r"\b[0-9a-f]{64}\b")


class Hit(NamedTuple):
    kind: str
    text: str
    at: int


def hits(text: str) -> list[Hit]:
    """Everything in a text that looks like data about a person, in the order of the text."""
    text = _DIGEST.sub("#" * 64, text)
    found = [Hit(kind, m[0], m.start()) for kind, pattern in _PATTERNS
             for m in pattern.finditer(text)]  # fmt: skip
    return sorted(set(found), key=lambda hit: (hit.at, hit.kind))
