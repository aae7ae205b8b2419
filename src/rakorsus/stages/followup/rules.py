"""Rights on follow-up. Everybody inside reads every item; the owner and the agency's planners
report on it; whoever noted it, the coordinator and the leadership may change it."""

from __future__ import annotations

from rakorsus.people.actor import Actor
from rakorsus.people.models import Role
from rakorsus.people.rules import rule
from rakorsus.stages.findings.queries.veiled import own, veiled
from rakorsus.stages.followup.models import ActionItem

_INSIDE = (
    Role.COORDINATOR, Role.LEADER, Role.SECRETARIAT, Role.ADMINISTRATOR, Role.PLANNER,
)  # fmt: skip


@rule("followup.read")
def may_read(actor: Actor, item: ActionItem | None = None) -> bool:
    """Everybody inside; guests the items of the agencies they are guests of."""
    if actor.has(*_INSIDE) and (item is None or not veiled(actor)):
        return True
    if not actor.has(Role.GUEST, Role.PLANNER):
        return False
    return item is None or item.agency_id in own(actor) or _mine(actor, item)


@rule("followup.note")
def may_note(actor: Actor) -> bool:
    """Write an item down for others."""
    return actor.has(Role.COORDINATOR, Role.LEADER, Role.SECRETARIAT)


@rule("followup.report")
def may_report(actor: Actor, item: ActionItem) -> bool:
    """Add evidence and say that it is done: its person, planners of its agency, coordinator."""
    return _mine(actor, item) or actor.plans_for(item.agency_id) or actor.has(Role.COORDINATOR)


@rule("followup.change")
def may_change(actor: Actor, item: ActionItem) -> bool:
    """Reopen it, give it another date or owner: who noted it, coordinator, leadership."""
    return actor.has(Role.COORDINATOR, Role.LEADER) or (
        actor.user is not None and item.noted_by_id == actor.user.pk and may_note(actor)
    )


@rule("followup.comment")
def may_comment(actor: Actor, item: ActionItem) -> bool:
    """Say something about it."""
    return may_report(actor, item) or may_change(actor, item) or actor.has(Role.SECRETARIAT)


@rule("followup.settings")
def may_set(actor: Actor) -> bool:
    """Rules of reminding, the weekly letter."""
    return actor.has(Role.COORDINATOR, Role.ADMINISTRATOR)


@rule("followup.feed")
def may_feed(actor: Actor) -> bool:
    """Have a personal feed."""
    return actor.signed_in


def _mine(actor: Actor, item: ActionItem) -> bool:
    return actor.user is not None and item.person_id == actor.user.pk
