"""How much waits, fails, and fits: read when asked, for metrics, status page and doctor."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from rakorsus.audit.models import OutboxMessage


class Figure(NamedTuple):
    name: str
    words: str
    value: float


def all_figures() -> Iterator[Figure]:
    now = timezone.now()
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    oldest = waiting.order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    yield Figure("jobs_waiting", "Jobs that wait for a worker", waiting.count())
    age = max(0.0, (now - oldest).total_seconds()) if oldest else 0.0
    yield Figure("jobs_oldest_seconds", "Age of the job that waits longest", age)
    failed = DBTaskResult.objects.filter(
        status=TaskResultStatus.FAILED, finished_at__gt=now - timedelta(days=1)
    )
    yield Figure("jobs_failed_day", "Jobs that failed within a day", failed.count())
    behind = OutboxMessage.objects.filter(delivered=None, created__lt=now - timedelta(minutes=1))
    yield Figure("outbox_behind", "Messages undelivered for over a minute", behind.count())
    yield Figure("disk_free_bytes", "Free space where the data are", free_space())
    yield Figure("database_bytes", "Size of the database", database_size())
    made = newest_backup()
    if made is not None:
        yield Figure("backup_age_seconds", "Age of the newest backup in HOME/backups", made)


def free_space() -> int:
    return shutil.disk_usage(settings.HOME).free


def database_size() -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    name = Path(str(connection.settings_dict["NAME"]))
    return sum(p.stat().st_size for p in name.parent.glob(f"{name.name}*")) if name.exists() else 0


def newest_backup() -> float | None:
    """Seconds since the newest backup in the usual folder; None where there is none."""
    folder = settings.HOME / "backups"
    times = [e.stat().st_mtime for e in os.scandir(folder)] if folder.is_dir() else []
    return max(0.0, timezone.now().timestamp() - max(times)) if times else None
