"""Edges inside blocks, the groups they make, and the walk from some keys alone."""

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from rakorsus.engine.blocks import Blocks
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


def indexed(blocks):
    """The blocks as an index of lines that have nothing but a key."""
    made = Blocks(lambda line: [name for name, members in blocks.items() if line.key in members])
    for key in "abcdefgh":
        made.put(SimpleNamespace(key=key))
    return made


@given(BLOCKS, GRAPH, st.sets(KEYS))
def test_edges_and_groups_equal_comparing_everything(blocks, graph, only):
    def compare(a, b):
        return True if (a, b) in graph else None

    every = naive(blocks, graph)
    homes = indexed(blocks)
    assert set(edges_in(homes, compare)) == every
    groups = components(every)
    assert sorted(k for g in groups for k in g) == sorted({k for e in every for k in e})
    around = [g for g in groups if only & set(g)]
    expected = {e for e in every if any(set(e) <= set(g) for g in around)}
    assert set(edges_in(homes, compare, only)) == expected
    assert components(edges_in(homes, compare, only)) == around


@given(BLOCKS, st.sets(KEYS), st.sets(KEYS))
def test_pairs_share_a_block_and_come_once_whatever_was_put_and_dropped(blocks, only, dropped):
    homes = indexed(blocks)
    for key in sorted(dropped):
        homes.drop(key)
    left = {name: members - dropped for name, members in blocks.items()}
    every = naive(left, {(a, b) for a in "abcdefgh" for b in "abcdefgh" if a < b})
    assert sorted(homes.pairs()) == sorted(every)
    assert sorted(homes.pairs(only)) == sorted(p for p in every if only & set(p))
    assert homes.asked() == sorted(name for name, members in left.items() if members)
    assert all(set(homes[name]) == members for name, members in left.items())
