"""The state of a meeting as the hall shows it: plain content, the same for everybody in it.

The keys are those of docs/reference/hall-protocol.en.md. `findings` is only for whoever may see
all findings (`curtain.without_findings`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from rakorsus.hall.models import Act, Seat
from rakorsus.people.models import Agency
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.findings.models.findings import OPEN_STATES
from rakorsus.stages.meeting.models import (
    AgendaItem,
    Brief,
    Meeting,
    Outcome,
    Resolution,
    SpeakerRequest,
)
from rakorsus.stages.meeting.queries import day, deciding
from rakorsus.stages.meeting.slides import pages

_NEXT: Final = 3
_FINDINGS: Final = 6
_TITLE: Final = 200
_VOTES: Final = (Resolution.State.VOTING, Resolution.State.PROPOSED)


def state(meeting_id: int, now: datetime | None = None) -> dict[str, Any]:
    """Everything that moves, read anew."""
    now = now or timezone.now()
    meeting = Meeting.objects.get(pk=meeting_id)
    lines = day.lines_of(meeting, now)
    current = [line for line in day.current(lines) if line.item.kind != AgendaItem.Kind.DESK]
    shown = current[0] if current else None
    queue = [_hand(hand) for hand in day.speakers(meeting)]
    return {
        "meeting": {"id": meeting.pk, "title": meeting.title, "state": meeting.state},
        "now": _now(shown) if shown else None,
        "next": [
            {"item": line.item.pk, "kind": line.item.kind, "title": line.item.title[:_TITLE],
             "agency": line.item.agency_id, "start": _iso(line.start),
             "version": line.item.version}
            for line in day.upcoming(lines, _NEXT)
        ],
        "queue": [hand for hand in queue if hand["state"] == SpeakerRequest.State.WAITING],
        "floor": _floor(meeting, queue),
        "votes": votes(meeting),
        "tables": _tables(meeting, lines),
        "findings": _findings(shown.item.agency_id) if shown else [],
    }  # fmt: skip


def _now(line: day.Line) -> dict[str, Any]:
    item = line.item
    brief = Brief.objects.filter(item=item).first()
    slide = None
    if brief is not None and brief.slides:
        slide = {"page": item.screen_page or 1, "pages": pages.count(brief) or None,
                 "url": reverse("meeting:slides", args=[item.pk]),
                 "pdf": brief.slides_kind == "pdf"}  # fmt: skip
    ends = item.began + (item.end - item.start) if item.began and item.start and item.end else None
    return {
        "item": item.pk, "kind": item.kind, "title": item.title[:_TITLE],
        "agency": item.agency_id, "short": str(item.agency) if item.agency else "",
        "began": _iso(item.began), "ends": _iso(ends), "minutes": item.minutes,
        "version": item.version, "slide": slide,
    }  # fmt: skip


def _hand(hand: SpeakerRequest) -> dict[str, Any]:
    return {"request": hand.pk, "user": hand.by_id, "agency": hand.agency_id,
            "short": str(hand.agency) if hand.agency else "", "label": hand.label,
            "state": hand.state}  # fmt: skip


def _floor(meeting: Meeting, queue: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Who was given the floor last, and when."""
    granted = [hand for hand in queue if hand["state"] == SpeakerRequest.State.GRANTED]
    if not granted:
        return None
    acts = Act.objects.filter(meeting=meeting, name="grant").order_by("-number")[:20]
    since = {act.data.get("request"): act.at for act in reversed(acts)}
    newest = max(granted, key=lambda h: (since.get(h["request"], meeting.starts), h["request"]))
    return newest | {"since": _iso(since.get(newest["request"]))}


def votes(meeting: Meeting) -> list[dict[str, Any]]:
    """Votes that are open, what may be put to the vote, and the last ones that were decided."""
    rows = [
        {"resolution": r.pk, "title": r.title, "text": r.text[:500], "state": r.state,
         "secret": r.secret, "cast": r.cast, "yes": r.yes, "no": r.no, "abstain": r.abstain}
        for r in deciding.resolutions(meeting)
    ]  # fmt: skip
    waiting = [row for row in rows if row["state"] in _VOTES]
    return waiting + [row for row in rows if row["state"] not in _VOTES][-5:]


def _tables(meeting: Meeting, lines: list[day.Line]) -> list[dict[str, Any]]:
    desks = [line.item for line in lines if line.item.kind == AgendaItem.Kind.DESK]
    seated: dict[int, list[dict[str, Any]]] = {}
    for item, user, agency, label in Seat.objects.filter(meeting=meeting).values_list(
        "item_id", "user_id", "agency_id", "label"
    ):
        seated.setdefault(item, []).append({"user": user, "agency": agency, "label": label})
    found = Outcome.objects.filter(item__in=[d.pk for d in desks]).order_by("number")
    outcomes = dict(found.values_list("item_id", "kind"))  # the newest counts
    return [
        {"item": desk.pk, "table": desk.table, "state": desk.state, "finding": desk.finding_id,
         "title": desk.title[:_TITLE], "version": desk.version, "agencies": _sides(desk),
         "start": _iso(desk.start), "outcome": outcomes.get(desk.pk),
         "seated": seated.get(desk.pk, [])}
        for desk in desks
    ]  # fmt: skip


def _sides(desk: AgendaItem) -> list[int]:
    if desk.finding is None:
        return [desk.agency_id] if desk.agency_id else []
    return sorted(side.agency_id for side in desk.finding.sides.all())


def _findings(agency: int | None) -> list[dict[str, Any]]:
    """Open findings that touch the agency on the stage, the weightiest first."""
    if agency is None:
        return []
    found = Finding.objects.filter(Q(sides__agency=agency), state__in=OPEN_STATES)
    return [
        {"id": f.pk, "kind": f.kind, "severity": f.severity, "money": f.money,
         "text": f.reasons_id[:300], "en": f.reasons_en[:300]}
        for f in found.defer("evidence", "options").order_by("-score", "pk")[:_FINDINGS]
    ]  # fmt: skip


def agency_names(ids: set[int]) -> dict[int, str]:
    return {a.pk: str(a) for a in Agency.objects.filter(pk__in=ids)}


def _iso(value: datetime | None) -> str | None:
    return timezone.localtime(value).isoformat() if value else None
