"""What the clock runs: reminders of agreements."""

from __future__ import annotations

from datetime import date

from rakorsus.people import actor as actors
from rakorsus.stages.publication.actions.reminding import remind


def daily_reminders(day: date, since: date | None) -> str:
    """Each step goes out once; one that was passed on a missed day goes out now."""
    return f"{remind(actors.system('job'), day)}"
