"""The list view: complete, for whoever may, with a constant number of queries."""

from __future__ import annotations

import json
import time
import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rakorsus.hall import relay, tickets
from rakorsus.hall.models import Act, Draft, Hall
from rakorsus.people.models import Agency, Membership
from rakorsus.stages.meeting import actions as meetings
from rakorsus.stages.meeting.models import Meeting, Outcome
from rakorsus.stages.register.models import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_(meeting, coordinator, by) -> Meeting:
    meetings.publish(by(coordinator), meeting)
    meeting.refresh_from_db()
    return meeting


def post(client, meeting, name, **data):
    return client.post(
        reverse("hall:act", args=[meeting.pk]),
        {"key": str(uuid.uuid4()), "name": name, "next": "/balai/", **data},
    )


def told(client, meeting, name, key=None, **data):
    return client.post(
        reverse("hall:act", args=[meeting.pk]),
        json.dumps({"key": key or str(uuid.uuid4()), "name": name, "data": data, "view": "plan"}),
        content_type="application/json",
    )


def addresses(meeting, desk, program, agency):
    return [
        reverse("hall:corridor"), reverse("hall:city"), reverse("hall:booth", args=[agency]),
        reverse("hall:stage", args=[meeting.pk]), reverse("hall:stage_live", args=[meeting.pk]),
        reverse("hall:tables", args=[meeting.pk]),
        reverse("hall:table", args=[meeting.pk, desk.pk]),
        reverse("hall:watch", args=[meeting.pk]), reverse("hall:watch_live", args=[meeting.pk]),
        reverse("hall:recording", args=[meeting.pk]),
        reverse("hall:recording_json", args=[meeting.pk]),
        reverse("hall:state", args=[meeting.pk]), reverse("hall:act", args=[meeting.pk]),
        reverse("hall:draft", args=[program.pk]),
    ]  # fmt: skip


def test_every_page_opens_for_a_planner_and_for_nobody_outside(open_, desk, roads, client):
    program = Program.objects.filter(agency__memberships__user=roads).first()
    pages = addresses(open_, desk, program, program.agency_id)
    for page in pages:
        assert client.get(page).status_code == 302, page
    client.force_login(roads)
    for page in pages:
        assert client.get(page).status_code == 200, page
    assert client.get(reverse("hall:compared", args=[open_.pk])).status_code == 403
    assert client.post(reverse("hall:save", args=[open_.pk]), {"cap": 5}).status_code == 403


def test_a_guest_sees_no_finding(open_, desk, guest, client):
    client.force_login(guest)
    assert client.get(reverse("hall:table", args=[open_.pk, desk.pk])).status_code == 404
    state = client.get(reverse("hall:state", args=[open_.pk])).json()["state"]
    assert "findings" not in state
    words = desk.title[:40]
    for name, args in (("tables", [open_.pk]), ("scene", [open_.pk]), ("state", [open_.pk]),
                       ("corridor", [])):  # fmt: skip
        assert words not in client.get(reverse(f"hall:{name}", args=args)).content.decode(), name


def test_the_whole_path_by_plain_forms(open_, desk, roads, secretary, leader, guest, client, by):
    client.force_login(roads)
    answer = post(client, open_, "raise_hand")
    assert (answer.status_code, answer.url) == (302, "/balai/")
    page = client.get(reverse("hall:stage", args=[open_.pk])).content.decode()
    assert "Turunkan tangan" in page
    client.force_login(secretary)
    request = open_.speakers.get()
    post(client, open_, "grant", request=request.pk)
    request.refresh_from_db()
    assert request.state == "granted"
    client.force_login(roads)
    assert "Selesai berbicara" in client.get(
        reverse("hall:stage_live", args=[open_.pk])
    ).content.decode()  # fmt: skip
    post(client, open_, "lower_hand")
    resolution = meetings.resolve(by(leader), open_, {"title": "Perkara", "text": "Teks"})
    client.force_login(leader)
    post(client, open_, "open_vote", resolution=resolution.pk)
    mandate = Membership.objects.get(user=leader)
    stage = client.get(reverse("hall:stage", args=[open_.pk])).content.decode()
    assert f'name="mandate" value="{mandate.pk}"' in stage
    post(client, open_, "vote", resolution=resolution.pk, mandate=mandate.pk, choice="yes")
    post(client, open_, "close_vote", resolution=resolution.pk)
    resolution.refresh_from_db()
    assert resolution.state == "adopted"
    client.force_login(roads)
    table = reverse("hall:table", args=[open_.pk, desk.pk])
    refused = client.post(
        table, {"kind": "merge", "text": "Digabung saja", "version": desk.version}
    )
    assert refused.status_code == 409
    assert "Digabung saja" in refused.content.decode()
    owner = desk.finding.sides.first().agency_id
    desk.refresh_from_db()
    done = client.post(
        table,
        {"kind": "merge", "text": "Digabung saja", "owner": owner, "owner_post": "Kabid",
         "due": "2022-06-01", "version": desk.version},
    )  # fmt: skip
    assert (done.status_code, done.url) == (302, table)
    assert Outcome.objects.get().text == "Digabung saja"
    client.force_login(secretary)
    minutes = client.get(reverse("meeting:minutes", args=[open_.pk])).content.decode()
    assert "Digabung saja" in minutes
    recording = client.get(reverse("hall:recording_json", args=[open_.pk])).json()
    assert [a["n"] for a in recording["acts"]] == list(range(1, recording["last"] + 1))
    assert {a["name"] for a in recording["acts"]} >= {
        "raise_hand", "grant", "lower_hand", "resolve", "open_vote", "vote", "close_vote", "settle"
    }  # fmt: skip
    address = reverse("hall:recording", args=[open_.pk])
    assert client.get(f"{address}?sampai=2").status_code == 200
    played = client.get(f"{address}?sampai=2&jalan=1").content.decode()
    assert 'content="2;url=?sampai=3&amp;jalan=1#putar"' in played  # by itself, until told to stop
    client.force_login(guest)  # hears that the table ended, not what it was about
    overheard = client.get(reverse("hall:recording_json", args=[open_.pk])).content.decode()
    assert [a["n"] for a in json.loads(overheard)["acts"]] == [a["n"] for a in recording["acts"]]
    told_to_guest = client.get(reverse("hall:act", args=[open_.pk])).content.decode()
    shown = client.get(address).content.decode()
    for text in (overheard, told_to_guest, shown):
        assert desk.title[:40] not in text
    assert desk.title[:40] in json.dumps(recording, ensure_ascii=False)
    client.force_login(secretary)
    ended = client.get(f"{address}?sampai={recording['last']}&jalan=1").content.decode()
    assert 'http-equiv="refresh"' not in ended


def test_json_acts_answer_in_both_languages(open_, roads, client):
    client.force_login(roads)
    first = told(client, open_, "raise_hand", "kunci-0001")
    assert (first.status_code, first.json()["n"]) == (200, Act.objects.get().number)
    assert told(client, open_, "raise_hand", "kunci-0001").json() == first.json()
    refused = told(client, open_, "raise_hand")
    assert (refused.status_code, refused.json()["code"]) == (409, "refused")
    assert refused.json()["id"] != refused.json()["en"]
    assert told(client, open_, "grant", request=1).status_code in (403, 409)
    assert told(client, open_, "fly").status_code == 400
    assert told(client, open_, "raise_hand", "x").status_code == 400
    raw = client.post(reverse("hall:act", args=[open_.pk]), "[", content_type="application/json")
    assert raw.status_code == 400
    assert Act.objects.get().surface == "hall-plan"
    since = client.get(reverse("hall:act", args=[open_.pk]) + "?sejak=0").json()
    assert [a["name"] for a in since["acts"]] == ["raise_hand"]


def test_places_have_one_name_and_the_corridor_says_what_was_agreed(
    open_, coordinator, roads, by, client
):
    office = roads.memberships.get().agency
    made = meetings.resolve(by(coordinator), open_, {
        "title": "Peta", "text": "Semua galian memakai satu peta.", "owner": office,
        "owner_post": "Kepala Dinas", "due": date(2020, 1, 2)})  # fmt: skip
    made.__class__.objects.filter(pk=made.pk).update(state="adopted")
    client.force_login(roads)
    words = client.get(reverse("hall:corridor")).content.decode()
    assert "Semua galian memakai satu peta." in words
    assert "lewat tenggat" in words
    told = client.get(reverse("hall:scene", args=[open_.pk])).json()
    places = {p["key"]: p for p in told["places"]}
    pages = {"corridor": words, "booths": client.get(
        reverse("hall:booth", args=[office.pk])).content.decode(),
        "stage": client.get(reverse("hall:stage", args=[open_.pk])).content.decode(),
        "tables": client.get(reverse("hall:tables", args=[open_.pk])).content.decode(),
        "city": client.get(reverse("hall:city")).content.decode()}  # fmt: skip
    for key, text in pages.items():
        assert places[key]["question"] in text, key
    assert "<h1>Selasar</h1>" in words
    assert places["corridor"]["name"] == "Selasar"


def test_the_ticket_tells_a_way_through_firewalls_where_there_is_voice(
    open_, roads, client, settings
):
    settings.JANUS, settings.TURN, settings.TURN_SECRET = "", ["turn:t.example:3478"], "rahasia"
    client.force_login(roads)
    address = reverse("hall:ticket", args=[open_.pk])
    assert client.post(address).json()["ice"] == []
    settings.JANUS = "ws://127.0.0.1:8188"
    (server,) = client.post(address).json()["ice"]
    assert server["urls"] == ["turn:t.example:3478"]
    ends, who = server["username"].split(":")
    assert who == str(roads.pk)
    assert 0 < int(ends) - time.time() <= relay.AGE
    assert "rahasia" not in client.post(address).content.decode()


def test_the_ticket_names_a_post_and_no_person(open_, roads, leader, client, settings):
    client.force_login(roads)
    address = reverse("hall:ticket", args=[open_.pk])
    assert client.get(address).status_code == 405
    answer = client.post(address)
    assert answer["Cache-Control"].startswith("max-age=0")
    told = answer.json()
    content = tickets.verify(settings.SECRET_KEY, told["ticket"])
    assert (content["m"], content["u"], content["r"]) == (open_.pk, roads.pk, "member")
    assert content["a"] == told["you"]["agency"]
    assert told["socket"] == "ws://testserver:8002/balai/ws"
    with pytest.raises(tickets.Invalid):
        tickets.verify(settings.SECRET_KEY, told["ticket"], age=-1)
    with pytest.raises(tickets.Invalid):
        tickets.verify("another key", told["ticket"])
    settings.HALL_URL = "/balai/ws"
    assert client.post(address).json()["socket"] == "/balai/ws"
    client.force_login(leader)
    told = client.post(address).json()
    assert [m["id"] for m in told["mandates"]] == list(
        Membership.objects.filter(user=leader).values_list("pk", flat=True)
    )


def test_the_policy_lets_the_socket_through(open_, roads, client, settings):
    client.force_login(roads)
    page = client.get(reverse("hall:stage", args=[open_.pk]))
    assert "ws://testserver:8002" in page["Content-Security-Policy"]
    assert "ws://" not in client.get("/")["Content-Security-Policy"]
    settings.HALL_URL = "wss://balai.contoh.go.id/ws"
    page = client.get(reverse("hall:stage", args=[open_.pk]))
    assert "wss://balai.contoh.go.id " in page["Content-Security-Policy"].replace(";", " ")


def test_the_state_and_the_stage_are_not_sent_twice(open_, roads, client):
    client.force_login(roads)
    for name in ("hall:state", "hall:stage_live", "hall:watch_live"):
        address = reverse(name, args=[open_.pk])
        first = client.get(address)
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
        post(client, open_, "raise_hand" if name == "hall:state" else "lower_hand")
        if name == "hall:watch_live":
            post(client, open_, "raise_hand")
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200
        if name == "hall:stage_live":
            post(client, open_, "raise_hand")


def test_the_watch_page_is_public_when_the_coordinator_says_so(open_, coordinator, client):
    client.force_login(coordinator)
    client.post(reverse("hall:save", args=[open_.pk]), {"cap": 40, "public": "on"})
    hall = Hall.objects.get(meeting=open_)
    assert (hall.cap, hall.public) == (40, True)
    client.post(reverse("hall:save", args=[open_.pk]), {"cap": 0})
    hall.refresh_from_db()
    assert hall.cap == 40
    client.logout()
    page = client.get(reverse("hall:watch", args=[open_.pk]))
    assert page.status_code == 200
    fragment = client.get(reverse("hall:watch_live", args=[open_.pk]))
    assert "public" in fragment["Cache-Control"]
    assert "Drainase" not in page.content.decode()  # tables are findings


def test_a_draft_runs_the_engine_and_changes_nothing(open_, roads, client):
    client.force_login(roads)
    program = Program.objects.filter(agency__memberships__user=roads).first()
    before = Program.objects.filter(pk=program.pk).values().get()
    address = reverse("hall:draft", args=[program.pk])
    assert client.post(address, {"start": program.begins, "end": program.ends}).status_code == 409
    assert client.post(address, {"start": "2022-09-01", "end": "2022-08-01"}).status_code == 409
    answer = client.post(address, {"place": "Kel. Sudiang Kec. Biringkanaya"})
    draft = Draft.objects.get()
    assert answer.url == reverse("hall:drafted", args=[draft.pk])
    assert draft.state == "done", draft.result
    assert len(draft.result["before"]) == 1  # the planted duplicate
    assert draft.result["gone"] == [draft.result["before"][0]["fingerprint"]]
    assert Program.objects.filter(pk=program.pk).values().get() == before
    assert client.get(answer.url).status_code == 200
    same = client.post(address, {"place": program.place + " "})
    assert same.status_code == 409
    assert "Pakai jadwal ini" in client.get(answer.url).content.decode()
    assert client.post(answer.url, {"reason": " "}).status_code == 200
    adopted = client.post(answer.url, {"reason": "Pindah ke utara"})
    assert adopted.url == program.get_absolute_url()
    program.refresh_from_db()
    assert "Biringkanaya" in program.place


def test_a_request_from_a_booth(open_, roads, housing, coordinator, client):
    theirs = Program.objects.filter(agency__memberships__user=housing).first()
    booth = reverse("hall:booth", args=[theirs.agency_id])
    client.force_login(roads)
    assert "Kami juga bekerja di situ" in client.get(booth).content.decode()
    post(client, open_, "ask_sync", program=theirs.pk, text="Pipa kami di jalan itu")
    assert "sudah diminta" in client.get(booth).content.decode()
    client.force_login(coordinator)
    page = client.get(reverse("hall:tables", args=[open_.pk])).content.decode()
    assert "Pipa kami di jalan itu" in page
    found = open_.sync_requests.get()
    client.post(reverse("hall:answer_sync", args=[found.pk]), {"jawaban": "agenda"})
    found.refresh_from_db()
    assert found.item is not None
    assert client.get(reverse("hall:table", args=[open_.pk, found.item_id])).status_code == 200


@pytest.mark.parametrize("name", ["corridor", "city", "tables", "recording", "stage_live"])
def test_the_number_of_queries_does_not_grow(name, open_, roads, housing, health, client, by):
    client.force_login(roads)
    args = [] if name in ("corridor", "city") else [open_.pk]
    address = reverse(f"hall:{name}", args=args)
    post(client, open_, "raise_hand")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for user in (housing, health):
        meetings.raise_hand(by(user), open_)
    for n in range(3):
        Agency.objects.create(code=f"9.99.{n}", name=f"Dinas {n}")
    client.get(address)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) <= len(few)
