"""The map and the timeline of the filtered list, and the data that their scripts read."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from rakorsus.clock import today
from rakorsus.engine.records import DateGrade
from rakorsus.engine.sentences import proper
from rakorsus.people.actor import of_request
from rakorsus.people.rules import require
from rakorsus.stages.register import panels
from rakorsus.stages.register.forms import asked
from rakorsus.stages.register.locating import office_name
from rakorsus.stages.register.models import Program
from rakorsus.stages.register.queries import map as map_queries
from rakorsus.stages.register.queries import timeline as timeline_queries
from rakorsus.stages.register.queries.filters import Filters
from rakorsus.stages.register.views.lists import filter_context


@require_GET
def map_page(request: HttpRequest) -> HttpResponse:
    """The map; without scripts the same numbers as a table of areas."""
    actor = of_request(request)
    require(actor, "register.read")
    form, filters = asked(request.GET, of_request(request))
    found = map_queries.areas(filters)
    order = request.GET.get("urut", "-nilai")
    rows = [row for row in found["areas"] if row["count"]]
    rows.sort(key=_ORDERS.get(order.removeprefix("-"), _ORDERS["nilai"]),
              reverse=order.startswith("-"))  # fmt: skip
    shapes = map_queries.outlines(found["depth"])
    return render(
        request, "register/map.html",
        {
            **filter_context(actor, form, filters), "areas": rows, "empty": len(found["areas"]),
            "wider": sum(found["wider"].values()), "depth": found["depth"], "tab": "map",
            "approximate": any(shapes[a["code"]][1] for a in rows if a["code"] in shapes),
            "source": f"{reverse('register:map_data')}?{urlencode(filters.query)}",
        },
    )  # fmt: skip


_ORDERS: dict[str, Any] = {
    "nilai": lambda r: (r["money"], r["count"], r["code"]),
    "jumlah": lambda r: (r["count"], r["money"], r["code"]),
    "nama": lambda r: (r["name"], r["code"]),
    "kecamatan": lambda r: (r["above"], r["name"], r["code"]),
}


@require_GET
def map_data(request: HttpRequest) -> HttpResponse:
    """GeoJSON for the map: a FeatureCollection with features of two kinds.

    - area: geometry Polygon/MultiPolygon, properties {kind: "area", code, name, count, money,
      approximate, url}: lines located in the kelurahan (kecamatan where a table has very many
      kelurahan); `approximate` true when no boundary was imported and the shape is a cell around
      the centre point.
    - program: geometry Point, properties {kind: "program", title, agency, money, period, place,
      url}: only lines whose evidence is a point or a drawn line.

    Takes the filters of the list.
    """
    require(of_request(request), "register.read")
    _form, filters = asked(request.GET, of_request(request))
    found = map_queries.areas(filters)
    shapes = map_queries.outlines(found["depth"])
    parts = []
    for row in found["areas"]:
        if row["code"] not in shapes:
            continue
        geometry, approximate = shapes[row["code"]]
        properties = {
            "kind": "area", "code": row["code"], "name": row["name"], "count": row["count"],
            "money": row["money"], "approximate": approximate,
            "url": _list_url(filters, row["code"]),
        }  # fmt: skip
        parts.append(
            f'{{"type":"Feature","geometry":{geometry},'
            f'"properties":{json.dumps(properties, ensure_ascii=False)}}}'
        )
    parts += [json.dumps(_point(p), ensure_ascii=False) for p in map_queries.points(filters)]
    body = '{"type":"FeatureCollection","features":[' + ",\n".join(parts) + "]}"
    return HttpResponse(body, content_type="application/geo+json")


def _list_url(filters: Filters, code: str) -> str:
    return f"{reverse('register:programs')}?{urlencode(filters.query | {'wilayah': code})}"


def _point(program: Program) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [program.lon, program.lat]},
        "properties": {
            "kind": "program", "title": proper(program.title),
            "agency": office_name(program.agency), "money": program.money,
            "period": period_text(program), "place": program.place,
            "url": program.get_absolute_url(),
        },
    }  # fmt: skip


def period_text(program: Program) -> str:
    """`3 Mar – 18 Jul 2025`, or the bare year when the plan says no more."""
    if program.begins is None or program.ends is None:
        return ""
    if program.date_grade == DateGrade.YEAR:
        return str(program.begins.year)
    if program.begins == program.ends:
        return formats.date_format(program.begins, "j M Y")
    same = program.begins.year == program.ends.year
    first = formats.date_format(program.begins, "j M" if same else "j M Y")
    return f"{first} – {formats.date_format(program.ends, 'j M Y')}"


@require_GET
def timeline_page(request: HttpRequest) -> HttpResponse:
    """The timeline; without scripts a table of months for each agency."""
    actor = of_request(request)
    require(actor, "register.read")
    form, filters = asked(request.GET, of_request(request))
    year = timeline_queries.year_of(filters)
    table = timeline_queries.table(filters, year)
    return render(
        request, "register/timeline.html",
        {
            **filter_context(actor, form, filters), "table": table, "year": year,
            "months": [first for first, _last in timeline_queries.months(year)],
            "vague": sum(row["vague"] for row in table), "limit": timeline_queries.ITEMS,
            "count": timeline_queries.count(filters, year), "tab": "timeline",
            "source": f"{reverse('register:timeline_data')}?{urlencode(filters.query)}",
        },
    )  # fmt: skip


@require_GET
def timeline_data(request: HttpRequest) -> JsonResponse:
    """JSON for the timeline: {from, to, today, count, items: [{title, agency, area, start, end,
    money, url, grade, mark}]}, dates as YYYY-MM-DD.

    Only lines whose period is firmer than the whole year, at most timeline.ITEMS of them, the
    dearest; `count` says how many there are. `mark` is the kind of finding that touches the line.
    """
    require(of_request(request), "register.read")
    _form, filters = asked(request.GET, of_request(request))
    year = timeline_queries.year_of(filters)
    items = timeline_queries.items(filters, year)
    marks = panels.marks(of_request(request), [p.pk for p in items])
    day = today()
    return JsonResponse(
        {
            "from": f"{year}-01-01", "to": f"{year}-12-31",
            "count": timeline_queries.count(filters, year),
            **({"today": day.isoformat()} if day.year == year else {}),
            "items": [
                {
                    "title": proper(p.title), "agency": office_name(p.agency), "area": p.place,
                    "start": p.begins.isoformat(), "end": p.ends.isoformat(), "money": p.money,
                    "url": p.get_absolute_url(), "grade": DateGrade(p.date_grade).name.lower(),
                    **({"mark": marks[p.pk]} if p.pk in marks else {}),
                }
                for p in items
            ],
        }
    )  # fmt: skip
