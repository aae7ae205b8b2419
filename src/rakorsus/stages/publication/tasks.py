"""Jobs of releases; what the clock runs: reminders of agreements."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django_tasks import task

from rakorsus.people import actor as actors
from rakorsus.stages.publication.actions import jobs
from rakorsus.stages.publication.actions.reminding import remind


@task()
def work_on_release(pk: int) -> None:
    jobs.run(pk)


def enqueue_release(payload: Mapping[str, Any]) -> None:
    """Subscriber of `publication.asked`."""
    work_on_release.enqueue(int(payload["id"]))


def daily_reminders(day: date, since: date | None) -> str:
    """Each step goes out once; one that was passed on a missed day goes out now."""
    return f"{remind(actors.system('job'), day)} pengingat / reminders"
