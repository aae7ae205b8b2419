"""What verdicts teach: the table against a count by hand, the model, files, cross-fitting."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakorsus.bench.scoring import average_precision, kappa, recall_at
from rakorsus.engine.learning.features import LABELS, NAMES
from rakorsus.engine.learning.model import default, from_dict, from_json
from rakorsus.engine.learning.table import CORRECTED, Table, word_pairs

metrics = pytest.importorskip("sklearn.metrics")

WORDS = st.frozensets(st.sampled_from(["sumur", "bor", "air", "jalan", "beton"]), max_size=4)
SAID = st.lists(st.tuples(WORDS, WORDS, st.booleans()), max_size=12)


@given(SAID)
def test_the_table_counts_what_a_count_by_hand_counts(said) -> None:
    table = Table().with_verdicts(said)
    by_hand: dict[tuple[str, str], list[float]] = {}
    for left, right, yes in said:
        pairs = [((w, w), 1.0) for w in left & right]
        share = 1 / max(len(left - right), len(right - left), 1)
        pairs += [(tuple(sorted((a, b))), share) for a in left - right for b in right - left]
        for pair, part in pairs:
            by_hand.setdefault(pair, [0.0, 0.0])[0 if yes else 1] += part
    assert set(table.counts) == set(by_hand)
    for pair, counted in table.counts.items():
        assert counted == pytest.approx(by_hand[pair], abs=0.01)
    assert (table.accepted, table.rejected) == (
        sum(y for *_, y in said), sum(not y for *_, y in said),
    )  # fmt: skip


@given(SAID, SAID)
def test_two_governments_merged_are_one_that_heard_both(ours, theirs) -> None:
    together = Table().with_verdicts([*ours, *theirs])
    merged = Table().with_verdicts(ours).merged(Table().with_verdicts(theirs))
    assert set(merged.counts) == set(together.counts)
    for pair, counted in merged.counts.items():
        assert counted == pytest.approx(together.counts[pair], abs=0.01)
    assert (merged.accepted, merged.rejected) == (together.accepted, together.rejected)


@given(SAID)
def test_the_sides_of_a_pair_may_change_places(said) -> None:
    turned = [(right, left, yes) for left, right, yes in said]
    one, other = Table().with_verdicts(said), Table().with_verdicts(turned)
    assert one == other


def test_a_pair_that_was_always_accepted_speaks_for_and_one_refused_against() -> None:
    yes = (frozenset({"sumur"}), frozenset({"bor"}), True)
    no = (frozenset({"sumur"}), frozenset({"jalan"}), False)
    table = Table().with_verdicts([yes] * 6 + [no] * 6)
    assert table.odds("bor", "sumur") > 1 > 0 > -1 > table.odds("jalan", "sumur")
    assert table.odds("air", "beton") == 0
    assert table.aliases() == {"sumur": "bor"}


def test_the_word_of_a_coordinator_outweighs_and_forgetting_leaves_nothing() -> None:
    table = Table().with_verdicts([(frozenset({"sumur"}), frozenset({"bor"}), True)] * 4)
    pair = ("bor", "sumur")
    assert table.corrected({pair: False}).counts[pair] == (0.0, CORRECTED)
    assert table.corrected({pair: False}).odds(*pair) < -1
    assert table.corrected({pair: None}).odds(*pair) == 0
    assert table.corrected({}) == table


def test_a_rare_pair_does_not_leave() -> None:
    once = (frozenset({"sumur"}), frozenset({"pampang"}), True)
    often = (frozenset({"sumur"}), frozenset({"bor"}), True)
    table = Table().with_verdicts([once, often, often]).common(2)
    assert list(table.counts) == [("bor", "sumur")]


@given(SAID)
def test_a_model_survives_its_file(said) -> None:
    model = default().with_table(Table().with_verdicts(said))
    again = from_json(model.to_json())
    assert again == from_dict(json.loads(model.to_json()))
    assert again.to_json() == model.to_json()


@pytest.mark.parametrize(
    "change",
    [
        {"format": "x"}, {"weights": {}}, {"constant": math.inf}, {"pairs": [["a", "b", 1, 0]]},
        {"pairs": [["sumur", "bor", -1, 0]]}, {"pairs": [["sumur", "bor", "x", 0]]},
        {"pairs": [["sumur", "<b>", 1, 0]]}, {"pairs": [["sumur"]]}, {"verdicts": None},
    ],
)  # fmt: skip
def test_a_wrong_file_is_a_value_error(change) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_json(json.dumps(default().as_dict() | change))


def test_merged_weights_lie_between_by_the_number_of_verdicts() -> None:
    plain = default().as_dict()
    moved = from_dict(plain | {
        "verdicts": 150, "weights": {n: w + 4 for n, w in plain["weights"].items()},
    })  # fmt: skip
    merged = default().merged(moved)
    assert merged.verdicts == 150
    assert all(merged.weights[n] == pytest.approx(plain["weights"][n] + 3, abs=1e-3) for n in NAMES)


def test_every_sign_has_a_name_on_the_page() -> None:
    assert set(LABELS) == set(NAMES)
    assert all(text.id and text.en for text in LABELS.values())


def test_long_titles_pair_shared_words_only() -> None:
    many = frozenset(f"kata{chr(97 + n)}" for n in range(9))
    assert list(word_pairs(many, frozenset({"bor"}))) == []


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=1, max_size=40))
def test_average_precision_is_scikit_learns(rows) -> None:
    scores, true = np.array([s for s, _ in rows], float), np.array([t for _, t in rows])
    if true.any():
        ours = average_precision(scores, true)
        assert ours == pytest.approx(metrics.average_precision_score(true, scores))


def test_recall_and_kappa_by_hand() -> None:
    assert recall_at([4, 3, 2, 1], [1, 0, 1, 1], 0.7) == 1.0
    assert recall_at([4, 3, 2, 1], [1, 0, 0, 1], 0.7) == 0.5
    assert recall_at([4, 3, 2, 1], [1, 0, 0, 1], 0.7, among=4) == 0.25
    assert kappa(["a", "a", "b", "b"], ["a", "a", "b", "a"]) == pytest.approx(0.5)
    assert kappa(["a", "b"], ["a", "b"]) == 1.0
    assert kappa(["a", "a"], ["a", "a"]) == 1.0
