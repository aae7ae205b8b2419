"""Who may load files: the coordinator for everybody, a planner for the own agency."""

from __future__ import annotations

from rakorsus.people.actor import Actor
from rakorsus.people.models import Role
from rakorsus.people.rules import rule
from rakorsus.stages.intake.models import ColumnMapping, ImportBatch


@rule("intake.load")
def may_load(actor: Actor) -> bool:
    """Load files; a planner's rows of other agencies are set aside (`rakorsus...intake.scope`)."""
    return actor.has(Role.ADMINISTRATOR, Role.COORDINATOR) or bool(actor.agency_ids)


@rule("intake.load_all")
def may_load_all(actor: Actor) -> bool:
    """Load rows of every agency, and reference tables."""
    return actor.has(Role.ADMINISTRATOR, Role.COORDINATOR)


@rule("intake.read")
def may_read(actor: Actor, batch: ImportBatch) -> bool:
    """See a batch with its set-aside rows, stop it, run it again, settle its rows."""
    own = actor.user is not None and batch.started_by_id == actor.user.pk
    return may_load_all(actor) or (own and may_load(actor))


@rule("intake.delete_mapping")
def may_delete_mapping(actor: Actor, mapping: ColumnMapping) -> bool:
    own = actor.user is not None and mapping.by_id == actor.user.pk
    return may_load_all(actor) or (own and may_load(actor))


@rule("intake.sources")
def may_see_sources(actor: Actor) -> bool:
    """What the register stands on, and how good the data are: everybody who signs in."""
    return actor.signed_in
