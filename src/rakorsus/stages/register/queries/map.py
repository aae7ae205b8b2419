"""Programs on the map: areas with numbers, and points where the evidence is a point."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from statistics import fmean
from typing import Any

import shapely
from django.db.models import Count, Q, Sum

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
    elif own := governments():
        villages = villages.filter(in_any(own))
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
    elif own := governments():
        known = known.filter(in_any(own))
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


def governments() -> list[str]:
    """Codes of the governments whose lines stand in the register."""

    def make() -> list[str]:
        rows = Program.objects.filter(removed=False).exclude(government="").order_by()
        return sorted(rows.values_list("government", flat=True).distinct())

    found: list[str] = kept("governments", "", make)
    return found


def in_any(codes: list[str]) -> Q:
    """The condition that a region lies in one of these."""
    found = Q(pk__in=[])
    for code in codes:
        found |= Q(code__startswith=f"{code}.")
    return found


def outlines(depth: int) -> dict[str, tuple[str, bool]]:
    """GeoJSON geometry of each region of a level and whether it is approximate; kept.

    A kecamatan without boundary of its own is put together from its villages' boundaries; where
    one of them lacks its boundary the whole is approximate. Where there are only centre points,
    areas are drawn around them.
    """
    made: dict[str, tuple[str, bool]] = kept(f"outlines{depth}", "", lambda: _outlines(depth))
    return made


def _outlines(depth: int) -> dict[str, tuple[str, bool]]:
    regions = Region.objects.filter(level=depth)
    found = {
        code: (outline, False)
        for code, outline in regions.filter(outline__isnull=False).values_list("code", "outline")
    }
    centres = {
        code: (lon, lat)
        for code, lon, lat in regions.filter(lon__isnull=False).values_list("code", "lon", "lat")
    }
    if depth < Region.Level.VILLAGE:
        below = Region.objects.filter(level=depth + 1).values_list(
            "parent_code", "outline", "lon", "lat"
        )
        for parent, parts in groupby(sorted(below, key=itemgetter(0)), key=itemgetter(0)):
            rows = list(parts)
            drawn = [shapely.from_geojson(r[1]) for r in rows if r[1]]
            if drawn and parent not in found:
                whole = shapely.union_all(drawn, grid_size=0.00001)
                found[parent] = (shapely.to_geojson(whole), len(drawn) < len(rows))
            points = [(lon, lat) for _, _, lon, lat in rows if lon is not None]
            if points and parent not in centres:
                centres[parent] = (fmean(p[0] for p in points), fmean(p[1] for p in points))
    free = {code: point for code, point in centres.items() if code not in found}
    for code, shape in approximate_areas(free).items():
        found[code] = (shapely.to_geojson(shape), True)
    return found


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
