"""What a ticket of the hall says of its holder's rights, and whether that still holds."""

from __future__ import annotations

from typing import Any, Final

from rakorsus.people.actor import Actor
from rakorsus.people.rules import can
from rakorsus.people.standing import Mark, standing
from rakorsus.stages.findings.queries.visible import reads_all

_ROLES: Final = ("audience", "member", "chair")


def role_of(actor: Actor) -> str:
    if can(actor, "meeting.run"):
        return "chair"
    return "member" if can(actor, "meeting.speak") else "audience"


def sees_findings(actor: Actor) -> bool:
    return bool(reads_all(actor))


def fallen(claims: list[list[Any]]) -> list[list[Any]]:
    """The claims (`gateway.listener.Claim`) that hold no more: the holder signed out, was
    deactivated, may not come into the hall, or has less than the ticket says."""
    people = standing({_mark(claim) for claim in claims})
    return [claim for claim in claims if not _holds(people.get(_mark(claim)), *claim[-2:])]


def _mark(claim: list[Any]) -> Mark:
    return Mark(*claim[:-2])


def _holds(actor: Actor | None, role: str, sees: bool) -> bool:
    if actor is None or not can(actor, "hall.enter"):
        return False
    if _ROLES.index(role_of(actor)) < _ROLES.index(role):
        return False
    return sees_findings(actor) or not sees
