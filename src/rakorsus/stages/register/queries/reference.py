"""Agencies, areas, nomenclature and targets, each with the lines that belong to them."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, Sum

from rakorsus.people.models import Agency
from rakorsus.stages.register.models import (
    Nomenclature,
    Program,
    ProgramPlace,
    Region,
    Target,
)
from rakorsus.stages.register.queries.counts import kept
from rakorsus.stages.register.queries.filters import inside_of, with_units
from rakorsus.stages.register.queries.map import governments, in_any
from rakorsus.stages.register.queries.options import tree
from rakorsus.stages.register.words import split_query


def agencies() -> list[dict[str, Any]]:
    """Every agency with number of packages and their money, units below their agency."""
    totals = kept("totals per agency", "", lambda: _totals("agency"))
    names = ("lines", "packages", "money")
    return [row | dict(zip(names, totals.get(row["pk"], (0, 0, 0)), strict=True)) for row in tree()]


def _totals(column: str) -> dict[int, tuple[int, int, int]]:
    package = Q(level=Program.Level.PAKET)
    rows = (
        Program.objects.filter(removed=False).order_by().values(column)
        .annotate(lines=Count("pk"), packages=Count("pk", filter=package),
                  money=Sum("money", filter=package))
    )  # fmt: skip
    return {r[column]: (r["lines"], r["packages"], r["money"] or 0) for r in rows}


def agency_summary(agency: Agency) -> dict[str, Any]:
    """Numbers of an agency with its units: levels, months, status, largest codes."""

    def make() -> dict[str, Any]:
        lines = Program.objects.filter(removed=False, agency__in=with_units(agency.code)).order_by()
        return {
            "levels": sorted(
                lines.values("level").annotate(count=Count("pk"), money=Sum("money")),
                key=lambda r: Program.Level.values.index(r["level"]),
            ),
            "codes": list(
                lines.filter(level=Program.Level.PAKET).exclude(code="").values("code")
                .annotate(count=Count("pk"), money=Sum("money")).order_by("-money")[:10]
            ),
            "villages": list(
                ProgramPlace.objects.filter(program__in=lines.values("pk"), region__level__gte=3)
                .order_by().values("region__code", "region__name", "region__kind")
                .annotate(count=Count("program", distinct=True)).order_by("-count")[:10]
            ),
        }  # fmt: skip

    found: dict[str, Any] = kept(f"agency{agency.pk}", "", make)
    titles = titles_of([r["code"] for r in found["codes"]])
    for row in found["codes"]:
        row["title"] = titles.get(row["code"], "")
    return found


def titles_of(codes: list[str]) -> dict[str, str]:
    """Nomenclature titles of some codes."""
    rows = Nomenclature.objects.filter(code__in=codes).order_by("government_kind")
    return dict(rows.values_list("code", "title"))


def area_summary(region: Region) -> dict[str, Any]:
    """An area with everything inside it: counts, agencies present, the areas one level down."""

    def make() -> dict[str, Any]:
        inside = ProgramPlace.objects.filter(region__in=inside_of(region.code)).order_by()
        lines = Program.objects.filter(
            removed=False, pk__in=inside.values("program")
        ).order_by()  # fmt: skip
        depth = region.level + 1
        per_region = inside.filter(program__removed=False).values("region__code").annotate(
            count=Count("program", distinct=True), money=Sum("program__money")
        )  # fmt: skip
        below: dict[str, list[int]] = {}
        for row in per_region:
            parts = row["region__code"].split(".")
            if len(parts) >= depth:
                total = below.setdefault(".".join(parts[:depth]), [0, 0])
                total[0] += row["count"]
                total[1] += row["money"] or 0
        children = [
            {"code": r.code, "name": r.name, "kind": r.kind,
             "count": below.get(r.code, [0, 0])[0], "money": below.get(r.code, [0, 0])[1]}
            for r in Region.objects.filter(parent_code=region.code).defer("geometry", "outline")
        ]  # fmt: skip
        return {
            "total": lines.aggregate(count=Count("pk"), money=Sum("money")),
            "agencies": list(
                lines.values("agency__code", "agency__name")
                .annotate(count=Count("pk"), money=Sum("money")).order_by("-money")[:60]
            ),
            "children": children,
        }  # fmt: skip

    return kept(f"area{region.code}", "", make)


def regions(level: int = 3) -> list[dict[str, Any]]:
    """Regions of a level with number and money of the lines in or inside them; those of the
    governments in the register when there are lines."""

    def make() -> list[dict[str, Any]]:
        own = Region.objects.filter(level=level)
        own = own.filter(in_any(governments())) if governments() else own
        rows = ProgramPlace.objects.filter(
            program__removed=False, region__level__gte=level
        ).order_by().values("region__code").annotate(
            count=Count("program", distinct=True), money=Sum("program__money")
        )  # fmt: skip
        totals: dict[str, list[int]] = {}
        for row in rows:
            total = totals.setdefault(".".join(row["region__code"].split(".")[:level]), [0, 0])
            total[0] += row["count"]
            total[1] += row["money"] or 0
        villages = dict(
            Region.objects.filter(level=level + 1).order_by().values_list("parent_code")
            .annotate(n=Count("pk"))
        )  # fmt: skip
        return [
            {"code": r.code, "name": r.name, "kind": r.kind, "inside": villages.get(r.code, 0),
             "count": totals.get(r.code, [0, 0])[0], "money": totals.get(r.code, [0, 0])[1]}
            for r in own.defer("geometry", "outline")
        ]  # fmt: skip

    return kept(f"regions{level}", "", make)


def nomenclature(query: str, level: str, under: str) -> Any:
    """Rows of the nomenclature by words (all of them) or code, one level or all."""
    rows = Nomenclature.objects.order_by("code", "government_kind")
    stems, codes = split_query(query)
    for stem in stems:
        rows = rows.filter(search__contains=stem)
    for code in codes:
        rows = rows.filter(Q(code=code) | Q(code__startswith=f"{code}."))
    if level:
        rows = rows.filter(level=level)
    if under:
        rows = rows.filter(Q(code=under) | Q(code__startswith=f"{under}."))
    return rows


def lines_per_code(codes: list[str]) -> dict[str, int]:
    """How many standing lines carry each of these codes."""
    rows = Program.objects.filter(removed=False, code__in=codes).order_by()
    return dict(rows.values_list("code").annotate(n=Count("pk")))


def served(targets: list[Target]) -> dict[int, dict[str, Any]]:
    """For each target the lines at or below its code: count, money, and the dearest ones."""
    codes = {t.code for t in targets if t.code}
    if not codes:
        return {}
    asked = Q()
    for code in codes:
        asked |= Q(code=code) | Q(code__startswith=f"{code}.")
    rows = list(
        Program.objects.filter(asked, removed=False).exclude(level=Program.Level.PAKET).order_by()
        .values("code", "level").annotate(count=Count("pk"), money=Sum("money"))
    )  # fmt: skip
    found = {}
    for target in targets:
        own = [r for r in rows if target.code and (r["code"] + ".").startswith(target.code + ".")]
        deepest = max((r["code"].count(".") for r in own), default=0)
        last = [r for r in own if r["code"].count(".") == deepest]
        found[target.pk] = {
            "count": sum(r["count"] for r in last), "money": sum(r["money"] or 0 for r in last)
        }  # fmt: skip
    return found
