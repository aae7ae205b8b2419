"""The session that the worker keeps: true to the register, opened anew when it must be."""

import pytest
from tests.integration.findings.conftest import duplicates, fill

from rakorsus.clock import today
from rakorsus.people import actor as actors
from rakorsus.stages.findings import actions, rulebook, warm
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.findings.models.findings import OPEN_STATES
from rakorsus.stages.register.actions import amend_program
from rakorsus.stages.register.models import Program

SYSTEM = actors.system("cli")


@pytest.fixture(autouse=True)
def cold():
    warm.drop()
    yield
    warm.drop()


def session():
    with warm.session(today()) as found:
        return found


def standing():
    found = Finding.objects.filter(state__in=OPEN_STATES).order_by("fingerprint")
    return list(found.values_list("fingerprint", "kind", "money", "reasons_id", "rule"))


def test_amended_lines_are_taken_into_the_same_session(db) -> None:
    fill(duplicates(4))
    actions.analyse_register(SYSTEM)
    first = session()
    for number, places in enumerate(
        (["Kel. Baraya Kec. Bontoala"], ["RW 01 Kel. Pampang Kec. Panakkukang"])
    ):
        program = Program.objects.get(key=f"paket_penyedia:{1 + number}001")
        amend_program(SYSTEM, program, {"places": places, "budget": 91_250_000}, "pindah")
        actions.recheck(SYSTEM, [program.key])
        assert session() is first
        after = standing()
        actions.analyse_register(SYSTEM)
        assert standing() == after
        first = session()


def test_a_published_version_other_rules_and_a_failure_open_it_anew(db, person) -> None:
    fill(duplicates(2))
    first = session()
    assert session() is first
    fill(duplicates(4))
    second = session()
    assert second is not first
    assert second.height == Program.objects.filter(removed=False).count()
    coordinator = actors.of_user(person("w", "coordinator"), "page")
    actions.save_rules(coordinator, rulebook.values() | {"disabled": ["duplicate.place"]})
    third = session()
    assert third is not second
    with pytest.raises(ZeroDivisionError), warm.session(today()):
        _ = 1 / 0
    assert session() is not third


def test_a_recheck_of_an_empty_register_is_an_empty_run(db) -> None:
    assert actions.recheck(SYSTEM, ["paket_penyedia:1"]).new == 0
