"""Jobs of the register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django_tasks import task

from rakorsus.stages.intake import actions as intake
from rakorsus.stages.intake.models import ImportBatch
from rakorsus.stages.register.loading import load


@task()
def run_import(batch_id: str) -> None:
    """Read a queued batch and publish it; one that was stopped meanwhile is left alone."""
    intake.forget_old_originals()
    batch = ImportBatch.objects.filter(pk=batch_id, state=ImportBatch.State.QUEUED).first()
    if batch is not None:
        load(batch)


def enqueue_import(payload: Mapping[str, Any]) -> None:
    """Subscriber of `intake.queued`."""
    run_import.enqueue(payload["batch"])
