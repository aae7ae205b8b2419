"""Jobs of early warning and of the report cards: after changes, and daily."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.utils import timezone
from django_tasks import task

from rakorsus.people import actor as actors
from rakorsus.stages.followup.actions import cards, watching
from rakorsus.stages.register.models import Program

#: What changes a running quarter's cards.
CARD_TOPICS = (
    "register.published", "register.amended", "findings.run", "findings.answered",
    "findings.settlement", "meeting.settled", "decisions.taken", "followup.noted",
    "followup.completed", "followup.dropped", "followup.reopened",
)  # fmt: skip


#: A second of waiting for so many lines of the register; a hundred thousand take four to compute
_LINES_A_SECOND: Final = 2500


@task()
def look_for_warnings() -> None:
    watching.look(actors.system("job"))


@task()
def compute_cards() -> int:
    return cards.compute()


def of_register(payload: Mapping[str, Any]) -> None:
    """Subscriber of `register.published` and `register.amended`."""
    look_for_warnings.enqueue()


def wait_for_more() -> timedelta | None:
    return timedelta(seconds=Program.objects.count() // _LINES_A_SECOND) or None


def of_cards(payload: Mapping[str, Any]) -> None:
    """Subscriber of CARD_TOPICS: one job however many changes come before it runs, and it waits
    for more of them the longer it will take, so that a day full of answers does not keep the worker
    at nothing else."""
    if cards.outdate():
        wait = wait_for_more()
        compute_cards.using(run_after=timezone.now() + wait if wait else None).enqueue()


def daily_warnings(day: date, since: date | None) -> str:
    new, kept, closed = watching.look(actors.system("job"), day)
    return f"{new} baru, {kept} tetap, {closed} selesai / {new} new, {kept} kept, {closed} closed"


def daily_cards(day: date, since: date | None) -> str:
    """Terms end with the day: open quarters are computed anew."""
    count = cards.compute()
    return f"{count} triwulan / quarters"
