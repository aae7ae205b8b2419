"""Where exactly a line works: the village with RW, hamlet, street or facility bound to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple

from rakorsus.engine.pairs.names import is_name
from rakorsus.engine.records import PlaceGrade, Text
from rakorsus.engine.sentences import proper
from rakorsus.engine.words import plain

_VILLAGE_DOTS: Final = 3
_DISTRICT: Final = 8  # characters of the code of a kecamatan
_ARTICLES = re.compile(r"\b(jalan|ruas|kampung|dusun|komplek|perumahan)\b")


class Anchor(NamedTuple):
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


@lru_cache(maxsize=1 << 14)
def _name(text: str | None) -> str | None:
    name = " ".join(_ARTICLES.sub(" ", plain(text)).split()) if text else ""
    return name if name and is_name(name) else None


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


def meeting_points(ours: Iterable[Anchor]) -> Iterator[str]:
    """Names of which two lines have one in common whenever they meet with a strength of 0.9."""
    for anchor in ours:
        area = anchor.region[:_DISTRICT]
        if anchor.facility:
            yield f"{area}|{anchor.facility}"
        if anchor.street:
            yield f"{area}|{anchor.street}"
        if anchor.village:
            yield from (f"{anchor.village}|rw {n}" for n in anchor.rw)
            if anchor.hamlet:
                yield f"{anchor.village}|kampung {anchor.hamlet}"


def _closest(a: Anchor, b: Anchor) -> Meeting | None:
    if not (a.region.startswith(b.region) or b.region.startswith(a.region)):
        return None
    region = max(a.region, b.region, key=len)
    apart = _differ(a.rw, b.rw) or (a.hamlet and b.hamlet and a.hamlet != b.hamlet)
    named = _named(a, b)
    if named and not apart and not _differ(a.rt, b.rt):
        return Meeting(named[0], region, named[1])
    if a.village is None or a.village != b.village:
        return Meeting(0.2, region, Text("kecamatan yang sama", "the same kecamatan"))
    both = a.rw & b.rw
    if both and not (a.hamlet and b.hamlet and a.hamlet != b.hamlet):
        if _differ(a.rt, b.rt) or _differ(_details(a), _details(b)):
            return Meeting(0.7, region, _rw(both))
        return Meeting(1.0 if a.rt & b.rt else 0.9, region, _rw(both, a.rt & b.rt))
    if both:
        return Meeting(0.7, region, _rw(both))
    if a.hamlet and a.hamlet == b.hamlet and not apart:
        name = a.hamlet.title()
        return Meeting(1.0, region, Text(f"Kampung {name}", f"the hamlet of {name}"))
    strength = 0.3 if apart else 0.4 if a.fine or b.fine else 0.5
    return Meeting(strength, region, Text("desa/kelurahan yang sama", "the same village"))


def _named(a: Anchor, b: Anchor) -> tuple[float, Text] | None:
    """The facility or street that two anchors share."""
    if a.facility and a.facility == b.facility:
        name = proper(a.facility.upper())
        return 1.0, Text(name, name)
    if a.street and a.street == b.street:
        name = proper(a.street.upper())
        return 0.9, Text(f"Jalan {name}", f"Jalan {name}")
    return None


def _differ(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    return bool(ours and theirs and not ours & theirs)


def _details(anchor: Anchor) -> frozenset[str]:
    """What an anchor names inside its RW."""
    return frozenset(n for n in (anchor.hamlet, anchor.street, anchor.facility) if n)


def _rw(wards: Iterable[str], blocks: Iterable[str] = ()) -> Text:
    parts = [("RT", blocks), ("RW", wards)]
    shown = " ".join(
        f"{name} {', '.join(sorted(n.lstrip('0') or '0' for n in numbers))}"
        for name, numbers in parts
        if numbers
    )
    return Text(shown, shown)
