"""One page of the list of programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, QuerySet
from django.db.models.expressions import OrderBy

from rakorsus.stages.register.models import Program
from rakorsus.stages.register.queries import counts
from rakorsus.stages.register.queries.filters import Filters, narrow

SIZE = 50
#: Sort orders by their name in the address; a minus before it turns the order around.
ORDERS = {
    "nilai": "money", "nama": "sort_title", "perangkat": "agency__name", "mulai": "begins",
    "selesai": "ends", "kode": "code", "realisasi": "realised", "tingkat": "level",
}  # fmt: skip
DEFAULT_ORDER = "-nilai"


@dataclass(frozen=True)
class Page:
    """Lines of one page; `levels` counts the filtered lines of each level."""

    rows: list[Program]
    number: int
    pages: int
    count: int
    order: str
    levels: dict[str, counts.Tally]


def ordering(order: str) -> list[OrderBy]:
    """The columns to sort by; lines without the value come last, ties by the order of entry."""
    name = order.removeprefix("-")
    columns = [
        F(ORDERS.get(name, "money")),
        *([F("agency")] if name == "perangkat" else []),
        F("pk"),
    ]
    last = _nullable(name)
    if order.startswith("-"):
        return [columns[0].desc(nulls_last=last), *(c.desc() for c in columns[1:])]
    return [columns[0].asc(nulls_last=last), *(c.asc() for c in columns[1:])]


def _nullable(name: str) -> bool | None:
    return True if name in {"mulai", "selesai", "realisasi"} else None


def lines(asked: Filters, order: str = DEFAULT_ORDER) -> QuerySet[Program]:
    return narrow(Program.objects.all(), asked).order_by(*ordering(order))


def page(asked: Filters, number: int = 1, order: str = DEFAULT_ORDER, size: int = SIZE) -> Page:
    """Three queries at most: the counts (kept), the keys of the page, its rows."""
    if order.removeprefix("-") not in ORDERS:
        order = DEFAULT_ORDER
    levels = counts.by_level(asked)
    count = (
        levels[asked.level].count if asked.level in levels
        else 0 if asked.level
        else sum(s.count for s in levels.values())
    )  # fmt: skip
    pages = max(1, -(-count // size))
    number = min(max(number, 1), pages)
    keys = _keys(asked, order, (number - 1) * size, size, count) if count else []
    return Page(rows(keys), number, pages, count, order, levels)


def dearest(asked: Filters, size: int) -> Page:
    """The first page by money, its keys kept per version: for pages about one agency or area."""
    levels = counts.by_level(asked)
    count = sum(s.count for level, s in levels.items() if asked.level in ("", level))
    keys = counts.kept(
        f"dearest{size}", asked.stamp, lambda: _keys(asked, DEFAULT_ORDER, 0, size, count)
    )
    return Page(rows(keys), 1, max(1, -(-count // size)), count, DEFAULT_ORDER, levels)


def _keys(asked: Filters, order: str, start: int, size: int, count: int) -> list[int]:
    """Primary keys of one page, read from the nearer end of the order."""
    if order.removeprefix("-") == "perangkat":
        return _keys_by_agency(asked, order, start, size)
    if start > count // 2 and _nullable(order.removeprefix("-")) is None:
        turned = order.removeprefix("-") if order.startswith("-") else f"-{order}"
        last = count - start
        first = max(0, last - size)
        found = lines(asked, turned).values_list("pk", flat=True)[first:last]
        return list(found)[::-1]
    return list(lines(asked, order).values_list("pk", flat=True)[start : start + size])


def _keys_by_agency(asked: Filters, order: str, start: int, size: int) -> list[int]:
    """Primary keys of one page in the order of agencies' names: only the agencies that the page
    spans are sorted. Two queries, the first kept."""

    def make() -> list[tuple[int, int]]:
        found = narrow(Program.objects.order_by(), asked).values_list("agency")
        return list(found.annotate(n=Count("pk")).order_by("agency__name", "agency"))

    counted = counts.kept("agencies of the list", asked.stamp, make)
    passed, skipped, spanned = 0, 0, []
    for agency, count in reversed(counted) if order.startswith("-") else counted:
        if passed + count <= start:
            skipped = passed + count
        elif passed < start + size:
            spanned.append(agency)
        passed += count
    found = lines(asked, order).filter(agency__in=spanned).values_list("pk", flat=True)
    return list(found[start - skipped : start - skipped + size])


def rows(keys: list[int]) -> list[Program]:
    """The lines with these primary keys, in their order, with agency; no searched words."""
    found = Program.objects.select_related("agency").defer("search").in_bulk(keys)
    return [found[key] for key in keys if key in found]


#: Columns of an export: heading -> where the value comes from.
EXPORTED = {
    "kunci": "key", "sumber": "source", "nomor": "ident", "tingkat": "level", "tahun": "year",
    "kode_perangkat_daerah": "agency__code", "perangkat_daerah": "agency__name", "kode": "code",
    "nama": "title", "uraian": "description", "keluaran": "output", "target": "target",
    "satuan": "unit", "volume": "volume", "sasaran": "beneficiaries", "pagu": "budget",
    "nilai_kontrak": "contract_value", "realisasi": "realised", "mulai": "begins",
    "selesai": "ends", "lokasi": "place", "lokasi_menurut_berkas": "places",
    "sumber_dana": "fund", "cara_pengadaan": "method", "kode_rup": "package",
    "keadaan": "status", "penanggung_jawab": "owner", "dokumen": "document", "berkas": "file",
    "lembar": "sheet", "baris": "row",
}  # fmt: skip


def exported(asked: Filters, order: str = DEFAULT_ORDER) -> Iterator[tuple[Any, ...]]:
    """Every filtered line as a row of EXPORTED, streamed; places joined by a semicolon."""
    at = list(EXPORTED.values()).index("places")
    for row in lines(asked, order).values_list(*EXPORTED.values()).iterator(chunk_size=2000):
        yield (*row[:at], "; ".join(row[at] or []), *row[at + 1 :])
