"""Pages and API of the findings: who sees what, constant queries, exports without formulas."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.integration.findings.conftest import HOUSING, ROADS, duplicates, fill

from rakorsus.people import actor as actors
from rakorsus.people.models import Role
from rakorsus.stages.findings import actions
from rakorsus.stages.findings.models import Finding, Verdict

PAGES = ("/temuan/", "/temuan/?keadaan=semua&urut=nilai", "/temuan/matriks/", "/temuan/wajar/",
         "/temuan/pertanyaan/", "/temuan/analisis/")  # fmt: skip


def _client(user=None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def test_every_page_opens_for_those_who_may(found, person) -> None:
    for role in (Role.COORDINATOR, Role.LEADER, Role.SECRETARIAT, Role.ADMINISTRATOR):
        client = _client(person(role, role))
        for page in (*PAGES, f"/temuan/{found.pk}/"):
            assert client.get(page).status_code == 200, (role, page)


def test_the_public_sees_no_findings_on_any_surface(found) -> None:
    client = _client()
    for page in (*PAGES, f"/temuan/{found.pk}/", "/temuan/unduh/csv/", "/temuan/aturan/"):
        assert client.get(page).status_code == 302, page
    assert client.get("/api/v1/findings").status_code == 403
    assert client.get(f"/api/v1/findings/{found.pk}").status_code == 403
    line = client.get("/program/paket_penyedia:1001/")
    assert line.status_code == 200
    assert "/temuan/" not in line.content.decode()


def test_a_guest_sees_the_findings_of_his_agency_only(found, person) -> None:
    guest = _client(person("g1", Role.GUEST, ROADS))
    other = _client(person("g2", Role.GUEST, "1.02.0.00.0.00.02.0000"))
    assert guest.get(f"/temuan/{found.pk}/").status_code == 200
    assert other.get(f"/temuan/{found.pk}/").status_code == 404
    assert other.get(f"/api/v1/findings/{found.pk}").status_code == 404
    assert json.loads(other.get("/api/v1/findings").content)["total"] == 0


def test_others_read_without_the_talk_and_cannot_write(found, roads, health) -> None:
    actions.comment(actors.of_user(roads, "page"), found, "Rahasia dapur.")
    page = _client(health).get(f"/temuan/{found.pk}/").content.decode()
    assert "Rahasia dapur" not in page
    assert "Rahasia dapur" in _client(roads).get(f"/temuan/{found.pk}/").content.decode()
    side = found.sides.get(agency__code=ROADS)
    sent = {"agency": side.agency_id, "answer": "accept"}
    assert _client(health).post(f"/temuan/{found.pk}/jawab/", sent).status_code == 403
    assert _client(health).post("/temuan/analisis/jalankan/").status_code == 403
    assert _client(health).get("/temuan/aturan/").status_code == 403
    assert not Verdict.objects.exists()


def test_a_planner_answers_on_the_page_and_by_the_api(found, roads, housing) -> None:
    side = found.sides.get(agency__code=ROADS)
    sent = {"agency": side.agency_id, "answer": "accept", "reason": "ya", "cause": ""}
    assert _client(roads).post(f"/temuan/{found.pk}/jawab/", sent).status_code == 302
    body = json.dumps({"agency": HOUSING, "answer": "reject", "cause": "other_object"})
    url = f"/api/v1/findings/{found.pk}/answers"
    client = _client(housing)
    answer = client.post(url, body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert json.loads(answer.content)["state"] == "disputed"
    refused = client.post(url, json.dumps({"agency": ROADS, "answer": "accept"}),
                          content_type="application/json")  # fmt: skip
    assert refused.status_code == 403


def test_the_planners_inbox_is_the_own_agency(found, roads, health) -> None:
    assert f"/temuan/{found.pk}/" in _client(roads).get("/temuan/").content.decode()
    assert f"/temuan/{found.pk}/" not in _client(health).get("/temuan/").content.decode()


def test_words_are_escaped(found, roads) -> None:
    actions.comment(actors.of_user(roads, "page"), found, "<script>alert(1)</script>")
    page = _client(roads).get(f"/temuan/{found.pk}/").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_exports(found, roads, kind: str) -> None:
    answer = _client(roads).get(f"/temuan/unduh/{kind}/?keadaan=semua")
    body = b"".join(answer.streaming_content)
    assert answer.status_code == 200
    assert len(body) > 200
    if kind == "csv":
        assert str(found.pk) in body.decode("utf-8-sig").splitlines()[1]


@pytest.mark.parametrize("page", PAGES)
def test_the_number_of_queries_does_not_grow(db, person, page: str) -> None:
    client = _client(person("b", Role.COORDINATOR))
    counts = []
    for pairs in (3, 6):
        fill(duplicates(pairs))
        actions.analyse_register(actors.system("cli"))
        client.get(page)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(page).status_code == 200
        counts.append(len(queries))
    assert Finding.objects.filter(kind="duplicate").count() == 6
    assert counts[0] == counts[1]


def test_a_planner_reads_the_log_of_the_own_agency_without_addresses(found, roads, health) -> None:
    actor = actors.Actor(roads, "page", "10.1.2.3", actors.grants_of(roads))
    office = found.sides.get(agency__code=ROADS).agency
    actions.answer(actor, found, office, "accept")
    url = f"/audit/findings.finding/{found.pk}/"
    page = _client(roads).get(url)
    assert page.status_code == 200
    assert "findings.answer" in page.content.decode()
    assert "10.1.2.3" not in page.content.decode()
    assert _client(health).get(url).status_code == 403
    assert _client(roads).get("/audit/").status_code == 403
    assert _client(roads).get("/audit/unduh.csv").status_code == 403
