"""The map of a release: areas with numbers, points of public lines, for the map's own script."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Count, Q, Sum

from rakorsus.engine.sentences import proper
from rakorsus.stages.publication.queries import classes
from rakorsus.stages.register.locating import office_name
from rakorsus.stages.register.models import ProgramPlace, Region
from rakorsus.stages.register.queries import map as register_map
from rakorsus.stages.register.queries.counts import kept

_POINTS = 1500
#: Coordinates with five decimals are exact to a metre.
_DECIMALS = 5


def areas() -> list[dict[str, Any]]:
    """Kecamatan with number and money of the public lines in them. A line counts once in each
    kecamatan that it names; money of a kegiatan that holds packages is not added to theirs: only
    packages are counted."""
    lines = classes.public_lines().filter(level="paket").order_by()
    own = register_map.governments()
    regions = Region.objects.filter(level=Region.Level.DISTRICT)
    regions = regions.filter(register_map.in_any(own)) if own else regions.none()
    found = []
    for region in regions.order_by("code").only("code", "name"):
        within = Q(region__code=region.code) | Q(region__code__startswith=f"{region.code}.")
        inside = ProgramPlace.objects.filter(within)
        total = lines.filter(pk__in=inside.values("program")).aggregate(
            count=Count("pk"), money=Sum("money")
        )
        found.append({"code": region.code, "name": region.name, "count": total["count"],
                      "money": total["money"] or 0})  # fmt: skip
    return found


def collection() -> bytes:
    """GeoJSON as `frontend/src/map.ts` reads it; addresses lead into the register."""
    shapes = kept("public outlines", "", lambda: register_map.outlines(3))
    parts = []
    for row in areas():
        if row["code"] not in shapes:
            continue
        geometry, approximate = shapes[row["code"]]
        properties = {"kind": "area", **row, "approximate": approximate,
                      "url": f"/program/?wilayah={row['code']}"}  # fmt: skip
        parts.append(
            f'{{"type":"Feature","geometry":{_rounded(geometry)},'
            f'"properties":{json.dumps(properties, ensure_ascii=False)}}}'
        )
    lines = classes.public_lines().filter(lon__isnull=False).select_related("agency")
    for line in lines.order_by("-money", "pk").defer("search")[:_POINTS]:
        properties = {
            "kind": "program", "title": proper(line.title), "agency": office_name(line.agency),
            "money": line.money, "place": line.place, "url": line.get_absolute_url(),
        }  # fmt: skip
        point = [round(line.lon, _DECIMALS), round(line.lat, _DECIMALS)]
        parts.append(json.dumps(
            {"type": "Feature", "geometry": {"type": "Point", "coordinates": point},
             "properties": properties}, ensure_ascii=False))  # fmt: skip
    return ('{"type":"FeatureCollection","features":[' + ",\n".join(parts) + "]}").encode()


def _rounded(geometry: str) -> str:
    """The shape with coordinates to the metre."""

    def cut(value: Any) -> Any:
        return round(value, _DECIMALS) if isinstance(value, float) else [cut(v) for v in value]

    shape = json.loads(geometry)
    return json.dumps(shape | {"coordinates": cut(shape["coordinates"])}, separators=(",", ":"))
