"""The names of one government's regions, ready to be found in text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl
from rapidfuzz.distance import DamerauLevenshtein

from rakorsus.engine.places.normal import compact
from rakorsus.engine.records import RegionLevel

#: Suffixes that tell neighbours apart: never taken for one another by a spelling variant.
COMPASS = frozenset(
    [
        "wetan",
        "kulon",
        "kidul",
        "kaler",
        "tengah",
        "hilir",
        "girang",
        "utara",
        "selatan",
        "timur",
        "barat",
        "baru",
        "lama",
        "jaya",
        "raya",
        "indah",
        "jati",
        "atas",
        "bawah",
        "dalam",
        "luar",
        "besar",
        "kecil",
        "satu",
        "dua",
        "tiga",
        "i",
        "ii",
        "iii",
        "iv",
    ]
)


#: Letters by which a word is told to begin no name at all.
BEGINNING = 8


@dataclass(frozen=True)
class Gazetteer:
    """Immutable; made once for a government, shared by all its texts.

    `villages` and `districts` map a compact name to codes; several codes are homonyms.
    """

    government: str
    names: dict[str, str]
    villages: dict[str, tuple[str, ...]]
    districts: dict[str, tuple[str, ...]]
    points: dict[str, tuple[float, float]] = field(default_factory=dict)

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """The first letters, one to BEGINNING of them, of all names in compact form."""
        names = (*self.villages, *self.districts)
        return frozenset(name[:size] for name in names for size in range(1, BEGINNING + 1))

    @classmethod
    def of(cls, regions: pl.DataFrame, government: str | None = None) -> Gazetteer:
        """From schema.REGIONS. Without `government` it is the table's one regency, or the table's
        common beginning."""
        rows = list(regions.select("code", "name", "level", "lon", "lat").iter_rows())
        codes = [row[0] for row in rows]
        regencies = [code for code, _, level, _, _ in rows if level == RegionLevel.REGENCY]
        chosen = government or (regencies[0] if len(regencies) == 1 else _common(codes))
        inside = [row for row in rows if row[0].startswith(chosen)]
        return cls(
            government=chosen,
            names={row[0]: row[1] for row in rows},
            villages=_index(row for row in inside if row[2] == RegionLevel.VILLAGE),
            districts=_index(row for row in inside if row[2] == RegionLevel.DISTRICT),
            points={row[0]: (row[3], row[4]) for row in rows if row[3] is not None},
        )

    def village(self, name: str, inside: str | None = None) -> tuple[str, ...]:
        """Codes of villages of this name, exactly or by a safe spelling variant."""
        return _lookup(self.villages, name, inside)

    def district(self, name: str) -> tuple[str, ...]:
        return _lookup(self.districts, name, None)


def _common(codes: list[str]) -> str:
    if not codes:
        return ""
    first, last = min(codes), max(codes)
    parts = [a for a, b in zip(first.split("."), last.split("."), strict=False) if a == b]
    return ".".join(parts)


def _index(rows: Iterable[tuple[str, str, int, float, float]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for code, name, *_ in rows:
        found[compact(name)].append(code)
    return {name: tuple(codes) for name, codes in found.items()}


def _lookup(index: dict[str, tuple[str, ...]], name: str, inside: str | None) -> tuple[str, ...]:
    """Exact by compact form; otherwise the one name at distance 1 (2 for ten letters or more).

    A variant must begin with the same letter, must not differ in a compass word, and must be the
    only one: two names equally near are no answer.
    """
    key = compact(name)
    exact = _inside(index.get(key, ()), inside)
    if exact or len(key) < 5:
        return exact
    reach = 2 if len(key) >= 10 else 1
    tail = _tail(name)
    near: dict[int, list[str]] = defaultdict(list)
    for other, codes in index.items():
        if other[0] != key[0] or abs(len(other) - len(key)) > reach:
            continue
        distance = DamerauLevenshtein.distance(key, other, score_cutoff=reach)
        if distance <= reach and _inside(codes, inside) and _ends(other, tail, key):
            near[distance].append(other)
    if not near:
        return ()
    best = near[min(near)]
    return _inside(index[best[0]], inside) if len(best) == 1 else ()


def _inside(codes: tuple[str, ...], inside: str | None) -> tuple[str, ...]:
    return tuple(c for c in codes if c.startswith(f"{inside}.")) if inside else codes


def _tail(name: str) -> str:
    """The compass word at the end of a name, if any."""
    last = name.lower().split()[-1] if name.split() else ""
    return last if last in COMPASS else ""


def _ends(other: str, tail: str, key: str) -> bool:
    if tail:
        return other.endswith(compact(tail))
    return not any(
        other.endswith(compact(word)) and not key.endswith(compact(word))
        for word in COMPASS
        if len(word) > 3
    )
