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

from rakorsus.engine.records import AgencyKind, Level
from rakorsus.engine.sets import Sets

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
_LAST = (99, "")
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
    replaced: frozenset[tuple[str, str]]  # (old code, new code), given or inferred

    def same(self, a: str, b: str) -> bool:
        """Whether two agency codes are one house: the same, unit and parent, old and new."""
        return self.family.get(a, a) == self.family.get(b, b)

    def successor(self, a: str, b: str) -> bool:
        """Whether one of two agencies took over from the other."""
        return (a, b) in self.replaced or (b, a) in self.replaced

    def name(self, code: str) -> str:
        """The agency's name, or its code when no file names it."""
        return self.names.get(code, code)


def families(agencies: pl.DataFrame, programs: pl.DataFrame) -> Families:
    """The houses of a table of agencies (schema.AGENCIES).

    Successors that no file names are inferred from `programs` (schema.PROGRAMS).
    """
    sets = Sets()
    rows = agencies.sort("code").to_dicts()
    stems: dict[str, list[str]] = defaultdict(list)
    bares: dict[str, list[str]] = defaultdict(list)
    names, series = {}, {}
    replaced = set()
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
            replaced.add((code, row["successor"]))
    for old, new in reorganised(programs, series):
        sets.join(old, new)
        replaced.add((old, new))
    for members in (*stems.values(), *(m for n, m in bares.items() if n)):
        for code in members[1:]:
            sets.join(members[0], code)
    return Families({c: sets.root(c) for c in names}, series, names, frozenset(replaced))


def reorganised(programs: pl.DataFrame, series: Mapping[str, str | None]) -> list[tuple[str, str]]:
    """Pairs (old, new) of agencies that budget the same functional sub kegiatan.

    One sub kegiatan belongs to one agency of a government; two that share at least five codes
    outside the support program, and four tenths of the smaller list, are one house before and
    after a reorganisation. The one whose lines were registered first is the old one.
    """
    lines = programs.filter(
        (pl.col("level") == Level.SUB_KEGIATAN)
        & pl.col("code").is_not_null()
        & ~pl.col("code").str.contains(r"^[0-9X]\.[0-9X]{2}\.01\b")
    ).select("government", "agency", "code", "id")
    codes: dict[tuple[str, str], set[str]] = defaultdict(set)
    first: dict[tuple[str, str], tuple[int, str]] = {}
    for government, agency, code, number in lines.iter_rows():
        if not series.get(agency):
            codes[government or "", agency].add(code)
            key = (government or "", agency)
            first[key] = min(first.get(key, _LAST), (len(number), number))
    found = []
    ordered = sorted(codes)
    for i, a in enumerate(ordered):
        for b in ordered[i + 1 :]:
            both = len(codes[a] & codes[b])
            if a[0] == b[0] and both >= 5 and both >= 0.4 * min(len(codes[a]), len(codes[b])):
                old, new = sorted((a, b), key=lambda k: first[k])
                found.append((old[1], new[1]))
    return found
