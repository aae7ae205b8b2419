"""Rights on meetings. The coordinator plans and leads, the secretariat receives and writes down,
the leadership decides, planners speak for their own agency."""

from __future__ import annotations

from rakorsus.people.actor import Actor
from rakorsus.people.models import Role
from rakorsus.people.rules import rule
from rakorsus.stages.findings.queries import veiled
from rakorsus.stages.meeting.models import AgendaItem, Participant

_STAFF = (Role.COORDINATOR, Role.SECRETARIAT, Role.ADMINISTRATOR)


@rule("meeting.read")
def may_read(actor: Actor) -> bool:
    """The agenda, the running order and what was decided: everybody who signs in with a role."""
    return actor.has(*Role.values)


@rule("meeting.papers")
def may_read_papers(actor: Actor) -> bool:
    """Papers of a meeting: everybody of the government. Guests from outside have their own page."""
    return actor.has(*_STAFF, Role.LEADER, Role.PLANNER) and not veiled(actor)


@rule("meeting.issue")
def may_issue(actor: Actor) -> bool:
    """Give a paper of the meeting its number, or take it back."""
    return actor.has(*_STAFF)


@rule("meeting.screen")
def may_screen(actor: Actor) -> bool:
    """The projector's view: it also shows the findings that touch what is presented."""
    return actor.has(*_STAFF, Role.LEADER, Role.PLANNER) and not veiled(actor)


@rule("meeting.plan")
def may_plan(actor: Actor) -> bool:
    return actor.has(Role.COORDINATOR, Role.ADMINISTRATOR)


@rule("meeting.invite")
def may_invite(actor: Actor) -> bool:
    """Participants with their addresses, invitations, check-in."""
    return actor.has(*_STAFF)


@rule("meeting.check_in")
def may_check_in(actor: Actor, participant: Participant) -> bool:
    """Note an arrival: the staff, and planners for their own agency's invitation."""
    return actor.has(*_STAFF) or participant.agency_id in actor.agency_ids


@rule("meeting.run")
def may_run(actor: Actor) -> bool:
    """Start and end items, grant the floor."""
    return actor.has(*_STAFF)


@rule("meeting.prepare")
def may_prepare(actor: Actor, item: AgendaItem) -> bool:
    """Fill the form of a presentation: planners of the agency that presents, and the staff."""
    return actor.plans_for(item.agency_id) or actor.has(*_STAFF)


@rule("meeting.speak")
def may_speak(actor: Actor) -> bool:
    """Ask a question, ask for the floor."""
    return actor.has(Role.PLANNER, Role.LEADER, Role.COORDINATOR, Role.GUEST)


@rule("meeting.note")
def may_note(actor: Actor, item: AgendaItem) -> bool:
    """Write notes on an item: the staff, and at a desk the planners of its sides."""
    if actor.has(*_STAFF):
        return True
    return bool(actor.agency_ids & sides_of(item))


@rule("meeting.settle")
def may_settle(actor: Actor, item: AgendaItem) -> bool:
    """Write down how a desk ended: coordinator, leadership and the sides of the finding."""
    return actor.has(Role.COORDINATOR, Role.LEADER) or bool(actor.agency_ids & sides_of(item))


@rule("meeting.resolve")
def may_resolve(actor: Actor) -> bool:
    """Put a decision before the plenary, open and close a vote."""
    return actor.has(Role.COORDINATOR, Role.LEADER)


@rule("meeting.decide")
def may_decide(actor: Actor) -> bool:
    """Decide in the plenary and vote: the leadership only."""
    return actor.has(Role.LEADER)


@rule("meeting.sign")
def may_sign(actor: Actor) -> bool:
    """Sign the minutes."""
    return actor.has(Role.LEADER, Role.COORDINATOR)


def sides_of(item: AgendaItem) -> set[int]:
    """Agencies whose case it is."""
    if item.finding is None:
        return {item.agency_id} if item.agency_id else set()
    return {side.agency_id for side in item.finding.sides.all()}
