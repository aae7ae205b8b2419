"""Agencies: what each office is, under whom, for which area, and who took over from whom."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import polars as pl

from rakorsus.engine import schema
from rakorsus.engine.intake.join.government import government_code
from rakorsus.engine.intake.reading import Reading
from rakorsus.engine.records import AgencyKind, RegionLevel

_MODERN = re.compile(r"\d\.\d\d\.\d\.\d\d\.\d\.\d\d\.\d\d\.\d{4}$")
_KINDS: tuple[tuple[AgencyKind, str], ...] = (
    (AgencyKind.PUSKESMAS, r"\b(puskesmas|pusat kesehatan masyarakat)\b"),
    (AgencyKind.HOSPITAL, r"\b(rsud|rumah sakit|rsia|rskd)\b"),
    (AgencyKind.SCHOOL, r"\b(sdn|smpn|sd negeri|smp negeri|tk negeri|sekolah|upt spf|skb)\b"),
    (AgencyKind.KELURAHAN, r"^\s*(kantor\s+)?kelurahan\b"),
    (AgencyKind.KECAMATAN, r"^\s*(kantor\s+)?kecamatan\b"),
    (AgencyKind.COMPANY, r"\b(perumda|perseroda|perusahaan (umum )?daerah|pdam|bumd|pd pasar)\b"),
    (
        AgencyKind.OUTSIDE,
        r"\b(pln|telkom\w*|kementerian|provinsi|balai (besar|wilayah|pelaksana|teknik)|bbws|bws"
        r"|bbpjn|pertamina|pgn|bpjs)\b",
    ),
    (AgencyKind.UNIT, r"^\s*(uptd?|bagian|cabang dinas|unit pelaksana)\b"),
)
_AREA = re.compile(r"^\s*(?:kantor\s+)?(kecamatan|kelurahan)\s+(.+?)\s*$", re.I)


@dataclass(slots=True)
class Office:
    code: str
    name: str = ""
    institution_kind: str = ""
    government: str | None = None
    short: str | None = None
    successor: str | None = None
    active: bool = True
    budget: int | None = None


@dataclass(slots=True)
class Offices:
    """Offices met so far, by code; service numbers (`kd_satker`) lead to codes."""

    by_code: dict[str, Office] = field(default_factory=dict)
    by_key: dict[str, str] = field(default_factory=dict)
    by_name: dict[str, str] = field(default_factory=dict)

    def add(self, code: str, name: str | None, government: str | None = None) -> Office:
        office = self.by_code.setdefault(code, Office(code))
        office.name = office.name or " ".join((name or "").split())
        office.government = office.government or government
        if office.name:
            self.by_name.setdefault(bare(office.name), code)
        return office

    def find(self, said: str, government: str | None = None) -> str:
        """The code of an office that a cell names by code, name or both; a new one when none is
        known."""
        text = " ".join(said.split())
        match = re.match(r"([\dA-Z][\w.]*\.[\w.]*\d)\s*[-:–]?\s*(.*)$", text)
        code, name = (match[1], match[2]) if match else (None, text)
        if code in self.by_code and not name:
            return code
        if code:
            return self.add(code, name or None, government).code
        known = self.by_name.get(bare(name)) or self._short(name)
        return known or self.add(name, name, government).code

    def _short(self, name: str) -> str | None:
        wanted = name.lower()
        return next(
            (o.code for o in self.by_code.values() if o.short and o.short.lower() == wanted), None
        )


def bare(name: str) -> str:
    """A name for comparison: lower case letters and digits only."""
    return re.sub(r"[^a-z0-9]+", " ", name.lower()).strip()


def office_code(code: str | None, key: str | None, institution: str | None) -> str | None:
    """The code of an office in service rows: its own, behind its institution when the code alone
    names nothing (`01` of a city company)."""
    if code and re.match(r"\d{1,2}\.", code):
        return code
    if code and institution:
        return f"{institution}.{code}"
    return code or key


def collect(reading: Reading) -> Offices:
    """All offices that service tables and agency lists name."""
    offices = Offices()
    for kind in ("master_satker", *(k for k in reading.tables if k != "master_satker")):
        for frame in reading.tables.get(kind, ()):
            if "office_key" in frame.columns:
                _service(offices, frame, kind == "master_satker")
    for frame in reading.tables.get("struktur_anggaran_pd", ()):
        for row in frame.iter_rows(named=True):
            code = offices.by_key.get(row["office_key"] or "") or row["office"]
            if code in offices.by_code and row["budget"] is not None:
                offices.by_code[code].budget = row["budget"]
    for frame in reading.tables.get("perangkat_daerah", ()):
        for row in frame.iter_rows(named=True):
            office = offices.add(row["office"], row["title"])
            office.short = office.short or row["short"]
            office.successor = office.successor or row["successor"]
    return offices


def _service(offices: Offices, frame: pl.DataFrame, master: bool) -> None:
    name = "title" if master else "office_name"
    wanted = ["office_key", "office", name, "institution", "government", "government_kind"]
    extra = ["status"] if master else []
    columns = [c for c in (*wanted, *extra) if c in frame.columns]
    for row in frame.select(columns).unique(maintain_order=True).iter_rows(named=True):
        key = row.get("office_key")
        code = office_code(row.get("office"), None, row.get("institution")) or (
            offices.by_key.get(key or "") or key
        )
        if not code:
            continue
        if key:
            offices.by_key.setdefault(key, code)
        place = government_code(row.get("government"), row.get("government_kind"))
        office = offices.add(code, row.get(name), place)
        office.institution_kind = office.institution_kind or (row.get("government_kind") or "")
        if master and row.get("status"):
            office.active = row["status"].strip().lower() == "aktif"


def agencies_frame(offices: Offices, regions: pl.DataFrame, used: Iterable[str]) -> pl.DataFrame:
    """schema.AGENCIES of all offices; `used` are codes that lines name, known or not."""
    for code in used:
        offices.add(code, None)
    _spread_government(offices)
    areas = _areas(regions)
    rows = []
    for office in sorted(offices.by_code.values(), key=lambda o: o.code):
        kind = kind_of(office.name, office.code, office.institution_kind)
        rows.append(
            {
                "code": office.code,
                "name": office.name or office.code,
                "short": office.short,
                "kind": kind.value,
                "parent": _parent(office.code, offices),
                "successor": office.successor or _successor(office, offices),
                "region": _region(office, areas),
                "government": office.government,
                "active": office.active,
                "budget": office.budget,
            }
        )
    return schema.conform(
        pl.DataFrame(rows, infer_schema_length=None) if rows else schema.empty(schema.AGENCIES),
        schema.AGENCIES,
    )


def kind_of(name: str, code: str = "", institution_kind: str = "") -> AgencyKind:
    """The kind of an office by its name, its institution and the form of its code."""
    if institution_kind.upper() in ("BUMD", "BUMN"):
        return AgencyKind.COMPANY if institution_kind.upper() == "BUMD" else AgencyKind.OUTSIDE
    flat = name.lower()
    for kind, pattern in _KINDS:
        if re.search(pattern, flat):
            return kind
    if _MODERN.match(code) and not code.endswith(".0000"):
        return AgencyKind.UNIT
    return AgencyKind.OPD


def _parent(code: str, offices: Offices) -> str | None:
    if _MODERN.match(code) and not code.endswith(".0000"):
        above = f"{code[:-4]}0000"
        return above if above in offices.by_code else None
    return None


def _successor(office: Office, offices: Offices) -> str | None:
    """An office of an older code whose very name stands under a modern code, in one government."""
    if _MODERN.match(office.code) or not office.name:
        return None
    same = [
        o.code
        for o in offices.by_code.values()
        if o.code != office.code
        and _MODERN.match(o.code)
        and o.government == office.government
        and bare(o.name) == bare(office.name)
    ]
    return same[0] if len(same) == 1 else None


def _areas(regions: pl.DataFrame) -> dict[tuple[str, str, str], list[str]]:
    found: dict[tuple[str, str, str], list[str]] = {}
    wanted = regions.filter(pl.col("level") >= RegionLevel.DISTRICT)
    for code, name, level in wanted.select("code", "name", "level").iter_rows():
        kind = "kecamatan" if level == RegionLevel.DISTRICT else "kelurahan"
        found.setdefault((code[:5], kind, bare(name).replace(" ", "")), []).append(code)
    return found


def _region(office: Office, areas: dict[tuple[str, str, str], list[str]]) -> str | None:
    match = _AREA.match(office.name)
    if not match or not office.government:
        return None
    codes = areas.get((office.government, match[1].lower(), bare(match[2]).replace(" ", "")), [])
    return codes[0] if len(codes) == 1 else None


def _spread_government(offices: Offices) -> None:
    """Offices without one belong to the government of those whose codes begin alike, or, when
    all others belong to one government, to that."""
    known = Counter(o.government for o in offices.by_code.values() if o.government)
    if len(known) != 1:
        return
    only = next(iter(known))
    for office in offices.by_code.values():
        office.government = office.government or only


def code_series(frame: pl.DataFrame, offices: Offices) -> pl.Series:
    """The agency code of each row of a service table."""
    columns: Sequence[str] = ("office", "office_key", "institution")
    present = frame.select(
        c if c in frame.columns else pl.lit(None, pl.String).alias(c) for c in columns
    )
    known = {
        row: office_code(row[0], None, row[2]) or offices.by_key.get(row[1] or "") or row[1]
        for row in present.unique().iter_rows()
    }
    return pl.Series("agency", [known[row] for row in present.iter_rows()], dtype=pl.String)
