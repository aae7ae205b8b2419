"""Programs on the map: areas with numbers, and points where the evidence is a point."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Count, Sum

from rakorsus.engine.places.approximate import approximate_areas
from rakorsus.stages.register.models import Program, ProgramPlace, Region
from rakorsus.stages.register.queries.counts import kept
from rakorsus.stages.register.queries.filters import Filters, narrow
from rakorsus.stages.register.queries.listing import rows

#: With more villages than this the map shows kecamatan, and villages only inside a chosen area.
_MANY = 400
_POINTS = 3000


def areas(asked: Filters) -> dict[str, Any]:
    """Regions with `count` and `money` of the filtered lines that lie in them, kept per version.

    A line in several areas counts in each. Lines known only to the kecamatan, or to the whole
    regency, are told beside: `wider` maps level -> count.
    """
    return kept("areas", asked.stamp, lambda: _areas(asked))


def _areas(asked: Filters) -> dict[str, Any]:
    rows = (
        ProgramPlace.objects.filter(
            program__in=narrow(Program.objects.order_by(), asked).values("pk"),
            region__isnull=False,
        )
        .order_by()
        .values("region__code", "region__level")
        .annotate(count=Count("program", distinct=True), money=Sum("program__money"))
    )
    by_code = {r["region__code"]: r for r in rows}
    villages = Region.objects.filter(level=Region.Level.VILLAGE)
    if asked.place:
        villages = villages.filter(code__startswith=f"{asked.place}.")
    depth = 4 if villages.count() <= _MANY else 3
    shown: dict[str, dict[str, Any]] = {}
    wider: dict[int, int] = {}
    for code, row in by_code.items():
        level = row["region__level"]
        if level < depth:
            wider[level] = wider.get(level, 0) + row["count"]
            continue
        at = ".".join(code.split(".")[:depth])
        total = shown.setdefault(at, {"code": at, "count": 0, "money": 0})
        total["count"] += row["count"]
        total["money"] += row["money"] or 0
    known = Region.objects.filter(level=depth)
    if asked.place:
        known = known.filter(code__startswith=asked.place)
    names = {
        r["code"]: r for r in known.values("code", "name", "kind", "lon", "lat", "parent_code")
    }
    for code in names:
        shown.setdefault(code, {"code": code, "count": 0, "money": 0})
    listed = [row | names[code] for code, row in sorted(shown.items()) if code in names]
    districts = dict(Region.objects.filter(level=3).values_list("code", "name"))
    for row in listed:
        row["above"] = districts.get(row["parent_code"], "")
    return {"depth": depth, "areas": listed, "wider": wider}


def outlines(depth: int) -> dict[str, tuple[str, bool]]:
    """GeoJSON geometry of each region of a level and whether it is approximate; kept."""

    def make() -> dict[str, tuple[str, bool]]:
        drawn = dict(
            Region.objects.filter(level=depth, outline__isnull=False).values_list("code", "outline")
        )
        found = {code: (outline, False) for code, outline in drawn.items()}
        centres = {
            code: (lon, lat)
            for code, lon, lat in Region.objects.filter(level=depth, lon__isnull=False).values_list(
                "code", "lon", "lat"
            )
            if code not in drawn
        }
        for code, shape in approximate_areas(centres).items():
            found[code] = (json.dumps(shape.__geo_interface__), True)
        return found

    return kept(f"outlines{depth}", "", make)


def points(asked: Filters) -> list[Program]:
    """Lines whose place is a point or a drawn line, the dearest first, at most some thousands."""

    def make() -> list[int]:
        lines = narrow(Program.objects.order_by(), asked).filter(lon__isnull=False)
        return list(lines.order_by("-money", "-pk").values_list("pk", flat=True)[:_POINTS])

    return rows(kept("points", asked.stamp, make))


def middles(ids: list[int]) -> dict[int, tuple[float, float]]:
    """The middle of the firmest area of each line, where its centre is known."""
    rows = (
        ProgramPlace.objects.filter(program__in=ids, region__lon__isnull=False)
        .order_by("grade", "-pk")
        .values_list("program_id", "region__lon", "region__lat")
    )
    return {pk: (lon, lat) for pk, lon, lat in rows}
