"""The scene: made from the records, for whoever may see them, with a fixed number of queries."""

from __future__ import annotations

import json
from datetime import date

import pytest
import shapely
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.integration.findings.conftest import HOUSING, ROADS, duplicates, fill, line
from tests.integration.meeting.conftest import page
from tests.real import DATA, needs_real_files

from rakorsus.hall import scene
from rakorsus.people import actor as actors
from rakorsus.people.models import Agency, Role
from rakorsus.stages.findings.actions import analyse_register
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.meeting.models import Meeting
from rakorsus.stages.register.models import Region


def regions(west: float | None = None) -> None:
    """Panakkukang with four kelurahan; with `west` an island so many degrees to the west."""
    rows = [("73", "Sulawesi Selatan", 1, "", None), ("73.71", "Makassar", 2, "73", None)]
    rows.append(("73.71.09", "Panakkukang", 3, "73.71", None))
    names = ("Paropo", "Karampuang", "Pandang", "Pampang")  # 1004 is Pampang in the real table
    for n, name in enumerate(names):
        box = shapely.box(119.40 + n * 0.01, -5.16, 119.41 + n * 0.01, -5.14)
        rows.append((f"73.71.09.{1001 + n}", name, 4, "73.71.09", box))
    if west:
        rows.append(("73.71.15", "Sangkarrang", 3, "73.71", None))
        box = shapely.box(119.40 - west, -5.155, 119.41 - west, -5.145)
        rows.append(("73.71.15.1001", "Barrang", 4, "73.71.15", box))
    for code, name, level, parent, shape in rows:
        Region.objects.update_or_create(
            code=code,
            defaults={
                "name": name, "level": level, "parent_code": parent,
                "outline": shapely.to_geojson(shape) if shape else None,
                "lon": shape.centroid.x if shape else None,
                "lat": shape.centroid.y if shape else None,
            },
        )  # fmt: skip


def test_the_scene_tells_the_meeting_and_its_city(meeting, coordinator, desk):
    regions(west=0.1)
    found = scene.build(page(coordinator), meeting)
    assert found["meeting"]["title"] == "Rakorsus 2022"
    assert [p["key"] for p in found["places"]] == ["stage", "city", "tables", "booths", "corridor"]
    assert found["city"]["sea"] == pytest.approx(270, abs=2)
    assert {d["name"] for d in found["city"]["districts"]} == {"Panakkukang", "Sangkarrang"}
    assert [t["item"] for t in found["tables"]] == [desk.pk]
    sides = [found["agencies"][n]["code"] for n in found["tables"][0]["seats"]]
    assert sorted(sides) == [ROADS, HOUSING]
    roads = next(a for a in found["agencies"] if a["code"] == ROADS)
    assert (roads["count"], roads["open"], roads["money"]) == (1, 1, 187_450_000)
    assert roads["in_charge"] == ""
    json.dumps(found)


def test_an_inland_city_has_no_sea(meeting, coordinator):
    regions()
    city = scene.build(page(coordinator), meeting)["city"]
    assert (city["sea"], city["islands"], city["coast"]) == (None, [], [])


def test_lines_and_arcs_stand_in_their_kelurahan(city, meeting, coordinator):
    regions()
    fill(duplicates(1))
    analyse_register(actors.system("cli"))
    found = scene.build(page(coordinator), meeting)
    (finding,) = [f for f in found["findings"] if f["kind"] == "duplicate"]
    assert len(finding["programs"]) == 2
    for n in finding["programs"]:
        program = found["programs"][n]
        assert program["region"] == "73.71.09.1004"
        assert (program["from"], program["to"]) == (121, 210)
    a, b = (found["programs"][n] for n in finding["programs"])
    assert (a["x"], a["z"]) != (b["x"], b["z"])


def test_a_guest_gets_no_findings_of_others(meeting, person):
    guest = person("tamu", Role.GUEST)
    found = scene.build(page(guest), meeting)
    assert found["findings"] == []
    assert all(a["open"] == 0 and a["findings"] == [] for a in found["agencies"])


def test_the_number_of_queries_does_not_grow(meeting, coordinator):
    regions()

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            scene.build(page(coordinator), meeting)
        return len(seen)

    queries()  # what is kept is made
    few = queries()
    fill([*duplicates(1), *(
        line(5000 + n, ROADS if n % 2 else HOUSING, f"Taman Kelurahan {n}",
             "Kel. Pampang Kec. Panakkukang") for n in range(12)
    )])  # fmt: skip
    Agency.objects.create(code="1.99", name="Dinas Baru", kind="opd")
    analyse_register(actors.system("cli"))
    queries()
    assert queries() == few


def test_pages_and_data_are_for_those_who_may_enter(client, meeting, coordinator):
    for name in ("hall:room", "hall:plan", "hall:scene"):
        answer = client.get(reverse(name, args=[meeting.pk]))
        assert answer.status_code == 302
        assert "login" in answer.url
    client.force_login(coordinator)
    for name in ("hall:room", "hall:plan"):
        answer = client.get(reverse(name, args=[meeting.pk]))
        assert answer.status_code == 200
        assert b'aria-hidden="true"></canvas>' in answer.content
    told = client.get(reverse("hall:scene", args=[meeting.pk])).json()
    assert told["version"] == scene.VERSION
    assert told["words"]["queue"] == "Antrean bicara"
    client.cookies["django_language"] = "en"
    told = client.get(reverse("hall:scene", args=[meeting.pk])).json()
    assert told["words"]["queue"] == "Queue of speakers"


def test_a_line_is_tried_elsewhere_in_time_and_nothing_is_written(client, meeting, coordinator):
    client.force_login(coordinator)
    address = reverse("hall:try", args=[meeting.pk])
    send = {"program": "paket_penyedia:1001", "days": 120}
    told = client.post(address, send, content_type="application/json").json()
    before = [f["text"] for f in told["gone"] + told["stay"]]
    assert [f["kind"] for f in told["gone"] + told["stay"]].count("duplicate") == 1
    assert (told["from"], told["state"]) == ("2022-08-30", "done")
    again = client.post(address, send | {"days": 1}, content_type="application/json").json()
    assert [f["text"] for f in again["gone"] + again["stay"]] == before  # the list is as it was
    asked = client.post(address, {"draft": told["draft"]}, content_type="application/json").json()
    assert asked == told
    assert client.get(told["page"]).status_code == 200  # the list has the same draft
    found = Finding.objects.get(kind="duplicate").programs.get(key=send["program"])
    assert found.start == date(2022, 5, 2)


def test_a_draft_is_adopted_with_a_reason_by_whoever_may_amend(
    client, meeting, coordinator, person
):
    address = reverse("hall:try", args=[meeting.pk])
    send = {"program": "paket_penyedia:1001", "days": 30}
    adopt = {"adopt": True, "reason": "Sesudah pipa"}
    other = person("kes", Role.PLANNER, "1.02.0.00.0.00.02.0000")
    drafts = {}
    for user in (other, coordinator):
        client.force_login(user)
        told = client.post(address, send, content_type="application/json").json()
        drafts[user] = {"draft": told["draft"]}
        assert told["may_adopt"] is (user is coordinator)
    assert client.post(address, drafts[other], content_type="application/json").status_code == 400
    client.force_login(other)
    refused = client.post(address, drafts[other] | adopt, content_type="application/json")
    assert refused.status_code == 403
    client.force_login(coordinator)
    without = client.post(address, drafts[coordinator] | {"adopt": True},
                          content_type="application/json")  # fmt: skip
    assert without.status_code == 400
    answer = client.post(address, drafts[coordinator] | adopt, content_type="application/json")
    assert answer.status_code == 200
    program = Finding.objects.get(kind="duplicate").programs.get(key=send["program"])
    assert program.start == date(2022, 6, 1)


@pytest.mark.parametrize(
    "sent", ["", "[]", "{}", '{"program": "x", "days": 3}', '{"program": 1, "days": "x"}',
             '{"program": "paket_penyedia:1001", "days": 0}',
             '{"program": "paket_penyedia:1001", "days": 9999}'],
)  # fmt: skip
def test_what_cannot_be_tried_says_why(client, meeting, coordinator, sent):
    client.force_login(coordinator)
    address = reverse("hall:try", args=[meeting.pk])
    answer = client.post(address, sent, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["error"]


@needs_real_files
def test_makassar_by_its_real_boundaries(meeting, coordinator):
    path = DATA / "wilayah" / "makassar_kelurahan.geojson"
    for feature in json.loads(path.read_text())["features"]:
        told = feature["properties"]
        Region.objects.update_or_create(code=told["kode"][:8], defaults={
            "name": told["kecamatan"], "level": 3, "parent_code": "73.71"})  # fmt: skip
        Region.objects.update_or_create(code=told["kode"], defaults={
            "name": told["nama"], "level": 4, "parent_code": told["kode"][:8],
            "outline": json.dumps(feature["geometry"])})  # fmt: skip
    found = scene.build(page(coordinator), Meeting.objects.get(pk=meeting.pk))["city"]
    assert len(found["districts"]) == 15
    assert 250 < found["sea"] < 310  # the strait lies to the west
    assert len(found["islands"]) >= 4
    assert not found["approximate"]
    assert len(json.dumps(found)) < 120_000
