"""Agendas: what the solver places, pins, a no-show, frozen versions, the backlog."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from tests.integration.findings.conftest import HEALTH, ROADS
from tests.integration.meeting.conftest import at, page

from rakorsus.people.models import Agency
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.meeting import actions, planning
from rakorsus.stages.meeting.models import AgendaItem, Session
from rakorsus.stages.meeting.queries import agenda, day


def test_everything_has_a_place_inside_its_session(meeting) -> None:
    trial = meeting.trials.get()
    assert trial.proven
    assert trial.left_out == []
    for item in agenda.items(meeting):
        assert item.session.starts <= item.start
        assert item.end <= item.session.ends


def test_presentations_follow_the_groups_of_the_codes(meeting) -> None:
    talks = [i for i in agenda.items(meeting) if i.kind == AgendaItem.Kind.PRESENTATION]
    assert [i.agency.code for i in talks] == sorted(i.agency.code for i in talks)


def test_a_pinned_entry_stays_where_it_was_put(meeting, desk, coordinator) -> None:
    actions.move(page(coordinator), desk, at(14), desk.version)
    trial = actions.try_agenda(page(coordinator), meeting, "", planning.Wishes(tables=2, limit=10))
    actions.adopt(page(coordinator), trial)
    desk.refresh_from_db()
    assert desk.start == at(14)
    assert desk.pinned is True


def test_a_move_from_an_old_page_is_refused(desk, coordinator) -> None:
    actions.move(page(coordinator), desk, at(14), desk.version)
    with pytest.raises(ValidationError, match="baru saja"):
        actions.move(page(coordinator), desk, at(13), desk.version)


def test_a_no_show_leaves_its_entries_out_and_moves_few(meeting, desk, secretary) -> None:
    office = Agency.objects.get(code=HEALTH)
    before = {i.pk: i.start for i in agenda.items(meeting)}
    trial, _moved = actions.without(page(secretary), meeting, office)
    gone = AgendaItem.objects.get(session__meeting=meeting, agency=office)
    assert gone.start is None
    assert trial.left_out == [{"item": gone.pk, "reason": "absent"}]
    desk.refresh_from_db()
    assert desk.start == before[desk.pk]
    actions.without(page(secretary), meeting, Agency.objects.get(code=ROADS))
    desk.refresh_from_db()
    assert desk.start is None


def test_versions_are_frozen_and_show_what_moved(meeting, desk, coordinator) -> None:
    first = actions.publish(page(coordinator), meeting)
    with pytest.raises(ValidationError, match="Tidak ada yang berubah"):
        actions.publish(page(coordinator), meeting)
    was = desk.start
    actions.move(page(coordinator), desk, at(14) if was != at(14) else at(13), desk.version)
    second = actions.publish(page(coordinator), meeting)
    found = agenda.difference(first, second)
    assert [new["item"] for _old, new in found["moved"]] == [desk.pk]
    assert found["added"] == found["removed"] == []
    first.refresh_from_db()
    assert {row["item"]: datetime.fromisoformat(row["start"]) for row in first.rows}[desk.pk] == was


def test_what_is_not_settled_is_the_next_meetings_backlog(meeting, desk, coordinator) -> None:
    later = actions.create_meeting(
        page(coordinator), "Rakorsus", usual=True, type="post", title="Pasca",
        starts=at(8) + timedelta(days=7), ends=at(12) + timedelta(days=7), place="Daring",
    )  # fmt: skip
    assert later.sessions.count() == 2
    assert [item.pk for item in agenda.backlog(later)] == [desk.pk]


def test_settled_findings_are_no_candidates(meeting, desk, coordinator) -> None:
    actions.remove_item(page(coordinator), desk)
    assert desk.finding in agenda.candidates(meeting, 10)
    Finding.objects.filter(pk=desk.finding_id).update(state=Finding.State.SETTLED)
    assert desk.finding not in agenda.candidates(meeting, 10)


def test_only_the_coordinator_plans(meeting, roads, secretary, leader) -> None:
    for user in (roads, secretary, leader):
        with pytest.raises(PermissionDenied):
            actions.publish(page(user), meeting)


def test_what_runs_over_pushes_the_rest(meeting, coordinator) -> None:
    talks = list(agenda.items(meeting).filter(kind=AgendaItem.Kind.PRESENTATION))
    first = talks[0]
    first.state, first.began = AgendaItem.State.RUNNING, first.start
    now = first.start + timedelta(minutes=first.minutes + 4)
    lines = day.running_order([first, *talks[1:]], now)
    assert lines[0].left == -240
    assert [line.late for line in lines] == [4, 4, 4]
    assert lines[1].start == now


def test_a_session_of_desks_takes_findings_only(meeting, coordinator) -> None:
    desks = meeting.sessions.get(kind=Session.Kind.DESKS)
    with pytest.raises(ValidationError):
        actions.add_presenters(page(coordinator), desks, Agency.objects.all(), 5)
