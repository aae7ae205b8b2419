"""What a paper says, without saying how it looks: neutral blocks that PDF and DOCX both render.

Everything is frozen and plain. `data_of(paper)` turns a paper into JSON content, in which control
characters are gone; that content is what is frozen, hashed and rendered.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from typing import Any, Final

from rakorsus.documents.words import long_date

#: What XML cannot hold, halves of pairs, and marks that turn the direction of writing around.
_REFUSED: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)


def clean(text: str) -> str:
    """The text without what no format can hold; line ends are single line feeds."""
    return _REFUSED.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))


@dataclass(frozen=True)
class Signer:
    """Somebody who signs: what stands above (`a.n. Wali Kota`), post, name, rank and NIP."""

    post: str
    name: str = ""
    rank: str = ""
    nip: str = ""
    above: str = ""


@dataclass(frozen=True)
class Frame:
    """What a paper has from its settings and from being issued."""

    letterhead: tuple[str, ...] = ()
    address: str = ""
    place: str = ""
    paper: str = "a4"
    number: str = ""
    date: date | None = None
    signer: Signer = Signer("")
    nature: str = ""
    bases: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    draft: bool = True

    @property
    def place_and_date(self) -> str:
        when = long_date(self.date) if self.date else "…"
        return f"{self.place}, {when}" if self.place else when


@dataclass(frozen=True)
class Title:
    """Centred lines; `number` stands below them as "Nomor: …" where it is given."""

    lines: tuple[str, ...]
    number: str = ""
    about: tuple[str, ...] = ()  # below the number: TENTANG …


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str
    align: str = "justify"  # left | center | right | justify
    bold: bool = False
    first: bool = False  # first line indented
    indent: int = 0  # steps of indentation of the whole
    small: bool = False


@dataclass(frozen=True)
class Facts:
    """Label, colon, value; `right` stands opposite the first row (place and date of a letter)."""

    rows: tuple[tuple[str, str], ...]
    indent: int = 0
    right: str = ""


@dataclass(frozen=True)
class Listing:
    """Numbered entries: `1.`, `a.`, or `•`."""

    items: tuple[str, ...]
    style: str = "1."
    indent: int = 0


@dataclass(frozen=True)
class Clauses:
    """A label, a colon, and its entries: MENIMBANG : a. …; KESATU : …"""

    label: str
    items: tuple[str, ...]
    style: str = ""  # "" for a single text


@dataclass(frozen=True)
class Table:
    """`widths` are shares; `tall` leaves room for a signature in each row."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    centered: tuple[int, ...] = (0,)
    tall: bool = False
    empty: str = ""  # said when there are no rows
    small: bool = False


@dataclass(frozen=True)
class Signatures:
    """Side by side, `columns` in a row; one alone stands on the right. `date` stands above."""

    signers: tuple[Signer, ...]
    date: str = ""
    columns: int = 2
    lead: str = ""  # centred above all: "Mengetahui"


@dataclass(frozen=True)
class Attachment:
    """A new page that begins with what it is attached to."""

    title: str  # "Lampiran Surat Sekretaris Daerah"
    number: str
    date: str


@dataclass(frozen=True)
class Seats:
    """A plan of seats: rows from the front, each seat a label, `""` where it is free."""

    front: str
    rows: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]  # one for each row


@dataclass(frozen=True)
class Code:
    """A QR code with what it is for: the guest's own page on a copy addressed to a guest."""

    text: str
    caption: str
    note: str = ""


@dataclass(frozen=True)
class Space:
    lines: int = 1


Block = (
    Title | Heading | Paragraph | Facts | Listing | Clauses | Table | Signatures | Attachment
    | Seats | Code | Space
)  # fmt: skip


@dataclass(frozen=True)
class Paper:
    frame: Frame
    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False
    letterhead: bool = True
    details: dict[str, Any] = field(default_factory=dict)  # kept with it, not shown


def data_of(paper: Paper) -> dict[str, Any]:
    """The paper as JSON content."""
    frame = paper.frame
    return {
        "title": clean(paper.title),
        "number": clean(frame.number),
        "date": frame.date.isoformat() if frame.date else None,
        "letterhead": _plain(frame.letterhead) if paper.letterhead else [],
        "address": clean(frame.address) if paper.letterhead else "",
        "signer": clean(frame.signer.post),
        "paper": frame.paper,
        "landscape": paper.landscape,
        "draft": frame.draft,
        "blocks": [_plain(block) for block in paper.blocks],
        "details": _plain(paper.details),
    }


def digest_of(data: dict[str, Any]) -> str:
    """SHA-256 of the content with sorted keys."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        kept = {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
        return {"type": type(value).__name__.lower(), **kept}
    if isinstance(value, str):
        return clean(str(value))
    if isinstance(value, dict):
        return {clean(str(name)): _plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return clean(str(value))
