"""Jobs of the findings: a full run after a new version, a small one after a changed line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django_tasks import task

from rakorsus.people import actor as actors
from rakorsus.stages.findings import actions


@task()
def run_analysis() -> None:
    actions.analyse_register(actors.system("job"))


@task()
def run_recheck(keys: list[str]) -> None:
    actions.recheck(actors.system("job"), keys)


@task()
def run_trial(pk: int) -> None:
    actions.run_trial(actors.system("job"), pk)


@task()
def run_learning(cause: str) -> None:
    actions.learn(actors.system("job"), cause=cause)


def enqueue_learning(payload: Mapping[str, Any]) -> None:
    """Subscriber of `findings.learn`."""
    run_learning.enqueue(str(payload["cause"]))


def enqueue_trial(payload: Mapping[str, Any]) -> None:
    """Subscriber of `findings.trial`."""
    run_trial.enqueue(int(payload["id"]))


def enqueue_analysis(payload: Mapping[str, Any]) -> None:
    """Subscriber of `register.published` and `findings.asked`."""
    run_analysis.enqueue()


def recheck_now(payload: Mapping[str, Any]) -> None:
    """Subscriber of `register.amended`: the changed lines are judged again at once."""
    run_recheck.enqueue(list(payload.get("keys", ())))
