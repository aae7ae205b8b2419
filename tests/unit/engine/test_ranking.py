"""The order of findings: weight first, breadth second, the same problem once."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rakorsus.engine.ranking import rank, weight
from rakorsus.engine.records import Finding, FindingKind, ProgramRef, Severity, Text


def finding(name, keys="ab", kind=FindingKind.DUPLICATE, rule="r", score=0.6, agencies=("x",)):
    return Finding(
        id=name,
        kind=kind,
        score=score,
        sure=0.8,
        severity=Severity.LOW,
        programs=tuple(ProgramRef("paket", k, "x", k, 1) for k in keys),
        agencies=agencies,
        places=(),
        period=(None, None),
        money=10**8,
        reasons=Text("a", "a"),
        rule=rule,
    )


def names(findings):
    return [f.id for f in rank(findings)]


def test_the_heavier_comes_first_and_the_score_is_what_is_left_of_the_weight():
    first, second = finding("1", "ab", score=0.5), finding("2", "cd", score=0.7)
    ordered = rank([first, second])
    assert [f.id for f in ordered] == ["2", "1"]
    assert ordered[0].score == round(weight(second), 4)
    assert ordered[1].score < weight(first)


def test_a_kind_that_floods_gives_way_to_another():
    flood = [finding(f"d{i}", f"{2 * i:02d}", score=0.6) for i in range(9)]
    flood = [
        replace(f, programs=(replace(f.programs[0], id=f"p{i}"),)) for i, f in enumerate(flood)
    ]
    other = finding("o", "xy", kind=FindingKind.OVERLAP, rule="q", score=0.55, agencies=("y",))
    assert names([*flood, other]).index("o") < 6


def test_the_same_programs_under_another_kind_fall_behind():
    first = finding("1", "ab", score=0.7)
    again = finding("2", "ab", kind=FindingKind.CLASH, rule="q", score=0.69)
    weaker = finding("3", "cd", kind=FindingKind.CLASH, rule="s", score=0.5)
    assert names([first, again, weaker]) == ["1", "3", "2"]


CASES = st.lists(
    st.tuples(
        st.sampled_from(list(FindingKind)[:10]),
        st.sampled_from("rst"),
        st.text("abcdefg", min_size=1, max_size=4),
        st.integers(1, 99),
    ),
    max_size=25,
)


@given(CASES, st.randoms(use_true_random=False))
def test_scores_fall_nothing_is_lost_and_order_of_input_does_not_matter(cases, random):
    made = [
        finding(f"{i:02d}", sorted(set(keys)), kind, rule, score / 100)
        for i, (kind, rule, keys, score) in enumerate(cases)
    ]
    ordered = rank(made)
    scores = [f.score for f in ordered]
    assert scores == sorted(scores, reverse=True)
    assert sorted(f.id for f in ordered) == sorted(f.id for f in made)
    random.shuffle(made)
    assert [f.id for f in rank(made)] == [f.id for f in ordered]
