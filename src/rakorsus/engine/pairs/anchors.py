"""Where exactly a line works: the village with RW, hamlet, street or facility bound to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from rakorsus.engine.records import PlaceGrade, Text
from rakorsus.engine.words import plain

_VILLAGE_DOTS: Final = 3
_NOT_NAMES = frozenset(
    ["tembok penahan tanah", "lingkungan", "desa", "irigasi", "drainase", "raya"]
)
_ARTICLES = re.compile(r"\b(jalan|ruas|kampung|dusun|komplek|perumahan)\b")


@dataclass(frozen=True, slots=True)
class Anchor:
    """One place of one line. `village` is None when only a kecamatan is certain."""

    region: str
    village: str | None
    rw: frozenset[str]
    rt: frozenset[str]
    hamlet: str | None
    street: str | None
    facility: str | None

    @property
    def fine(self) -> bool:
        """Whether it says more than the village."""
        return bool(self.rw or self.hamlet or self.street or self.facility)


@dataclass(frozen=True, slots=True)
class Meeting:
    """How closely two lines meet: strength in 0..1 and the words for it."""

    strength: float
    region: str
    what: Text


def anchors(rows: Iterable[Mapping[str, Any]]) -> tuple[Anchor, ...]:
    """The anchors of one line from its rows of schema.PLACES, without repeats, in order."""
    made = {_anchor(r): None for r in rows if r["region"] and r["grade"] >= PlaceGrade.DISTRICT}
    return tuple(made)


def _anchor(row: Mapping[str, Any]) -> Anchor:
    region: str = row["region"]
    deep = region.count(".") >= _VILLAGE_DOTS
    return Anchor(
        region,
        region if deep else None,
        frozenset(row["rw"] or ()),
        frozenset(row["rt"] or ()),
        _name(row["hamlet"]),
        _name(row["street"]),
        _name(row["facility"]),
    )


def _name(text: str | None) -> str | None:
    name = " ".join(_ARTICLES.sub(" ", plain(text)).split()) if text else ""
    return None if not name or name in _NOT_NAMES else name


def meet(ours: Iterable[Anchor], theirs: Iterable[Anchor]) -> Meeting | None:
    """The closest meeting of two lines, or None when no place of one meets a place of the other."""
    best: Meeting | None = None
    others = tuple(theirs)
    for a in ours:
        for b in others:
            met = _closest(a, b)
            if met and (best is None or met.strength > best.strength):
                best = met
    return best


def _closest(a: Anchor, b: Anchor) -> Meeting | None:
    if not (a.region.startswith(b.region) or b.region.startswith(a.region)):
        return None
    region = max(a.region, b.region, key=len)
    if a.facility and a.facility == b.facility:
        return Meeting(1.0, region, Text(a.facility.title(), a.facility.title()))
    if a.street and a.street == b.street:
        return Meeting(0.9, region, Text(f"ruas {a.street.title()}", f"street {a.street.title()}"))
    if a.village is None or a.village != b.village:
        return Meeting(0.2, region, Text("kecamatan yang sama", "the same kecamatan"))
    if a.hamlet and a.hamlet == b.hamlet and not (a.rw and b.rw and not a.rw & b.rw):
        name = a.hamlet.title()
        return Meeting(1.0, region, Text(f"Kampung {name}", f"the hamlet of {name}"))
    if both := a.rw & b.rw:
        if (a.hamlet and b.hamlet) or (a.rt and b.rt and not a.rt & b.rt):
            return Meeting(0.7, region, _rw(both))
        return Meeting(0.9, region, _rw(both))
    if (a.rw and b.rw) or (a.hamlet and b.hamlet):
        return Meeting(0.3, region, Text("desa/kelurahan yang sama", "the same village"))
    return Meeting(
        0.4 if a.fine or b.fine else 0.5,
        region,
        Text("desa/kelurahan yang sama", "the same village"),
    )


def _rw(numbers: Iterable[str]) -> Text:
    shown = ", ".join(sorted(n.lstrip("0") or "0" for n in numbers))
    return Text(f"RW {shown}", f"RW {shown}")
