"""The records that the hall shows, read with a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

import shapely
from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from rakorsus.engine.records import PlaceGrade
from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency
from rakorsus.stages.findings.models import Finding, FindingAgency, FindingProgram
from rakorsus.stages.findings.models.findings import OPEN_STATES
from rakorsus.stages.findings.queries import veiled, visible
from rakorsus.stages.followup import queries as followup
from rakorsus.stages.followup.models import ActionItem
from rakorsus.stages.meeting.models import AgendaItem, Meeting, Outcome, Resolution
from rakorsus.stages.meeting.queries import agenda
from rakorsus.stages.register import panels
from rakorsus.stages.register.models import Program, ProgramPlace, Region
from rakorsus.stages.register.queries import map as map_queries

#: Columns on the city table, the dearest first; lines of open findings always.
MOST_PROGRAMS: Final = 420
_FINE = 400  # with more villages than this kecamatan are drawn without them
_PER_BOOTH = 4
_PROMISES = 200
_LEVELS = (Program.Level.PAKET, Program.Level.SUB_KEGIATAN, Program.Level.KEGIATAN,
           Program.Level.PROGRAM)  # fmt: skip


def outlines() -> tuple[dict[str, BaseGeometry], dict[str, str], dict[str, str], bool]:
    """Shapes in degrees of the finest level drawn, the code above each, names of both, and whether
    any shape is approximate."""
    own = map_queries.governments()
    regions = Region.objects.filter(level__in=[3, 4])
    if own:
        regions = regions.filter(map_queries.in_any(own))
    rows = list(regions.values_list("code", "name", "level", "parent_code"))
    villages = sum(1 for r in rows if r[2] == Region.Level.VILLAGE)
    level = 4 if 0 < villages <= _FINE else 3
    shapes = map_queries.outlines(level)
    wanted = {r[0]: r[3] for r in rows if r[2] == level and r[0] in shapes}
    found = {code: shapely.from_geojson(shapes[code][0]) for code in wanted}
    above = {code: parent if level == 4 else code for code, parent in wanted.items()}
    rough = any(shapes[code][1] for code in wanted)
    return found, above, {r[0]: r[1] for r in rows}, rough


def money_of_areas() -> dict[str, tuple[int, int]]:
    """Number of packages (or of what the register has instead) and money per kecamatan."""
    level = _level()
    rows = (
        ProgramPlace.objects.filter(
            program__removed=False, program__level=level, region__level__gte=3
        )
        .order_by()
        .values("region__code")
        .annotate(n=Count("program", distinct=True), money=Sum("program__money"))
    )
    total: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        code = ".".join(row["region__code"].split(".")[:3])
        total[code][0] += row["n"]
        total[code][1] += row["money"] or 0
    return {code: (n, money) for code, (n, money) in total.items()}


def _level() -> str:
    """The finest level that the register has: money of different levels must not be added."""
    there = set(Program.objects.filter(removed=False).order_by().values_list("level").distinct())
    return next((level for level in _LEVELS if (level,) in there), Program.Level.PAKET)


def findings(actor: Actor) -> list[Finding]:
    """Open findings that the actor may read, with sides and lines, the weightiest first."""
    joined = FindingProgram.objects.all()
    if veiled(actor):
        joined = joined.filter(program__in=_seen(actor).values("pk"))
    lines = Prefetch(
        "lines",
        joined.select_related("program")
        .only("finding", "position", "program__key")
        .order_by("position"),
    )
    return list(
        visible(actor, Finding.objects.filter(state__in=OPEN_STATES))
        .defer("evidence", "options")
        .prefetch_related("sides", lines)
        .order_by("-score", "id")[:400]
    )


def placed(actor: Actor, found: Iterable[Finding]) -> list[tuple[Program, str]]:
    """Lines of the finest level with a place firmer than the whole city, and the code of the
    region: those of the findings, then the dearest."""
    touched = {line.program_id for f in found for line in f.lines.all()}
    level = _level()
    firm = _seen(actor).filter(
        removed=False, place_grade__gte=PlaceGrade.DISTRICT, begins__isnull=False
    )
    wanted = Q(pk__in=sorted(touched)) | Q(level=level)
    rows = (
        firm.filter(wanted)
        .only(
            "key",
            "title",
            "agency_id",
            "money",
            "place",
            "lon",
            "lat",
            "begins",
            "ends",
            "date_grade",
        )
        .annotate(mine=Q(pk__in=sorted(touched)))
        .order_by("-mine", "-money", "pk")[:MOST_PROGRAMS]
    )
    programs = list(rows)
    places = (
        ProgramPlace.objects.filter(program__in=programs, region__level__gte=3)
        .order_by("grade", "-pk")
        .values_list("program_id", "region__code")
    )
    codes = dict(places)
    return [(p, codes[p.pk]) for p in programs if p.pk in codes]


def _seen(actor: Actor) -> QuerySet[Program]:
    """The lines that the actor may see."""
    return panels.unveiled(Program.objects.order_by(), panels.veil_of(actor))


def agencies() -> list[Agency]:
    """Who has a booth: those that present, and whoever else has lines or findings."""
    presenting = agenda.presenters().values("pk")
    busy = FindingAgency.objects.filter(finding__state__in=OPEN_STATES).values("agency")
    return sorted(
        Agency.objects.filter(active=True).filter(Q(pk__in=presenting) | Q(pk__in=busy)),
        key=agenda.protocol_order,
    )


def money_of_agencies() -> dict[int, tuple[int, int]]:
    """Number of lines and money of each agency at its finest level."""
    rows = (
        Program.objects.filter(removed=False)
        .order_by()
        .values("agency", "level")
        .annotate(n=Count("pk"), money=Sum("money"))
    )
    found: dict[int, tuple[int, int]] = {}
    for row in sorted(rows, key=lambda r: -_LEVELS.index(r["level"])):
        found[row["agency"]] = (row["n"], row["money"] or 0)
    return found


def dearest(actor: Actor) -> dict[int, list[Program]]:
    """The dearest sub kegiatan of each agency for its booth; packages where there are none."""
    level = Program.Level.SUB_KEGIATAN
    if not Program.objects.filter(removed=False, level=level).exists():
        level = _level()
    number = Window(RowNumber(), partition_by=F("agency"), order_by=[F("money").desc(), F("pk")])
    rows = (
        _seen(actor)
        .filter(removed=False, level=level)
        .only("pk", "key", "title", "money", "agency_id", "begins", "ends", "date_grade", "place")
        .annotate(place_in_line=number)
        .filter(place_in_line__lte=_PER_BOOTH)
    )
    found: dict[int, list[Program]] = defaultdict(list)
    for row in sorted(rows, key=lambda p: (-p.money, p.pk)):
        found[row.agency_id].append(row)
    return found


def in_charge(meeting: Meeting) -> dict[int, str]:
    """The post that speaks for each agency: as invited, or its deputy."""
    rows = meeting.participants.filter(agency__isnull=False).order_by("-rank", "-id")
    return {
        row.agency_id: (row.deputy_post if row.reply == row.Reply.DEPUTY else "") or row.post
        for row in rows
        if row.agency_id
    }


class Promise(NamedTuple):
    """What somebody is to do: an open item, or what a meeting agreed that is no item yet."""

    text: str
    agency_id: int | None
    post: str
    due: date | None
    title: str
    kind: str
    url: str


def agreed(actor: Actor, meeting: Meeting) -> list[Promise]:
    """Open items of follow-up that the actor may see, and what this meeting and the earlier ones of
    its series agreed that is no item yet; the earliest due first."""
    items = followup.visible(actor)
    known = set(items.exclude(origin=None).values_list("origin", flat=True))
    found = [
        Promise(i.text, i.agency_id, i.post, i.due, "", str(_("Tindak lanjut")),
                i.get_absolute_url())
        for i in items.filter(state=ActionItem.State.OPEN).order_by("due", "id")[:_PROMISES]
    ]  # fmt: skip
    same = Q(item__session__meeting=meeting)
    if meeting.series_id:
        same |= Q(item__session__meeting__series=meeting.series_id)
    newest: dict[int, Outcome] = {}
    told = Outcome.objects.filter(same).exclude(item__finding__in=_hidden(actor))
    for row in told.select_related("item").order_by("item", "-number"):
        newest.setdefault(row.item_id, row)
    found += [
        Promise(o.text, o.owner_id, o.owner_post, o.due, o.item.title, o.get_kind_display(),
                reverse("meeting:item", args=[o.item_id]))
        for o in newest.values()
        if f"desk:{o.item_id}" not in known
    ]  # fmt: skip
    same = Q(meeting=meeting) | Q(meeting__series=meeting.series_id, meeting__series__isnull=False)
    found += [
        Promise(r.text, r.owner_id, r.owner_post, r.due, r.title, str(_("Pleno")),
                reverse("meeting:plenary", args=[r.meeting_id]))
        for r in Resolution.objects.filter(same, state=Resolution.State.ADOPTED)
        if f"resolution:{r.pk}" not in known
    ]  # fmt: skip
    return sorted(found, key=lambda p: (p.due or date.max, p.text))


def _hidden(actor: Actor) -> QuerySet[Finding]:
    """Findings that the actor may not read: what their desks agreed is not for him either."""
    return Finding.objects.exclude(pk__in=visible(actor).values("pk"))


def readable(actor: Actor, wanted: Iterable[int | None]) -> set[int]:
    """Which of these findings the actor may read."""
    asked = {pk for pk in wanted if pk is not None}
    return set(visible(actor).filter(pk__in=asked).values_list("pk", flat=True))


def items(meeting: Meeting) -> list[AgendaItem]:
    """The agenda with sides, outcomes and slides."""
    return list(agenda.items(meeting).select_related("brief").prefetch_related("outcomes"))
