"""Erasing personal data: the person is gone everywhere, the record and its chain stay."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from axes.models import AccessLog
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone

from rakorsus.audit import chain
from rakorsus.audit.models import Event
from rakorsus.operation import erasure
from rakorsus.operation.rows import lines, tables
from rakorsus.people import actor as actors
from rakorsus.people.models import Membership, Role, User
from rakorsus.stages.meeting import actions as meetings
from rakorsus.stages.meeting.links import opened, token_of
from rakorsus.stages.meeting.models import Attendance, Meeting, Participant

NAME, MAIL, PHONE = "Siti Rahma", "siti.rahma@contoh.go.id", "+628110000777"


@pytest.fixture
def person(db) -> User:
    user = User.objects.create_user(
        "sitirahma", MAIL, "sandi", display_name=NAME, post="Sekretaris"
    )
    Membership.objects.create(user=user, role=Role.SECRETARIAT)
    AccessLog.objects.create(username="sitirahma", ip_address="192.0.2.7")
    return user


@pytest.fixture
def guest(person) -> Participant:
    """Invited and arrived."""
    now = timezone.now()
    meeting = Meeting.objects.create(
        title="Rapat", starts=now, ends=now + timedelta(hours=2), place="x"
    )
    made = Participant.objects.create(
        meeting=meeting, group="other", post="Kepala Bidang", institution="Dinas contoh",
        name=NAME, email=MAIL, phone=PHONE,
    )  # fmt: skip
    admin = User.objects.create_user("sekretaris", "s@contoh.go.id", display_name="Sekretaris")
    Membership.objects.create(user=admin, role=Role.SECRETARIAT)
    meetings.check_in(actors.of_user(admin, "page"), made, "pintu-1")
    return made


def manage(*words: str) -> str:
    said = StringIO()
    call_command("hapus_data_pribadi", *words, stdout=said)
    return said.getvalue()


def everything() -> str:
    return "\n".join(line.decode() for model in tables() for line in lines(model, "default"))


def test_nothing_of_the_person_is_left_and_the_record_stays(guest, person) -> None:
    link = token_of(guest)
    assert "1 undangan" in manage("--orang", MAIL)
    assert all(word in everything() for word in (NAME, MAIL, PHONE, "sitirahma"))
    assert not Event.objects.filter(action="operation.erase").exists()
    manage("--orang", MAIL, "--ya")
    left = everything()
    assert not any(word in left for word in (NAME, MAIL, PHONE, "sitirahma", "192.0.2.7"))
    guest.refresh_from_db()
    assert (guest.post, guest.institution) == ("Kepala Bidang", "Dinas contoh")
    assert Attendance.objects.filter(participant=guest).count() == 1
    found = opened(link)
    assert found is not None
    assert found[1] != guest.key  # the old link's key counts no more
    person.refresh_from_db()
    assert (person.is_active, person.display_name) == (False, "Sekretaris")
    assert not person.has_usable_password()
    event = Event.objects.get(action="operation.erase")
    assert event.changes == {"invitations": 1, "sign-ins": 1, "accounts": 1}
    assert chain.prove().whole
    assert "0 akun" in manage("--orang", MAIL, "--ya")
    assert Event.objects.filter(action="operation.erase").count() == 1


def test_a_phone_number_finds_too(guest) -> None:
    assert "1 undangan" in manage("--orang", PHONE, "--ya")
    guest.refresh_from_db()
    assert guest.name == ""


@pytest.mark.parametrize("gone", ["email", "phone"])
def test_an_empty_word_stands_for_nobody(guest, gone) -> None:
    """Invitations without an address or number are not everybody's."""
    Participant.objects.filter(pk=guest.pk).update(**{gone: ""})
    with pytest.raises(CommandError):
        manage("--orang", "  ", "--ya")
    guest.refresh_from_db()
    assert guest.name == NAME


def test_what_is_past_its_time_goes_and_the_rest_stays(guest, monkeypatch) -> None:
    monkeypatch.setenv("RAKORSUS_KEEP_CONTACTS_DAYS", "30")
    monkeypatch.setenv("RAKORSUS_KEEP_SIGNINS_DAYS", "10")
    now = timezone.now()
    assert "0 undangan" in manage("--lewat-masa", "--ya")
    Meeting.objects.update(ends=now - timedelta(days=31))
    AccessLog.objects.update(attempt_time=now - timedelta(days=9))
    manage("--lewat-masa", "--ya")
    guest.refresh_from_db()
    assert (guest.name, guest.post) == ("", "Kepala Bidang")
    assert AccessLog.objects.count() == 1
    assert Event.objects.get(action="operation.lapse").changes == {
        "invitations": 1, "sign-ins": 0, "readings": 0,
    }  # fmt: skip


def test_only_the_administrator(person) -> None:
    with pytest.raises(PermissionDenied):
        erasure.erase_person(actors.of_user(person, "page"), MAIL, really=True)
