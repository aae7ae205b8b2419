"""Jobs of a worker that was killed, what it did not hand over, and processes left alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import DatabaseError, transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from tests.integration.register.test_kill import ROOT

from rakorsus import tether
from rakorsus.audit import outbox
from rakorsus.audit.models import Event, OutboxMessage
from rakorsus.operation import jobs
from rakorsus.people.models import Membership, Role, User
from rakorsus.stages.findings.tasks import run_learning

WORKER = """
import sys, time
import django
django.setup()
from rakorsus.operation import jobs
from rakorsus.people.models import Membership, Role, User
with jobs.alive() as name:
    print(name, flush=True)
    time.sleep(600)
"""
CHILD = """
import os, sys, time
from rakorsus import tether
tether.hold()
print(os.getpid(), flush=True)
time.sleep(600)
"""
PARENT = """
import os, subprocess, sys, time
child = [sys.executable, "-c", sys.argv[1]]
subprocess.Popen(child, env={**os.environ, "RAKORSUS_SUPERVISOR": str(os.getpid())})
time.sleep(600)
"""


@pytest.fixture(autouse=True)
def _own_home(tmp_path, settings):
    settings.HOME = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "whitenoise" not in m]
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


@pytest.fixture
def worker(tmp_path):
    """A worker in another process of the same installation, and its name."""
    own = os.environ | {"RAKORSUS_HOME": str(tmp_path), "PYTHONPATH": str(ROOT / "src"),
                        "DJANGO_SETTINGS_MODULE": "rakorsus.web.settings"}  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-c", WORKER], env=own, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield process, process.stdout.readline().strip()
        process.kill()


def running(*workers: str) -> DBTaskResult:
    run_learning.enqueue("kata")
    job = DBTaskResult.objects.get()
    job.worker_ids = list(workers[:-1])
    job.claim(workers[-1])
    return job


@pytest.mark.django_db(transaction=True)
def test_a_job_is_taken_up_when_its_worker_is_killed_and_not_before(worker) -> None:
    process, name = worker
    job = running(name)
    assert jobs.take_up() == 0
    process.kill()
    process.wait()
    assert jobs.take_up() == 1
    job.refresh_from_db()
    assert (job.status, job.started_at) == (TaskResultStatus.READY, None)
    assert jobs.take_up() == 0


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_ends_by_an_error_leaves_its_job_to_others() -> None:
    """As when the database goes away: it cannot even note that the job failed."""

    def work() -> None:
        with jobs.alive() as name:
            running(name)
            raise DatabaseError("away")

    with pytest.raises(DatabaseError):
        work()
    assert jobs.take_up() == 1


@pytest.mark.django_db(transaction=True)
def test_a_job_over_which_three_workers_ended_is_shown_as_failed(worker) -> None:
    process, name = worker
    job = running("one", "two", name)
    process.kill()
    process.wait()
    assert jobs.take_up() == 1
    job.refresh_from_db()
    assert job.status == TaskResultStatus.FAILED
    assert job.exception_class_path.endswith(".CutOff")


def test_the_administrator_runs_a_failed_job_again(client, db) -> None:
    job = running("one")
    job.set_failed(jobs.CutOff("three"))
    user = User.objects.create_user("admin", "admin@contoh.go.id")
    Membership.objects.create(user=user, role=Role.ADMINISTRATOR)
    client.force_login(user)
    again = f"/pengaturan/keadaan/pekerjaan/{job.pk}/ulang/"
    assert again in client.get("/pengaturan/keadaan/").content.decode()
    assert client.post(again).status_code == 302
    job.refresh_from_db()
    assert (job.status, job.worker_ids) == (TaskResultStatus.READY, [])
    assert Event.objects.filter(action="operation.run_again", actor=user).count() == 1
    client.post(again)
    assert Event.objects.filter(action="operation.run_again").count() == 1


def test_others_do_not(client, db) -> None:
    user = User.objects.create_user("bappeda", "bappeda@contoh.go.id")
    Membership.objects.create(user=user, role=Role.COORDINATOR)
    client.force_login(user)
    job = running("one")
    job.set_failed(jobs.CutOff("three"))
    assert client.post(f"/pengaturan/keadaan/pekerjaan/{job.pk}/ulang/").status_code == 403
    job.refresh_from_db()
    assert job.status == TaskResultStatus.FAILED


@pytest.mark.django_db(transaction=True)
def test_a_worker_of_another_machine_is_left_its_job() -> None:
    running("other-host-12-abcd")
    assert jobs.take_up() == 0


@pytest.mark.django_db(transaction=True)
def test_what_waits_at_two_looks_is_handed_over(monkeypatch) -> None:
    heard: list[dict] = []
    monkeypatch.setattr(outbox, "_subscribers", {"test.topic": [heard.append]})
    OutboxMessage.objects.create(topic="test.topic", payload={"n": 1})
    keeper = jobs.Keeper()
    keeper.look()
    assert heard == []
    keeper.look()
    keeper.look()
    assert heard == [{"n": 1}]


@pytest.mark.django_db(transaction=True)
def test_who_cannot_hear_yet_does_not_undo_the_change(monkeypatch) -> None:
    """The change is committed: its author is not told that it failed."""
    heard: list[dict] = []

    def busy_at_first(payload: dict) -> None:
        if not heard:
            heard.append({})
            raise DatabaseError("busy")
        heard.append(payload)

    monkeypatch.setattr(outbox, "_subscribers", {"test.topic": [busy_at_first]})
    with transaction.atomic():
        outbox.emit("test.topic", {"n": 1})
    assert len(outbox.pending()) == 1
    assert outbox.deliver_pending() == 1
    assert heard == [{}, {"n": 1}]


def test_a_process_ends_when_its_supervisor_is_killed() -> None:
    own = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, CHILD], env=own, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert tether.alive(child)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        assert parent.stdout.read() == ""  # ends when the last one who holds it has ended
    until = time.monotonic() + 30
    while tether.alive(child) and time.monotonic() < until:
        time.sleep(0.1)
    assert not _running(child)


def _running(pid: int) -> bool:
    """Ended processes whose parent has not asked yet do not run any more."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(") ")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
