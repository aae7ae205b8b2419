"""Jobs of the hall: drafts of the city table on a large register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django_tasks import task

from rakorsus.hall.actions.drafts import run_draft as judge


@task()
def run_draft(pk: int) -> None:
    judge(pk)


def enqueue_draft(payload: Mapping[str, Any]) -> None:
    """Subscriber of `hall.draft`."""
    run_draft.enqueue(int(payload["id"]))
