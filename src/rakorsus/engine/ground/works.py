"""Classes of works as they matter on the ground: what closes, digs up or lays a surface."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rakorsus.engine.pairs.lines import Line
from rakorsus.engine.records import Text


@dataclass(frozen=True, slots=True)
class Works:
    """A class of works. `digs` opens the ground, `surface` names what it lays (a key of
    Rules.moratorium_years), `closes` takes the street or square from others."""

    code: str
    name: Text
    pattern: re.Pattern[str]
    digs: bool = False
    surface: str = ""
    closes: bool = True


def _works(
    code: str, id_: str, en: str, pattern: str, *, digs: bool = False, surface: str = "",
    closes: bool = True,
) -> Works:  # fmt: skip
    return Works(code, Text(id_, en), re.compile(rf"\b(?:{pattern})"), digs, surface, closes)


#: The first class that matches a normal title wins.
CLASSES: Final = (
    _works("cable", "penggelaran kabel", "laying of cables",
           r"kabel|serat optik|fiber optik|fo\b|jaringan bawah tanah", digs=True),
    _works("sewer", "pipa air limbah", "sewer pipes",
           r"(pipa|jaringan|sambungan rumah|perpipaan) (\w+ )?air limbah|spald|ipal\b", digs=True),
    _works("pipe", "pipa air minum", "water pipes",
           r"pipa|perpipaan|jaringan (distribusi|air minum|air bersih)|sambungan rumah", digs=True),
    _works("irrigation", "saluran irigasi", "irrigation channels", r"irigasi"),
    _works("bank", "tanggul dan penahan tanah", "river banks and retaining walls",
           r"tanggul|bronjong|perkuatan tebing|tembok penahan|turap"),
    _works("drain", "drainase", "drains",
           r"drainase|saluran|gorong gorong|sodetan|selokan", digs=True),
    _works("bridge", "jembatan", "a bridge", r"jembatan"),
    _works("lane", "jalan lingkungan", "neighbourhood lanes",
           r"paving|rabat beton|jalan (lingkungan|setapak|desa|gang)|lorong", surface="paving"),
    _works("concrete", "betonisasi jalan", "a concrete road",
           r"betonisasi|rigid|jalan beton|perkerasan beton", surface="concrete"),
    _works("road", "perkerasan jalan", "a road surface",
           r"(peningkatan|rekonstruksi|pelebaran|pembangunan|rehabilitasi|pemeliharaan|pengaspalan|"
           r"perbaikan) (berkala |rutin |ruas |struktur )?jalan|hotmix|pengaspalan|overlay",
           surface="asphalt"),
    _works("pavement", "trotoar", "a pavement", r"trotoar|pedestrian", surface="pavement"),
    _works("event", "acara di ruang terbuka", "an event in the open",
           r"festival|karnaval|pawai|konser|lomba lari|bazar|pameran|pentas"),
    _works("light", "lampu jalan", "street lights",
           r"(lampu|penerangan) jalan|pju\b", closes=False),
)  # fmt: skip


_ON_PAPER: Final = frozenset(["design", "study", "supervise", "train", "inform", "operate"])


def works_of(line: Line) -> Works | None:
    """The class of a line that is carried out on the ground, or None (studies, goods, aid)."""
    if line.overhead or line.stage in (
        "design",
        "study",
        "supervise",
        "train",
        "inform",
        "operate",
    ):
        return None
    return _class_of(line.plain)


@lru_cache(maxsize=1 << 15)
def _class_of(text: str) -> Works | None:
    return next((c for c in CLASSES if c.pattern.search(text)), None)
