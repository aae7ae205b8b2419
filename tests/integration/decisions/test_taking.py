"""Decisions write versions of the register, and the engine says what became of the finding."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st
from tests.integration.decisions.conftest import DRAIN, HEALTH, LANE, merging, page
from tests.integration.decisions.helper import taken as taken_by

from rakorsus.audit.models import Event
from rakorsus.stages.decisions import actions, composing
from rakorsus.stages.decisions.actions import Draft
from rakorsus.stages.decisions.composing import Step
from rakorsus.stages.decisions.models import Decision
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.register import queries
from rakorsus.stages.register.models import PlanVersion, Program


def total() -> int:
    return int(queries.frame()["budget"].sum())


def test_a_taken_decision_is_one_version_and_closes_its_finding(
    drafted, coordinator, found, django_capture_on_commit_callbacks
):
    before, versions = total(), PlanVersion.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        taken = taken_by(page(coordinator), drafted)
    taken.refresh_from_db()
    found.refresh_from_db()
    assert PlanVersion.objects.count() == versions + 1
    assert taken.label == "Keputusan 1/2022"
    assert {c.program.key: c.diff for c in taken.plan_version.changes.all()} == {
        DRAIN: {"budget": [187_450_000, 368_450_000]},
        LANE: {"budget": [181_000_000, 0], "status": ["planned", "cancelled"]},
    }
    assert total() == before
    assert (found.state, taken.verdict) == ("closed", "closed")
    assert [e.action for e in Event.objects.filter(kind="decisions.decision").order_by("id")] == [
        "decisions.draft", "decisions.take", "decisions.judge",
    ]  # fmt: skip


def test_a_decision_that_leaves_the_cause_says_what_is_missing(
    lines, outcome, found, coordinator, django_capture_on_commit_callbacks
):
    draft = actions.draft(page(coordinator), Draft(
        "retime", "Drainase Pampang", "Mundur sepekan.",
        composing.retime({DRAIN: (date(2022, 5, 9), date(2022, 8, 6))}),
        finding=found, outcome=outcome, year=2022,
    ))  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        taken_by(page(coordinator), draft)
    draft.refresh_from_db()
    found.refresh_from_db()
    assert draft.verdict == Decision.Verdict.STAYS
    assert draft.result["missing"] == {"id": found.reasons_id, "en": found.reasons_en}


def test_a_new_program_gets_a_line_of_its_own(outcome, coordinator):
    fresh = {"agency": HEALTH, "title": "Posyandu Pampang", "budget": 75_000_000,
             "start": date(2022, 6, 1), "end": date(2022, 8, 31)}  # fmt: skip
    draft = actions.draft(page(coordinator), Draft(
        "new", "Posyandu", "Tambah.", fresh=[fresh], outcome=outcome, year=2022
    ))  # fmt: skip
    before = total()
    taken = taken_by(page(coordinator), draft)
    line = Program.objects.get(source="other")
    assert (line.agency.code, line.budget, line.begins) == (HEALTH, 75_000_000, date(2022, 6, 1))
    assert total() == before + 75_000_000
    assert set(taken.changes.values_list("key", "program")) == {(line.key, line.pk)}


def test_only_by_a_new_decision(drafted, coordinator, leader, lines):
    taken = taken_by(page(coordinator), drafted)
    for change in (actions.redraft,):
        with pytest.raises(ValidationError):
            change(page(coordinator), taken, merging(lines), taken.version)
    with pytest.raises(ValidationError):
        actions.drop(page(coordinator), taken, taken.version)
    steps = [Step(c.key, c.field, c.before) for c in taken.changes.all()]
    undo = actions.draft(page(coordinator), Draft(
        "merge", "Batal gabung", "Kembali seperti semula.", steps, replaces=taken, year=2022
    ))  # fmt: skip
    with pytest.raises(PermissionDenied):
        taken_by(page(coordinator), undo)  # nobody agreed to it
    taken_by(page(leader), undo)
    taken.refresh_from_db()
    assert taken.state == Decision.State.REPLACED
    now = {p.key: (p.budget, p.status) for p in Program.objects.all()}
    assert now == {p.key: (p.budget, p.status) for p in lines.values()}


def test_undoing_says_before_and_after_that_the_finding_is_back(
    drafted, coordinator, leader, found, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        taken = taken_by(page(coordinator), drafted)
    taken.refresh_from_db()
    draft = actions.undo(page(coordinator), taken, "Ternyata dua saluran.")
    assert (draft.owner, draft.owner_post) == (taken.owner, taken.owner_post)
    with django_capture_on_commit_callbacks(execute=True):
        undone = taken_by(page(leader), draft)
    undone.refresh_from_db()
    found.refresh_from_db()
    told = undone.preview
    assert (told["verdict"], told["missing"]["id"]) == ("returns", found.reasons_id)
    assert found.fingerprint not in [f["id"] for f in told["caused"]]
    assert (found.closed_run, undone.verdict) == (None, Decision.Verdict.STAYS)


def test_what_changed_meanwhile_is_refused(drafted, coordinator, lines):
    with pytest.raises(ValidationError):
        actions.take(page(coordinator), drafted, drafted.version + 1)
    from rakorsus.stages.register.actions import amend_program

    amend_program(page(coordinator), lines[LANE], {"budget": 7}, "Lain")
    with pytest.raises(ValidationError, match="Register berubah"):
        taken_by(page(coordinator), drafted)
    drafted.refresh_from_db()
    assert drafted.state == Decision.State.DRAFT


@pytest.mark.parametrize("name", ["roads", "housing", "health", "secretary"])
def test_others_may_not_take(request, drafted, name):
    with pytest.raises(PermissionDenied):
        actions.take(page(request.getfixturevalue(name)), drafted, drafted.version)
    if name != "secretary":
        with pytest.raises(PermissionDenied):
            actions.draft(page(request.getfixturevalue(name)), Draft("cancel", "a", "b"))


@pytest.mark.parametrize(
    "steps",
    [
        [],
        [Step(DRAIN, "budget", 1)],  # loses money although it only moves it
        [Step(DRAIN, "agency", "x")],
        [Step("paket_penyedia:9", "budget", 1)],
        [Step(DRAIN, "start", "2022-12-31")],
        [Step(DRAIN, "budget", -5), Step(LANE, "budget", 368_450_005)],
    ],
)
def test_drafts_that_cannot_be(city, coordinator, steps):
    with pytest.raises(ValidationError):
        actions.draft(page(coordinator), Draft("move_money", "a", "b", steps))
    assert not Decision.objects.exists()


def line(key, budget):
    return SimpleNamespace(key=key, title=key, budget=budget, tags=None)


money = st.none() | st.integers(0, 10**15)


@given(st.lists(money, min_size=2, max_size=8))
def test_merging_loses_no_rupiah(budgets):
    lines = {f"x:{n}": line(f"x:{n}", b) for n, b in enumerate(budgets)}
    keep, *others = lines.values()
    kept = composing.tidy(composing.merge(keep, others), lines)
    assert composing.balance([(s.field, before, s.after) for s, before in kept]) == 0
    after = {key: one.budget or 0 for key, one in lines.items()}
    after |= {s.key: s.after for s, _b in kept if s.field == "budget"}
    assert sum(after.values()) == sum(b or 0 for b in budgets) == after[keep.key]
    assert {s.key for s, _b in kept if s.field == "status"} == {o.key for o in others}


@given(money, money, st.integers(-(10**6), 10**15))
def test_moving_loses_no_rupiah(first, second, amount):
    a, b = line("a", first), line("b", second)
    try:
        steps = composing.move_money(a, b, amount)
    except ValidationError:
        assert amount <= 0 or amount > (first or 0)
        return
    assert [s.after for s in steps] == [(first or 0) - amount, (second or 0) + amount]
    assert min(s.after for s in steps) >= 0


def test_the_next_file_without_the_change_is_a_finding_until_it_follows(
    drafted, coordinator, django_capture_on_commit_callbacks
):
    from tests.integration.findings.conftest import duplicates, fill

    with django_capture_on_commit_callbacks(execute=True):
        taken_by(page(coordinator), drafted)
    rows = duplicates(1)
    rows[0]["volume"] = "240 m"
    with django_capture_on_commit_callbacks(execute=True):
        fill(rows)
    behind = Finding.objects.filter(rule="mismatch.decision", closed_run=None)
    assert {f.lines.get().program.key for f in behind} == {DRAIN, LANE}
    assert not Finding.objects.filter(kind="duplicate", closed_run=None).exists()
    assert Program.objects.get(key=LANE).status == "cancelled"
    rows[0]["budget"] = 368_450_000
    rows[1] |= {"budget": 0, "status": "cancelled"}
    with django_capture_on_commit_callbacks(execute=True):
        fill(rows)
    assert not Finding.objects.filter(rule="mismatch.decision", closed_run=None).exists()
