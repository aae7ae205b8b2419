"""What desks tell the engine: a finding that a desk dealt with was one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from rakorsus.stages.meeting.models import Outcome

#: Left alone with a reason says neither that it was a finding nor that it was none.
_SILENT = (Outcome.Kind.WAIVE,)


def dealt_with() -> Iterable[tuple[int, datetime]]:
    """Findings whose newest outcome at a desk is to do something, and when that was said."""
    newest: dict[int, tuple[int, str, datetime]] = {}
    rows = Outcome.objects.filter(item__finding__isnull=False).order_by("item", "number")
    for item, finding, kind, at in rows.values_list("item", "item__finding", "kind", "at"):
        newest[item] = (finding, kind, at)
    return [(finding, at) for finding, kind, at in newest.values() if kind not in _SILENT]
