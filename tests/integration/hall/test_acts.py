"""Acts: one function for every surface, numbered without gaps, known by their key."""

from __future__ import annotations

import threading
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, connections
from tests.integration.meeting.conftest import page
from tests.integration.meeting.test_day import with_slides

from rakorsus.audit import chain
from rakorsus.audit.models import Event
from rakorsus.hall import actions
from rakorsus.hall.actions.english import english
from rakorsus.hall.actions.performing import COMMANDS, Unreadable
from rakorsus.hall.models import Act, Seat, SyncRequest
from rakorsus.hall.queries import acts, replay, surfaces
from rakorsus.hall.queries.state import state
from rakorsus.people.models import Delegation, Membership
from rakorsus.people.rules import REGISTRY
from rakorsus.stages.meeting import actions as meetings
from rakorsus.stages.meeting.models import AgendaItem, Ballot, Outcome, Resolution
from rakorsus.stages.register.models import Program

pytestmark = pytest.mark.django_db


def do(actor, meeting, name, key=None, **data):
    return actions.perform(actor, meeting, key or str(uuid.uuid4()), name, data)


@pytest.fixture
def resolution(meeting, coordinator, by):
    return meetings.resolve(by(coordinator), meeting, {"title": "Perkara", "text": "Teks"})


def test_a_hand_from_raising_to_lowering(meeting, roads, coordinator, secretary, by):
    planner, chair = by(roads, "3d"), by(secretary)
    raised = do(planner, meeting, "raise_hand")
    do(by(coordinator), meeting, "raise_hand")
    assert [h["label"] for h in state(meeting.pk)["queue"]] == [str(roads), str(coordinator)]
    with pytest.raises(PermissionDenied):
        do(planner, meeting, "grant", request=raised.data["request"])
    do(chair, meeting, "grant", request=raised.data["request"])
    now = state(meeting.pk)
    assert now["floor"]["user"] == roads.pk
    assert now["floor"]["since"]
    second = now["queue"][0]["request"]
    do(chair, meeting, "grant", request=second)  # whoever had the floor is done
    assert state(meeting.pk)["floor"]["user"] == coordinator.pk
    do(by(coordinator), meeting, "lower_hand")
    assert state(meeting.pk)["floor"] is None
    told = acts.since(meeting.pk, 0)
    assert [a["name"] for a in told] == [
        "raise_hand", "raise_hand", "grant", "lower_hand", "grant", "lower_hand"
    ]  # fmt: skip
    assert [a["n"] for a in told] == [1, 2, 3, 4, 5, 6]
    assert told[0]["view"] == "3d"
    assert replay.played(told)["queue"] == []
    assert replay.played(told[:3])["floor"] == [(raised.data["request"], str(roads))]
    assert acts.last(meeting.pk) == 6


def test_every_surface_is_in_one_recording(meeting, roads, secretary, by):
    do(by(roads), meeting, "raise_hand")
    chair = meetings  # the meeting's own page calls the same actions
    chair.speaker(by(secretary, "list"), meeting.speakers.get(), "granted")
    chair.start(by(secretary), meeting, "running")
    assert [(a.number, a.name, bool(a.key)) for a in Act.objects.all()] == [
        (1, "raise_hand", True), (2, "grant", False), (3, "open", False)
    ]  # fmt: skip


def test_the_same_key_is_one_act(meeting, roads, housing, by):
    key = str(uuid.uuid4())
    first = do(by(roads), meeting, "raise_hand", key)
    again = do(by(roads), meeting, "raise_hand", key)
    assert (again.number, again.again, first.again) == (first.number, True, False)
    assert Act.objects.count() == 1
    with pytest.raises(PermissionDenied):
        do(by(housing), meeting, "raise_hand", key)
    with pytest.raises(PermissionDenied):
        do(by(roads), meeting, "lower_hand", key)


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "white space", "ä" * 10, 7, None])
def test_other_keys_are_refused(meeting, roads, by, key):
    with pytest.raises(Unreadable):
        actions.perform(by(roads), meeting, key, "raise_hand", {})


def test_a_refusal_is_recorded_and_takes_no_number(meeting, roads, by):
    do(by(roads), meeting, "raise_hand")
    with pytest.raises(ValidationError):
        do(by(roads), meeting, "raise_hand")
    with pytest.raises(ValidationError):
        do(by(roads), meeting, "stand")
    assert Event.objects.filter(action="meeting.refused").count() == 2
    do(by(roads), meeting, "lower_hand")
    assert [a.number for a in Act.objects.all()] == [1, 2]
    assert chain.verify() is None


def test_a_table_ends_with_its_outcome_only(meeting, secretary, roads, desk, by):
    desk.refresh_from_db()
    do(by(secretary), meeting, "begin", item=desk.pk, version=desk.version)
    desk.refresh_from_db()
    with pytest.raises(ValidationError, match="dengan hasilnya"):
        do(by(secretary), meeting, "finish", item=desk.pk, version=desk.version)
    desk.refresh_from_db()
    assert desk.state == AgendaItem.State.RUNNING
    for missing in ("owner", "due", "owner_post"):
        told = {"kind": "merge", "text": "Satu.", "owner": roads.memberships.get().agency_id,
                "owner_post": "Kepala Bidang", "due": "2022-06-01"} | {missing: ""}  # fmt: skip
        with pytest.raises(ValidationError):
            do(by(roads), meeting, "settle", item=desk.pk, version=desk.version, **told)
    do(by(roads), meeting, "settle", item=desk.pk, version=desk.version, **told | {
        "owner_post": "Kepala Bidang"})  # fmt: skip
    desk.refresh_from_db()
    assert desk.state == AgendaItem.State.DONE


def test_commands_of_another_meeting_are_refused(meeting, roads, secretary, desk, by, coordinator):
    other = meetings.create_meeting(
        by(coordinator), "Lain", usual=False, type="rakorsus", title="Lain", place="-",
        starts=meeting.starts, ends=meeting.ends,
    )  # fmt: skip
    hand = do(by(roads), meeting, "raise_hand").data["request"]
    for name, data in (
        ("grant", {"request": hand}), ("sit", {"item": desk.pk}), ("slide", {"item": desk.pk}),
        ("begin", {"item": desk.pk, "version": 1}), ("vote", {"resolution": 1}),
    ):  # fmt: skip
        with pytest.raises(ValidationError):
            do(by(secretary), other, name, **data)
    assert not Act.objects.filter(meeting=other).exists()


def test_one_vote_per_mandate_open_and_secret(meeting, leader, person, by, resolution):
    chair, holder = by(leader), by(leader)
    mandate = Membership.objects.get(user=leader)
    do(chair, meeting, "open_vote", resolution=resolution.pk)
    do(holder, meeting, "vote", resolution=resolution.pk, mandate=mandate.pk, choice="yes")
    with pytest.raises(ValidationError):
        do(holder, meeting, "vote", resolution=resolution.pk, mandate=mandate.pk, choice="no")
    assert acts.since(meeting.pk, 0)[-1]["data"]["choice"] == "yes"
    answer = do(chair, meeting, "close_vote", resolution=resolution.pk)
    assert answer.data["state"] == "adopted"
    secret = meetings.resolve(chair, meeting, {"title": "Rahasia", "text": "Teks", "secret": True})
    do(chair, meeting, "open_vote", resolution=secret.pk)
    do(holder, meeting, "vote", resolution=secret.pk, mandate=mandate.pk, choice="no")
    row = next(v for v in state(meeting.pk)["votes"] if v["resolution"] == secret.pk)
    assert (row["cast"], row["yes"], row["no"]) == (1, None, None)
    assert Ballot.objects.get(resolution=secret).choice == ""
    assert "choice" not in acts.since(meeting.pk, 0)[-1]["data"]
    written = [str(e.changes) + e.summary for e in Event.objects.filter(action="meeting.vote")]
    assert "'no'" not in written[0]
    do(chair, meeting, "close_vote", resolution=secret.pk)
    secret.refresh_from_db()
    assert secret.state == Resolution.State.REFUSED
    row = next(v for v in state(meeting.pk)["votes"] if v["resolution"] == secret.pk)
    assert (row["yes"], row["no"], row["abstain"]) == (0, 1, 0)


def test_a_deputy_votes_with_the_lent_mandate_only(meeting, leader, roads, by, resolution):
    from datetime import timedelta

    from django.utils import timezone

    do(by(leader), meeting, "open_vote", resolution=resolution.pk)
    mandate = Membership.objects.get(user=leader)
    data = {"resolution": resolution.pk, "mandate": mandate.pk, "choice": "yes"}
    with pytest.raises(PermissionDenied):
        do(by(roads), meeting, "vote", **data)
    now = timezone.now()
    Delegation.objects.create(membership=mandate, deputy=roads, begins=now - timedelta(hours=1),
                              ends=now + timedelta(hours=1))  # fmt: skip
    do(by(roads), meeting, "vote", **data)
    assert Ballot.objects.get().by_name == roads.display_name


def test_a_table_cannot_close_without_owner_and_date_or_reason(meeting, desk, roads, by):
    planner = by(roads, "3d")
    do(planner, meeting, "sit", item=desk.pk)
    assert Seat.objects.get().item == desk
    base = {"item": desk.pk, "version": desk.version, "kind": "merge", "text": "Digabung"}
    for data in (base, base | {"text": ""}, base | {"owner_post": "Kabid"},
                 base | {"kind": "nothing"}):  # fmt: skip
        with pytest.raises(ValidationError):
            do(planner, meeting, "settle", **data)
    assert not Outcome.objects.exists()
    do(planner, meeting, "settle", **base, owner=desk.finding.sides.first().agency_id,
       owner_post="Kepala bidang", due="2022-06-01")  # fmt: skip
    assert state(meeting.pk)["tables"][0]["outcome"] == "merge"
    row = surfaces.compared(meeting)
    assert [(r["surface"], r["tables"], r["kinds"]) for r in row] == [
        ("hall-3d", 1, [("Digabung", 1)])
    ]
    do(planner, meeting, "stand")
    assert not Seat.objects.exists()


def test_who_may_not_see_a_finding_does_not_sit_at_its_table(meeting, desk, guest, by):
    with pytest.raises(PermissionDenied):
        do(by(guest), meeting, "sit", item=desk.pk)


def test_we_work_there_too(meeting, roads, housing, coordinator, by):
    theirs = Program.objects.filter(agency__in=by(housing).agency_ids).first()
    own = Program.objects.filter(agency__in=by(roads).agency_ids).first()
    with pytest.raises(ValidationError):
        do(by(roads), meeting, "ask_sync", program=own.pk, text="Kami di sana")
    do(by(roads), meeting, "ask_sync", program=theirs.pk, text="Kami di sana")
    with pytest.raises(ValidationError):
        do(by(roads), meeting, "ask_sync", program=theirs.pk, text="Lagi")
    request = SyncRequest.objects.get()
    with pytest.raises(PermissionDenied):
        actions.answer_sync(by(roads), request, True)
    placed = actions.answer_sync(by(coordinator), request, True)
    assert placed.item.kind == AgendaItem.Kind.DESK
    with pytest.raises(ValidationError):
        actions.answer_sync(by(coordinator), request, False)
    assert [a["name"] for a in acts.since(meeting.pk, 0)] == ["ask_sync", "answer_sync"]


def test_slides_are_turned_by_presenter_and_staff(meeting, roads, housing, secretary, by):
    item = AgendaItem.objects.get(session__meeting=meeting, agency__in=by(roads).agency_ids,
                                  kind="presentation")  # fmt: skip
    with_slides(item, roads)
    with pytest.raises(ValidationError):  # it has not begun
        do(by(roads), meeting, "slide", item=item.pk, page=2)
    meetings.start(by(secretary), meeting, "running")
    item.refresh_from_db()
    meetings.begin(by(secretary), item, item.version)
    do(by(roads), meeting, "slide", item=item.pk, page=2)
    do(by(secretary), meeting, "slide", item=item.pk, page=3)
    with pytest.raises(PermissionDenied):
        do(by(housing), meeting, "slide", item=item.pk, page=1)
    with pytest.raises(ValidationError):
        do(by(roads), meeting, "slide", item=item.pk, page=4)
    assert state(meeting.pk)["now"]["slide"]["page"] == 3
    meetings.show_slide(page(roads), item, 1, 3)  # from the presentation's own page
    assert state(meeting.pk)["now"]["slide"]["page"] == 1
    turned = [a["data"]["page"] for a in acts.since(meeting.pk, 0) if a["name"] == "slide"]
    assert turned == [2, 3, 1]


def test_check_in_is_for_the_own_agency(meeting, roads, guest, coordinator, by):
    meetings.invite_agencies(by(coordinator), meeting)
    done = do(by(roads), meeting, "check_in")
    with pytest.raises(ValidationError):
        do(by(roads), meeting, "check_in")
    other = meeting.participants.filter(attendance=None).first()
    with pytest.raises(PermissionDenied):
        do(by(roads), meeting, "check_in", participant=other.pk)
    with pytest.raises(ValidationError):
        do(by(guest), meeting, "check_in")
    assert meeting.participants.get(pk=done.data["participant"]).attendance.mode == "hall"


def test_every_command_is_refused_without_a_role(meeting, person, by):
    from rakorsus.people.models import User

    nobody = User.objects.create(username="tanpa", email="tanpa@contoh.invalid")
    for name in COMMANDS:
        with pytest.raises(PermissionDenied):
            do(by(nobody), meeting, name)
    assert not Act.objects.exists()
    assert "hall.enter" in REGISTRY


def test_the_state_reads_the_same_number_of_times_whatever_the_meeting_has(
    meeting, roads, housing, health, by, django_assert_num_queries
):
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        state(meeting.pk)
    for user in (roads, housing, health):
        do(by(user), meeting, "raise_hand")
    with CaptureQueriesContext(connection) as many:
        state(meeting.pk)
    assert len(many) == len(few)


@pytest.mark.django_db(transaction=True)
def test_two_with_one_key_at_one_moment_are_one_act(meeting, roads, by):
    """Both look before either has written; the database lets one through. SQLite has one writer
    at a time: there the second comes after the first."""
    together = connection.vendor != "sqlite"
    gate, got = threading.Barrier(2 if together else 1), []

    def run():
        try:
            gate.wait(10)
            got.append(do(by(roads), meeting, "raise_hand", "satu-kunci").number)
        except ValidationError:
            got.append(None)
        finally:
            if together:
                connections.close_all()

    if together:
        threads = [threading.Thread(target=run) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    else:
        run(), run()
    assert Act.objects.count() == 1
    assert 1 in got


def test_refusals_with_numbers_are_said_in_both_languages(meeting, secretary, by):
    with pytest.raises(ValidationError) as refused:
        do(by(secretary), meeting, "begin", item="x", version=1)
    told = actions.error_of(refused.value)
    assert told["id"] == "item harus angka."
    assert told["en"] == "item must be a number."
    assert english("Baris ini tidak ada di register: a.1, b.2.").endswith("register: a.1, b.2.")
    assert english("Baris ini tidak ada di register: a.1.").startswith("Th")
    assert english("Kalimat yang tidak dikenal 3 kali.") == "Kalimat yang tidak dikenal 3 kali."
