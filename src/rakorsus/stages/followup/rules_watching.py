"""Rights on warnings and report cards. Cards and warnings are for everybody inside to read; an
agency answers its own."""

from __future__ import annotations

from rakorsus.people.actor import Actor
from rakorsus.people.models import Role
from rakorsus.people.rules import rule

_INSIDE = (
    Role.COORDINATOR, Role.LEADER, Role.SECRETARIAT, Role.ADMINISTRATOR, Role.PLANNER,
)  # fmt: skip


@rule("warnings.read")
def may_read(actor: Actor) -> bool:
    """See early warnings of every agency."""
    return actor.has(*_INSIDE)


@rule("warnings.answer")
def may_answer(actor: Actor, agency_id: int) -> bool:
    """Say what is done about a warning: the agency's planner, or the coordinator for it."""
    return actor.plans_for(agency_id) or actor.has(Role.COORDINATOR)


@rule("warnings.watch")
def may_watch(actor: Actor) -> bool:
    """Look for warnings now."""
    return actor.has(Role.COORDINATOR, Role.ADMINISTRATOR)


@rule("cards.read")
def may_read_cards(actor: Actor) -> bool:
    """See report cards."""
    return actor.has(*_INSIDE)


@rule("cards.comment")
def may_comment(actor: Actor, agency_id: int) -> bool:
    """Write the agency's own word beside its card: its planner only."""
    return actor.plans_for(agency_id)


@rule("cards.freeze")
def may_freeze(actor: Actor) -> bool:
    """Close a quarter."""
    return actor.has(Role.COORDINATOR)
