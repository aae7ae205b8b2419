"""Health, readiness, numbers and status: what they say, and to whom."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command
from django.test import override_settings

from rakorsus.operation import checks, figures
from rakorsus.people.models import Agency, Membership, Role, User
from rakorsus.people.rules import REGISTRY


@pytest.fixture(autouse=True)
def _plain_files(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "whitenoise" not in m]


def holder(role: str) -> User:
    user = User.objects.create_user(role, f"{role}@contoh.go.id")
    agency = Agency.objects.create(code=f"1.01.{role}", name="Dinas")
    own = agency if role in (Role.PLANNER, Role.GUEST) else None
    Membership.objects.create(user=user, role=role, agency=own)
    return user


@pytest.mark.parametrize("path", ["/sehat/", "/siap/", "/metrik/"])
def test_nobody_needs_to_sign_in_to_ask_whether_it_works(client, db, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert client.post(path).status_code == 405


def test_metrics_name_pages_and_no_addresses(client, db):
    client.get("/program/")
    client.get("/tidak/ada/rahasia-di-alamat/")
    text = client.get("/metrik/").content.decode()
    assert 'page="register:programs"' in text
    assert "rahasia-di-alamat" not in text
    for figure in figures.all_figures():
        assert f"rakorsus_{figure.name} " in text


def test_metrics_are_not_there_for_others(client, db, monkeypatch):
    assert client.get("/metrik/", REMOTE_ADDR="203.0.113.9").status_code == 404
    monkeypatch.setenv("RAKORSUS_METRICS_TOKEN", "sandi")
    assert client.get("/metrik/").status_code == 404
    for header in ("Bearer salah", "Bearer ", "sandi-lain"):
        assert client.get("/metrik/", headers={"authorization": header}).status_code == 404
    ok = client.get(
        "/metrik/", REMOTE_ADDR="203.0.113.9", headers={"authorization": "Bearer sandi"}
    )
    assert ok.status_code == 200


@pytest.mark.parametrize("role", [*Role.values, None])
def test_the_status_page_is_the_administrators(client, db, role):
    if role:
        client.force_login(holder(role))
    expected = 200 if role == Role.ADMINISTRATOR else 403 if role else 302
    assert client.get("/pengaturan/keadaan/").status_code == expected
    assert "operation.read" in REGISTRY


def test_each_check_that_is_not_good_says_what_to_do(db):
    found = checks.run()
    assert len({str(c.name) for c in found}) == len(found) >= 12
    for check in found:
        assert check.says, check.name
        if check.state == checks.State.BAD:
            assert check.advice, check.name


@override_settings(ALLOWED_HOSTS=["rakorsus.contoh.go.id"], SESSION_COOKIE_SECURE=False, DEBUG=True)
def test_an_open_door_is_seen(db):
    states = {str(c.name): c.state for c in checks.run()}
    assert states["Sambungan terenkripsi"] == checks.State.BAD
    assert states["Mode pengembangan"] == checks.State.BAD
    assert checks.worst(checks.run()) == checks.State.BAD


def test_an_administrator_without_second_factor_is_named_by_number_only(db):
    holder(Role.ADMINISTRATOR)
    check = next(c for c in checks.run() if str(c.name) == "Administrator")
    assert check.state == checks.State.MIND
    assert check.says.startswith("1 dari 1")


@pytest.mark.django_db(transaction=True)
def test_a_database_of_another_version_is_not_ready(client):
    call_command("migrate", "audit", "zero", "--fake", verbosity=0)
    try:
        assert client.get("/siap/").status_code == 503
        assert client.get("/sehat/").status_code == 200
    finally:
        call_command("migrate", "audit", "--fake", verbosity=0)
    assert client.get("/siap/").status_code == 200


def test_doctor_and_parts_list_from_the_command_line(restored):
    done = restored.rakorsus("doctor", "--json")
    found = json.loads(done.stdout)
    assert done.returncode == int(any(c["state"] == "bad" for c in found))
    assert {c["name"] for c in found} >= {"Basis data", "Tabel", "Cadangan"}
    bill = json.loads(restored.rakorsus("sbom").stdout)
    parts = {c["name"]: c for c in bill["components"]}
    assert {"django", "polars", "numpy"} <= set(parts)
    assert "pytest" not in parts
    assert [n for n, c in parts.items() if not c["licenses"]] == []


@pytest.mark.parametrize(
    ("proxies", "header", "seen"),
    [
        (0, "198.51.100.1", "192.0.2.7"), (1, "198.51.100.1", "198.51.100.1"),
        (1, "6.6.6.6, 198.51.100.1", "198.51.100.1"), (1, "", "192.0.2.7"),
        (2, "198.51.100.1, 10.0.0.2", "198.51.100.1"), (1, "unknown", "192.0.2.7"),
    ],
)  # fmt: skip
def test_the_readers_address_behind_proxies(rf, settings, proxies, header, seen):
    from django.http import HttpResponse

    from rakorsus.web.middleware import address

    settings.PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR=header)
    address(lambda r: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == seen
