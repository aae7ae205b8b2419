"""Booths: one per agency, with what it plans, what is open with it, and what is late."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum

from rakorsus.clock import today
from rakorsus.hall.models import SyncRequest
from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency
from rakorsus.stages.findings.models import FindingAgency
from rakorsus.stages.findings.models.findings import OPEN_STATES
from rakorsus.stages.findings.queries import at_stake, visible
from rakorsus.stages.followup import queries as followup
from rakorsus.stages.followup.models import ActionItem
from rakorsus.stages.meeting.models import Brief, Meeting
from rakorsus.stages.register import panels
from rakorsus.stages.register.models import Program
from rakorsus.stages.register.queries import listing
from rakorsus.stages.register.queries.counts import kept
from rakorsus.stages.register.queries.filters import Filters

_FEW: Final = 8
_PROGRAMS: Final = 15
_WITH_A_BOOTH: Final = (
    Agency.Kind.OPD, Agency.Kind.KECAMATAN, Agency.Kind.COMPANY, Agency.Kind.HOSPITAL,
    Agency.Kind.OUTSIDE,
)  # fmt: skip


def agencies() -> QuerySet[Agency]:
    """Those that have a booth."""
    found = Agency.objects.filter(kind__in=_WITH_A_BOOTH, active=True, successor=None)
    return found.order_by("code")


def booths(actor: Actor) -> list[dict[str, Any]]:
    """One row per booth: lines and money, open findings, open and late items; where most is open
    first."""
    totals: dict[int, tuple[int, int]] = kept("booths", "", _totals)
    sides = FindingAgency.objects.filter(finding__in=visible(actor).filter(state__in=OPEN_STATES))
    findings = dict(sides.values_list("agency").annotate(n=Count("pk")).order_by())
    items = followup.visible(actor).filter(state=ActionItem.State.OPEN)
    due = {
        row["agency"]: (row["n"], row["late"])
        for row in items.values("agency").order_by()
        .annotate(n=Count("pk"), late=Count("pk", filter=Q(due__lt=today())))
    }  # fmt: skip
    rows = []
    for agency in agencies():
        lines, money = totals.get(agency.pk, (0, 0))
        open_items, late = due.get(agency.pk, (0, 0))
        rows.append({"agency": agency, "lines": lines, "money": money, "late": late,
                     "findings": findings.get(agency.pk, 0), "items": open_items})  # fmt: skip
    return sorted(rows, key=lambda row: (-row["findings"], -row["late"]))  # else by code


def _totals() -> dict[int, tuple[int, int]]:
    rows = Program.objects.filter(removed=False).order_by().values("agency").annotate(
        n=Count("pk"), money=Sum("money", filter=Q(level=Program.Level.PAKET))
    )  # fmt: skip
    return {row["agency"]: (row["n"], row["money"] or 0) for row in rows}


def booth(actor: Actor, agency: Agency) -> dict[str, Any]:
    """One booth with everything in it."""
    veil = panels.veil_of(actor)
    asked = Filters(agency=agency.code, level=Program.Level.PAKET, veil=veil)
    open_findings = visible(actor).filter(
        state__in=OPEN_STATES, pk__in=FindingAgency.objects.filter(agency=agency).values("finding")
    )
    ranked = open_findings.defer("evidence", "options").order_by("-score", "pk")
    items = list(
        followup.listed(actor).filter(agency=agency, state=ActionItem.State.OPEN)[: _FEW + 1]
    )
    return {
        "lines": listing.dearest(asked, _PROGRAMS),
        "findings": list(ranked[:_FEW]),
        "finding_count": open_findings.count(),
        "money_at_stake": at_stake(open_findings),
        "items": [(item, item.late(today())) for item in items[:_FEW]],
        "more_items": len(items) > _FEW,
        "in_charge": _in_charge(agency),
    }  # fmt: skip


def _in_charge(agency: Agency) -> str:
    """The post that the agency named itself, in its newest presentation or in its files."""
    newest = Brief.objects.filter(item__agency=agency).order_by("-at").first()
    if newest is not None and newest.in_charge:
        return newest.in_charge
    owners = Program.objects.filter(agency=agency, removed=False).exclude(owner="").order_by()
    named = owners.values_list("owner").annotate(n=Count("pk")).order_by("-n")[:1]
    return named[0][0] if named else ""


def open_meeting() -> Meeting | None:
    """The meeting whose hall is open now: one that runs, else the next one that is published, else
    the newest."""
    found = Meeting.objects.exclude(state=Meeting.State.DRAFT).select_related("minutes")
    running = found.filter(state=Meeting.State.RUNNING).first()
    return running or found.filter(
        state=Meeting.State.PUBLISHED
    ).order_by("starts").first() or found.first()  # fmt: skip


def requests(meeting: Meeting) -> QuerySet[SyncRequest]:
    """The synchronisation queue of a meeting."""
    return meeting.sync_requests.select_related("program__agency", "agency", "item")


def asked_before(meeting: Meeting | None, actor: Actor) -> set[int]:
    """Programs about which one's own agency has asked."""
    if meeting is None or not actor.agency_ids:
        return set()
    mine = meeting.sync_requests.filter(agency__in=actor.agency_ids)
    return set(mine.values_list("program_id", flat=True))
