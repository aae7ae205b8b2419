"""Reading follow-up."""

from rakorsus.stages.followup.queries.items import (
    Filters,
    escalated,
    listed,
    narrow,
    numbers,
    open_items,
    overdue,
    visible,
    whose,
)
from rakorsus.stages.followup.queries.late import late_content

__all__ = [
    "Filters",
    "escalated",
    "late_content",
    "listed",
    "narrow",
    "numbers",
    "open_items",
    "overdue",
    "visible",
    "whose",
]
