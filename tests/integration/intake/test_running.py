"""A batch on its way: stopped, failed, killed, run again."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.utils import timezone
from tests.integration.intake.conftest import upload

from rakorsus.engine.records import Text
from rakorsus.stages.intake import actions
from rakorsus.stages.intake.models import ImportBatch

pytestmark = pytest.mark.django_db
State = ImportBatch.State


@pytest.fixture
def batch(acting) -> ImportBatch:
    return actions.receive(acting("kesehatan"), [upload("a.csv", "x;y\n1;2\n")])


def test_stopped_before_it_began(acting, batch) -> None:
    assert actions.ask_stop(acting("kesehatan"), batch)
    batch.refresh_from_db()
    assert batch.state == State.CANCELLED
    with pytest.raises(ValueError, match="does not wait"), actions.working(batch):
        pass


def test_stopped_while_reading(acting, batch) -> None:
    with actions.working(batch) as work:
        assert actions.ask_stop(acting("koordinator"), batch)
        work.enter(State.JOINING, 50, Text("x", "x"))
        pytest.fail("went on")
    assert (batch.state, batch.worker) == (State.CANCELLED, "")


def test_too_late_to_stop(acting, batch) -> None:
    with actions.working(batch) as work:
        work.enter(State.WRITING, 80, Text("x", "x"))
        assert not actions.ask_stop(acting("koordinator"), batch)


def test_a_fault_is_told_and_run_again(acting, batch, caplog) -> None:
    with actions.working(batch):
        raise RuntimeError("boom")
    assert batch.state == State.FAILED
    assert "register tidak berubah" in batch.message_id
    assert "boom" in caplog.text
    actions.run_again(acting("kesehatan"), batch)
    batch.refresh_from_db()
    assert (batch.state, batch.runs) == (State.QUEUED, 1)
    with pytest.raises(actions.Unusable, match="masih berjalan"):
        actions.run_again(acting("kesehatan"), batch)


def test_without_originals_it_cannot_run_again(acting, batch) -> None:
    with actions.working(batch):
        raise actions.Unusable(Text("Tidak dapat dibaca.", "Cannot be read."))
    assert batch.message_id == "Tidak dapat dibaca."
    default_storage.delete(batch.files.get().stored)
    with pytest.raises(actions.Unusable, match="unggah lagi"):
        actions.run_again(acting("kesehatan"), batch)


def test_strangers_neither_stop_nor_run(acting, batch) -> None:
    for act in (actions.ask_stop, actions.run_again):
        with pytest.raises(PermissionDenied):
            act(acting("pu"), batch)


def test_a_killed_process_is_noticed_when_the_worker_starts(batch) -> None:
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"],
                          capture_output=True, check=True)  # fmt: skip
    ImportBatch.objects.filter(pk=batch.pk).update(
        state=State.WRITING,
        began=timezone.now(),
        worker=f"{socket.gethostname()}:{int(dead.stdout)}",
    )
    assert actions.mark_interrupted() == 1
    batch.refresh_from_db()
    assert batch.state == State.INTERRUPTED
    assert "Jalankan lagi" in batch.message_id


def test_a_living_one_is_left_alone(batch) -> None:
    ImportBatch.objects.filter(pk=batch.pk).update(
        state=State.READING, began=timezone.now(), worker=f"{socket.gethostname()}:{os.getppid()}"
    )
    assert actions.mark_interrupted() == 0
    ImportBatch.objects.filter(pk=batch.pk).update(
        began=timezone.now() - timedelta(hours=7), worker="elsewhere:1"
    )
    assert actions.mark_interrupted() == 1


def test_old_originals_go(acting, batch, settings) -> None:
    actions.ask_stop(acting("kesehatan"), batch)
    assert actions.forget_old_originals() == 0
    ImportBatch.objects.update(ended=timezone.now() - timedelta(days=31))
    name = batch.files.get().stored
    settings.INTAKE = {"keep_originals": True}
    assert actions.forget_old_originals() == 0
    settings.INTAKE = {}
    assert actions.forget_old_originals() == 1
    assert not default_storage.exists(name)
    assert batch.files.get().stored == ""
