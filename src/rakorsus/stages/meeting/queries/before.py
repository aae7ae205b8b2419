"""What happens before the day: desks settled online, presentations prepared, replies."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, Q

from rakorsus.people.actor import Actor
from rakorsus.stages.findings.models import Settlement
from rakorsus.stages.findings.models.findings import OPEN_STATES
from rakorsus.stages.findings.queries.visible import visible
from rakorsus.stages.meeting.models import (
    AgendaItem,
    Brief,
    Feedback,
    Material,
    Meeting,
    Participant,
    Question,
    Session,
)
from rakorsus.stages.meeting.queries import agenda


def settled_before(meeting: Meeting) -> list[Settlement]:
    """Agreements between the sides of findings that were on the agenda and left it."""
    dropped = AgendaItem.objects.filter(
        session__meeting=meeting, state=AgendaItem.State.DROPPED
    ).exclude(finding=None)
    found = Settlement.objects.filter(
        finding__in=dropped.values("finding"), state=Settlement.State.AGREED
    )
    return list(
        found.select_related("finding").prefetch_related("sides__agency").order_by("finding", "pk")
    )


@dataclass(frozen=True)
class Desk:
    """A desk with how far its sides have come online."""

    item: AgendaItem
    sides: list[Any]
    proposal: Settlement | None
    mine: bool


def desks(meeting: Meeting, actor: Actor) -> tuple[list[Desk], int]:
    """Desks that still wait and that the actor may see, the own ones first; and how many left the
    agenda because their sides agreed."""
    found = list(
        agenda.items(meeting).filter(
            kind=AgendaItem.Kind.DESK, state=AgendaItem.State.WAITING,
            finding__in=visible(actor).values("pk"),
        )
    )  # fmt: skip
    proposals = {
        s.finding_id: s
        for s in Settlement.objects.filter(
            finding__in=[i.finding_id for i in found], state=Settlement.State.PROPOSED
        ).select_related("agency").prefetch_related("sides__agency")
    }  # fmt: skip
    rows = []
    for item in found:
        sides = list(item.finding.sides.all()) if item.finding else []
        mine = any(side.agency_id in actor.agency_ids for side in sides)
        rows.append(Desk(item, sides, proposals.get(item.finding_id), mine))
    rows.sort(key=lambda row: (not row.mine, row.proposal is None))
    left = AgendaItem.objects.filter(
        session__meeting=meeting, kind=AgendaItem.Kind.DESK, state=AgendaItem.State.DROPPED,
        ended=None,
    ).exclude(finding__state__in=OPEN_STATES)  # fmt: skip
    return rows, left.count()


def presentations(meeting: Meeting) -> list[AgendaItem]:
    """Presentations in the order of the day, with form and number of questions."""
    return list(
        AgendaItem.objects.filter(
            session__meeting=meeting, kind=AgendaItem.Kind.PRESENTATION
        )
        .exclude(state=AgendaItem.State.DROPPED)
        .select_related("agency", "brief", "session")
        .annotate(asked=Count("questions"))
        .order_by("start", "position", "id")
    )  # fmt: skip


def replies(meeting: Meeting) -> dict[str, int]:
    """How many answered what, and how many letters are still to be sent."""
    counts = meeting.participants.filter(walk_in=False).aggregate(
        all=Count("pk"), unsent=Count("pk", filter=Q(invited=None)),
        **{name: Count("pk", filter=Q(reply=name)) for name in Participant.Reply.values},
    )  # fmt: skip
    return {name: int(n) for name, n in counts.items()}


def questions(item: AgendaItem) -> list[Question]:
    return list(item.questions.order_by("pk"))


def brief_of(item: AgendaItem) -> Brief | None:
    return Brief.objects.filter(item=item).first()


def materials(meeting: Meeting) -> list[tuple[Session, list[Material]]]:
    """Sessions that have something to read."""
    sessions = meeting.sessions.prefetch_related("materials")
    return [(s, list(s.materials.all())) for s in sessions if s.materials.all()]


def opinions(meeting: Meeting) -> list[dict[str, Any]]:
    """What guests thought of each session: number, mean, how many gave which mark, suggestions
    without names."""
    rows = []
    counted = meeting.sessions.annotate(n=Count("feedback"), mean=Avg("feedback__useful"))
    given = Feedback.objects.filter(session__meeting=meeting)
    marks: dict[int, Counter[int]] = {}
    texts: dict[int, list[str]] = {}
    for session, useful, text in given.values_list("session", "useful", "text").order_by("pk"):
        marks.setdefault(session, Counter())[useful] += 1
        if text:
            texts.setdefault(session, []).append(text)
    for session in counted.order_by("starts", "id"):
        tally = marks.get(session.pk, Counter())
        rows.append({
            "session": session, "n": session.n, "mean": session.mean,
            "marks": [(mark, tally[mark], round(100 * tally[mark] / session.n) if session.n else 0)
                      for mark in range(5, 0, -1)],
            "texts": texts.get(session.pk, []),
        })  # fmt: skip
    return rows
