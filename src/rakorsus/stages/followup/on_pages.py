"""What follow-up adds to the pages of earlier stages: programs, agencies, meetings, decisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rakorsus.clock import today
from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency
from rakorsus.people.rules import can
from rakorsus.stages.decisions.models import Decision
from rakorsus.stages.followup import queries
from rakorsus.stages.followup.models import ActionItem
from rakorsus.stages.meeting.models import Meeting
from rakorsus.stages.register import panels
from rakorsus.stages.register.models import Program

_FEW = 8


def attach() -> None:
    """Register everything; called once when the app is ready."""
    template = "followup/on_page.html"
    panels.add_panel(panels.Panel("program", template, _of_program, 30))
    panels.add_panel(panels.Panel("agency", template, _of_agency, 30))
    panels.add_panel(panels.Panel("meeting", template, _of_meeting, 10))
    panels.add_panel(panels.Panel("decision", template, _of_decision, 10))


def _panel(
    actor: Actor, found: QuerySet[ActionItem], more: str = "", lead: str = ""
) -> Mapping[str, Any] | None:
    if not can(actor, "followup.read"):
        return None
    seen = found.filter(pk__in=queries.visible(actor).order_by().values("pk"))
    rows = list(seen.select_related("agency").order_by("due", "id")[: _FEW + 1])
    if not rows:
        return None
    day = today()
    for item in rows:
        item.days = item.late(day)  # type: ignore[attr-defined]
    count = seen.count() if len(rows) > _FEW else len(rows)
    return {"items": rows[:_FEW], "count": count, "lead": lead,
            "more": more if count > _FEW else ""}  # fmt: skip


def _of_program(actor: Actor, line: Program) -> Mapping[str, Any] | None:
    return _panel(actor, line.action_items.exclude(state=ActionItem.State.DROPPED))


def _of_agency(actor: Actor, agency: Any) -> Mapping[str, Any] | None:
    known = agency if isinstance(agency, Agency) else Agency.objects.get(code=str(agency))
    open_ = known.action_items.filter(state=ActionItem.State.OPEN)
    return _panel(actor, open_, f"perangkat={known.code}")


def _of_meeting(actor: Actor, meeting: Meeting) -> Mapping[str, Any] | None:
    """The meeting starts from what earlier ones of its series left open."""
    found = queries.open_items(meeting)
    words = _(
        "Yang masih terbuka dari rapat ini dan rapat sebelumnya dalam seri yang sama, dan yang "
        "dicatat di luar rapat dan jatuh tempo sampai hari rapat."
    )
    return _panel(actor, found, "keadaan=terbuka", words)


def _of_decision(actor: Actor, decision: Decision) -> Mapping[str, Any] | None:
    return _panel(actor, decision.action_items.all())
