"""The register for programs: lines, agencies, regions, versions, changes; read-only, public.

The same filters, order and rights as the pages; see queries.filters for what each filter means.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema

from rakorsus.people.actor import of_request
from rakorsus.people.rules import require
from rakorsus.stages.register import panels
from rakorsus.stages.register.models import PlanVersion, Program, ProgramPlace, Region
from rakorsus.stages.register.queries import listing, reference
from rakorsus.stages.register.queries import versions as version_queries
from rakorsus.stages.register.queries.filters import Filters

router = Router(tags=["register"])

_ORDERS = {
    "money": "nilai", "title": "nama", "agency": "perangkat", "begins": "mulai", "ends": "selesai",
    "code": "kode", "realised": "realisasi", "level": "tingkat",
}  # fmt: skip


class ProgramFilters(Schema):
    """Narrow the list. Filters of later stages (`temuan`, `mutu`) are understood as on the page."""

    q: str = Field("", max_length=200, description="words, all of them, or nomenclature codes")
    agency: str = Field("", max_length=60, description="agency code; its units are included")
    level: Literal["", "program", "kegiatan", "sub_kegiatan", "paket"] = ""
    code: str = Field("", max_length=60, description="nomenclature code and all below it")
    place: str = Field("", max_length=20, description="region code and all inside it")
    begins: date | None = Field(None, description="runs on or after")
    ends: date | None = Field(None, description="runs on or before")
    tag: str = Field("", max_length=120)
    least: int | None = Field(None, ge=0, lt=10**18, description="rupiah")
    most: int | None = Field(None, ge=0, lt=10**18, description="rupiah")
    fund: str = Field("", max_length=250)
    source: str = Field("", max_length=20)
    document: str = Field("", max_length=200)
    status: str = Field("", max_length=12)
    firm: bool = Field(False, description="only periods firmer than the whole year")
    core: bool = Field(False, description="without support programs (X.XX.01)")
    strategic: bool = False
    removed: bool = Field(False, description="lines that newer documents do not hold any more")

    def filters(self, request: HttpRequest) -> Filters:
        actor = of_request(request, "api")
        more = panels.chosen(actor, request.GET)
        return Filters(**self.dict(), more=more, veil=panels.veil_of(actor))


class Paging(Schema):
    page: int = Field(1, ge=1, lt=10**7)
    size: int = Field(50, ge=1, le=500)


class Order(Schema):
    order: Literal[
        "money", "-money", "title", "-title", "agency", "-agency", "begins", "-begins", "ends",
        "-ends", "code", "-code", "realised", "-realised", "level", "-level",
    ] = "-money"  # fmt: skip

    def name(self) -> str:
        bare = self.order.removeprefix("-")
        return self.order.replace(bare, _ORDERS[bare])


class AgencyRef(Schema):
    code: str
    name: str


class ProgramOut(Schema):
    """One line. Money is whole rupiah; `money`, `begins`, `ends` are the best known values."""

    key: str
    source: str
    id: str = Field(alias="ident")
    level: str
    government: str
    year: int | None
    agency: AgencyRef
    parent: str = Field(alias="parent_key")
    package: str
    code: str
    title: str
    budget: int | None
    contract_value: int | None
    realised: int | None
    money: int
    begins: date | None
    ends: date | None
    date_grade: int
    place: str
    place_grade: int
    fund: str
    method: str
    status: str
    document: str


class PlaceOut(Schema):
    region: str | None
    grade: int
    rw: list[str]
    rt: list[str]
    hamlet: str
    street: str
    facility: str
    text: str

    @staticmethod
    def of(place: ProgramPlace) -> dict[str, Any]:
        return {
            "region": place.region.code if place.region else None, "grade": place.grade,
            "rw": place.rw.split(",") if place.rw else [],
            "rt": place.rt.split(",") if place.rt else [], "hamlet": place.hamlet,
            "street": place.street, "facility": place.facility, "text": place.text,
        }  # fmt: skip


class ProgramDetail(ProgramOut):
    description: str
    output: str
    target: float | None
    unit: str
    volume: str
    beneficiaries: str
    start: date | None
    end: date | None
    tender_start: date | None
    tender_end: date | None
    announced: date | None
    contract_date: date | None
    contract_start: date | None
    contract_end: date | None
    status_text: str
    owner: str
    strategic: bool
    removed: bool
    version: int
    tags: list[str]
    places: list[PlaceOut]


class Programs(Schema):
    count: int
    page: int
    pages: int
    items: list[ProgramOut]


class AgencyOut(Schema):
    code: str
    name: str
    short: str
    kind: str
    parent: str | None
    active: bool
    budget: int | None
    packages: int
    money: int


class RegionOut(Schema):
    code: str
    name: str
    level: int
    parent: str = Field(alias="parent_code")
    kind: str
    lon: float | None
    lat: float | None


class Regions(Schema):
    count: int
    page: int
    pages: int
    items: list[RegionOut]


class VersionOut(Schema):
    number: int
    document: str
    year: int | None
    government: str
    created: datetime
    by: str = Field(alias="by_name")
    sha256: str
    added: int
    changed: int
    removed: int
    same: int
    note: str


class Versions(Schema):
    count: int
    page: int
    pages: int
    items: list[VersionOut]


class ChangeOut(Schema):
    key: str
    title: str
    agency: str
    kind: str
    diff: dict[str, list[Any]] = Field(description="field -> [before, after]")


class Changes(Schema):
    count: int
    page: int
    pages: int
    items: list[ChangeOut]


@router.get("/programs", response=Programs, summary="List of programs")
def programs(
    request: HttpRequest, asked: Query[ProgramFilters], order: Query[Order], paging: Query[Paging]
) -> Any:
    require(of_request(request, "api"), "register.read")
    filters = asked.filters(request)
    page = listing.page(filters, paging.page, order.name(), paging.size)
    _veil_parents(page.rows, filters.veil)
    return {"count": page.count, "page": page.number, "pages": page.pages, "items": page.rows}


def _veil_parents(lines: Sequence[Program], veil: str) -> None:
    """A parent that the reader may not see is not named; one query."""
    parents = Program.objects.filter(key__in={line.parent_key for line in lines})
    gone = set(panels.veiled(parents, veil).values_list("key", flat=True))
    for line in lines:
        if line.parent_key in gone:
            line.parent_key = ""


@router.get("/programs/{path:key}", response=ProgramDetail, summary="One program")
def program(request: HttpRequest, key: str) -> Any:
    actor = of_request(request, "api")
    require(actor, "register.read")
    veil = panels.veil_of(actor)
    seen = panels.unveiled(Program.objects.all(), veil)
    line = seen.select_related("agency", "version").defer("search").filter(key=key).first()
    if line is None:
        raise Http404
    _veil_parents([line], veil)
    own = {
        name: getattr(line, _SOURCE.get(name, name))
        for name in ProgramDetail.model_fields
        if name not in {"version", "tags", "places"}
    }
    return own | {
        "ident": line.ident, "parent_key": line.parent_key, "version": line.version.number,
        "strategic": bool(line.strategic),
        "tags": list(line.themes.values_list("tag", flat=True)),
        "places": [PlaceOut.of(p) for p in line.located.select_related("region")],
    }  # fmt: skip


_SOURCE = {"id": "ident", "parent": "parent_key"}


@router.get("/agencies", response=list[AgencyOut], summary="Agencies with their packages")
def agencies(request: HttpRequest) -> Any:
    require(of_request(request, "api"), "register.read")
    rows = reference.agencies()
    codes = {row["pk"]: row["code"] for row in rows}
    return [row | {"parent": codes.get(row["parent_id"])} for row in rows]


@router.get("/regions", response=Regions, summary="Regions")
def regions(
    request: HttpRequest, paging: Query[Paging], parent: str = "", level: int | None = None
) -> Any:
    require(of_request(request, "api"), "register.read")
    rows = Region.objects.defer("geometry", "outline")
    rows = rows.filter(parent_code=parent) if parent else rows
    rows = rows.filter(level=level) if level is not None else rows
    return _paged(rows, paging)


@router.get("/versions", response=Versions, summary="Versions, newest first")
def versions(request: HttpRequest, paging: Query[Paging]) -> Any:
    require(of_request(request, "api"), "register.read")
    return _paged(version_queries.versions(), paging)


@router.get("/versions/{int:number}/changes", response=Changes, summary="What a version changed")
def changes(
    request: HttpRequest,
    number: int,
    paging: Query[Paging],
    kind: Literal["", "added", "changed", "removed"] = "",
    q: str = "",
) -> Any:
    require(of_request(request, "api"), "register.read")
    version = PlanVersion.objects.filter(number=number).first()
    if version is None:
        raise Http404
    veil = panels.veil_of(of_request(request, "api"))
    page = _paged(version_queries.changes(version, kind, q[:200], veil), paging)
    page["items"] = [
        {"key": c.program.key, "title": c.program.title, "agency": c.program.agency.code,
         "kind": c.kind, "diff": c.diff}
        for c in version_queries.with_lines(page["items"])
    ]  # fmt: skip
    return page


def _paged(rows: Any, paging: Paging) -> dict[str, Any]:
    """One page of a query; the last one where the asked one lies behind it."""
    count = rows.count()
    pages = max(1, -(-count // paging.size))
    number = min(paging.page, pages)
    start = (number - 1) * paging.size
    return {"count": count, "page": number, "pages": pages,
            "items": list(rows[start : start + paging.size])}  # fmt: skip
