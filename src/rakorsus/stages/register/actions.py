"""Every change of the register: publishing files, amending a line, readers' marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from rakorsus.people.actor import Actor
from rakorsus.stages.register.models import PlanVersion, Program


def publish(
    actor: Actor,
    picture: Any,
    *,
    batch: UUID | None = None,
    document: str | None = None,
    progress: Callable[[int, str], None] | None = None,
) -> PlanVersion | None:
    """Take a picture's frames into the register as one new version; None when nothing changed."""
    raise NotImplementedError


def amend_program(
    actor: Actor, program: Program, changes: Mapping[str, Any], reason: str
) -> PlanVersion:
    """Change fields of one line, as decided, as a version of its own."""
    raise NotImplementedError
