"""The hall of a meeting as plain data: layout, city, booths, tables, agenda. What it says is in the
page's language; lengths are metres (outlines in centimetres), days are numbers from 1 January.

The same call serves any city: everything comes from its regions, programs, findings and agenda.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from rakorsus.clock import today
from rakorsus.engine.records import DateGrade
from rakorsus.engine.sentences import proper
from rakorsus.hall import geography, layout
from rakorsus.hall.queries import scene as queries
from rakorsus.hall.words import PLACES
from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency, Role
from rakorsus.people.rules import can
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.meeting.models import AgendaItem, Meeting, Note, Outcome
from rakorsus.stages.meeting.queries import agenda
from rakorsus.stages.register.models import Program
from rakorsus.stages.register.queries import timeline
from rakorsus.stages.register.queries.counts import kept
from rakorsus.stages.register.queries.filters import Filters

VERSION: Final = 1
_GOLDEN = math.pi * (3 - math.sqrt(5))


def build(actor: Actor, meeting: Meeting) -> dict[str, Any]:
    """The scene that the actor may see."""
    found = queries.findings(actor)
    offices = queries.agencies()
    number = {office.pk: n for n, office in enumerate(offices)}
    year = timeline.year_of(Filters())
    items = queries.items(meeting)
    ground, above, names, rough = kept("hall", settings.HALL_SEA, _ground)
    programs = _programs(ground, queries.placed(actor, found), number, year)
    promises = queries.agreed(actor, meeting)
    index = {row["key"]: n for n, row in enumerate(programs)}
    return {
        "version": VERSION,
        "meeting": _meeting(meeting),
        "today": today().isoformat(),
        "year": year,
        "day": _day(today(), year),
        "bounds": layout.BOUNDS,
        "spawn": layout.SPAWN,
        "places": _places(),
        "city": _city(ground, names, above, rough),
        "agencies": _agencies(actor, meeting, offices, found, promises),
        "programs": programs,
        "findings": [_finding(f, number, index) for f in found],
        "tables": _tables(items, number, queries.readable(actor, (i.finding_id for i in items))),
        "agenda": _agenda(items, number),
        "agreed": [_agreed(row, number) for row in promises[:60]],
        "may": {
            name: can(actor, f"meeting.{name}") for name in ("run", "speak", "decide", "resolve")
        }
        | {"settle": actor.has(Role.COORDINATOR, Role.LEADER)},
        "note_fields": [[value, str(label)] for value, label in Note.Field.choices],
        "outcome_kinds": [[value, str(label)] for value, label in Outcome.Kind.choices],
    }


def _ground() -> tuple[geography.Ground | None, set[str], dict[str, str], bool]:
    """The city on its table, the codes of its districts, names, and whether shapes are rough; kept
    until the register changes."""
    shapes, above, names, rough = queries.outlines()
    ground = geography.ground(shapes, above, names, settings.HALL_SEA)
    return ground, set(above.values()), names, rough


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {
        "id": meeting.pk, "title": meeting.title, "place": meeting.place, "state": meeting.state,
        "state_name": meeting.get_state_display(), "url": meeting.get_absolute_url(),
        "starts": _iso(meeting.starts), "ends": _iso(meeting.ends),
    }  # fmt: skip


def _places() -> list[dict[str, Any]]:
    """The five places, where one stands in them, and what each answers."""
    rows = (
        ("stage", (0, -18.0), 1.75, (0, 5.0, -36)),
        ("city", (0, 9.6), 5.3, (0, 0.9, -1.1)),
        ("tables", (5.6, 34.6), 1.75, (14.4, 1.15, 20)),
        ("booths", (-22.6, -5.4), 1.95, (-38, 1.7, -8)),
        ("corridor", (0, 45.4), 2.0, (0, 3.0, 55)),
    )  # fmt: skip
    return [
        {"key": key, "name": str(PLACES[key][0]), "question": str(PLACES[key][1]),
         "x": at[0], "z": at[1], "eye": eye, "look": look}
        for key, at, eye, look in rows
    ]  # fmt: skip


def _city(
    ground: geography.Ground | None, names: Mapping[str, str], above: set[str], rough: bool
) -> dict[str, Any] | None:
    if ground is None:
        return None
    money = queries.money_of_areas()
    most = max((m for _n, m in money.values()), default=0) or 1
    height = {
        code: round(0.16 + 0.42 * math.sqrt(money.get(code, (0, 0))[1] / most), 3) for code in above
    }
    districts = []
    for code in sorted(above):
        shape = ground.areas[code]
        count, total = money.get(code, (0, 0))
        middle = shape.representative_point()
        districts.append({
            "code": code, "name": proper(names.get(code, code)), "count": count, "money": total,
            "height": height[code],
            "rings": geography.rings(shape),
            "label": [round(middle.x, 2), round(middle.y, 2)],
            "url": reverse("register:area", args=[code]),
        })  # fmt: skip
    return {
        "radius": geography.RADIUS, "north": round(ground.turn, 1), "sea": ground.bearing,
        "approximate": rough, "districts": districts,
        "coast": [[round(x, 2), round(z, 2)] for x, z in ground.coast],
        "lines": [
            [round(height[code] * 100), *(round(v * 100) for v in line.ravel())]
            for code, line in ground.lines
        ],
        "islands": [
            {"name": proper(i.name), "angle": round(i.angle, 3), "distance": round(i.distance, 1),
             "width": round(i.width, 2)}
            for i in ground.islands
        ],
    }  # fmt: skip


def _agencies(
    actor: Actor,
    meeting: Meeting,
    offices: Sequence[Agency],
    found: Sequence[Finding],
    promises: Sequence[queries.Promise],
) -> list[dict[str, Any]]:
    money = queries.money_of_agencies()
    dearest = queries.dearest(actor)
    posts = queries.in_charge(meeting)
    touched: dict[int, list[Finding]] = defaultdict(list)
    for finding in found:
        for side in finding.sides.all():
            touched[side.agency_id].append(finding)
    due: dict[int, list[Any]] = defaultdict(list)
    for row in promises:
        if row.agency_id and row.due:
            due[row.agency_id].append(row)
    spots = layout.booths(len(offices))
    rows = []
    for n, office in enumerate(offices):
        count, total = money.get(office.pk, (0, 0))
        promised = due[office.pk]
        rows.append({
            "id": office.pk, "code": office.code, "short": str(office), "name": office.name,
            "kind": office.kind, "group": office.group,
            "spot": spots[n].plain() if n < len(spots) else None,
            "count": count, "money": total, "in_charge": posts.get(office.pk, ""),
            "open": len(touched[office.pk]),
            "heavy": sum(f.severity == Finding.Severity.HIGH for f in touched[office.pk]),
            "findings": [f.pk for f in touched[office.pk][:6]],
            "promised": len(promised), "overdue": sum(r.due < today() for r in promised),
            "url": f"{reverse('register:programs')}?perangkat={office.code}",
            "findings_url": f"{reverse('findings:inbox')}?perangkat={office.code}",
            "programs": [
                {"id": p.pk, "title": proper(p.title), "money": p.money, "place": p.place,
                 "url": p.get_absolute_url()}
                for p in dearest.get(office.pk, ())
            ],
        })  # fmt: skip
    return rows


def _programs(
    ground: geography.Ground | None,
    placed: Sequence[tuple[Program, str]],
    number: Mapping[int, int],
    year: int,
) -> list[dict[str, Any]]:
    """Columns of the table; lines of one region stand around its middle in a spiral."""
    if ground is None:
        return []
    taken: dict[str, int] = defaultdict(int)
    rows = []
    for program, code in placed:
        spot = ground.at(code, program.lon, program.lat)
        if spot is None:
            continue
        turn = taken[code] * _GOLDEN
        away = 0.085 * math.sqrt(taken[code])
        taken[code] += 1
        rows.append({
            "key": program.key, "title": proper(program.title), "agency": number.get(
                program.agency_id, -1), "money": program.money, "place": program.place,
            "region": code, "x": round(spot[0] + away * math.cos(turn), 3),
            "z": round(spot[1] + away * math.sin(turn), 3),
            "from": _day(program.begins, year), "to": _day(program.ends, year),
            "vague": program.date_grade <= DateGrade.YEAR, "url": program.get_absolute_url(),
        })  # fmt: skip
    return rows


def _finding(
    finding: Finding, number: Mapping[int, int], index: Mapping[str, int]
) -> dict[str, Any]:
    return {
        "id": finding.pk, "kind": finding.kind, "kind_name": finding.get_kind_display(),
        "severity": finding.severity, "text": finding.reasons, "money": finding.money,
        "place": finding.place, "url": finding.get_absolute_url(),
        "from": finding.start.isoformat() if finding.start else None,
        "to": finding.end.isoformat() if finding.end else None,
        "agencies": [number[s.agency_id] for s in finding.sides.all() if s.agency_id in number],
        "programs": [
            index[line.program.key] for line in finding.lines.all() if line.program.key in index
        ],
    }  # fmt: skip


def _tables(
    items: Sequence[AgendaItem], number: Mapping[int, int], known: set[int]
) -> list[dict[str, Any]]:
    """The desks; of a finding that the reader may not read (`known`: those that he may), only that
    there is a table, when, and for whom."""
    desks = [i for i in items if i.kind == AgendaItem.Kind.DESK and i.finding_id]
    desks = [i for i in desks if i.state != AgendaItem.State.DROPPED]
    desks.sort(key=lambda i: (i.start is None, i.start or i.session.starts, i.table, i.pk))
    spots = layout.tables(len(desks))
    rows = []
    for n, item in enumerate(desks):
        outcome = agenda.newest(list(item.outcomes.all()))
        rows.append({
            "item": item.pk, "number": n + 1, "spot": spots[n].plain() if n < len(spots) else None,
            "finding": item.finding_id, "kind": item.finding.kind if item.finding else "",
            "kind_name": item.finding.get_kind_display() if item.finding else "",
            "title": item.title, "place": item.finding.place if item.finding else "",
            "money": item.finding.money if item.finding else 0,
            "state": item.state, "state_name": item.get_state_display(),
            "start": _iso(item.start), "desk": item.table, "minutes": item.minutes,
            "seats": [
                number[s.agency_id]
                for s in (item.finding.sides.all() if item.finding else ())
                if s.agency_id in number
            ],
            "outcome": outcome.get_kind_display() if outcome else "",
            "url": reverse("meeting:item", args=[item.pk]),
            "notes": {value: reverse("meeting:shared_note", args=[item.pk, value])
                      for value in Note.Field.values},
            "finding_url": item.finding.get_absolute_url() if item.finding else "",
        })  # fmt: skip
        if item.finding_id not in known:
            rows[-1] |= {"finding": None, "kind": "", "kind_name": "", "title": "", "place": "",
                         "money": 0, "outcome": "", "url": "", "notes": {},
                         "finding_url": ""}  # fmt: skip
    return rows


def _agenda(items: Sequence[AgendaItem], number: Mapping[int, int]) -> list[dict[str, Any]]:
    rows = []
    for item in items:
        if item.kind == AgendaItem.Kind.DESK or item.state == AgendaItem.State.DROPPED:
            continue
        brief = getattr(item, "brief", None)
        rows.append({
            "id": item.pk, "kind": item.kind, "kind_name": item.get_kind_display(),
            "title": proper(item.title), "agency": number.get(item.agency_id or 0, -1),
            "start": _iso(item.start), "minutes": item.minutes, "state": item.state,
            "began": _iso(item.began), "url": reverse("meeting:item", args=[item.pk]),
            "slides": reverse("meeting:slide", args=[item.pk, 0]) if brief and brief.slides else "",
            "brief": {
                name: getattr(brief, name) for name in ("issue", "solution", "innovation", "stuck")
            } if brief else None,
        })  # fmt: skip
    return rows


def _agreed(row: queries.Promise, number: Mapping[int, int]) -> dict[str, Any]:
    return {
        "text": row.text, "agency": number.get(row.agency_id or 0, -1), "post": row.post,
        "due": row.due.isoformat() if row.due else None,
        "late": bool(row.due and row.due < today()), "title": row.title, "kind": row.kind,
        "url": row.url,
    }  # fmt: skip


def _day(value: date | None, year: int) -> int:
    """Days from the year's 1 January, kept inside the year: 0 to 365."""
    if value is None:
        return 0
    return max(0, min(365, (value - date(year, 1, 1)).days))


def _iso(value: datetime | None) -> str | None:
    return timezone.localtime(value).isoformat() if value else None
