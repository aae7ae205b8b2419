"""Every kind of file that is known, and which one a table is."""

from __future__ import annotations

from typing import Final

import polars as pl

from rakorsus.engine.intake.fields import Kind
from rakorsus.engine.intake.headers import normal
from rakorsus.engine.intake.kinds_plan import FORMS, SIPD
from rakorsus.engine.intake.kinds_reference import REFERENCE
from rakorsus.engine.intake.kinds_service import SERVICE
from rakorsus.engine.intake.table import ROW
from rakorsus.engine.records import Text

UNKNOWN: Final = "unknown"
UNREADABLE: Final = "unreadable"
MAPPED: Final = "mapped"

KINDS: Final[dict[str, Kind]] = {k.name: k for k in (*SERVICE, *SIPD, *FORMS, *REFERENCE)}

TITLES: Final[dict[str, Text]] = {
    **{k.name: k.title for k in KINDS.values()},
    MAPPED: Text("Tabel dengan pemetaan kolom", "Table read by a column mapping"),
    UNKNOWN: Text("Belum dikenali: perlu pemetaan kolom", "Unknown: needs a column mapping"),
    UNREADABLE: Text("Tidak dapat dibaca", "Unreadable"),
    "note": Text("Keterangan, tanpa tabel", "Words without a table"),
    "empty": Text("Lembar kosong", "Empty sheet"),
    "mixed": Text("Beberapa jenis tabel", "Several kinds of table"),
}


def normals_of(columns: list[str]) -> dict[str, str]:
    """The normal name of each column."""
    return {column: normal(column) for column in columns}


def recognise(frame: pl.DataFrame) -> Kind | None:
    """The kind whose fields the table shows best; None when no kind fits."""
    normals = normals_of([c for c in frame.columns if c != ROW])
    scored = ((kind.fits(normals), kind.rank, len(kind.marks), kind) for kind in KINDS.values())
    fitting = [s for s in scored if s[0] and _content(s[3], frame, normals)]
    if not fitting:
        return None
    return max(fitting, key=lambda s: (s[1], s[0], s[2]))[3]


def fits_header(names: list[str]) -> int:
    """How well a row of names serves as the header of any kind: fields it has, marks complete."""
    normals = normals_of(names)
    return max(kind.fits(normals) for kind in KINDS.values())


def _content(kind: Kind, frame: pl.DataFrame, normals: dict[str, str]) -> bool:
    """Whether most of the first cells look as the kind's fields must."""
    assigned = kind.assign(normals)
    for name, pattern in kind.content.items():
        cells = frame[assigned[name]].drop_nulls().head(50)
        if cells.len() and cells.str.strip_chars().str.contains(pattern).sum() * 2 < cells.len():
            return False
    return True
