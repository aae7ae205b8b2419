"""Rights on decisions. The coordinator and the secretariat draft, the leadership takes them; the
coordinator takes what a desk has agreed or the plenary has adopted."""

from __future__ import annotations

from rakorsus.people.actor import Actor
from rakorsus.people.models import Role
from rakorsus.people.rules import rule
from rakorsus.stages.decisions.models import Decision
from rakorsus.stages.findings.queries.veiled import own, veiled
from rakorsus.stages.meeting.models import Resolution

_INSIDE = (
    Role.COORDINATOR, Role.LEADER, Role.SECRETARIAT, Role.ADMINISTRATOR, Role.PLANNER,
)  # fmt: skip


@rule("decisions.read")
def may_read(actor: Actor, decision: Decision | None = None) -> bool:
    """Everybody inside; guests what was decided about lines of the agencies they are guests of."""
    if actor.has(*_INSIDE) and (decision is None or not veiled(actor)):
        return True
    if not actor.has(Role.GUEST, Role.PLANNER):
        return False
    if decision is None:
        return True
    mine = own(actor)
    touched = {c.program.agency_id for c in decision.changes.all() if c.program}
    return decision.state != Decision.State.DRAFT and bool(mine & (touched | {decision.owner_id}))


@rule("decisions.draft")
def may_draft(actor: Actor) -> bool:
    """Write a draft and have the engine look at it."""
    return actor.has(Role.COORDINATOR, Role.LEADER, Role.SECRETARIAT)


@rule("decisions.take")
def may_take(actor: Actor, decision: Decision) -> bool:
    """The leadership; the coordinator what a desk agreed or the plenary adopted."""
    if actor.has(Role.LEADER):
        return True
    return actor.has(Role.COORDINATOR) and agreed(decision)


def agreed(decision: Decision) -> bool:
    """Whether it writes down what others have decided already."""
    if decision.outcome_id:
        return True
    resolution = decision.resolution
    return resolution is not None and resolution.state == Resolution.State.ADOPTED
