"""How tables end, by where they were settled: in the hall in 3D, on its plan, in its list, or on
the meeting's own pages. For judging whether the hall is worth having."""

from __future__ import annotations

from collections import defaultdict
from statistics import median
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from rakorsus.hall.models import Act
from rakorsus.stages.meeting.models import Meeting, Outcome

SURFACES: Final = {
    "hall-3d": _("Balai, 3D"),
    "hall-plan": _("Balai, denah"),
    "hall-list": _("Balai, daftar"),
    "page": _("Halaman rapat"),
}

_LONGEST: Final = 12 * 60  # minutes; an outcome that was written down on another day says nothing


def compared(meeting: Meeting | None = None) -> list[dict[str, Any]]:
    """One row per surface: tables, kinds of outcome, minutes from beginning to outcome (median),
    how many went to the plenary, were waived, and were corrected later."""
    acts = Act.objects.filter(name="settle").order_by("number")
    if meeting is not None:
        acts = acts.filter(meeting=meeting)
    first: dict[tuple[int, int], Act] = {}
    for act in acts:
        first.setdefault((act.meeting_id, act.data["item"]), act)
    outcomes: dict[int, list[Outcome]] = defaultdict(list)
    items = [item for _meeting, item in first]
    for made in Outcome.objects.filter(item__in=items).select_related("item").order_by("number"):
        outcomes[made.item_id].append(made)
    rows: dict[str, dict[str, Any]] = {}
    for (_meeting, item), act in first.items():
        made = outcomes.get(item)
        if not made:
            continue
        surface = act.surface if act.surface in SURFACES else "page"
        row = rows.setdefault(surface, {"tables": 0, "kinds": defaultdict(int), "minutes": [],
                                        "escalated": 0, "waived": 0, "corrected": 0})  # fmt: skip
        row["tables"] += 1
        row["kinds"][made[0].get_kind_display()] += 1
        row["escalated"] += made[0].kind == Outcome.Kind.ESCALATE
        row["waived"] += made[0].kind == Outcome.Kind.WAIVE
        row["corrected"] += len(made) > 1
        if made[0].item.began:
            minutes = (act.at - made[0].item.began).total_seconds() / 60
            row["minutes"] += [minutes] if 0 <= minutes <= _LONGEST else []
    return [
        {"surface": name, "label": label, **rows[name],
         "kinds": sorted(rows[name]["kinds"].items()),
         "minutes": round(median(rows[name]["minutes"]), 1) if rows[name]["minutes"] else None}
        for name, label in SURFACES.items() if name in rows
    ]  # fmt: skip
