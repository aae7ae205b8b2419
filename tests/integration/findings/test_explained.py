"""The five answers on a finding's page, in the API, and the page of each rule."""

from __future__ import annotations

import json

from django.test import Client

from rakorsus.engine.explain import RULEBOOK, Question
from rakorsus.people.models import Role


def _client(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_page_answers_the_five_questions_in_both_languages(found, roads) -> None:
    client = _client(roads)
    page = client.get(f"/temuan/{found.pk}/").content.decode()
    for words in ("Apakah waktunya bertemu?", "90 hari bersama", "RW 1, Kelurahan Pampang",
                  "Siapa membayar berapa?", "GAO-15-49SP"):  # fmt: skip
        assert words in page
    client.cookies["django_language"] = "en"
    page = client.get(f"/temuan/{found.pk}/").content.decode()
    assert "Do the dates overlap?" in page
    assert "90 days together" in page


def test_the_api_carries_the_answers(found, roads) -> None:
    told = json.loads(_client(roads).get(f"/api/v1/findings/{found.pk}").content)
    assert [a["question"] for a in told["evidence"]["answers"]] == [q.value for q in Question]


def test_a_finding_stored_before_there_were_answers_still_opens(found, roads) -> None:
    found.evidence.pop("answers")
    found.save()
    page = _client(roads).get(f"/temuan/{found.pk}/")
    assert page.status_code == 200
    assert "GAO-15-49SP" in page.content.decode()


def test_every_rule_has_a_page_with_its_source(found, person) -> None:
    client = _client(person("bappeda", Role.COORDINATOR))
    for name, rule in RULEBOOK.items():
        page = client.get(f"/temuan/aturan/{name}/")
        assert page.status_code == 200
        assert rule.source.id in page.content.decode().replace("&#x27;", "'")
    assert client.get("/temuan/aturan/tidak.ada/").status_code == 404
    assert Client().get("/temuan/aturan/duplicate.place/").status_code == 302
