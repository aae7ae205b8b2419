"""The process that runs imports and analyses: django-tasks' worker, after tidying up what a
killed one left behind."""

from __future__ import annotations

from typing import Any

from django_tasks_db.management.commands import db_worker

from rakorsus.audit import outbox
from rakorsus.stages.intake.actions import forget_old_originals, mark_interrupted


class Command(db_worker.Command):
    help = "Run the job worker; imports of a worker that was killed are marked as interrupted"

    def handle(self, **options: Any) -> None:  # type: ignore[override]
        mark_interrupted()
        forget_old_originals()
        outbox.deliver_pending()
        super().handle(**options)
