"""Agendas: what the solver places, pins, a no-show, frozen versions, the backlog."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from tests.integration.findings.conftest import HEALTH, ROADS
from tests.integration.meeting.conftest import at, page

from rakorsus.people.models import Agency
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.meeting import actions, planning
from rakorsus.stages.meeting.models import AgendaItem, Outcome, Session
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
    again = AgendaItem.objects.create(
        session=later.sessions.first(), kind=AgendaItem.Kind.DESK, finding=desk.finding,
        title=desk.title, minutes=20,
    )  # fmt: skip
    third = actions.create_meeting(
        page(coordinator), "Rakorsus", usual=False, type="control", title="Rakordal",
        starts=at(8) + timedelta(days=14), ends=at(12) + timedelta(days=14), place="Daring",
    )  # fmt: skip
    assert [item.pk for item in agenda.backlog(third)] == [again.pk]
    Outcome.objects.create(item=again, number=1, kind=Outcome.Kind.LEAD, text="Satu memimpin.")
    assert agenda.backlog(third) == []


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


def test_another_end_of_the_day_and_what_it_costs(meeting, coordinator) -> None:
    """The last session ends when the day ends; shorter talks, and who does not fit, are named."""

    def tried(end: int, shortest: int):
        wishes = planning.Wishes(tables=2, shortest=shortest, longest=7, limit=10, end=end)
        return actions.try_agenda(page(coordinator), meeting, "", wishes)

    enough = tried(19 * 60 + 21, 3)
    assert enough.cost["minutes"] == enough.cost["left_out"] == 0
    shorter = tried(19 * 60 + 15, 3)
    assert (shorter.cost["minutes"], shorter.cost["left_out"]) == (6, 0)
    assert shorter.cost["end"] == 19 * 60 + 15
    fewer = tried(19 * 60 + 15, 7)
    assert fewer.cost["left_out"] == 1
    assert [row["reason"] for row in fewer.left_out] == ["end"]
    later = tried(25 * 60 + 50, 60)
    assert (later.cost["end"], later.left_out) == (19 * 60 + 3 * 60, [])
    assert all(t.proven and t.gap == 0 for t in (enough, shorter, fewer, later))


def test_a_dragged_entry_stays_and_the_rest_moves_least(meeting, desk, coordinator) -> None:
    first, second, _third = agenda.items(meeting).filter(kind=AgendaItem.Kind.PRESENTATION)
    start = first.start + timedelta(minutes=3)
    trial = actions.drag(page(coordinator), first, start, first.version)
    first.refresh_from_db()
    desk.refresh_from_db()
    assert (first.start, first.pinned) == (start, True)
    assert trial.adopted is not None
    assert trial.left_out == []
    assert desk.start == at(13)
    found = agenda.items(meeting).filter(kind=AgendaItem.Kind.PRESENTATION)
    times = sorted((i.start, i.end) for i in found)
    assert all(one[1] <= two[0] for one, two in pairwise(times))
    version = AgendaItem.objects.get(pk=desk.pk).version
    with pytest.raises(ValidationError, match="baru saja"):
        actions.drag(page(coordinator), first, at(19, 30), first.version - 1)
    second.refresh_from_db()
    with pytest.raises(ValidationError, match="bertentangan"):
        actions.drag(page(coordinator), second, first.start, second.version)
    before = second.start
    second.refresh_from_db()
    assert (second.start, second.pinned) == (before, False)
    assert AgendaItem.objects.get(pk=desk.pk).version == version


def test_the_sliders_show_an_effect_and_keep_nothing(meeting, coordinator, roads, client) -> None:
    asked = {"tables": 2, "grid": 15, "shortest": 7, "longest": 7, "change": 0,
             "end": 19 * 60 + 15}  # fmt: skip
    client.force_login(coordinator)
    text = client.get(f"/rapat/{meeting.pk}/susun/bila/", asked).content.decode()
    assert "1 lebih banyak yang tidak termuat" in text
    assert "terbukti terbaik" in text
    assert meeting.trials.count() == 1
    assert client.get(f"/rapat/{meeting.pk}/susun/bila/", {"tables": "x"}).status_code == 400
    whole = client.get(f"/rapat/{meeting.pk}/susun/").content.decode()
    assert "Agenda sekarang" in whole
    assert whole.count("data-item=") == 4
    client.force_login(roads)
    assert client.get(f"/rapat/{meeting.pk}/susun/bila/", asked).status_code == 403


def test_a_plan_keeps_to_who_can_come_when(meeting, desk, coordinator) -> None:
    by, roads = page(coordinator), Agency.objects.get(code=ROADS)
    row = actions.limit(by, meeting, roads, at(8), at(14))
    trial = actions.try_agenda(by, meeting, "", planning.Wishes(tables=2, limit=10))
    placed = {r["item"]: r["start"] for r in trial.placed}
    assert placed[desk.pk] >= 14 * 60
    actions.lift(by, row)
    actions.limit(by, meeting, roads, most=desk.minutes - 1)
    trial = actions.try_agenda(by, meeting, "", planning.Wishes(tables=2, limit=10))
    assert {"item": desk.pk, "reason": "limit"} in trial.left_out
    with pytest.raises(ValidationError):
        actions.limit(by, meeting, roads, at(14), at(8))


def test_who_comes_late_speaks_out_of_turn_and_nobody_waits(meeting, coordinator) -> None:
    by = page(coordinator)
    talks = [i for i in agenda.items(meeting) if i.kind == AgendaItem.Kind.PRESENTATION]
    first, others = talks[0], talks[1:]
    actions.limit(by, meeting, first.agency, ends=at(19, 40))
    trial = actions.try_agenda(by, meeting, "", planning.Wishes(tables=2, limit=10))
    start = {row["item"]: row["start"] for row in trial.placed}
    assert start[first.pk] >= 19 * 60 + 40
    assert min(start[other.pk] for other in others) < 19 * 60 + 10


def test_who_did_not_come_stays_away_until_it_comes(meeting, secretary) -> None:
    by, office = page(secretary), Agency.objects.get(code=HEALTH)
    actions.without(by, meeting, office)
    actions.without(by, meeting, Agency.objects.get(code=ROADS))
    actions.catch_up(by, meeting)
    gone = AgendaItem.objects.get(session__meeting=meeting, agency=office)
    assert gone.start is None
    actions.returned(by, meeting, office)
    gone.refresh_from_db()
    assert gone.start is not None
    with pytest.raises(ValidationError, match="sudah berubah"):
        actions.returned(by, meeting, office)


def test_pages_of_who_can_come_when(meeting, coordinator, secretary, client) -> None:
    client.force_login(coordinator)
    roads, plan = Agency.objects.get(code=ROADS), f"/rapat/{meeting.pk}/susun/"
    client.post(f"{plan}ketersediaan/", {"agency": roads.pk, "ends": "2022-03-15T14:00"})
    row = meeting.availabilities.get()
    assert row.ends == at(14)
    assert "tidak dapat hadir sampai" in client.get(plan).content.decode()
    client.post(f"{plan}ketersediaan/", {"hapus": row.pk})
    assert not meeting.availabilities.exists()
    client.force_login(secretary)
    assert client.post(f"{plan}ketersediaan/", {"agency": roads.pk}).status_code == 403
    client.post(f"/rapat/{meeting.pk}/tanpa/", {"agency": roads.pk})
    assert "Ternyata datang" in client.get(f"/rapat/{meeting.pk}/jalan/").content.decode()
    client.post(f"/rapat/{meeting.pk}/datang/", {"agency": roads.pk})
    assert not meeting.availabilities.exists()
