"""Pairs that belong to one problem become one group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from rakorsus.engine.sets import Sets

Edge = TypeVar("Edge")


def edges_in(
    blocks: Mapping[str, Iterable[str]],
    compare: Callable[[str, str], Edge | None],
    only: Iterable[str] | None = None,
) -> dict[tuple[str, str], Edge]:
    """What `compare` says of the pairs that share a block, by the pair in order of its keys.

    With `only`, the walk starts at these keys and goes on along edges: it gives every edge of
    the groups that they belong to, and looks at no other block.
    """
    homes: dict[str, list[Iterable[str]]] = defaultdict(list)
    for name in sorted(blocks):
        for key in blocks[name]:
            homes[key].append(blocks[name])
    waiting = sorted(homes if only is None else set(only) & set(homes), reverse=True)
    known, seen, found = set(waiting), set(), {}
    while waiting:
        key = waiting.pop()
        for block in homes[key]:
            for other in block:
                pair = (key, other) if key < other else (other, key)
                if key == other or pair in seen:
                    continue
                seen.add(pair)
                edge = compare(*pair)
                if edge is not None:
                    found[pair] = edge
                    if other not in known:
                        known.add(other)
                        waiting.append(other)
    return dict(sorted(found.items()))


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
