"""The clock of the job worker: once a period, also for two workers, missed days caught up once."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from tests.integration.register.test_kill import environment

from rakorsus.audit import daily
from rakorsus.audit.models import DailyRun

MONDAY = date(2022, 3, 14)
pytestmark = pytest.mark.django_db


@pytest.fixture
def ran(monkeypatch, settings) -> Iterator[list[tuple[str, date, date | None]]]:
    """Two tasks that note what they were asked, in place of those of the stages."""
    settings.TODAY = None
    calls: list[tuple[str, date, date | None]] = []

    def noting(name: str):
        return lambda day, since: calls.append((name, day, since)) or "baik"

    monkeypatch.setattr(daily, "_tasks", {})
    daily.add(daily.Task("harian", "Harian", noting("harian"), time(6)))
    daily.add(daily.Task("pekanan", "Pekanan", noting("pekanan"), time(6, 30), weekday=0))
    return calls


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def test_once_a_day_and_once_a_week(ran):
    daily.run_due(at(MONDAY, 7))
    ran.clear()
    for day in range(14):
        for hour in (0, 5, 6, 7, 13, 23):
            daily.run_due(at(MONDAY + timedelta(days=1 + day), hour))
    days = [day for name, day, _since in ran if name == "harian"]
    assert days == [MONDAY + timedelta(days=1 + n) for n in range(14)]
    weeks = [day for name, day, _since in ran if name == "pekanan"]
    assert weeks == [MONDAY + timedelta(days=7), MONDAY + timedelta(days=14)]


def test_missed_days_are_caught_up_once_and_the_task_learns_since_when(ran):
    daily.run_due(at(MONDAY, 7))
    ran.clear()
    away = MONDAY + timedelta(days=9)  # the Wednesday of the week after
    for hour in (8, 9, 10):
        daily.run_due(at(away, hour))
    assert ran == [("harian", away, MONDAY), ("pekanan", away, MONDAY)]


def test_what_failed_is_tried_again_three_times_and_shown(ran, monkeypatch):
    calls = []

    def broken(day: date, since: date | None) -> str:
        calls.append(day)
        raise RuntimeError("disk penuh")

    monkeypatch.setattr(daily, "_tasks", {})
    daily.add(daily.Task("rusak", "Rusak", broken, time(6)))
    for minutes in range(0, 600, 5):
        daily.run_due(at(MONDAY, 6) + timedelta(minutes=minutes))
    DailyRun.objects.update(ended=at(MONDAY, 6))
    for minutes in range(0, 600, 5):
        daily.run_due(at(MONDAY, 7) + timedelta(minutes=minutes))
        DailyRun.objects.update(ended=at(MONDAY, 6))
    assert len(calls) == daily.ATTEMPTS
    row = daily.shown(at(MONDAY, 12))[0]
    assert row.last is not None
    assert row.last.state == DailyRun.State.FAILED
    assert "disk penuh" in row.last.words
    assert row.waits
    assert row.next == at(MONDAY + timedelta(days=1), 6)


def test_a_killed_run_is_run_again(ran):
    DailyRun.objects.create(task="harian", period=MONDAY, state="running", attempts=1,
                            started=at(MONDAY, 6))  # fmt: skip
    daily.run_due(at(MONDAY, 7))
    assert [name for name, *_ in ran] == ["pekanan"]  # it may still be running
    daily.run_due(at(MONDAY, 9))
    assert [name for name, *_ in ran] == ["pekanan", "harian"]


def test_a_fixed_day_runs_once(ran, settings):
    settings.TODAY = MONDAY
    for _n in range(3):
        daily.run_due()
    assert [(name, day) for name, day, _since in ran] == [
        ("harian", MONDAY), ("pekanan", MONDAY)
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_two_workers_on_one_database_run_a_task_once(tmp_path):
    """Real job workers, started at the same moment; each task of the stages is run by one."""
    own = environment(tmp_path) | {"RAKORSUS_TODAY": MONDAY.isoformat()}
    if connection.vendor == "sqlite":
        migrate = [sys.executable, "-m", "django", "migrate", "-v0", "--skip-checks"]
        subprocess.run(migrate, env=own, check=True)
    command = [sys.executable, "-m", "django", "job_worker", "--queue-name", "*"]
    workers = [
        subprocess.Popen(command, env=own, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    try:
        rows = _settled(own, len(daily.tasks()))
    finally:
        for one in workers:
            one.terminate()
        told = [one.communicate(timeout=60)[1].decode() for one in workers]
    assert rows == {t.name: ["done", 1] for t in daily.tasks()}, told
    assert not any("Traceback" in words for words in told), told


PROGRAM = """
import json, sys, time
import django
django.setup()
from rakorsus.audit.models import DailyRun, Event
until = time.monotonic() + 120
while time.monotonic() < until:
    rows = {r.task: [r.state, r.attempts] for r in DailyRun.objects.all()}
    if len(rows) == int(sys.argv[1]) and all(state == "done" for state, _n in rows.values()):
        break
    time.sleep(0.3)
assert Event.objects.filter(action="followup.letter").count() == 1
print(json.dumps(rows))
"""


def _settled(own: dict[str, str], count: int) -> dict[str, list[Any]]:
    """Waits until as many tasks have ended well; what each row says."""
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(count)], env=own, text=True,
                          capture_output=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_the_stages_have_put_their_tasks_on_the_clock():
    assert {t.name for t in daily.tasks()} == {
        "followup.cards", "followup.letter", "followup.remind", "followup.warnings",
        "publication.agreements",
    }  # fmt: skip
