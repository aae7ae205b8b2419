"""Jobs of early warning and of the report cards: after changes, and daily."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django_tasks import task

from rakorsus.people import actor as actors
from rakorsus.stages.followup.actions import cards, watching

#: What changes a running quarter's cards.
CARD_TOPICS = (
    "register.published", "register.amended", "findings.run", "findings.answered",
    "findings.settlement", "meeting.settled", "decisions.taken", "followup.noted",
    "followup.completed", "followup.dropped", "followup.reopened",
)  # fmt: skip


@task()
def look_for_warnings() -> None:
    watching.look(actors.system("job"))


@task()
def compute_cards() -> int:
    return cards.compute()


def of_register(payload: Mapping[str, Any]) -> None:
    """Subscriber of `register.published` and `register.amended`."""
    look_for_warnings.enqueue()


def of_cards(payload: Mapping[str, Any]) -> None:
    """Subscriber of CARD_TOPICS: one job however many changes come before it runs."""
    if cards.outdate():
        compute_cards.enqueue()


def daily_warnings(day: date, since: date | None) -> str:
    new, kept, closed = watching.look(actors.system("job"), day)
    return f"{new} baru, {kept} tetap, {closed} selesai / {new} new, {kept} kept, {closed} closed"


def daily_cards(day: date, since: date | None) -> str:
    """Terms end with the day: open quarters are computed anew."""
    count = cards.compute()
    return f"{count} triwulan / quarters"
