"""Rights: who writes, who approves, who freezes a release, who sees which agreement.

What is published needs no right. Whoever wrote a text does not approve it.
"""

from __future__ import annotations

from rakorsus.people.actor import Actor
from rakorsus.people.models import Role
from rakorsus.people.rules import rule
from rakorsus.stages.publication.models import Agreement, Article, Milestone

_STAFF = (Role.COORDINATOR, Role.LEADER, Role.SECRETARIAT, Role.ADMINISTRATOR)


@rule("publication.read")
def may_read_desk(actor: Actor) -> bool:
    """See drafts and what waits for approval."""
    return actor.has(Role.COORDINATOR, Role.SECRETARIAT, Role.LEADER)


@rule("publication.write")
def may_write(actor: Actor) -> bool:
    return actor.has(Role.COORDINATOR, Role.SECRETARIAT)


@rule("publication.approve")
def may_approve(actor: Actor, article: Article | None = None) -> bool:
    """Leadership or coordinator, but nobody who has written in it since it was last approved."""
    if not actor.has(Role.COORDINATOR, Role.LEADER):
        return False
    if article is None:
        return True
    approved = article.live.number if article.live else 0
    writers = article.revisions.filter(number__gt=approved).values_list("by_id", flat=True)
    me = actor.user.pk if actor.user else None
    first = article.author_id if article.live is None else None
    return me is not None and me != first and me not in set(writers)


@rule("publication.withdraw")
def may_withdraw(actor: Actor) -> bool:
    return actor.has(Role.COORDINATOR, Role.LEADER)


@rule("publication.release")
def may_release(actor: Actor) -> bool:
    return actor.has(Role.COORDINATOR)


@rule("publication.classify")
def may_classify(actor: Actor) -> bool:
    return actor.has(Role.COORDINATOR)


def partner_agencies(actor: Actor) -> frozenset[int]:
    """Agencies for which the actor plans or of which the actor is a guest."""
    return frozenset(
        agency for role, agency in actor.grants if agency and role in (Role.PLANNER, Role.GUEST)
    )


@rule("agreements.read")
def may_read_agreement(actor: Actor, agreement: Agreement | None = None) -> bool:
    """Staff everything; planners and guests those that their own agency is a party of or has a
    milestone in."""
    if actor.has(*_STAFF):
        return True
    own = partner_agencies(actor)
    if agreement is None:
        return bool(own)
    sides = {party.agency_id for party in agreement.parties.all()}
    owners = {milestone.owner_id for milestone in agreement.milestones.all()}
    return bool(own & (sides | owners))


@rule("agreements.edit")
def may_edit(actor: Actor) -> bool:
    return actor.has(Role.COORDINATOR, Role.SECRETARIAT)


@rule("agreements.report")
def may_report(actor: Actor, milestone: Milestone) -> bool:
    """Tell how a milestone stands: whoever edits, or the agency that promised it."""
    if may_edit(actor):
        return True
    promised = {milestone.owner_id, milestone.party.agency_id if milestone.party else None}
    return bool(partner_agencies(actor) & promised)
