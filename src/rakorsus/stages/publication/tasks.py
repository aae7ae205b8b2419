"""Jobs: reminders of agreements."""

from __future__ import annotations

from datetime import date

from django_tasks import task

from rakorsus.people import actor as actors
from rakorsus.stages.publication.actions.reminding import remind


@task()
def remind_of_agreements(day: str) -> int:
    """Send the reminders of a day (YYYY-MM-DD); a repeated job sends nothing twice."""
    return remind(actors.system("job"), date.fromisoformat(day))
