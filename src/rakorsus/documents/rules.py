"""Rights on papers. Who may read one is asked by the stage it belongs to."""

from __future__ import annotations

from rakorsus.people.actor import Actor
from rakorsus.people.models import Role
from rakorsus.people.rules import rule


@rule("documents.manage")
def may_manage(actor: Actor) -> bool:
    """Letterheads, signatories, patterns of numbers."""
    return actor.has(Role.ADMINISTRATOR, Role.COORDINATOR)


@rule("documents.issue")
def may_issue(actor: Actor) -> bool:
    """Give a paper its number; take one back."""
    return actor.has(Role.ADMINISTRATOR, Role.COORDINATOR, Role.SECRETARIAT)
