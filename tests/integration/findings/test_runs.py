"""Runs keep what people said, close what is gone, and open again what comes back."""

from __future__ import annotations

from datetime import date

import pytest
from tests.integration.findings.conftest import HEALTH, ROADS, duplicates, fill, line

from rakorsus.audit import chain
from rakorsus.people import actor as actors
from rakorsus.people.models import Agency
from rakorsus.stages.findings import actions
from rakorsus.stages.findings.models import Finding, Run
from rakorsus.stages.findings.models.findings import OPEN_STATES
from rakorsus.stages.register.actions import amend_program
from rakorsus.stages.register.models import Program

SYSTEM = actors.system("cli")


def test_a_planted_duplicate_is_found_with_both_sides(found: Finding) -> None:
    assert found.state == "open"
    assert {side.agency.name for side in found.sides.all()} == {
        "Dinas Pekerjaan Umum", "Dinas Perumahan",
    }  # fmt: skip
    assert found.programs.count() == 2
    assert found.money == 181_000_000
    assert found.reasons_id
    assert found.reasons_en
    assert found.place


def test_a_second_run_changes_nothing_but_the_run(found: Finding) -> None:
    rows = Finding.objects.order_by("pk").values_list("fingerprint", "state", "score")
    before = list(rows)
    run = actions.analyse_register(SYSTEM)
    assert (run.new, run.closed, run.reopened) == (0, 0, 0)
    assert run.kept == len(before)
    assert (
        list(Finding.objects.order_by("pk").values_list("fingerprint", "state", "score")) == before
    )


def test_what_is_gone_is_closed_and_comes_back_with_its_answers(found: Finding, roads) -> None:
    actor = actors.of_user(roads, "page")
    actions.answer(actor, found, Agency.objects.get(code=ROADS), "accept")
    program = Program.objects.get(key="paket_penyedia:2001")
    amend_program(SYSTEM, program, {"places": ["Kel. Baraya Kec. Bontoala"]}, "salah lokasi")
    found.refresh_from_db()
    if found.state != "closed":  # the re-check runs after the commit, which a test never reaches
        actions.recheck(SYSTEM, [program.key])
        found.refresh_from_db()
    assert found.state == "closed"
    assert found.closed_run is not None
    program.refresh_from_db()
    back = {"places": ["RW 01 Kel. Pampang Kec. Panakkukang"]}
    amend_program(SYSTEM, program, back, "lokasi semula")
    actions.recheck(SYSTEM, [program.key])
    found.refresh_from_db()
    assert found.state == "answered"
    assert found.closed_run is None
    assert chain.verify() is None


def test_recheck_of_all_lines_equals_a_full_run(db) -> None:
    fill(duplicates(4))
    actions.analyse_register(SYSTEM)
    fields = ("fingerprint", "kind", "state", "score", "money", "reasons_id")
    full = list(Finding.objects.order_by("fingerprint").values_list(*fields))
    actions.recheck(SYSTEM, list(Program.objects.values_list("key", flat=True)))
    assert list(Finding.objects.order_by("fingerprint").values_list(*fields)) == full
    assert Run.objects.filter(partial=True).count() == 1


def test_an_empty_register_gives_an_empty_run(db) -> None:
    run = actions.analyse_register(SYSTEM)
    assert run.lines == 0
    assert not Finding.objects.exists()


def test_a_switched_off_rule_is_silent(found: Finding, person) -> None:
    coordinator = actors.of_user(person("b", "coordinator"), "page")
    from rakorsus.stages.findings import rulebook

    actions.save_rules(coordinator, rulebook.values() | {"disabled": [found.rule]})
    actions.analyse_register(SYSTEM)
    found.refresh_from_db()
    assert found.state == "closed"


@pytest.mark.parametrize("day", [date(2022, 3, 14)])
def test_the_run_keeps_the_day_it_was_judged_against(found: Finding, day: date) -> None:
    assert found.last_run.today == day


def _open() -> set[tuple[str, frozenset[str]]]:
    found = Finding.objects.filter(state__in=OPEN_STATES).prefetch_related("programs")
    return {(f.rule, frozenset(p.key for p in f.programs.all())) for f in found}


@pytest.mark.parametrize("key", ["paket_penyedia:1001", "paket_penyedia:2001", "paket_penyedia:7"])
def test_a_line_that_leaves_a_group_leaves_the_rest_as_a_full_run_finds_it(db, key) -> None:
    spot = "RW 01 Kel. Pampang Kec. Panakkukang"
    third = line(7, HEALTH, "Pembangunan Drainase Lingkungan RW 01", spot, budget=175_300_000)
    fill([*duplicates(2), third])
    actions.analyse_register(SYSTEM)
    before = _open()
    assert any(len(keys) == 3 for _rule, keys in before)
    changed = Program.objects.get(key=key)
    amend_program(SYSTEM, changed, {"places": ["Kel. Baraya Kec. Bontoala"]}, "salah lokasi")
    actions.recheck(SYSTEM, [key])
    after = _open()
    assert after != before
    actions.analyse_register(SYSTEM)
    assert _open() == after


def test_an_older_register_is_not_laid_over_what_a_newer_one_said(found: Finding) -> None:
    """Two workers: one read the register before a change, and is ready after the other's run."""
    newest = Run.objects.first()
    later = Run.objects.create(today=newest.today, version=newest.version + 1, by_name="x", lines=1)
    Finding.objects.filter(pk=found.pk).update(state=Finding.State.CLOSED)
    assert actions.analyse_register(SYSTEM).pk == later.pk
    found.refresh_from_db()
    assert found.state == Finding.State.CLOSED
    assert Run.objects.count() == 2
