"""Rights on findings. The public sees none: they are talk between agencies, not yet facts.

Planners read all findings, because knowing each other's programs is the point; they answer, talk
and settle only where their own agency is a side. Guests read findings of the agencies that they
are guests of. Of a line that is hidden from them (`queries.veiled`) guests, and planners of outside
bodies, learn that a finding exists, not what it is.
"""

from __future__ import annotations

from rakorsus.people.actor import Actor
from rakorsus.people.models import Role
from rakorsus.people.rules import rule
from rakorsus.stages.findings.models import Comment, Finding, Settlement
from rakorsus.stages.findings.queries import reads_all, visible
from rakorsus.stages.register.models import Program

_EVERYTHING = (Role.COORDINATOR, Role.LEADER, Role.SECRETARIAT, Role.ADMINISTRATOR)


def guest_of(actor: Actor) -> frozenset[int]:
    """Agencies whose findings a guest may read."""
    return frozenset(a for role, a in actor.grants if a and role == Role.GUEST)


def _sides(finding: Finding) -> set[int]:
    return {side.agency_id for side in finding.sides.all()}


@rule("findings.read")
def may_read(actor: Actor, finding: Finding | None = None) -> bool:
    """See findings; guests only those of the agencies they are guests of."""
    if actor.has(*_EVERYTHING, Role.PLANNER) and (finding is None or reads_all(actor)):
        return True
    if finding is None:
        return bool(guest_of(actor))
    return visible(actor, Finding.objects.filter(pk=finding.pk)).exists()


@rule("findings.answer")
def may_answer(actor: Actor, finding: Finding, agency_id: int) -> bool:
    """Answer for one side: its own planner."""
    return actor.plans_for(agency_id) and agency_id in _sides(finding)


@rule("findings.discuss")
def may_discuss(actor: Actor, finding: Finding) -> bool:
    """Read and write the talk: planners of the sides, coordinator and leader."""
    return actor.has(Role.COORDINATOR, Role.LEADER) or bool(actor.agency_ids & _sides(finding))


@rule("findings.change_comment")
def may_change_comment(actor: Actor, comment: Comment) -> bool:
    return actor.user is not None and comment.by_id == actor.user.pk


@rule("findings.settle")
def may_settle(actor: Actor, finding: Finding, agency_id: int) -> bool:
    """Propose and agree for one side: its own planner."""
    return actor.plans_for(agency_id) and agency_id in _sides(finding)


@rule("findings.withdraw")
def may_withdraw(actor: Actor, settlement: Settlement) -> bool:
    """Take a proposal back: the side that made it, or the coordinator."""
    return actor.plans_for(settlement.agency_id) or actor.has(Role.COORDINATOR)


@rule("findings.reply")
def may_reply(actor: Actor, line: Program) -> bool:
    """Answer the question about a line, or put it off: its own planner."""
    return actor.plans_for(line.agency_id)


@rule("findings.coordinate")
def may_coordinate(actor: Actor) -> bool:
    """Run the engine, set its rules, turn expected repetition into a finding."""
    return actor.has(Role.COORDINATOR, Role.ADMINISTRATOR)


@rule("findings.learnt")
def may_see_learnt(actor: Actor) -> bool:
    """See what answers have taught: everybody who reads all findings."""
    return actor.has(*_EVERYTHING, Role.PLANNER)
