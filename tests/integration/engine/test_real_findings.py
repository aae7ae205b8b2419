"""Findings on the real files: shape, determinism, and what was judged by reading stays judged."""

import csv
import json
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import polars as pl
from tests.real import needs_real_files

from rakorsus.engine.contract import to_line
from rakorsus.engine.explain import RULEBOOK, Question
from rakorsus.engine.explain.why import OF_PAIRS, conditions
from rakorsus.engine.records import FindingKind, Source
from rakorsus.engine.report import render

JUDGED = Path(__file__).parents[3] / "benchmarks" / "real" / "findings.csv"
TOP = 50


def judged():
    with JUDGED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def verdict(finding, rows):
    """What was judged of this finding, or of one by the same rule on mostly the same lines."""
    keys = set(finding.keys)
    for row in rows:
        others = set(row["programs"].split())
        alike = finding.rule == row["rule"] and len(keys & others) * 2 > len(keys | others)
        if row["finding"] == finding.id or alike:
            return row
    return None


@needs_real_files
def test_every_finding_has_the_agreed_shape_and_traces_to_its_lines(bandung):
    sources = {s.value for s in Source}
    kinds = {k.value for k in FindingKind} - {"expected"}
    known = {
        f"{source}:{ident}": title
        for source, ident, title in bandung.programs.select("source", "id", "title").iter_rows()
    }
    ids = set()
    for finding in bandung.result.findings:
        line = json.loads(to_line(finding, bandung.result.agency_names))
        ids.add(line["id"])
        assert line["kind"] in kinds
        assert line["severity"] in {"high", "medium", "low"}
        assert 0 <= line["score"] <= 1
        assert 0 <= line["sure"] <= 1
        assert isinstance(line["money"], int)
        assert line["money"] >= 0
        assert line["reasons"]["id"]
        assert line["reasons"]["en"]
        assert all(option["text"]["id"] and option["text"]["en"] for option in line["options"])
        for program in line["programs"]:
            assert program["source"] in sources
            assert known[f"{program['source']}:{program['id']}"] == program["title"]
    assert len(ids) == len(bandung.result.findings)


@needs_real_files
def test_every_finding_is_explained_and_its_rule_has_a_source(bandung):
    for finding in bandung.result.findings:
        answers = finding.evidence["answers"]
        assert [a["question"] for a in answers] == [q.value for q in Question]
        assert all(a["text"]["id"] and a["text"]["en"] for a in answers)
        assert answers[-1]["grade"] == RULEBOOK[finding.rule].source.as_dict()
    assert {f.rule for f in bandung.result.expected} <= set(RULEBOOK)


@needs_real_files
def test_in_every_finding_about_pairs_some_pair_is_not_refused_by_its_rule(bandung):
    run = bandung.opened()
    many = ("fragmentation.place", "fragmentation.theme", "overlap.learnt")
    found = [f for f in bandung.result.findings if f.rule in OF_PAIRS and f.rule not in many]
    small = [f for f in found if len(f.keys) <= 5 and f.rule != "overlap.subject"]
    assert len(small) >= 25
    for finding in small:
        said = [
            {rule: c.refusal for c in conditions(run, *pair) for rule in c.rules}
            for pair in combinations(finding.keys, 2)
        ]
        assert any(finding.rule in s and s[finding.rule] is None for s in said), finding.id


@needs_real_files
def test_marks_lie_inside_their_titles(bandung):
    for finding in bandung.result.findings:
        for words in finding.evidence.get("words", ()):
            for start, end in words["marks"]:
                assert 0 <= start < end <= len(words["text"])


@needs_real_files
def test_another_order_of_the_lines_gives_the_same_bytes(bandung):
    again = bandung.again(order=7)
    for ours, theirs in (
        (bandung.result.findings, again.findings),
        (bandung.result.expected, again.expected),
    ):
        assert [to_line(f) for f in ours] == [to_line(f) for f in theirs]


@needs_real_files
def test_some_lines_alone_give_the_findings_of_the_full_run_that_touch_them(bandung):
    by_rule = {f.rule: f for f in bandung.result.findings if f.keys}
    only = [f.keys[0] for f in by_rule.values()]
    again = bandung.again(order=3, only=only)
    full = [f for f in bandung.result.findings if set(only) & set(f.keys)]
    without_rank = [
        {f.id: replace(f, score=0.0) for f in findings} for findings in (again.findings, full)
    ]
    assert without_rank[0] == without_rank[1]
    assert len(full) >= len(by_rule)


@needs_real_files
def test_the_first_fifty_are_worth_a_desk_slot(bandung):
    rows = judged()
    verdicts = [verdict(f, rows) for f in bandung.result.findings[:TOP]]
    assert sum(v is not None and v["thanks"] == "yes" for v in verdicts) >= 40
    assert sum(v is not None and v["expected"] == "yes" for v in verdicts) <= 2


@needs_real_files
def test_expected_repetition_that_was_judged_stays_out_of_the_first_fifty(bandung):
    bad = [set(row["programs"].split()) for row in judged() if row["expected"] == "yes"]
    assert len(bad) > 20
    for finding in bandung.result.findings[:TOP]:
        repeated = any(set(finding.keys) <= group for group in bad)
        assert not (finding.keys and repeated), finding.reasons.id


@needs_real_files
def test_support_programs_and_series_are_set_aside_by_the_hundred(bandung):
    reasons = {f.rule for f in bandung.result.expected}
    assert {
        "expected.support",
        "expected.series",
        "expected.unit",
        "expected.reorganised",
        "expected.cycle",
    } <= reasons
    assert sum(len(f.programs) for f in bandung.result.expected) > 2000


@needs_real_files
def test_nothing_personal_reaches_an_output(bandung):
    report = render(
        bandung.result, bandung.programs, title="Bandung", today=bandung.programs["start"].max()
    )
    lines = [to_line(f) for f in (*bandung.result.findings, *bandung.result.expected)]
    texts = bandung.programs.select(pl.col(pl.String)).fill_null("")
    hidden = "DATA-PRIBADI-DIHAPUS"
    assert hidden not in report
    assert not any(hidden in line for line in lines)
    assert not texts.select(pl.any_horizontal(pl.all().str.contains(hidden)).any()).item()
