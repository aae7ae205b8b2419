"""Items come from desks and decisions, once each; they end with evidence only."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from tests.integration.decisions.helper import taken
from tests.integration.followup.conftest import DRAIN, LANE, page

from rakorsus.people import actor as actors
from rakorsus.stages.decisions import actions as deciding
from rakorsus.stages.followup import actions
from rakorsus.stages.followup.models import ActionItem, Evidence
from rakorsus.stages.meeting import actions as meetings
from rakorsus.stages.meeting.models import AgendaItem
from rakorsus.stages.register.actions import amend_program
from rakorsus.stages.register.models import Program

SYSTEM = actors.system("job")


@pytest.fixture
def item(outcome) -> ActionItem:
    made = actions.from_desk(SYSTEM, outcome.item)
    assert made is not None
    return made


def test_an_outcome_becomes_one_item(outcome, django_capture_on_commit_callbacks):
    first = actions.from_desk(SYSTEM, outcome.item)
    assert actions.from_desk(SYSTEM, outcome.item) == first
    assert (first.agency, first.post, first.due) == (
        outcome.owner, "Kepala Dinas PU", date(2022, 3, 31),
    )  # fmt: skip
    assert {p.key for p in first.programs.all()} == {DRAIN, LANE}


def test_a_corrected_outcome_corrects_the_item(item, outcome, coordinator):
    desk = AgendaItem.objects.get(pk=outcome.item_id)
    data = {"kind": "merge", "text": "Satu paket.", "owner": outcome.owner,
            "owner_post": "Sekretaris Dinas PU", "due": date(2022, 4, 30)}  # fmt: skip
    meetings.settle(page(coordinator), desk, desk.version, data)
    actions.from_desk(SYSTEM, desk)
    item.refresh_from_db()
    assert (item.post, item.due) == ("Sekretaris Dinas PU", date(2022, 4, 30))
    desk.refresh_from_db()
    meetings.settle(page(coordinator), desk, desk.version, {"kind": "waive", "text": "Wajar"})
    assert actions.from_desk(SYSTEM, desk) is None
    item.refresh_from_db()
    assert item.state == "dropped"


def test_a_decision_joins_the_item_of_its_desk(
    item, drafted, coordinator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        taken(page(coordinator), drafted)
    item.refresh_from_db()
    assert ActionItem.objects.get() == item
    assert item.decision == drafted
    cancelled = item.checkpoints.filter(program__key=LANE)
    assert not cancelled.exists()


def test_undoing_a_decision_of_a_desk_ends_its_item(
    item, drafted, coordinator, leader, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        decision = taken(page(coordinator), drafted)
    decision.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        taken(page(leader), deciding.undo(page(coordinator), decision, "Ternyata dua saluran."))
    item.refresh_from_db()
    assert item.state == ActionItem.State.DROPPED
    assert item.remarks.filter(text__contains="diganti").exists()


def test_checkpoints_follow_the_register(item):
    point = item.checkpoints.get(program__key=DRAIN, kind="completion")
    assert (point.planned, point.met) == (date(2022, 7, 30), None)
    drain = Program.objects.get(key=DRAIN)
    amend_program(SYSTEM, drain, {"end": "2022-08-15", "tender_start": "2022-04-01"}, "Mundur")
    actions.checkpoints.follow_lines([DRAIN])
    point.refresh_from_db()
    assert point.planned == date(2022, 8, 15)
    assert item.checkpoints.get(program__key=DRAIN, kind="tender").planned == date(2022, 4, 1)


def test_done_needs_evidence_and_can_be_reopened(item, roads, coordinator):
    with pytest.raises(ValidationError, match="bukti"):
        actions.complete(page(roads), item, item.version, "Sudah digabung")
    Evidence.objects.create(item=item, file="x", name="ba.pdf", type="application/pdf", size=1,
                            sha256="0" * 64, by_name="pu")  # fmt: skip
    done = actions.complete(page(roads), item, item.version, "Sudah digabung")
    assert done.state == "done"
    with pytest.raises(PermissionDenied):
        actions.reopen(page(roads), done, done.version, "Belum")
    again = actions.reopen(page(coordinator), done, done.version, "Buktinya bukan untuk paket ini")
    assert (again.state, again.done_at) == ("open", None)
    assert [r.kind for r in item.remarks.all()] == ["done", "reopened"]


@pytest.mark.parametrize("name", ["housing", "health", "secretary", "leader"])
def test_others_do_not_report(request, item, name):
    actor = page(request.getfixturevalue(name))
    with pytest.raises(PermissionDenied):
        actions.complete(actor, item, item.version, "Selesai")
    if name in ("housing", "health"):
        for change in (actions.drop, actions.reopen):
            with pytest.raises(PermissionDenied):
                change(actor, item, item.version, "x")
        with pytest.raises(PermissionDenied):
            actions.comment(actor, item, "x")
        with pytest.raises(PermissionDenied):
            actions.note(actor, "x", item.agency, "x", date(2022, 4, 1))
        with pytest.raises(PermissionDenied):
            actions.amend(actor, item, item.version, "x", due=date(2022, 4, 1))
