"""Every finding answers five questions; what the answers say is checked against the lines."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.engine.city import HOUSING, WORKS, activity, analysed, line, place, places, programs

import rakorsus.engine
from rakorsus.engine.explain import RULEBOOK, Question, Verdict
from rakorsus.engine.explain.dates import dates

ENGINE = Path(rakorsus.engine.__file__).parent
KINDS = "duplicate|overlap|fragmentation|clash|opportunity|order|gap|mismatch|warning|unclear"


def test_every_rule_named_in_the_code_stands_in_the_rulebook_with_title_text_and_source():
    named = set()
    for path in ENGINE.rglob("*.py"):
        named |= set(re.findall(rf'"((?:{KINDS}|expected)\.[a-z_]+)"', path.read_text("utf-8")))
    assert {f"order.{step}" for step in ("land", "design", "build")} <= set(RULEBOOK)
    assert named <= set(RULEBOOK)
    for rule in RULEBOOK.values():
        for text in (rule.title, rule.text, rule.source):
            assert text.id
            assert text.en


@pytest.fixture(scope="module")
def found():
    lines = programs(
        line(1, "Pembangunan Drainase RW 03 Desa Sukajadi", package="1", fund="DAU",
             start=date(2025, 4, 1), end=date(2025, 5, 31)),
        line(2, "Rehabilitasi Drainase RW 03 Desa Sukajadi", package="2", agency=HOUSING,
             start=date(2025, 5, 1), end=date(2025, 6, 30)),
    )  # fmt: skip
    where = places(
        place("nontender:1", grade=4, rw=["03"]), place("nontender:2", grade=4, rw=["03"])
    )
    result = analysed(lines, where)
    return next(f for f in result.findings if f.rule == "duplicate.place")


def _answer(finding, question):
    return next(a for a in finding.evidence["answers"] if a["question"] == question)


def test_five_questions_in_their_order_each_in_both_languages(found):
    answers = found.evidence["answers"]
    assert [a["question"] for a in answers] == [q.value for q in Question]
    for answer in answers:
        assert answer["text"]["id"]
        assert answer["text"]["en"]
        assert answer["said"]["id"]
        assert answer["said"]["en"]


def test_the_days_together_are_the_days_that_both_lines_have(found):
    answer = _answer(found, "dates")
    assert answer["verdict"] == "yes"
    assert answer["text"]["id"].startswith("31 hari bersama, 1 Mei 2025 sampai 31 Mei 2025")


def test_the_place_is_named_down_to_the_rw_with_its_grade(found):
    answer = _answer(found, "places")
    assert (answer["verdict"], answer["grade"]["id"]) == ("yes", "RW atau kampung")
    assert "RW 3" in answer["text"]["id"]
    assert "Sukajadi" in answer["text"]["id"]


def test_object_money_fund_and_source_of_the_rule_are_said(found):
    assert "drainase" in _answer(found, "thing")["text"]["id"]
    money = _answer(found, "money")["text"]["id"]
    assert "Dinas Pekerjaan Umum Rp150 juta" in money
    assert "(DAU)" in money
    assert "Seluruhnya Rp300 juta" in money
    assert "GAO-15-49SP" in _answer(found, "rule")["grade"]["id"]
    assert WORKS in found.agencies


def _row(key: int, begin: date, finish: date, grade: int = 4) -> dict:
    return {"key": str(key), "title": f"Baris {key}", "begin": begin, "finish": finish,
            "date_grade": grade, "estimated": False}  # fmt: skip


_DAY = st.dates(date(2025, 1, 1), date(2025, 2, 28))


@given(st.lists(st.tuples(_DAY, _DAY), min_size=2, max_size=5))
def test_the_verdict_on_dates_agrees_with_counting_days(spans):
    rows = [_row(n, min(s), max(s)) for n, s in enumerate(spans)]
    days = [set(range(r["begin"].toordinal(), r["finish"].toordinal() + 1)) for r in rows]
    together = set.intersection(*days)
    some = any(days[i] & days[j] for i in range(len(days)) for j in range(i))
    answer = dates(rows)
    if together:
        assert answer.verdict is Verdict.YES
        assert answer.text.id.startswith(f"{len(together)} hari bersama")
    else:
        assert answer.verdict is (Verdict.PARTLY if some else Verdict.NO)


def test_whole_year_dates_say_nothing():
    rows = [_row(n, date(2025, 1, 1), date(2025, 12, 31), grade=1) for n in (1, 2)]
    assert dates(rows).verdict is Verdict.UNKNOWN


def test_estimated_periods_never_make_a_firm_yes():
    rows = [
        _row(n, date(2025, 3, n), date(2025, 5, 30), grade=2) | {"estimated": True} for n in (1, 9)
    ]
    answer = dates(rows)
    assert answer.verdict is Verdict.PARTLY
    assert answer.text.id.startswith("Diperkirakan dari tanggal pengumuman atau kontrak: 83 hari")
    rows[0]["finish"] = date(2025, 3, 4)
    assert dates(rows).verdict is Verdict.UNKNOWN


def test_pairs_entered_twice_are_compared_each_in_itself():
    def pair(first: int, title: str, code: str):
        return [activity(n, code, title, document="Renja", budget=300_000_000 + first)
                for n in (first, first + 1)]  # fmt: skip

    rows = [*pair(1, "Pengelolaan Taman", "1.03.02.2.01.0001"),
            *pair(3, "Penataan Makam", "1.03.02.2.01.0002")]  # fmt: skip
    found = next(f for f in analysed(programs(*rows)).findings if f.rule == "duplicate.entry")
    assert _answer(found, "thing")["grade"]["id"] == "2 pasangan"
    assert "Nama dan kodenya sama" in _answer(found, "thing")["text"]["id"]
    assert _answer(found, "dates")["text"]["id"].startswith("Pada pasangan pertama: tidak satu pun")
