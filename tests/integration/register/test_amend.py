"""Decided changes of one line."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from tests.integration.register.conftest import line, picture

from rakorsus.audit.models import Event, OutboxMessage
from rakorsus.people import actor as actors
from rakorsus.stages.register import queries
from rakorsus.stages.register.actions import amend_program, publish
from rakorsus.stages.register.models import PlanVersion, Program, ProgramPlace


@pytest.fixture
def drain(city) -> Program:
    return Program.objects.get(key="paket_penyedia:1")


def test_an_amendment_is_a_version_of_its_own(planner, drain):
    actor = actors.of_user(planner, "page")
    version = amend_program(
        actor, drain, {"start": date(2025, 8, 1), "end": "2025-10-31", "budget": 1}, "Mundur"
    )
    assert version.changes.get().diff == {
        "budget": [500_000_000, 1],
        "start": ["2025-03-01", "2025-08-01"],
        "end": ["2025-05-31", "2025-10-31"],
    }
    drain.refresh_from_db()
    assert (drain.begins, drain.ends, drain.money) == (date(2025, 8, 1), date(2025, 10, 31), 1)
    assert (version.note, version.by, version.changed, version.full) == (
        "Mundur", planner, 1, False,
    )  # fmt: skip
    event = Event.objects.get(action="register.amend")
    assert (event.object_id, event.agency_code) == (str(drain.pk), "1.03.01")
    assert OutboxMessage.objects.get(topic="register.amended").payload["keys"] == [drain.key]


def test_new_places_are_located(planner, drain):
    amend_program(
        actors.of_user(planner, "page"), drain,
        {"places": ["Kelurahan Paropo Kecamatan Panakkukang"]}, "Salah alamat",
    )  # fmt: skip
    assert ProgramPlace.objects.get(program=drain).region.code == "73.71.10.1001"


@pytest.mark.django_db
def test_the_old_file_does_not_undo_a_decision_a_newer_one_does(installation):
    rows = [line("dpa:1"), line("dpa:2")]
    publish(installation, picture(*rows))
    program = Program.objects.get(key="dpa:1")
    amend_program(installation, program, {"budget": 5}, "Diputuskan")
    assert publish(installation, picture(*rows)) is None
    assert Program.objects.get(key="dpa:1").budget == 5
    version = publish(installation, picture(line("dpa:1", volume="2 Unit"), line("dpa:2")))
    assert version.changes.get().diff == {"volume": [None, "2 Unit"], "budget": [5, 100_000_000]}


def test_snapshots_lay_amendments_over_the_file(installation, drain):
    states = [queries.frame()]
    for budget in (1, 2):
        amend_program(installation, drain, {"budget": budget}, "Uji")
        states.append(queries.frame())
    versions = PlanVersion.objects.order_by("number")
    assert [queries.snapshot(v).equals(s) for v, s in zip(versions, states, strict=True)] == [
        True, True, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"budget": 5}, " "),
        ({"agency": "1.03.02"}, "Pindah"),
        ({"key": "dpa:9"}, "Ganti kunci"),
        ({"budget": "banyak"}, "Uji"),
        ({"start": "31-12-2025"}, "Uji"),
        ({"title": ""}, "Uji"),
        ({"budget": 500_000_000}, "Tidak berubah"),
        ({}, "Kosong"),
    ],
)
def test_refused_changes_leave_everything(installation, drain, changes, reason):
    before = queries.frame()
    with pytest.raises(ValidationError):
        amend_program(installation, drain, changes, reason)
    assert queries.frame().equals(before)
    assert PlanVersion.objects.count() == 1


def test_only_one_s_own_lines(stranger, coordinator, drain):
    for actor in (actors.of_user(stranger, "page"), actors.Actor(None, "page")):
        with pytest.raises(PermissionDenied):
            amend_program(actor, drain, {"budget": 5}, "Uji")
    amend_program(actors.of_user(coordinator, "page"), drain, {"budget": 5}, "Uji")


def test_the_page_saves_an_amendment(client, planner, drain):
    client.force_login(planner)
    form = {
        "title": drain.title, "description": "", "volume": "120 m", "beneficiaries": "",
        "budget": "600 juta", "start": "2025-03-01", "end": "2025-05-31",
        "places": "Kelurahan Baraya Kecamatan Bontoala", "reason": "Hasil survei",
    }  # fmt: skip
    address = f"/program/{drain.key}/ubah/"
    assert client.get(address).status_code == 200
    assert client.post(address, form | {"reason": ""}).status_code == 200
    answer = client.post(address, form)
    assert (answer.status_code, answer.url) == (302, drain.get_absolute_url())
    diff = PlanVersion.objects.first().changes.get().diff
    assert diff == {"volume": [None, "120 m"], "budget": [500_000_000, 600_000_000]}
