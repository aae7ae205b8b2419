"""The agenda: what could go on it, what is on it, how versions differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from rakorsus.people.models import Agency
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.findings.models.findings import OPEN_STATES
from rakorsus.stages.meeting import planning
from rakorsus.stages.meeting.models import (
    AgendaItem,
    AgendaVersion,
    Meeting,
    Outcome,
    Resolution,
    Series,
    Session,
)

#: Kinds that two agencies can settle at a desk; the others are corrected or supplied in writing.
_AT_A_DESK = (
    Finding.Kind.DUPLICATE, Finding.Kind.OVERLAP, Finding.Kind.FRAGMENTATION,
    Finding.Kind.CLASH, Finding.Kind.ORDER, Finding.Kind.OPPORTUNITY,
)  # fmt: skip
#: Outcomes of an earlier desk after which a finding needs no other.
_ENDED = [kind for kind in Outcome.Kind.values if kind != Outcome.Kind.ESCALATE]
_PRESENT = (Agency.Kind.OPD, Agency.Kind.KECAMATAN, Agency.Kind.COMPANY)


def items(meeting: Meeting) -> QuerySet[AgendaItem]:
    """All entries with their sessions, agencies and sides, in the order of time."""
    return (
        AgendaItem.objects.filter(session__meeting=meeting)
        .select_related("session", "agency", "finding")
        .prefetch_related("finding__sides__agency")
        .order_by("start", "table", "position", "id")
    )


def candidates(meeting: Meeting, most: int) -> list[Finding]:
    """Open findings that want a desk and are not on this agenda, the weightiest first."""
    taken = AgendaItem.objects.filter(session__meeting=meeting).exclude(finding=None)
    found = (
        Finding.objects.filter(state__in=OPEN_STATES, kind__in=_AT_A_DESK)
        .exclude(pk__in=taken.values("finding"))
        .exclude(desks__outcomes__kind__in=_ENDED)
        .annotate(n=Count("sides", distinct=True))
        .filter(n__gte=2)
        .defer("evidence", "options")
        .order_by("-money")[: 20 * most]
    )
    ranked = sorted(found, key=lambda f: (-planning.weight(f), f.pk))[:most]
    order = {finding.pk: place for place, finding in enumerate(ranked)}
    full = Finding.objects.filter(pk__in=order).prefetch_related("sides__agency")
    return sorted(full, key=lambda f: order[f.pk])


def presenters() -> QuerySet[Agency]:
    """Agencies and city companies that present."""
    return Agency.objects.filter(kind__in=_PRESENT, active=True, successor=None)


def protocol_order(agency: Agency) -> tuple[int, str]:
    """The groups of the evening follow the first digit of the code: basic service, non-basic,
    optional affairs, support with oversight (4 and 6), supporting functions, companies,
    territorial, and kesbangpol last."""
    place = {"1": 1, "2": 2, "3": 3, "4": 4, "6": 4, "5": 5, "": 6, "7": 7, "8": 8}
    return place.get(agency.group, 9), agency.code


def backlog(meeting: Meeting) -> list[AgendaItem]:
    """Desks of earlier meetings of the series that ended without an outcome and still wait: of each
    finding the last desk that it had."""
    if meeting.series is None:
        return []
    taken = AgendaItem.objects.filter(session__meeting=meeting).exclude(finding=None)
    last: dict[int | None, AgendaItem] = {}
    desks = (
        AgendaItem.objects.filter(
            session__meeting__series=meeting.series,
            session__meeting__starts__lt=meeting.starts,
            kind=AgendaItem.Kind.DESK,
            finding__state__in=OPEN_STATES,
        )
        .exclude(finding__in=taken.values("finding"))
        .annotate(settled=Exists(Outcome.objects.filter(item=OuterRef("pk"))))
        .select_related("finding", "session__meeting")
        .prefetch_related("finding__sides__agency")
        .order_by("-session__meeting__starts", "id")
    )
    for item in desks:
        last.setdefault(item.finding_id, item)
    return [item for item in last.values() if not item.settled][:200]  # type: ignore[attr-defined]


def undecided(meeting: Meeting) -> list[Resolution]:
    """Matters that the plenaries of earlier, closed meetings of the series did not decide, and
    that this one does not have."""
    if meeting.series is None:
        return []
    known = set(meeting.resolutions.values_list("title", flat=True))
    found = Resolution.objects.filter(
        meeting__series=meeting.series, meeting__starts__lt=meeting.starts,
        meeting__state=Meeting.State.CLOSED, state=Resolution.State.PROPOSED,
    ).select_related("meeting", "owner", "finding")  # fmt: skip
    newest = {r.title: r for r in found.order_by("meeting__starts", "id")}
    return [r for title, r in newest.items() if title not in known]


def of_series(series: Series) -> QuerySet[Meeting]:
    """The meetings of a series in time: desks, those with an outcome, those settled before, and
    matters that the plenary decided or left."""

    def desks(condition: Q) -> Count:
        only = Q(sessions__items__kind=AgendaItem.Kind.DESK) & condition
        return Count("sessions__items", filter=only, distinct=True)

    def matters(*states: str) -> Count:
        return Count("resolutions", filter=Q(resolutions__state__in=states), distinct=True)

    inside = "sessions__items__"
    return series.meetings.annotate(
        desks=desks(Q()), ended=desks(Q(**{f"{inside}outcomes__isnull": False})),
        before=desks(Q(**{f"{inside}state": AgendaItem.State.DROPPED,
                          f"{inside}ended__isnull": True})),
        waiting=desks(Q(**{f"{inside}outcomes__isnull": True,
                           f"{inside}finding__state__in": OPEN_STATES})),
        decided=matters(Resolution.State.ADOPTED, Resolution.State.REFUSED),
        open_matters=matters(Resolution.State.PROPOSED, Resolution.State.VOTING),
    ).order_by("starts", "id")  # fmt: skip


def frozen(meeting: Meeting) -> list[dict[str, Any]]:
    """The agenda as plain rows, for a version."""
    return [
        {
            "item": item.pk, "minutes": item.minutes,
            "start": timezone.localtime(item.start).isoformat(),
            "kind": item.kind, "title": item.title, "table": item.table,
            "session": item.session.title, "agency": item.agency.code if item.agency else "",
        }
        for item in items(meeting).exclude(start=None).exclude(state=AgendaItem.State.DROPPED)
        if item.start
    ]  # fmt: skip


def difference(old: AgendaVersion | None, new: AgendaVersion) -> dict[str, list[Any]]:
    """What a version added, removed and moved against the one before."""
    before = {row["item"]: row for row in (old.rows if old else [])}
    after = {row["item"]: row for row in new.rows}
    return {
        "added": [row for pk, row in after.items() if pk not in before],
        "removed": [row for pk, row in before.items() if pk not in after],
        "moved": [
            (before[pk], row)
            for pk, row in after.items()
            if pk in before
            and [before[pk][k] for k in ("start", "minutes", "table")]
            != [row[k] for k in ("start", "minutes", "table")]
        ],
    }


def newest(outcomes: Sequence[Outcome]) -> Outcome | None:
    """The outcome that counts."""
    return max(outcomes, key=lambda o: o.number, default=None)


def by_session(
    meeting: Meeting, found: Iterable[AgendaItem]
) -> list[tuple[Session, list[AgendaItem], list[AgendaItem]]]:
    """Each session with its entries in time, and those that have no time yet."""
    sessions = list(meeting.sessions.select_related("room", "meeting"))
    placed: dict[int, list[AgendaItem]] = {s.pk: [] for s in sessions}
    loose: dict[int, list[AgendaItem]] = {s.pk: [] for s in sessions}
    for item in found:
        if item.start:
            placed[item.session_id].append(item)
        elif item.state != AgendaItem.State.DROPPED:
            loose[item.session_id].append(item)
    return [(s, placed[s.pk], loose[s.pk]) for s in sessions]
