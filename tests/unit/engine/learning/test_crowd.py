"""The candidates that nobody was asked about: which they are, and what they keep low."""

from __future__ import annotations

from datetime import date
from itertools import combinations, pairwise

import pytest

from rakorsus.engine.analysis import opened
from rakorsus.engine.context import Context
from rakorsus.engine.learning import lessons
from rakorsus.engine.learning.candidates import candidates
from rakorsus.engine.learning.corpus import corpus
from rakorsus.engine.learning.lessons import Verdict, crowd, lesson
from rakorsus.engine.learning.model import default
from rakorsus.engine.learning.training import Lesson, train
from rakorsus.engine.places import regions_of
from rakorsus.synth.nation import government


@pytest.fixture(scope="module")
def run() -> Context:
    made = government("32.04", 2000, 5, "test")
    return opened(made.programs, made.agencies, regions_of(made.code), today=date(2025, 7, 1))


def test_it_is_an_even_sample_of_all_that_was_not_asked(run, monkeypatch) -> None:
    every = [pair.keys for pair in candidates(run)]
    asked = set(every[::7])
    some, unasked = crowd(run, asked)
    assert unasked == len(every) - len(asked) > 100
    assert [pair.keys for pair in some] == [keys for keys in every if keys not in asked]
    monkeypatch.setattr(lessons, "_CROWD", 40)
    few, count = crowd(run, asked)
    kept = [pair.keys for pair in few]
    assert (len(kept), len(set(kept)), count) == (40, 40, unasked)
    places = [[pair.keys for pair in some].index(keys) for keys in kept]
    steps = [b - a for a, b in pairwise(places)]
    assert max(steps) - min(steps) <= 1


def test_every_pair_of_an_answered_finding_was_asked(run) -> None:
    known = {pair.keys for pair in candidates(run)}
    left, right = sorted(known)[0]
    third = next(max(p) for p in sorted(known) if min(p) == left and max(p) != right)
    told, used = lesson(run, [Verdict((left, right, third), accepted=True)])
    assert len(used) == len(told.pairs) == 1
    about = {(min(p), max(p)) for p in combinations((left, right, third), 2)}
    assert not about & {pair.keys for pair in told.crowd}
    assert told.unasked == len(known - about)
    nothing, _ = lesson(run, [Verdict((left,), accepted=True)])
    assert (nothing.pairs, nothing.crowd, nothing.unasked) == ([], (), 0)


def test_what_nobody_saw_is_not_lifted_with_what_was_accepted(run) -> None:
    pairs = candidates(run)
    likely = default().probability(pairs, corpus(run))
    first = [pairs[i] for i in (-likely).argsort(kind="stable")[:20]]
    some, unasked = crowd(run, {pair.keys for pair in first})
    alone = train([Lesson(first, [True] * 20, corpus(run))], default())
    beside = train(
        [Lesson(first, [True] * 20, corpus(run), crowd=some, unasked=unasked)], default()
    )
    assert beside.table == alone.table
    assert beside.verdicts == alone.verdicts == 20
    rest = default().probability(some, corpus(run)).mean()
    lifted = alone.probability(some, corpus(run)).mean() - rest
    kept = beside.probability(some, corpus(run)).mean() - rest
    assert lifted > 0
    assert kept < lifted / 2
    assert beside.probability(first, corpus(run)).mean() > 0.5
