"""Whose lines an actor may load: everything, or the lines of the own agencies and their units."""

from __future__ import annotations

from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency
from rakorsus.people.rules import can


def own_codes(actor: Actor) -> frozenset[str] | None:
    """Codes of the agencies that the actor plans for, units below them included.

    None: the actor may load everything. One query, for planners only.
    """
    if can(actor, "intake.load_all"):
        return None
    below: dict[int | None, list[tuple[int, str]]] = {}
    own: list[tuple[int, str]] = []
    for pk, code, parent in Agency.objects.values_list("pk", "code", "parent_id"):
        below.setdefault(parent, []).append((pk, code))
        if pk in actor.agency_ids:
            own.append((pk, code))
    codes: set[str] = set()
    while own:
        pk, code = own.pop()
        if code not in codes:
            codes.add(code)
            own += below.get(pk, [])
    return frozenset(codes)
