"""The process that runs imports and analyses: django-tasks' worker, after tidying up what a
killed one left behind, with the clock of what runs daily (audit.daily) beside it."""

from __future__ import annotations

import logging
import threading
from typing import Any

from django.db import close_old_connections, connections
from django_tasks_db.management.commands import db_worker

from rakorsus import tether
from rakorsus.audit import daily, outbox
from rakorsus.operation import jobs
from rakorsus.stages.intake.actions import forget_old_originals, mark_interrupted

_TICK = 60.0  # seconds between two looks at the clock
_PATIENCE = 20.0  # for a daily task that runs while the worker is asked to stop


class Command(db_worker.Command):
    help = "Run the job worker; what a worker that was killed left behind is taken up or marked"

    def handle(self, **options: Any) -> None:  # type: ignore[override]
        tether.hold()
        keeper, stop = jobs.Keeper(), threading.Event()
        clock = threading.Thread(target=_clock, args=(stop,), name="clock", daemon=True)
        with jobs.alive() as name:
            mark_interrupted()
            forget_old_originals()
            jobs.take_up()
            outbox.deliver_pending()
            keeper.start()
            clock.start()
            try:
                super().handle(**{**options, "worker_id": name})
            finally:
                stop.set()
                keeper.stop()
                keeper.join(10)
                clock.join(_PATIENCE)


def _clock(stop: threading.Event) -> None:
    """Run what is due now and whenever a minute has passed, until told to stop."""
    while True:
        try:
            close_old_connections()
            daily.run_due()
        except Exception:  # a database that is away for a while must not end the clock
            logging.getLogger(__name__).exception("clock")
        finally:
            connections.close_all()
        if stop.wait(_TICK):
            return
