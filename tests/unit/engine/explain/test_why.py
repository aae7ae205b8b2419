"""Why not: the conditions agree with what the rules find, on every pair of a made-up city."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from tests.unit.engine.city import HOUSING, WORKS, line, made, place, places, programs

from rakorsus.engine.analysis import RULES, opened
from rakorsus.engine.explain import Question, explain
from rakorsus.engine.explain.rulebook import RULEBOOK
from rakorsus.engine.explain.why import OF_PAIRS, conditions, why
from rakorsus.engine.intake import join, read_paths
from rakorsus.engine.refusal import Refusal
from rakorsus.engine.rules import Rules
from rakorsus.synth import city, files

SPRING = {"start": date(2025, 4, 1), "end": date(2025, 5, 31)}
AUTUMN = {"start": date(2025, 9, 1), "end": date(2025, 10, 31)}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("city")
    files.write(city.build(), folder)
    picture = join(read_paths([folder]))
    return opened(
        picture.programs, picture.agencies, picture.regions, picture.targets,
        Rules(nomenclature=picture.nomenclature), today=date(2022, 3, 14),
    )  # fmt: skip


@pytest.fixture(scope="module")
def findings(run):
    return [f for find in RULES for f in find(run)]


def _refusals(run, a, b) -> dict[str, Refusal | None]:
    return {rule: c.refusal for c in conditions(run, a, b) for rule in c.rules}


def test_two_lines_of_a_finding_between_pairs_are_not_refused_by_its_rule(run, findings):
    two = [f for f in findings if len(f.keys) == 2 and f.rule in OF_PAIRS]
    assert len({f.rule for f in two}) >= 6
    for finding in two:
        told = why(run, *finding.keys)
        assert finding.id in {f.id for f in told.found}
        if finding.rule != "fragmentation.place":
            assert _refusals(run, *finding.keys)[finding.rule] is None, finding.rule


def test_what_no_rule_refuses_is_found(run, findings):
    named = {frozenset(p) for f in findings for p in combinations(f.keys, 2)}
    keys = sorted({k for f in findings if f.rule in OF_PAIRS for k in f.keys})
    pairs = random.Random(5).sample(list(combinations(keys, 2)), 120)
    for a, b in pairs:
        said = {r: c.refusal for c in conditions(run, a, b) for r in c.rules}
        if None in said.values():
            assert frozenset((a, b)) in named, (a, b, said)


def test_every_finding_of_the_city_is_explained(run, findings):
    for finding in findings:
        answers = explain(run, finding).answers
        assert [a.question for a in answers] == list(Question)
        for answer in answers:
            assert answer.text.id
            assert answer.text.en
            assert answer.grade is None or (answer.grade.id and answer.grade.en)


def test_every_condition_is_a_rule_of_the_book_with_both_languages(run, findings):
    asked = conditions(run, *findings[0].keys[:2])
    assert {rule for c in asked for rule in c.rules} <= set(RULEBOOK)
    for condition in asked:
        assert condition.text.id
        assert condition.text.en


def _two(where=None, **more):
    left = line(1, "Pembangunan Drainase RW 03", package="1", **SPRING)
    right = {**line(2, "Rehabilitasi Drainase RW 03", package="2", agency=HOUSING, **SPRING)}
    spots = where or [
        place("nontender:1", grade=4, rw=["03"]), place("nontender:2", grade=4, rw=["03"])
    ]  # fmt: skip
    return made(programs(left, {**right, **more}), places(*spots))


def _said(context, rule):
    return next(c for c in why(context, "nontender:1", "nontender:2").conditions if rule in c.rules)


def test_a_pair_that_is_found_is_told_so():
    told = why(_two(), "nontender:2", "nontender:1")
    assert [f.rule for f in told.found] == ["duplicate.place"]
    assert _said(_two(), "duplicate.place").refusal is None


def test_the_wards_that_differ_are_named():
    where = [place("nontender:1", grade=4, rw=["03"]), place("nontender:2", grade=4, rw=["07"])]
    said = _said(_two(where), "duplicate.place")
    assert said.refusal is Refusal.APART
    assert "RW berbeda" in said.text.id
    assert "3; 7" in said.text.id


def test_a_place_that_is_only_the_regency_becomes_a_question_to_the_agency():
    where = [
        place("nontender:1", grade=4, rw=["03"]), place("nontender:2", grade=1, region="99.01")
    ]  # fmt: skip
    said = _said(_two(where), "duplicate.place")
    assert "hanya menyebut kabupaten/kota" in said.text.id
    assert "tanyakan Dinas Perumahan" in said.text.id


@pytest.mark.parametrize(
    ("more", "rule", "refusal", "words"),
    [
        ({"title": "Sumur Bor RW 03"}, "duplicate.place", Refusal.OTHER_OBJECT, "drainase"),
        ({"agency": WORKS}, "overlap.village", Refusal.ONE_HOUSE, "satu perangkat daerah"),
        (AUTUMN, "overlap.village", Refusal.OTHER_TIME, "selang 93 hari"),
        ({"title": "Pengawasan Drainase"}, "duplicate.place", Refusal.NOT_BUILT, "pengawasan"),
        ({"status": "failed"}, "duplicate.place", Refusal.NOT_LIVE, "gagal"),
    ],
)  # fmt: skip
def test_each_condition_says_what_failed(more, rule, refusal, words):
    said = _said(_two(**more), rule)
    assert said.refusal is refusal
    assert words in said.text.id


def test_expected_repetition_names_both():
    lines = programs(
        line(1, "Belanja Alat Tulis", agency="7.01.01"),
        line(2, "Belanja Alat Tulis", agency="7.01.02"),
    )
    told = why(made(lines), "nontender:1", "nontender:2")
    assert [f.rule for f in told.expected] == ["expected.series"]


def test_an_unknown_line_is_an_error():
    with pytest.raises(KeyError):
        why(_two(), "nontender:1", "nontender:99")


def test_the_answer_does_not_depend_on_the_order(run, findings):
    for finding in findings[:10]:
        if len(finding.keys) >= 2:
            a, b = finding.keys[:2]
            one, other = why(run, a, b), why(run, b, a)
            assert one.conditions == other.conditions
            assert replace(other, left=a, right=b) == one
