"""The process that runs imports and analyses: django-tasks' worker, after tidying up what a
killed one left behind."""

from __future__ import annotations

from typing import Any

from django_tasks_db.management.commands import db_worker

from rakorsus import tether
from rakorsus.audit import outbox
from rakorsus.operation import jobs
from rakorsus.stages.intake.actions import forget_old_originals, mark_interrupted


class Command(db_worker.Command):
    help = "Run the job worker; what a worker that was killed left behind is taken up or marked"

    def handle(self, **options: Any) -> None:  # type: ignore[override]
        tether.hold()
        keeper = jobs.Keeper()
        with jobs.alive() as name:
            mark_interrupted()
            forget_old_originals()
            jobs.take_up()
            outbox.deliver_pending()
            keeper.start()
            try:
                super().handle(**{**options, "worker_id": name})
            finally:
                keeper.stop()
                keeper.join(10)
