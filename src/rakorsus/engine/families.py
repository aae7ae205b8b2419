"""Which agencies are one house: an agency and its units, a predecessor and its successor, a series.

An agency's code says most of it (`1.02.0.00.0.00.02.0023`: affairs, serial `02`, unit `0023`); its
name says the rest. Codes of older forms are kept as they are and joined by name only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from rakorsus.engine.records import AgencyKind

_MODERN = re.compile(r"^(\d\.\d\d(?:\.\d\.\d\d){2}\.\d\d)\.(\d{4})$")
_SERIES = (
    (AgencyKind.KELURAHAN, re.compile(r"\bkelurahan\b", re.I)),
    (AgencyKind.KECAMATAN, re.compile(r"^\s*(kantor\s+)?kecamatan\b", re.I)),
    (AgencyKind.PUSKESMAS, re.compile(r"\bpuskesmas\b", re.I)),
    (
        AgencyKind.SCHOOL,
        re.compile(r"\b(sekolah|sdn|smpn|tk negeri|paud|sd negeri|smp negeri)\b", re.I),
    ),
    (AgencyKind.HOSPITAL, re.compile(r"\b(rumah sakit|rsud|rs)\b", re.I)),
)
_NOISE = re.compile(r"\b(dinas|badan|kantor|kabupaten|kota|daerah|dan|bagian)\b|[^a-z ]")


def series_of(name: str, kind: str | None = None) -> str | None:
    """The series that an office belongs to (kecamatan, kelurahan, puskesmas, school, hospital)."""
    for series, pattern in _SERIES:
        if kind == series.value or pattern.search(name):
            return series.value
    return None


def bare(name: str) -> str:
    """An agency's name without the words that every agency has, to compare two of them."""
    return " ".join(sorted(_NOISE.sub(" ", name.lower()).split()))


@dataclass(frozen=True, slots=True)
class Families:
    """`family` names the house of each agency code, `series` its series, `names` its full name."""

    family: Mapping[str, str]
    series: Mapping[str, str | None]
    names: Mapping[str, str]
    successors: Mapping[str, str]

    def same(self, a: str, b: str) -> bool:
        """Whether two agency codes are one house: the same, unit and parent, old and new."""
        return self.family.get(a, a) == self.family.get(b, b)

    def name(self, code: str) -> str:
        """The agency's name, or its code when no file names it."""
        return self.names.get(code, code)


class _Sets:
    """Disjoint sets over strings; the smallest member stands for its set."""

    def __init__(self) -> None:
        self._up: dict[str, str] = {}

    def root(self, item: str) -> str:
        path = []
        while (up := self._up.get(item, item)) != item:
            path.append(item)
            item = up
        for passed in path:
            self._up[passed] = item
        return item

    def join(self, a: str, b: str) -> None:
        low, high = sorted((self.root(a), self.root(b)))
        self._up[high] = low


def families(agencies: pl.DataFrame) -> Families:
    """The houses of a table of agencies (schema.AGENCIES)."""
    sets = _Sets()
    rows = agencies.sort("code").to_dicts()
    stems: dict[str, list[str]] = defaultdict(list)
    bares: dict[str, list[str]] = defaultdict(list)
    names, series, successors = {}, {}, {}
    for row in rows:
        code, name = row["code"], row["name"] or row["code"]
        names[code] = name
        series[code] = series_of(name, row["kind"])
        if match := _MODERN.match(code):
            stems[match[1]].append(code)
        bares[bare(name)].append(code)
        if row["parent"]:
            sets.join(code, row["parent"])
        if row["successor"]:
            sets.join(code, row["successor"])
            successors[code] = row["successor"]
    for members in (*stems.values(), *(m for n, m in bares.items() if n)):
        for code in members[1:]:
            sets.join(members[0], code)
    return Families({c: sets.root(c) for c in names}, series, names, successors)
