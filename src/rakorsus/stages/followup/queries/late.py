"""What is late and what is due soon, as plain content of the weekly letter."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from rakorsus.stages.followup.models import ActionItem

_MOST = 500


def late_content(day: date) -> dict[str, Any]:
    """Late items by agency, the longest late first, and what is due within a week. Posts and
    agencies, no names of persons."""
    found = (
        ActionItem.objects.filter(state=ActionItem.State.OPEN, due__lt=day + timedelta(days=8))
        .select_related("agency", "decision", "meeting")
        .order_by("due", "id")[:_MOST]
    )
    late: dict[str, list[dict[str, Any]]] = {}
    soon: list[dict[str, Any]] = []
    for item in found:
        row = {
            "item": item.pk, "text": item.text, "post": item.post, "agency": item.agency.name,
            "due": item.due.isoformat(), "late": item.late(day),
            "from": item.decision.label if item.decision else str(item.meeting or ""),
            "escalated": item.escalated is not None,
        }  # fmt: skip
        if row["late"]:
            late.setdefault(item.agency.name, []).append(row)
        else:
            soon.append(row)
    groups = [{"agency": name, "items": rows} for name, rows in sorted(late.items())]
    return {"day": day.isoformat(), "late": groups, "soon": soon,
            "count": sum(len(group["items"]) for group in groups)}  # fmt: skip
