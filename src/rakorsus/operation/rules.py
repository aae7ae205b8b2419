"""Who sees how the installation is doing."""

from __future__ import annotations

from rakorsus.people.actor import Actor
from rakorsus.people.models import Role
from rakorsus.people.rules import rule


@rule("operation.read")
def may_read(actor: Actor) -> bool:
    return actor.has(Role.ADMINISTRATOR)


@rule("operation.mend")
def may_mend(actor: Actor) -> bool:
    """Run again what failed."""
    return actor.has(Role.ADMINISTRATOR)


@rule("operation.erase")
def may_erase(actor: Actor) -> bool:
    """Erase personal data."""
    return actor.has(Role.ADMINISTRATOR)
