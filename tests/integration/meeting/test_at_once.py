"""At the same moment: two decide one finding, a vote is cast again and again, one link enters by
many doors, and minutes are signed while others still write. Real threads, each with its own
connection, in a process of its own; on SQLite (a file) and on PostgreSQL."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from django.db import connection
from tests.integration.register.test_kill import ROOT, environment

PROGRAM = """
import json, sys, threading
from datetime import datetime, date
from zoneinfo import ZoneInfo
import django
django.setup()
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connections
from tests.integration.findings.conftest import HOUSING, ROADS, duplicates, fill
from rakorsus.audit import chain
from rakorsus.audit.models import Event
from rakorsus.people import actor as actors
from rakorsus.people.models import Agency, Membership, Role, User
from rakorsus.stages.findings.actions import analyse_register
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.meeting import actions
from rakorsus.stages.meeting.links import opened, token_of
from rakorsus.stages.meeting.models import (
    AgendaItem, Attendance, Ballot, Minutes, Note, Outcome, Participant, Session,
)
from rakorsus.stages.meeting.queries.minutes import content, digest_of

def at(hour):
    return datetime(2022, 3, 15, hour, tzinfo=ZoneInfo("Asia/Makassar"))

def person(name, role, code=None):
    user = User.objects.create(username=name, email=f"{name}@x.invalid", display_name=name)
    office = Agency.objects.get(code=code) if code else None
    return user, Membership.objects.create(user=user, role=role, agency=office)

def by(user):
    return actors.of_user(user, "page")

def together(*works):
    '''All at one moment; what each gave, or how it was refused.'''
    gate, found = threading.Barrier(len(works)), [None] * len(works)
    def run(place, work):
        try:
            gate.wait(60)
            work()
            found[place] = "ok"
        except (ValidationError, PermissionDenied) as error:
            found[place] = " ".join(getattr(error, "messages", ["403"]))
        finally:
            connections.close_all()
    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads: thread.start()
    for thread in threads: thread.join(120)
    return sorted(map(str, found))

def refused(action):
    found = Event.objects.filter(action="meeting.refused")
    return sum(event.changes["action"] == action for event in found)

fill(duplicates(2))
analyse_register(actors.system("cli"))
(boss, _m), (roads, _m), (housing, _m), (desk_of, _m) = (
    person("bappeda", Role.COORDINATOR), person("pu", Role.PLANNER, ROADS),
    person("perkim", Role.PLANNER, HOUSING), person("sekretariat", Role.SECRETARIAT),
)
leader, mandate = person("pimpinan", Role.LEADER)
meeting = actions.create_meeting(by(boss), "", usual=False, type="rakorsus", title="Rakorsus",
                                 starts=at(8), ends=at(22), place="x")
desks = actions.save_session(by(boss), meeting, None, kind="desks", title="Meja", starts=at(13),
                             ends=at(15))
actions.add_cases(by(boss), desks, Finding.objects.prefetch_related("sides__agency"), 30)
one, two = AgendaItem.objects.order_by("pk")[:2]

def outcome(kind):
    return {"kind": kind, "text": kind, "owner": Agency.objects.get(code=ROADS),
            "owner_post": "Kepala Bidang", "due": date(2022, 4, 15)}

said = {}
said["settle"] = together(
    lambda: actions.settle(by(roads), one, one.version, outcome("merge")),
    lambda: actions.settle(by(housing), one, one.version, outcome("split")),
)
said["outcomes"] = Outcome.objects.count()
case = actions.resolve(by(boss), meeting, {"title": "Perkara", "text": "Setuju?"})
actions.open_vote(by(boss), case)
said["vote"] = together(*[
    lambda choice=choice: actions.vote(by(leader), case, mandate, choice)
    for choice in ("yes", "no", "yes", "no", "abstain")
])
said["ballots"] = Ballot.objects.count()
actions.close_vote(by(boss), case)
actions.add_participants(by(desk_of), meeting, [{"group": "rectors", "rank": 1, "post": "Rektor"}])
guest = Participant.objects.get()
_found, key = opened(token_of(guest))
said["enter"] = together(*[
    lambda n=n: actions.check_in(by(desk_of), guest, f"phone-{n}", key=key) for n in range(5)
])
said["entered"] = Attendance.objects.count()
actions.add_participants(by(desk_of), meeting, [{"group": "rectors", "rank": 2, "post": "Dekan"}])
other = Participant.objects.get(post="Dekan")
said["again"] = together(*[
    lambda: actions.check_in(by(desk_of), other, "one-phone") for _ in range(4)
])
def write(n):
    seen = Note.objects.filter(item=two, field="discussion").values_list("version", flat=True)
    actions.note(by(desk_of), two, "discussion", f"Catatan {n}", (list(seen) or [0])[0])
said["sign"] = together(
    *[lambda n=n: write(n) for n in range(3)],
    lambda: actions.settle(by(roads), two, two.version, outcome("lead")),
    lambda: actions.sign(by(boss), meeting, "Kepala Bappeda"),
    lambda: actions.sign(by(leader), meeting, "Wali Kota"),
)
signed = Minutes.objects.get()
said["frozen"] = digest_of(content(meeting)) == signed.digest == digest_of(signed.content)
said["after"] = together(lambda: write(9))
said["refused"] = {name: refused(f"meeting.{name}") for name in
                   ("settle", "vote", "check_in", "sign", "note")}
said["chain"] = chain.verify() is None
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory, django_db_setup, django_db_blocker):
    """What happened."""
    with django_db_blocker.unblock():
        own = environment(tmp_path_factory.mktemp("home"))
        own["PYTHONPATH"] = f"{ROOT / 'src'}:{ROOT}"
        own["RAKORSUS_TODAY"] = "2022-03-14"
        if connection.vendor == "sqlite":
            migrate = [sys.executable, "-m", "django", "migrate", "-v0", "--skip-checks"]
            subprocess.run(migrate, env=own, check=True)
        done = subprocess.run([sys.executable, "-c", PROGRAM], env=own, capture_output=True,
                              text=True, check=False)  # fmt: skip
        if connection.vendor == "postgresql":
            from django.core.management import call_command

            call_command("flush", verbosity=0, interactive=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("at_once")]


def test_of_two_who_decide_at_once_one_is_told_who_was_first(said) -> None:
    assert said["outcomes"] == 1
    refusal, done = said["settle"]
    assert done == "ok"
    assert "baru saja diputuskan oleh" in refusal
    assert said["refused"]["settle"] >= 1


def test_a_vote_counts_once(said) -> None:
    assert said["ballots"] == 1
    assert said["vote"] == ["Suara untuk mandat ini sudah diberikan."] * 4 + ["ok"]
    assert said["refused"]["vote"] == 4


def test_a_link_enters_by_one_door_only(said) -> None:
    assert said["entered"] == 1
    assert [words[:28] for words in said["enter"]] == ["Undangan ini sudah dipakai m"] * 4 + ["ok"]
    assert said["refused"]["check_in"] == 4
    assert said["again"] == ["ok"] * 4  # one device, sent again and again


def test_what_is_signed_is_what_was_written(said) -> None:
    """Whoever comes before the signature is in it; whoever comes after is refused."""
    assert said["frozen"] is True
    assert said["sign"].count("ok") >= 1
    assert any("ditandatangani" in words for words in said["sign"])
    assert "ditandatangani" in said["after"][0]
    assert said["refused"]["sign"] == 1
    assert said["refused"]["note"] >= 1
    assert said["chain"] is True
