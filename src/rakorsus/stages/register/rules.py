"""Who may do what in the register. What it shows is public: planning documents are."""

from __future__ import annotations

from collections.abc import Collection

from rakorsus.people.actor import Actor
from rakorsus.people.models import Role
from rakorsus.people.rules import rule
from rakorsus.stages.intake.scope import own_codes
from rakorsus.stages.register.models import Program, SavedView


@rule("register.read")
def may_read(actor: Actor) -> bool:
    """The lines, versions, maps and exports: anybody."""
    return True


@rule("register.publish")
def may_publish(actor: Actor, agencies: Collection[str] | None = None) -> bool:
    """Coordinators everything; a planner lines of the own agencies (codes), no tables (None)."""
    own = own_codes(actor)
    return own is None or (agencies is not None and bool(own) and own.issuperset(agencies))


@rule("register.amend")
def may_amend(actor: Actor, program: Program) -> bool:
    """The line's own planner; coordinators for everybody."""
    return actor.has(Role.ADMINISTRATOR, Role.COORDINATOR) or actor.plans_for(program.agency_id)


@rule("register.follow")
def may_follow(actor: Actor) -> bool:
    return actor.signed_in


@rule("register.save_view")
def may_save_view(actor: Actor) -> bool:
    return actor.signed_in


@rule("register.open_view")
def may_open_view(actor: Actor, view: SavedView) -> bool:
    return view.shared or (actor.user is not None and view.owner_id == actor.user.pk)


@rule("register.change_view")
def may_change_view(actor: Actor, view: SavedView) -> bool:
    return actor.user is not None and view.owner_id == actor.user.pk
