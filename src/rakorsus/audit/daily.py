"""What runs once a day or once a week by itself, without earlier stages knowing later ones.

A stage adds its task in `AppConfig.ready`:

    daily.add(daily.Task("followup.remind", _("Pengingat"), run, at=time(6)))

The job worker's clock (`run_due`) runs what is due. A period (a day, or a week named by its Monday)
is one row of `DailyRun`, claimed in a transaction: with two workers on one database a task runs
once. What a stopped machine missed is caught up once, at the next opportunity, and the task learns
since when (`since`); a run that failed or was killed is tried again, at most three times.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from rakorsus.audit.models import DailyRun

ATTEMPTS: Final = 3
_AGAIN: Final = timedelta(minutes=15)  # after a failure
_LOST: Final = timedelta(hours=2)  # a run that says nothing for so long was killed
_log = logging.getLogger(__name__)

State = DailyRun.State


@dataclass(frozen=True)
class Task:
    """`run(day, since)` does what a day asks for, says in a few words what it did, and may be run
    again for the same day; `since` is the day of the last good run, None when there is none."""

    name: str
    label: Any
    run: Callable[[date, date | None], str]
    at: time = time(6)
    weekday: int | None = None  # 0: weekly, from Monday on; None: daily

    def period(self, day: date) -> date:
        """The day, or for a weekly task the day of its week on which it falls due."""
        if self.weekday is None:
            return day
        return day - timedelta(days=(day.weekday() - self.weekday) % 7)

    def begins(self, period: date) -> datetime:
        return timezone.make_aware(datetime.combine(period, self.at))

    def due(self, now: datetime) -> date:
        """The newest period that has begun. An installation that stands on a fixed day has no
        hours: there the day has begun."""
        if settings.TODAY is not None:
            return self.period(settings.TODAY)
        day = timezone.localtime(now).date()
        period = self.period(day)
        return period if now >= self.begins(period) else self.period(period - timedelta(days=1))

    def following(self, now: datetime) -> datetime | None:
        """When it runs next; None on a fixed day."""
        if settings.TODAY is not None:
            return None
        step = timedelta(days=1 if self.weekday is None else 7)
        return self.begins(self.due(now) + step)


@dataclass(frozen=True)
class Shown:
    """A task as the status page shows it."""

    task: Task
    last: DailyRun | None
    next: datetime | None
    waits: bool  # its newest period has not been run well

    @property
    def label(self) -> str:
        return str(self.task.label)


_tasks: dict[str, Task] = {}


def add(task: Task) -> None:
    _tasks[task.name] = task


def tasks() -> Sequence[Task]:
    return sorted(_tasks.values(), key=lambda t: (t.at, t.name))


def run_due(now: datetime | None = None) -> list[str]:
    """Run what is due and nobody has run; returns the names of what ran, well or not."""
    now = now or timezone.now()
    return [task.name for task in tasks() if _run(task, now)]


def _run(task: Task, now: datetime) -> bool:
    claimed = _claim(task, now)
    if claimed is None:
        return False
    since = _since(task, claimed)
    # A weekly task that was missed on its day is told the day on which it runs.
    day = settings.TODAY or max(claimed.period, timezone.localtime(now).date())
    try:
        words = task.run(day, since)
    except Exception as error:
        _log.exception("daily task %s", task.name)
        _end(claimed, State.FAILED, f"{type(error).__name__}: {error}")
    else:
        _end(claimed, State.DONE, words)
    return True


def _claim(task: Task, now: datetime) -> DailyRun | None:
    """The row of the period, when this process is the one to run it."""
    period = task.due(now)
    with transaction.atomic():
        _row, _new = DailyRun.objects.get_or_create(task=task.name, period=period)
        row = DailyRun.objects.select_for_update().get(task=task.name, period=period)
        if row.state == State.DONE or row.attempts >= ATTEMPTS:
            return None
        if row.state == State.RUNNING and row.started and now - row.started < _LOST:
            return None
        if row.state == State.FAILED and row.ended and now - row.ended < _AGAIN:
            return None
        row.state, row.started, row.ended = State.RUNNING, now, None
        row.attempts += 1
        row.save(update_fields=["state", "started", "ended", "attempts"])
    return row


def _since(task: Task, claimed: DailyRun) -> date | None:
    done = DailyRun.objects.filter(task=task.name, state=State.DONE, period__lt=claimed.period)
    return done.order_by("-period").values_list("period", flat=True).first()


def _end(row: DailyRun, state: str, words: str) -> None:
    DailyRun.objects.filter(pk=row.pk).update(state=state, words=words[:300], ended=timezone.now())


def shown(now: datetime | None = None) -> list[Shown]:
    """Every task with its newest run, for the status page. One query."""
    now = now or timezone.now()
    begun = DailyRun.objects.exclude(started=None).order_by()
    newest = begun.values("task").annotate(pk_=Max("pk")).values("pk_")
    runs = {row.task: row for row in DailyRun.objects.filter(pk__in=newest)}
    found = []
    for task in tasks():
        last = runs.get(task.name)
        good = last is not None and last.period == task.due(now) and last.state == State.DONE
        found.append(Shown(task, last, task.following(now), not good))
    return found
