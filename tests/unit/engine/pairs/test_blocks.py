"""Similar pairs against an independent all-pairs oracle in plain Python."""

from collections import Counter
from math import log, sqrt

from hypothesis import given, settings
from hypothesis import strategies as st

from rakorsus.engine.pairs.blocks import similar
from rakorsus.engine.pairs.vectors import vectors
from rakorsus.engine.words import stems

WORDS = ["sumur", "jalan", "rehabilitasi", "pembangunan", "desa", "irigasi", "sampah", "kajian"]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=0, max_size=5).map(" ".join)


def weighted(bags):
    frequency = Counter(term for bag in bags for term in bag)
    rows = []
    for bag in bags:
        row = {
            t: (1 + log(n)) * (log((1 + len(bags)) / (1 + frequency[t])) + 1)
            for t, n in bag.items()
        }
        norm = sqrt(sum(v * v for v in row.values())) or 1.0
        rows.append({t: v / norm for t, v in row.items()})
    return rows


def similarity(texts):
    grams = []
    for text in texts:
        padded = f" {text} "
        grams.append(
            Counter(padded[i : i + n] for n in (2, 3, 4) for i in range(len(padded) - n + 1))
        )
    halves = weighted(grams), weighted([Counter(stems(t)) for t in texts])
    return lambda i, j: sum(
        0.5 * sum(v * half[j].get(t, 0.0) for t, v in half[i].items()) for half in halves
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=2, max_size=9), st.data())
def test_same_pairs_as_comparing_everything_inside_each_block(texts, data):
    index = st.integers(0, len(texts) - 1)
    blocks = data.draw(st.lists(st.lists(index, min_size=1, max_size=9), max_size=4))
    measure, threshold = similarity(texts), 0.45
    naive = {
        (min(a, b), max(a, b)): measure(a, b)
        for block in blocks
        for a in block
        for b in block
        if a != b
    }
    near = [v for v in naive.values() if abs(v - threshold) < 1e-4]
    found = {(p.left, p.right): p.similarity for p in similar(vectors(texts), blocks, threshold)}
    if not near:  # single precision decides ties at the threshold either way
        assert set(found) == {pair for pair, value in naive.items() if value >= threshold}
    for pair, value in found.items():
        assert abs(value - naive[pair]) < 1e-3


@settings(max_examples=30, deadline=None)
@given(st.lists(TEXTS, min_size=2, max_size=8), st.sets(st.integers(0, 7)))
def test_only_gives_the_pairs_of_the_full_run_that_touch_the_rows(texts, chosen):
    rows, blocks = vectors(texts), [range(len(texts))]
    only = frozenset(i for i in chosen if i < len(texts))
    full = similar(rows, blocks, 0.4)
    assert similar(rows, blocks, 0.4, only) == [
        p for p in full if p.left in only or p.right in only
    ]


def test_equal_texts_have_similarity_one_and_empty_ones_none():
    rows = vectors(["sumur dalam", "sumur dalam", ""])
    pairs = similar(rows, [[0, 1, 2]], 0.1)
    assert [(p.left, p.right) for p in pairs] == [(0, 1)]
    assert abs(pairs[0].similarity - 1) < 1e-3
