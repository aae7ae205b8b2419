"""Rights in the hall. What changes the meeting is asked of the meeting's own rules as well."""

from __future__ import annotations

from rakorsus.people.actor import Actor
from rakorsus.people.models import Role
from rakorsus.people.rules import rule


@rule("hall.enter")
def may_enter(actor: Actor) -> bool:
    """Come into the hall: everybody who signs in with a role."""
    return actor.has(*Role.values)


@rule("hall.ask_sync")
def may_ask_sync(actor: Actor) -> bool:
    """Say "we work there too": planners."""
    return actor.has(Role.PLANNER)


@rule("hall.answer_sync")
def may_answer_sync(actor: Actor) -> bool:
    """Put such a request on the agenda, or not."""
    return actor.has(Role.COORDINATOR, Role.ADMINISTRATOR)


@rule("hall.draft")
def may_draft(actor: Actor) -> bool:
    """Try another time or place at the city table."""
    return actor.has(Role.PLANNER, Role.COORDINATOR, Role.LEADER)


@rule("hall.manage")
def may_manage(actor: Actor) -> bool:
    """How many fit into the hall, and who may watch."""
    return actor.has(Role.COORDINATOR, Role.ADMINISTRATOR)


@rule("hall.compare")
def may_compare(actor: Actor) -> bool:
    """How tables end in the hall and outside of it."""
    return actor.has(Role.COORDINATOR, Role.LEADER, Role.ADMINISTRATOR)
