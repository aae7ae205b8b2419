"""The records that cross the engine's borders: frozen, typed, without behaviour of their own.

Tables of many lines travel as polars frames whose columns `rakorsus.engine.schema` fixes; what is
read or shown one at a time travels as the dataclasses here. Money is whole rupiah (`int`), dates
are `datetime.date`, shares and scores are `float` in 0..1, points are (longitude, latitude) in
degrees (WGS 84).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages of the product: `id` Bahasa Indonesia, `en` English."""

    id: str
    en: str

    def __str__(self) -> str:
        return self.id

    def as_dict(self) -> dict[str, str]:
        return {"id": self.id, "en": self.en}


class Source(StrEnum):
    """The kind of file that a program line came from; with the file's own key it names the line."""

    SUB_KEGIATAN = "subkegiatan"
    KEGIATAN = "kegiatan"
    PROGRAM = "program"
    PAKET_SWAKELOLA = "paket_swakelola"
    PAKET_PENYEDIA = "paket_penyedia"
    TENDER = "tender"
    NON_TENDER = "nontender"
    RENJA = "renja"
    RKPD = "rkpd"
    DPA = "dpa"
    OTHER = "other"


class Level(StrEnum):
    """Where a line stands in the planning chain (Permendagri 90/2019)."""

    PROGRAM = "program"
    KEGIATAN = "kegiatan"
    SUB_KEGIATAN = "sub_kegiatan"
    PAKET = "paket"


class Status(StrEnum):
    """How far a line has come, from the newest document that speaks of it."""

    PLANNED = "planned"
    ANNOUNCED = "announced"
    FAILED = "failed"  # tender failed or repeated under another number
    CANCELLED = "cancelled"
    CONTRACTED = "contracted"
    DONE = "done"


class AgencyKind(StrEnum):
    OPD = "opd"
    UNIT = "unit"  # UPTD, bagian, hospital board and the like below an OPD
    HOSPITAL = "hospital"
    PUSKESMAS = "puskesmas"
    SCHOOL = "school"
    KECAMATAN = "kecamatan"
    KELURAHAN = "kelurahan"
    COMPANY = "company"  # city company (perumda, BUMD)
    OUTSIDE = "outside"  # PLN, telecom, province, ministries, river basin offices


class RegionLevel(IntEnum):
    """Levels of the national region codes (Kepmendagri on codes and data of regions)."""

    PROVINCE = 1
    REGENCY = 2
    DISTRICT = 3
    VILLAGE = 4


class PlaceGrade(IntEnum):
    """How firm the evidence for a place is; a higher grade is firmer. Order is meaningful."""

    NONE = 0  # no place, or unclear
    REGENCY = 1
    DISTRICT = 2
    VILLAGE = 3
    HAMLET = 4  # RW, RT, dusun, kampung or lingkungan inside a known village
    STREET = 5  # a named street, or a named facility (school, market, bridge) in a known area
    POINT = 6  # coordinates or a drawn line


class DateGrade(IntEnum):
    """How firm the evidence for a period is."""

    NONE = 0
    YEAR = 1  # January to December: says nothing
    HALF = 2  # longer than a quarter, shorter than a year
    QUARTER = 3
    DATES = 4  # planned start and end within a quarter
    CONTRACT = 5  # dates of a signed contract


class FindingKind(StrEnum):
    """The ten kinds of finding, and the repetition that is normal and only set aside."""

    DUPLICATE = "duplicate"
    OVERLAP = "overlap"
    FRAGMENTATION = "fragmentation"
    CLASH = "clash"
    OPPORTUNITY = "opportunity"
    ORDER = "order"
    GAP = "gap"
    MISMATCH = "mismatch"
    WARNING = "warning"
    UNCLEAR = "unclear"
    EXPECTED = "expected"


class Severity(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Place:
    """What one text says about a place. `region` is the deepest region code that is certain."""

    text: str
    grade: PlaceGrade
    region: str | None = None
    rw: tuple[str, ...] = ()
    rt: tuple[str, ...] = ()
    hamlet: str | None = None
    street: str | None = None
    facility: str | None = None
    point: tuple[float, float] | None = None
    why: Text | None = None  # why it is no better: homonyms, nothing recognised, several candidates


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one row (or one cell, when `column` is given) of a file.

    `row` counts as a spreadsheet does, from 1 with the header included; for JSON it is the index
    of the record from 1.
    """

    sheet: str
    row: int
    column: str | None
    reason: Text


@dataclass(frozen=True, slots=True)
class SetAsideRow:
    """A row that was read and not accepted: place, content without personal columns, reason."""

    problem: Problem
    content: Mapping[str, str]
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class ProgramRef:
    """How a finding names a program line: the file's own key, so that anyone can trace it."""

    source: str
    id: str
    agency: str
    title: str
    budget: int

    @property
    def key(self) -> str:
        return f"{self.source}:{self.id}"


@dataclass(frozen=True, slots=True)
class Option:
    """One way out that officials can choose at a desk, with what it would change."""

    code: str  # merge | cancel | split | lead_support | joint | retime | swap | waive | add | ...
    text: Text
    changes: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that two or more programs, or a program and a rule, must settle.

    `id` is stable: it depends on the kind and the keys of the programs (or the target) only, so
    that the same finding of the next version is recognised. `score` ranks findings of one run;
    `sure` says how firm the evidence is. `money` is the amount at stake, not the sum of budgets.
    """

    id: str
    kind: FindingKind
    score: float
    sure: float
    severity: Severity
    programs: tuple[ProgramRef, ...]
    agencies: tuple[str, ...]
    places: tuple[str, ...]
    period: tuple[date | None, date | None]
    money: int
    reasons: Text
    options: tuple[Option, ...] = ()
    evidence: Mapping[str, Any] = field(default_factory=dict)
    rule: str = ""  # name of the rule that fired, as in docs/reference/rules

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(p.key for p in self.programs)
