"""What must be refused with a clear word, and stand in the log."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from tests.integration.findings.conftest import ROADS
from tests.integration.meeting.conftest import page

from rakorsus.audit import chain
from rakorsus.audit.models import Event
from rakorsus.people import actor as actors
from rakorsus.people.models import Agency, Delegation, Membership, Role
from rakorsus.stages.meeting import actions
from rakorsus.stages.meeting.links import opened, token_of
from rakorsus.stages.meeting.models import (
    AgendaItem,
    Attendance,
    Ballot,
    Note,
    Outcome,
    Participant,
    Resolution,
)


def outcome(**more):
    return {
        "kind": Outcome.Kind.MERGE, "text": "Satu paket oleh Dinas PU.",
        "owner": Agency.objects.get(code=ROADS), "owner_post": "Kepala Bidang SDA",
        "due": date(2022, 4, 15), **more,
    }  # fmt: skip


def refusals(action: str) -> list[Event]:
    found = Event.objects.filter(action="meeting.refused")
    return [event for event in found if event.changes["action"] == action]


def test_of_two_who_decide_one_case_the_second_is_refused(desk, roads, housing) -> None:
    seen = desk.version
    first = actions.settle(page(roads), desk, seen, outcome())
    with pytest.raises(ValidationError, match="pu"):
        actions.settle(page(housing), desk, seen, outcome(kind=Outcome.Kind.SPLIT))
    assert list(Outcome.objects.all()) == [first]
    assert len(refusals("meeting.settle")) == 1
    desk.refresh_from_db()
    actions.settle(page(housing), desk, desk.version, outcome(kind=Outcome.Kind.SPLIT))
    assert [o.number for o in Outcome.objects.order_by("number")] == [1, 2]
    assert chain.verify() is None or chain.verify() == []


@pytest.mark.parametrize("lacks", ["owner", "owner_post", "due"])
def test_what_is_to_be_done_has_an_owner_with_a_post_and_a_date(desk, roads, lacks) -> None:
    empty = {"owner": None, "owner_post": " ", "due": None}[lacks]
    with pytest.raises(ValidationError):
        actions.settle(page(roads), desk, desk.version, outcome(**{lacks: empty}))
    assert not Outcome.objects.exists()


def test_a_side_settles_its_own_case_only(desk, health, secretary) -> None:
    for user in (health, secretary):
        with pytest.raises(PermissionDenied):
            actions.settle(page(user), desk, desk.version, outcome())
    assert len(refusals("meeting.settle")) == 2


def test_escalating_brings_the_case_to_the_plenary(desk, roads, meeting) -> None:
    data = {"kind": Outcome.Kind.ESCALATE, "text": "Tidak sepakat soal volume."}
    actions.settle(page(roads), desk, desk.version, data)
    case = meeting.resolutions.get()
    assert case.finding == desk.finding
    assert case.state == Resolution.State.PROPOSED


def test_a_mandate_votes_once_also_through_its_deputy(meeting, leader, person, coordinator) -> None:
    case = actions.resolve(page(coordinator), meeting, {"title": "Perkara", "text": "Setuju?"})
    actions.open_vote(page(coordinator), case)
    mandate = Membership.objects.get(user=leader)
    deputy = person("wakil", Role.PLANNER, ROADS)
    now = timezone.now()
    Delegation.objects.create(
        membership=mandate, deputy=deputy, begins=now, ends=now + timedelta(days=1), letter="1"
    )
    actions.vote(page(deputy), case, mandate, Ballot.Choice.YES)
    with pytest.raises(ValidationError, match="sudah diberikan"):
        actions.vote(page(leader), case, mandate, Ballot.Choice.NO)
    assert [b.choice for b in Ballot.objects.all()] == [Ballot.Choice.YES]
    other = Membership.objects.get(user=person("lain", Role.LEADER))
    with pytest.raises(PermissionDenied):
        actions.vote(page(leader), case, other, Ballot.Choice.NO)
    assert len(refusals("meeting.vote")) == 2
    actions.close_vote(page(coordinator), case)
    case.refresh_from_db()
    assert case.state == Resolution.State.ADOPTED


def test_only_the_leadership_decides_and_votes(meeting, coordinator, secretary, roads) -> None:
    case = actions.resolve(page(coordinator), meeting, {"title": "Perkara", "text": "x"})
    for user in (coordinator, secretary, roads):
        with pytest.raises(PermissionDenied):
            actions.decide(page(user), case, False, case.version, {})
    assert len(refusals("meeting.decide")) == 3


def test_an_invitation_enters_once(guest, secretary, client) -> None:
    by = page(secretary)
    token = token_of(guest)
    _found, key = opened(token)
    first = actions.check_in(by, guest, "phone-1", key=key)
    assert actions.check_in(by, guest, "phone-1", key=key) == first
    with pytest.raises(ValidationError, match="sudah dipakai"):
        actions.check_in(by, guest, "phone-2", key=key)
    assert Attendance.objects.count() == 1
    assert len(refusals("meeting.check_in")) == 1


def test_a_guest_whose_answer_lacks_something_keeps_what_was_typed(guest, client) -> None:
    address = f"/rapat/u/{token_of(guest)}/"
    said = client.post(address, {"answer": "deputy", "deputy_name": "Siti"}).content.decode()
    assert "nomor surat tugas" in said
    assert 'value="Siti"' in said
    assert client.post(address, {}).content.decode().count('role="alert"') == 1
    guest.refresh_from_db()
    assert guest.reply == "waiting"


def test_what_a_vote_adopted_gets_somebody_in_charge_once(
    meeting, leader, coordinator, secretary, client
) -> None:
    by, office = page(coordinator), Agency.objects.get(code=ROADS)
    case = actions.resolve(by, meeting, {"title": "Perkara", "text": "Putuskan."})
    actions.open_vote(by, case)
    mandate = Membership.objects.get(user=leader, role=Role.LEADER)
    actions.vote(page(leader), case, mandate, Ballot.Choice.YES)
    actions.close_vote(by, case)
    address = f"/keputusan/{case.pk}/tugaskan/"
    post = {"owner": office.pk, "owner_post": "Kepala Bidang", "due": "2022-06-30"}
    client.force_login(secretary)
    assert client.post(f"/rapat{address}", post).status_code == 403
    client.force_login(coordinator)
    plenary = f"/rapat/{meeting.pk}/pleno/"
    assert "Belum ada penanggung jawab" in client.get(plenary).content.decode()
    client.post(f"/rapat{address}", post | {"due": ""})
    case.refresh_from_db()
    assert case.owner is None
    client.post(f"/rapat{address}", post)
    case.refresh_from_db()
    assert (case.owner, case.due.isoformat()) == (office, "2022-06-30")
    with pytest.raises(ValidationError):
        actions.charge(by, case, office, "Lain", case.due)


def test_a_link_passed_on_by_letter_is_the_deputys_alone(guest, secretary, client) -> None:
    old = token_of(guest)
    _found, key = opened(old)
    public = actors.Actor(None, "page")
    new = actions.reply(public, guest, key, Participant.Reply.DEPUTY, deputy_name="",
                        deputy_post="Wakil Rektor", letter="090/1/2022")  # fmt: skip
    assert new != key
    with pytest.raises(ValidationError, match="tidak berlaku"):
        actions.check_in(page(secretary), guest, "phone-1", key=key)
    with pytest.raises(PermissionDenied):
        actions.reply(public, guest, key, Participant.Reply.COMING)
    assert client.get(f"/rapat/u/{old}/").status_code == 403
    guest.refresh_from_db()
    assert client.get(f"/rapat/u/{token_of(guest)}/").status_code == 200
    assert len(refusals("meeting.check_in")) == 1
    assert len(refusals("meeting.reply")) == 1


def test_nobody_checks_in_with_a_code_but_the_secretariat(guest, roads, client) -> None:
    for user in (None, roads):
        if user:
            client.force_login(user)
        assert client.post(f"/rapat/masuk/{token_of(guest)}/").status_code == 403
    assert not Attendance.objects.exists()
    assert len(refusals("meeting.check_in")) == 2
    assert client.get("/rapat/masuk/1.palsu~x/").status_code == 403


def test_signed_minutes_do_not_change(meeting, desk, roads, coordinator, secretary) -> None:
    actions.note(page(secretary), desk, Note.Field.DISCUSSION, "Volume disatukan.", 0)
    actions.settle(page(roads), desk, desk.version, outcome())
    signed = actions.sign(page(coordinator), meeting, "Kepala Bappeda")
    desk = AgendaItem.objects.get(pk=desk.pk)
    for name, change in {
        "note": lambda: actions.note(page(secretary), desk, Note.Field.DISCUSSION, "lain", 1),
        "settle": lambda: actions.settle(page(roads), desk, desk.version, outcome()),
        "sign": lambda: actions.sign(page(coordinator), meeting, "Sekda"),
        "resolve": lambda: actions.resolve(page(coordinator), meeting, {"title": "x", "text": "y"}),
        "begin": lambda: actions.begin(page(coordinator), desk, desk.version),
    }.items():
        with pytest.raises(ValidationError, match="ditandatangani"):
            change()
        assert len(refusals(f"meeting.{name}")) == 1
    assert Note.objects.get().text == "Volume disatukan."
    assert signed.content["follow_up"][0]["post"] == "Kepala Bidang SDA"


def test_the_slower_of_two_writers_is_refused_and_loses_no_word(desk, roads, housing, client):
    actions.note(page(roads), desk, Note.Field.DISCUSSION, "Dari PU.", 0)
    client.force_login(housing)
    answer = client.post(
        f"/rapat/acara/{desk.pk}/catatan/",
        {"field": "discussion", "version": "0", "text": "Dari Disperkim."},
    )
    assert answer.status_code == 409
    assert "Dari Disperkim." in answer.content.decode()
    assert Note.objects.get().text == "Dari PU."
