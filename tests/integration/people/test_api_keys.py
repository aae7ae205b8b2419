"""Keys of the API: what their owner may, within their scopes, at their pace, until they end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from rakorsus.audit.models import Event
from rakorsus.people import actor as actors
from rakorsus.people import apikeys, gate
from rakorsus.people.models import ApiKey, ApiMinute, Role
from rakorsus.web.api import api

READ = "/api/v1/findings"


def given(people, owner="coordinator", scopes=("findings:read",), days=30, quota=120):
    return apikeys.give(
        actors.of_user(people["administrator"], "page"), owner=people[owner], client="Portal kota",
        scopes=list(scopes), expires=timezone.localdate() + timedelta(days=days), quota=quota,
    )  # fmt: skip


def ask(secret, path=READ, method="get", **more):
    headers = {"authorization": f"Bearer {secret}"}
    return getattr(Client(enforce_csrf_checks=True), method)(path, headers=headers, **more)


def test_a_key_reads_as_its_owner_within_its_scopes(people):
    secret = given(people).secret
    assert ask(secret).status_code == 200
    refused = ask(secret, "/api/v1/programs")
    assert refused.status_code == 403
    assert refused.json()["detail"]["en"] == "This key lacks register:read."
    assert ask(secret, f"{READ}/1/answers", "post").status_code == 403


FOLLOWED = ("/api/v1/action-items", "/api/v1/warnings", "/api/v1/cards/2022-1")


@pytest.mark.parametrize("path", FOLLOWED)
def test_a_key_for_the_register_does_not_read_what_follows_from_it(people, path):
    register = given(people, scopes=("register:read", "register:write")).secret
    assert ask(register, path).status_code == 403
    assert ask(given(people, scopes=("followup:read",)).secret, path).status_code == 200


def test_every_address_of_the_api_has_its_area_and_every_area_an_address():
    paths = api.get_openapi_schema(path_prefix=gate.ROOT)["paths"]
    assert len(paths) > 20
    assert {gate.area_of(path) for path in paths} == set(apikeys.AREAS)


def test_an_address_of_no_area_opens_to_no_key(people):
    assert ask(given(people, scopes=apikeys.SCOPES).secret, "/api/v1/baru").status_code == 404


def test_a_key_never_may_more_than_its_owner(people):
    secret = given(people, "guest", apikeys.SCOPES).secret
    mine = Client()
    mine.force_login(people["guest"])
    for path in (READ, "/api/v1/imports"):
        assert ask(secret, path).status_code == mine.get(path).status_code


@pytest.mark.parametrize(
    "secret", ["", "rk_", "rk_x_y", "rk_000000000000_" + "a" * 43, "Basic x", "rk_\x00_x"]
)
def test_what_is_no_key_opens_nothing(people, secret):
    given(people)
    assert ask(secret).status_code == 401


def test_a_changed_secret_opens_nothing(people):
    secret = given(people).secret
    for wrong in (secret[:-1], secret + "x", secret.swapcase(), secret[:-1] + "!"):
        assert ask(wrong).status_code == 401


def test_a_key_ends_by_date_by_revocation_and_with_its_owners_account(people):
    admin = actors.of_user(people["administrator"], "page")
    ended, gone, closed = given(people), given(people), given(people, "secretariat")
    ApiKey.objects.filter(pk=ended.key.pk).update(expires=timezone.localdate() - timedelta(days=1))
    apikeys.revoke(admin, gone.key)
    people["secretariat"].is_active = False
    people["secretariat"].save()
    for key in (ended, gone, closed):
        assert ask(key.secret).status_code == 401


def test_the_quota_is_the_keys_own(people):
    first, second = given(people, quota=3), given(people, quota=3)
    answers = [ask(first.secret).status_code for _ in range(5)]
    # a new minute may begin in between
    assert answers.count(429) >= 1 or ApiMinute.objects.filter(key=first.key).count() == 2
    assert ask(second.secret).status_code == 200
    slow = next((a for a in (ask(first.secret) for _ in range(4)) if a.status_code == 429), None)
    assert slow is not None
    assert 0 < int(slow["Retry-After"]) <= 60


def test_without_a_key_one_address_has_its_pace_and_others_do_not_notice(people, monkeypatch):
    monkeypatch.setattr(gate, "OPEN_QUOTA", 4)
    path = "/api/v1/openapi.json"
    seen = [Client(REMOTE_ADDR="198.51.100.77").get(path).status_code for _ in range(12)]
    assert 429 in seen
    assert Client(REMOTE_ADDR="198.51.100.78").get(path).status_code == 200


def test_a_session_needs_its_csrf_token_for_every_change(people):
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(people["coordinator"])
    answer = forged.post(f"{READ}/1/comments", {"text": "x"}, content_type="application/json")
    assert answer.status_code == 403
    assert forged.get(READ).status_code == 200


def test_only_administrators_give_keys_and_the_secret_is_kept_nowhere(people):
    for name in ("coordinator", "planner", "leader", "secretariat", "guest"):
        with pytest.raises(PermissionDenied):
            apikeys.give(
                actors.of_user(people[name], "page"), owner=people[name], client="x",
                scopes=["findings:read"], expires=timezone.localdate(),
            )  # fmt: skip
    made = given(people)
    stored = str(list(ApiKey.objects.values())) + str(list(Event.objects.values()))
    assert made.secret not in stored
    assert made.secret.split("_", 2)[2] not in stored
    assert Event.objects.filter(action="people.give_key").count() == 1


@pytest.mark.parametrize(
    ("scopes", "days"), [([], 10), (["all"], 10), (["findings:read"], 400), (["findings:read"], -1)]
)
def test_what_cannot_be_given(people, scopes, days):
    with pytest.raises(ValidationError):
        given(people, scopes=scopes, days=days)


def test_the_page_shows_a_new_secret_once(people, client):
    client.force_login(people["administrator"])
    data = {
        "owner": people["coordinator"].pk, "client": "Portal", "scopes": ["register:read"],
        "quota": 60, "expires": (timezone.localdate() + timedelta(days=9)).isoformat(),
    }  # fmt: skip
    page = client.post("/pengaturan/kunci-api/", data)
    secret = page.context["given"].secret
    assert secret in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert secret not in client.get("/pengaturan/kunci-api/").content.decode()
    assert ask(secret, "/api/v1/programs").status_code == 200
    key = ApiKey.objects.get()
    assert client.post(f"/pengaturan/kunci-api/{key.pk}/cabut/").status_code == 302
    assert ask(secret, "/api/v1/programs").status_code == 401
    for role in Role.values:
        if role != Role.ADMINISTRATOR:
            client.force_login(people[role])
            assert client.get("/pengaturan/kunci-api/").status_code == 403
            assert client.post("/pengaturan/kunci-api/", data).status_code == 403


def test_the_list_takes_a_constant_number_of_queries(people, client, django_assert_max_num_queries):
    client.force_login(people["administrator"])
    given(people)
    with django_assert_max_num_queries(30) as one:
        client.get("/pengaturan/kunci-api/")
    given(people), given(people)
    with django_assert_max_num_queries(len(one)):
        client.get("/pengaturan/kunci-api/")
