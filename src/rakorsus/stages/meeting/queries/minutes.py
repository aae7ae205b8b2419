"""What the minutes say, as plain content: the page, the files and the signed copy read this."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.utils import timezone

from rakorsus.stages.meeting.models import AgendaItem, Attendance, Meeting, Participant
from rakorsus.stages.meeting.queries import agenda
from rakorsus.stages.meeting.queries.deciding import outcomes, resolutions


def content(meeting: Meeting) -> dict[str, Any]:
    """Title, time, place, number of those who came per group, items with notes, outcomes,
    decisions. Posts and agencies, no names of persons but of those who wrote."""
    return {
        "title": meeting.title,
        "type": meeting.type,
        "starts": timezone.localtime(meeting.starts).isoformat(),
        "ends": timezone.localtime(meeting.ends).isoformat(),
        "place": meeting.place,
        "number": meeting.number,
        "attendance": attendance_counts(meeting),
        "items": _items(meeting),
        "decisions": _decisions(meeting),
        "follow_up": follow_up(meeting),
    }


def digest_of(frozen: dict[str, Any]) -> str:
    """SHA-256 of the content with sorted keys."""
    text = json.dumps(frozen, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def attendance_counts(meeting: Meeting) -> list[dict[str, Any]]:
    """Invited and present per group, in the order of precedence."""
    came = set(
        Attendance.objects.filter(participant__meeting=meeting).values_list(
            "participant_id", flat=True
        )
    )
    counts: dict[str, list[int]] = {}
    for pk, group in meeting.participants.values_list("pk", "group"):
        row = counts.setdefault(group, [0, 0])
        row[0] += 1
        row[1] += pk in came
    return [
        {"group": group, "invited": invited, "present": present}
        for group, (invited, present) in counts.items()
    ]


def group_label(group: str) -> str:
    return str(Participant.Group(group).label)


def _items(meeting: Meeting) -> list[dict[str, Any]]:
    found = agenda.items(meeting).prefetch_related("notes", "outcomes__owner")
    rows = []
    for item in found.exclude(kind__in=[AgendaItem.Kind.BREAK, AgendaItem.Kind.PRAYER]):
        notes = {n.field: n.text for n in item.notes.all()}
        outcome = agenda.newest(list(item.outcomes.all()))
        if not item.began and not notes and not outcome:
            continue
        sides = item.finding.sides.all() if item.finding else ()
        rows.append({
            "item": item.pk, "kind": item.kind, "title": item.title,
            "agencies": [s.agency.name for s in sides] or [item.agency.name] if item.agency
            or sides else [],
            "began": _iso(item.began), "ended": _iso(item.ended), "notes": notes,
            "outcome": None if outcome is None else {
                "kind": outcome.kind, "text": outcome.text, "by": outcome.by_name,
            },
        })  # fmt: skip
    return rows


def _decisions(meeting: Meeting) -> list[dict[str, Any]]:
    return [
        {"title": r.title, "text": r.text, "state": r.state, "yes": r.yes, "no": r.no,
         "abstain": r.abstain, "finding": r.finding_id}
        for r in resolutions(meeting)
    ]  # fmt: skip


def follow_up(meeting: Meeting) -> list[dict[str, Any]]:
    """What is to be done, by whom, until when: from desks and plenary."""
    rows = [
        {"text": o.text, "owner": o.owner.name, "post": o.owner_post, "due": o.due.isoformat(),
         "from": "desk"}
        for o in outcomes(meeting)
        if o.owner and o.due
    ]  # fmt: skip
    rows += [
        {"text": r.text, "owner": r.owner.name, "post": r.owner_post, "due": r.due.isoformat(),
         "from": "plenary"}
        for r in resolutions(meeting)
        if r.state == r.State.ADOPTED and r.owner and r.due
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row["due"], row["text"]))


def _iso(value: Any) -> str | None:
    return timezone.localtime(value).isoformat() if value else None
