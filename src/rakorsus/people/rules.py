"""Rights: one registry of named rules, asked by every action and by every page.

A stage declares its rules in its own `rules.py`:

    @rule("findings.verdict")
    def may_answer(actor: Actor, finding: Finding) -> bool: ...

and its actions call `require(actor, "findings.verdict", finding)`. The registry is what the
matrix of rights is tested from.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied

from rakorsus.people.actor import Actor
from rakorsus.people.models import Role

Predicate = Callable[..., bool]
REGISTRY: dict[str, Predicate] = {}


def rule(name: str) -> Callable[[Predicate], Predicate]:
    """Register a predicate `(actor, *objects) -> bool` under a name."""

    def register(predicate: Predicate) -> Predicate:
        if name in REGISTRY and REGISTRY[name] is not predicate:
            raise ValueError(f"two rules are named {name}")
        REGISTRY[name] = predicate
        return predicate

    return register


def can(actor: Actor, name: str, *objects: Any) -> bool:
    """Whether the actor may; the system may everything. Unknown names are a programming error."""
    predicate = REGISTRY[name]
    return actor.system or predicate(actor, *objects)


def require(actor: Actor, name: str, *objects: Any) -> None:
    """Raises PermissionDenied unless the actor may."""
    if not can(actor, name, *objects):
        raise PermissionDenied(name)


@rule("people.read")
def may_read_people(actor: Actor) -> bool:
    return actor.has(Role.ADMINISTRATOR, Role.COORDINATOR)


@rule("people.manage")
def may_manage_people(actor: Actor) -> bool:
    return actor.has(Role.ADMINISTRATOR)


@rule("people.delegate")
def may_delegate(actor: Actor, membership: Any) -> bool:
    """One's own role only; an administrator for anybody."""
    own = actor.user is not None and membership.user_id == actor.user.pk
    return own or actor.has(Role.ADMINISTRATOR)


@rule("people.keys")
def may_manage_keys(actor: Actor) -> bool:
    """Give out and take back keys of the API."""
    return actor.has(Role.ADMINISTRATOR)


@rule("agencies.manage")
def may_manage_agencies(actor: Actor) -> bool:
    return actor.has(Role.ADMINISTRATOR, Role.COORDINATOR)


@rule("audit.read")
def may_read_audit(actor: Actor) -> bool:
    """The whole log. A planner reads the log of a record as far as it concerns the own agency."""
    return actor.has(Role.ADMINISTRATOR, Role.LEADER, Role.COORDINATOR)
