"""The matrix of rights as the registry has it: each rule, and which roles it lets in.

A rule that looks at a record is asked with no record known; `None` means "depends on the record".
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import NamedTuple

from rakorsus.people.actor import Actor
from rakorsus.people.models import Role
from rakorsus.people.rules import REGISTRY


class Row(NamedTuple):
    name: str
    allowed: tuple[bool | None, ...]  # in the order of Role, then the public


def rows() -> Iterator[Row]:
    actors = [Actor(None, "page", grants=frozenset({(role.value, None)})) for role in Role]
    actors.append(Actor(None, "page"))
    for name in sorted(REGISTRY):
        predicate = REGISTRY[name]
        needed = [
            p
            for p in list(inspect.signature(predicate).parameters.values())[1:]
            if p.default is inspect.Parameter.empty
        ]
        allowed = tuple(None if needed else bool(predicate(actor)) for actor in actors)
        yield Row(name, allowed)
