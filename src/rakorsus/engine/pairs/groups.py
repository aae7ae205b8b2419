"""Pairs that belong to one problem become one group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rakorsus.engine.sets import Sets


def components(edges: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """The connected groups of an undirected graph, each sorted, in order of the first member."""
    sets = Sets()
    members: set[str] = set()
    for a, b in edges:
        sets.join(a, b)
        members.update((a, b))
    found: dict[str, list[str]] = defaultdict(list)
    for member in sorted(members):
        found[sets.root(member)].append(member)
    return [tuple(found[root]) for root in sorted(found)]
