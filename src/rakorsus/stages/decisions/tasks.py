"""Jobs: what the engine says of decisions that were taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django_tasks import task

from rakorsus.people import actor as actors
from rakorsus.stages.decisions import actions, queries


@task()
def judge_waiting(run: int) -> int:
    return actions.judge(actors.system("job"), run)


@task()
def look_ahead(pk: int) -> None:
    actions.run_preview(actors.system("job"), pk)


def enqueue_preview(payload: Mapping[str, Any]) -> None:
    """Subscriber of `decisions.ahead`."""
    look_ahead.enqueue(int(payload["id"]))


def enqueue_judging(payload: Mapping[str, Any]) -> None:
    """Subscriber of `findings.run`; most runs have no decision waiting for them."""
    if queries.waiting().exists():
        judge_waiting.enqueue(int(payload["id"]))
