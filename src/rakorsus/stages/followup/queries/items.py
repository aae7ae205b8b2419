"""Which items somebody sees, and lists of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from rakorsus.people.actor import Actor
from rakorsus.people.models import Role
from rakorsus.stages.findings.queries.veiled import own, veiled
from rakorsus.stages.followup.models import ActionItem
from rakorsus.stages.meeting.models import Meeting

State = ActionItem.State
_INSIDE = (
    Role.COORDINATOR, Role.LEADER, Role.SECRETARIAT, Role.ADMINISTRATOR, Role.PLANNER,
)  # fmt: skip
_ESCALATED = Q(state=State.OPEN, escalated__isnull=False)
WHOSE = ("saya", "dicatat", "perangkat", "semua")


@dataclass(frozen=True)
class Filters:
    """As the address has them; `keadaan`: terbuka, lewat, naik (escalated), selesai,
    batal or semua."""

    milik: str = "semua"
    q: str = ""
    keadaan: str = "terbuka"
    perangkat: str = ""
    rapat: str = ""

    @classmethod
    def of(cls, query: Mapping[str, Any], default: str = "semua") -> Filters:
        def text(name: str, most: int) -> str:
            return str(query.get(name) or "")[:most].strip()

        whose, state, meeting = text("milik", 9), text("keadaan", 7), text("rapat", 12)
        return cls(
            milik=whose if whose in WHOSE else default,
            q=text("q", 100),
            keadaan=state if state in ("lewat", "naik", "selesai", "batal", "semua") else "terbuka",
            perangkat=text("perangkat", 60),
            rapat=meeting if meeting.isascii() and meeting.isdigit() else "",
        )

    @property
    def narrow(self) -> bool:
        return bool(self.q or self.perangkat or self.rapat or self.keadaan != "terbuka")


def visible(actor: Actor) -> QuerySet[ActionItem]:
    """What the rule followup.read lets the actor see, as a condition of the query."""
    found = ActionItem.objects.all()
    if actor.has(*_INSIDE) and not veiled(actor):
        return found
    mine = own(actor)
    if not mine:
        return found.none()
    return found.filter(Q(agency__in=mine) | Q(person=actor.user))


def whose(actor: Actor) -> dict[str, Q]:
    """The four lists: mine (my name, or nobody's name at an agency for which I plan), what I wrote
    down for others, my agency's, all."""
    agencies = [agency for _role, agency in actor.grants if agency]
    nobody = Q(pk=None)
    return {
        "saya": Q(person=actor.user) | Q(person=None, agency__in=list(actor.agency_ids))
        if actor.user else nobody,
        "dicatat": Q(noted_by=actor.user) if actor.user else nobody,
        "perangkat": Q(agency__in=agencies),
        "semua": Q(),
    }  # fmt: skip


def listed(actor: Actor) -> QuerySet[ActionItem]:
    """With everything that a list shows: open ones first, the longest late first."""
    later = Case(When(state=State.OPEN, then=Value(0)), default=Value(1),
                 output_field=IntegerField())  # fmt: skip
    found = visible(actor).select_related("agency", "decision", "meeting", "person")
    return found.annotate(files=Count("evidence", distinct=True)).order_by(later, "due", "id")


def narrow(
    found: QuerySet[ActionItem], actor: Actor, asked: Filters, today: date
) -> QuerySet[ActionItem]:
    found = found.filter(whose(actor)[asked.milik])
    wanted = {
        "terbuka": Q(state=State.OPEN), "lewat": Q(state=State.OPEN, due__lt=today),
        "naik": _ESCALATED,
        "selesai": Q(state=State.DONE), "batal": Q(state=State.DROPPED), "semua": Q(),
    }  # fmt: skip
    found = found.filter(wanted[asked.keadaan])
    if asked.perangkat:
        found = found.filter(agency__code=asked.perangkat)
    if asked.rapat:
        found = found.filter(meeting=int(asked.rapat))
    for word in asked.q.split()[:6]:
        found = found.filter(Q(text__icontains=word) | Q(post__icontains=word))
    return found


def numbers(actor: Actor, today: date) -> dict[str, int]:
    """Open and late items of each list, by one query: `saya`, `saya_late`, …"""
    live = Q(state=State.OPEN)
    counted = {}
    for name, condition in whose(actor).items():
        counted[name] = Count("pk", filter=condition & live)
        counted[f"{name}_late"] = Count("pk", filter=condition & live & Q(due__lt=today))
    return visible(actor).order_by().aggregate(**counted)


def overdue(actor: Actor, today: date) -> QuerySet[ActionItem]:
    """What the actor has to do and is late, the longest first; for the front page."""
    mine = visible(actor).filter(whose(actor)["saya"], state=State.OPEN, due__lt=today)
    return mine.select_related("agency").order_by("due", "id")


def escalated(actor: Actor) -> QuerySet[ActionItem]:
    """What went up by rule and is still open, the longest late first."""
    return visible(actor).filter(_ESCALATED).select_related("agency").order_by("due", "id")


def open_items(meeting: Meeting) -> QuerySet[ActionItem]:
    """Items that earlier meetings of the series left open, what this meeting itself left, and what
    no meeting is to ask for and is due by its day."""
    found = ActionItem.objects.filter(state=State.OPEN).select_related("agency", "meeting")
    about = Q(meeting=meeting)
    if meeting.series_id is not None:
        about |= Q(meeting__series=meeting.series_id, meeting__starts__lt=meeting.starts)
        about |= Q(meeting=None, due__lte=timezone.localtime(meeting.starts).date())
    return found.filter(about).order_by("due", "id")
