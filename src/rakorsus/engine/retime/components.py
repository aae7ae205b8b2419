"""Works that do not meet can be moved without looking at each other: split before solving."""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx

from rakorsus.engine.retime.records import Conflict, Work


def components(
    works: Sequence[Work], conflicts: Sequence[Conflict]
) -> list[tuple[list[Work], list[Conflict]]]:
    """Groups of works joined by conflicts, in the order of their first id; lone works are left
    out."""
    known = {work.id: work for work in works}
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from((c.first, c.second) for c in conflicts)
    place = {
        name: number
        for number, group in enumerate(nx.connected_components(graph))
        for name in group
    }
    inside: dict[int, tuple[list[Work], list[Conflict]]] = {}
    for name in sorted(place):
        inside.setdefault(place[name], ([], []))[0].append(known[name])
    for conflict in conflicts:
        inside[place[conflict.first]][1].append(conflict)
    return list(inside.values())
