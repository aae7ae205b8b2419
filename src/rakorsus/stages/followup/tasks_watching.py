"""The job of early warning: after every change of the register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django_tasks import task

from rakorsus.people import actor as actors
from rakorsus.stages.followup.actions import watching


@task()
def look_for_warnings() -> None:
    watching.look(actors.system("job"))


def of_register(payload: Mapping[str, Any]) -> None:
    """Subscriber of `register.published` and `register.amended`."""
    look_for_warnings.enqueue()
