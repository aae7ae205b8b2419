"""The clock of the machine jumps back by two days and forward by two: order and promises do not
hang on it. The seam is the clock that all of the product reads (`timezone.now`, `time.time`)."""

from __future__ import annotations

import os
import socket
import time
from datetime import datetime, timedelta

import pytest
from django.core import signing
from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from rakorsus.audit import chain, outbox
from rakorsus.audit.actions import record
from rakorsus.audit.models import Event, OutboxMessage
from rakorsus.hall import tickets
from rakorsus.operation import jobs
from rakorsus.people import actor as actors
from rakorsus.people.standing import Mark
from rakorsus.stages.findings.tasks import run_learning
from rakorsus.stages.intake.actions import mark_interrupted
from rakorsus.stages.intake.models import ImportBatch
from rakorsus.stages.meeting.live import tickets as live

TICKET = {"m": 1, "u": 1, "a": 0, "r": "member", "n": "x", "s": "", "f": False, "w": []}
DAY = 86_400.0
_now, _time = timezone.now, time.time


@pytest.fixture
def jump(monkeypatch):
    """`jump(seconds)`: the clock shows another time from now on."""

    def jumped(seconds: float) -> None:
        def shown() -> datetime:
            return _now() + timedelta(seconds=seconds)

        monkeypatch.setattr(timezone, "now", shown)
        monkeypatch.setattr(time, "time", lambda: _time() + seconds)

    return jumped


@pytest.mark.django_db(transaction=True)
def test_the_log_stays_in_the_order_of_what_happened(jump) -> None:
    for number, seconds in enumerate((0, -2 * DAY, 2 * DAY, -DAY, 0)):
        jump(seconds)
        with transaction.atomic():
            record(actors.system("job"), "test.a", ("test.thing", str(number)))
    assert chain.prove()[:2] == (5, None)
    assert chain.prove().whole
    in_order = Event.objects.order_by("id").values_list("object_id", flat=True)
    assert list(in_order) == list("01234")


@pytest.mark.django_db(transaction=True)
def test_messages_are_handed_over_in_their_order_whatever_the_clock_says(jump, monkeypatch) -> None:
    heard: list[int] = []
    monkeypatch.setattr(
        outbox, "_subscribers", {"test.topic": [lambda told: heard.append(told["n"])]}
    )
    for number, seconds in enumerate((2 * DAY, -2 * DAY, 0)):
        jump(seconds)
        OutboxMessage.objects.create(topic="test.topic", payload={"n": number})
    jump(-3 * DAY)
    keeper = jobs.Keeper()
    keeper.look()
    keeper.look()
    assert heard == [0, 1, 2]


@pytest.mark.django_db(transaction=True)
def test_a_job_of_tomorrow_is_not_forgotten_when_the_clock_is_put_right(
    jump, settings, tmp_path
) -> None:
    settings.HOME = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    jump(DAY)
    run_learning.enqueue("kata")
    jump(0)
    assert DBTaskResult.objects.ready().count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_runs_is_not_taken_for_dead_when_the_clock_jumps_forward(
    jump, settings, tmp_path
) -> None:
    settings.HOME = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    run_learning.enqueue("kata")
    job = DBTaskResult.objects.get()
    with jobs.alive() as name:
        job.claim(name)
        batch = ImportBatch.objects.create(
            state=ImportBatch.State.READING, worker=f"{socket.gethostname()}:{os.getpid()}",
            began=timezone.now(), started_by_name="x", surface="page", file_count=1,
        )  # fmt: skip
        jump(2 * DAY)
        assert jobs.take_up() == 0
        assert mark_interrupted(starting=False) == 0
    job.refresh_from_db()
    batch.refresh_from_db()
    assert (job.status, batch.state) == (TaskResultStatus.RUNNING, ImportBatch.State.READING)


def test_tickets_do_not_live_longer_when_the_clock_is_put_back(jump) -> None:
    """A ticket of the future is none: it would count until the clock has come there again."""
    jump(DAY)
    hall, stream = tickets.issue("kunci", TICKET), live.made(["order:1"], "id", Mark(1))
    assert tickets.verify("kunci", hall) == TICKET
    assert live.opened(stream) is not None
    jump(0)
    with pytest.raises(tickets.Invalid):
        tickets.verify("kunci", hall)
    assert live.opened(stream) is None
    jump(DAY + 3600)
    with pytest.raises(tickets.Invalid):
        tickets.verify("kunci", hall)
    assert live.opened(stream) is None
    with pytest.raises(signing.BadSignature):
        signing.loads(stream + "x", salt="rakorsus.live")


def test_two_machines_may_differ_by_some_seconds(jump) -> None:
    jump(5)
    hall, stream = tickets.issue("kunci", TICKET), live.made(["order:1"], "id", Mark(1))
    jump(0)
    assert tickets.verify("kunci", hall) == TICKET
    assert live.opened(stream) is not None
