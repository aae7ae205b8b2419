"""Jobs of the follow-up: items from what was decided, checkpoints from the register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django_tasks import task

from rakorsus.people import actor as actors
from rakorsus.stages.decisions.models import Decision
from rakorsus.stages.followup import actions
from rakorsus.stages.followup.actions.checkpoints import follow_lines
from rakorsus.stages.meeting.models import AgendaItem, Resolution


@task()
def take_desk(pk: int) -> None:
    actions.from_desk(actors.system("job"), AgendaItem.objects.get(pk=pk))


@task()
def take_resolution(pk: int) -> None:
    actions.from_resolution(actors.system("job"), Resolution.objects.get(pk=pk))


@task()
def take_decision(pk: int) -> None:
    actions.from_decision(actors.system("job"), Decision.objects.get(pk=pk))


@task()
def follow_register(keys: list[str] | None) -> int:
    return follow_lines(keys)


def of_desk(payload: Mapping[str, Any]) -> None:
    """Subscriber of `meeting.settled`."""
    take_desk.enqueue(int(payload["id"]))


def of_resolution(payload: Mapping[str, Any]) -> None:
    """Subscriber of `meeting.decided`."""
    take_resolution.enqueue(int(payload["id"]))


def of_decision(payload: Mapping[str, Any]) -> None:
    """Subscriber of `decisions.taken`."""
    take_decision.enqueue(int(payload["id"]))


def of_register(payload: Mapping[str, Any]) -> None:
    """Subscriber of `register.amended` and `register.published`."""
    keys = payload.get("keys")
    follow_register.enqueue(list(keys) if isinstance(keys, list) else None)


def daily_reminders(day: date, since: date | None) -> str:
    """Reminders and escalations of a day, and of the days that were missed."""
    done = actions.remind(actors.system("job"), day, settings.BASE, since)
    raised, noted, sent = done["escalated"], done["reminders"], done["letters"]
    return (f"{noted} pengingat, {sent} surat, {raised} dinaikkan / "
            f"{noted} reminders, {sent} letters, {raised} escalated")  # fmt: skip


def weekly_letter(day: date, since: date | None) -> str:
    """The week's letter of what is late, once it was not made."""
    made = actions.weekly_letter(actors.system("job"), day)
    return f"{made.content['count']} tindak lanjut terlambat / late items"
