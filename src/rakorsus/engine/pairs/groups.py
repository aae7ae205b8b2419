"""Pairs that belong to one problem become one group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

from rakorsus.engine.blocks import Blocks
from rakorsus.engine.sets import Sets

Edge = TypeVar("Edge")


def edges_in(
    blocks: Blocks,
    compare: Callable[[str, str], Edge | None],
    only: Iterable[str] | None = None,
) -> dict[tuple[str, str], Edge]:
    """What `compare` says of the pairs that share a block, by the pair in order of its keys.

    With `only`, the walk starts at these keys and goes on along edges: it gives every edge of
    the groups that they belong to, and looks at no other block.
    """
    found: dict[tuple[str, str], Edge] = {}
    waiting = None if only is None else blocks.standing(only)
    walked: set[str] = set()
    while waiting is None or waiting:
        reached: set[str] = set()
        for pair in blocks.pairs(waiting):
            edge = compare(*pair) if pair not in found else None
            if edge is not None:
                found[pair] = edge
                reached.update(pair)
        if waiting is None:
            break
        walked.update(waiting)
        waiting = sorted(reached - walked)
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
