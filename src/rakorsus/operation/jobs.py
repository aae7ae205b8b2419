"""Jobs that were cut off by the end of their worker, and messages that nobody handed over.

A worker holds a lock on a file of its name as long as it lives; the system lets go of it however
the worker ends. A job that is marked as running by a worker whose lock is free is put back in the
queue, and shown as failed when three workers have ended over it.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import Error, close_old_connections, connection, transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from rakorsus.audit import actions as audit
from rakorsus.audit import outbox
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.intake.actions import mark_interrupted

try:
    import fcntl
except ImportError:  # Windows: jobs that were cut off are taken up when they have been silent
    fcntl = None  # type: ignore[assignment]

_TRIES = 3
_SHOWN = 50
_PAUSE = 5.0  # seconds between two looks
_SILENT = timedelta(hours=6)  # no job takes so long: its worker is dead, wherever it ran
_LOG = logging.getLogger(__name__)


class CutOff(Exception):
    """Every worker that ran this job was ended before it was done."""


@contextmanager
def alive() -> Iterator[str]:
    """A name for this worker, known to be alive as long as the context is open."""
    folder = _folder()
    folder.mkdir(exist_ok=True)
    name = f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"
    fresh = folder / f".{name}"  # under its own name only once it is held
    with fresh.open("w") as held:
        if fcntl is not None:
            fcntl.flock(held, fcntl.LOCK_EX)
        fresh.rename(folder / name)
        yield name  # the file stays: a worker that ends by an error may leave a job as well


def take_up() -> int:
    """Put jobs of dead workers back in the queue, or end them as failed; returns how many."""
    count = 0
    for job in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        if _left(job):
            count += _take_up(job)
    free = [file for file in _folder().glob("[!.]*") if _free(file)]
    needed = _names() if free else frozenset[str]()
    for file in free:
        if file.name not in needed:
            file.unlink(missing_ok=True)
    return count


def failed() -> list[DBTaskResult]:
    """Jobs of the last month that ended with an error, newest first."""
    since = timezone.now() - timedelta(days=30)
    found = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__gt=since)
    return list(found.order_by("-finished_at")[:_SHOWN])


@transaction.atomic
def run_again(actor: Actor, pk: UUID) -> bool:
    """Queue a failed job once more; False when it has been meanwhile."""
    require(actor, "operation.mend")
    again = DBTaskResult.objects.filter(pk=pk, status=TaskResultStatus.FAILED).update(
        status=TaskResultStatus.READY, worker_ids=[], started_at=None, finished_at=None,
        traceback="", exception_class_path="",
    )  # fmt: skip
    if again:
        audit.record(actor, "operation.run_again", ("operation.job", str(pk)))
    return bool(again)


def _take_up(job: DBTaskResult) -> bool:
    with transaction.atomic():
        mine = DBTaskResult.objects.select_for_update().filter(
            pk=job.pk, status=TaskResultStatus.RUNNING, worker_ids=job.worker_ids
        ).first()  # fmt: skip
        if mine is None:
            return False
        if len(mine.worker_ids) >= _TRIES:
            mine.set_failed(CutOff(f"{_TRIES} workers ended over it"))
        else:
            mine.status, mine.started_at = TaskResultStatus.READY, None
            mine.save(update_fields=["status", "started_at"])
    _LOG.warning("job %s (%s) was cut off", job.task_path.rpartition(".")[2], job.pk)
    return True


def _left(job: DBTaskResult) -> bool:
    """Whether the worker of a running job is dead."""
    name = job.worker_ids[-1] if job.worker_ids else ""
    file = _folder() / Path(str(name)).name
    if name and file.exists():
        return _free(file)
    return job.started_at is None or timezone.now() - job.started_at > _SILENT


def _names() -> frozenset[str]:
    """The workers that jobs in work name."""
    jobs = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    return frozenset(str(n) for ids in jobs.values_list("worker_ids", flat=True) for n in ids)


def _free(file: Path) -> bool:
    """Whether there is such a file and nobody holds it."""
    if fcntl is None:
        return False
    try:
        with file.open() as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # held by a worker that lives, or not of this installation's folder
        return False
    return True


def _folder() -> Path:
    return Path(settings.HOME) / "workers"


class Keeper(threading.Thread):
    """Beside a worker: hands over messages that wait since the last look, takes up cut-off jobs."""

    def __init__(self) -> None:
        super().__init__(name="keeper", daemon=True)
        self._seen: frozenset[int] = frozenset()
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(_PAUSE):
            try:
                close_old_connections()
                self.look()
            except Error as error:  # the database is away, or busy: the next look
                _LOG.warning("looking for what was left: %s", type(error).__name__)
                with suppress(Error):
                    connection.close()
        connection.close()

    def look(self) -> None:
        """What waited at the last look too has been left by whoever wrote it."""
        waiting = outbox.pending()
        outbox.deliver_pending(waiting & self._seen)
        self._seen = waiting
        take_up()
        mark_interrupted(starting=False)

    def stop(self) -> None:
        self._over.set()
