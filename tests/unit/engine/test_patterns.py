"""The compiled matcher says what Python's own says, on every pattern of the engine."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from rakorsus.engine.patterns import found
from rakorsus.engine.thesaurus import GENERIC, OBJECTS, OVERHEAD, STAGES, THEMES, objects_of
from rakorsus.engine.words import plain
from rakorsus.synth.nation import government

_PATTERNS = [c.pattern for c in (*STAGES, *OVERHEAD, *OBJECTS, GENERIC, *THEMES)]
_WORDS = sorted({w for p in _PATTERNS for w in plain(p.pattern).split()})


def _agrees(texts: list[str]) -> None:
    hits = found(pl.Series(texts, dtype=pl.String), _PATTERNS)
    for pattern, hit in zip(_PATTERNS, hits, strict=True):
        assert hit.to_list() == [pattern.search(text) is not None for text in texts], pattern


@given(st.lists(st.lists(st.sampled_from(_WORDS), max_size=6).map(" ".join), max_size=20))
def test_words_of_the_patterns_in_any_order(texts):
    _agrees(texts)


def test_titles_of_a_government():
    titles = government("32.04", 2_000).programs["title"].unique().to_list()
    _agrees(sorted(plain(title) for title in titles))


def test_a_street_that_bears_an_objects_name_is_not_the_object():
    said = objects_of(pl.Series(["jalan pasar baru", "pasar baru", "rehabilitasi ruas sungai x"]))
    assert "market" not in said[0]
    assert "market" in said[1]
    assert "river" not in said[2]
