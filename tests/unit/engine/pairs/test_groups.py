"""Edges inside blocks, the groups they make, and the walk from some keys alone."""

from hypothesis import given
from hypothesis import strategies as st

from rakorsus.engine.pairs.groups import components, edges_in

KEYS = st.sampled_from("abcdefgh")
BLOCKS = st.dictionaries(st.sampled_from("12345"), st.sets(KEYS), max_size=5)
GRAPH = st.sets(st.tuples(KEYS, KEYS).map(lambda p: tuple(sorted(p))))


def naive(blocks, graph):
    return {
        (a, b)
        for members in blocks.values()
        for a in members
        for b in members
        if a < b and (a, b) in graph
    }


@given(BLOCKS, GRAPH, st.sets(KEYS))
def test_edges_and_groups_equal_comparing_everything(blocks, graph, only):
    def compare(a, b):
        return True if (a, b) in graph else None

    every = naive(blocks, graph)
    assert set(edges_in(blocks, compare)) == every
    groups = components(every)
    assert sorted(k for g in groups for k in g) == sorted({k for e in every for k in e})
    around = [g for g in groups if only & set(g)]
    expected = {e for e in every if any(set(e) <= set(g) for g in around)}
    assert set(edges_in(blocks, compare, only)) == expected
    assert components(edges_in(blocks, compare, only)) == around
