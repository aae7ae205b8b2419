"""Signing in and what guards it."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from rakorsus.audit.models import Event
from rakorsus.people.models import User

PASSWORD = "jembatan-kembar-17"


def sign_in(client, login: str, password: str = PASSWORD, **more):
    return client.post("/akun/login/", {"login": login, "password": password, **more})


@pytest.mark.parametrize("login", ["planner", "planner@contoh.go.id", "PLANNER@contoh.go.id"])
def test_by_name_or_address(client, people, login):
    assert sign_in(client, login).status_code == 302
    assert client.get("/pengaturan/").status_code == 200


def test_a_closed_account_does_not_get_in(client, people):
    User.objects.filter(username="planner").update(is_active=False)
    sign_in(client, "planner")
    assert client.get("/pengaturan/").status_code == 302


def test_nobody_signs_up_by_himself(client, people):
    answer = client.post(
        "/akun/signup/",
        {"email": "baru@contoh.go.id", "username": "baru", "password1": PASSWORD},
    )
    assert answer.status_code in (200, 302, 403)
    assert not User.objects.filter(username="baru").exists()


@pytest.mark.parametrize("login", ["planner", "planner@contoh.go.id"])
def test_guessing_is_slowed_even_for_the_right_password(client, people, login):
    for _attempt in range(12):
        sign_in(client, login, "salah")
    sign_in(client, login)
    assert client.get("/pengaturan/").status_code == 302


@pytest.mark.parametrize("login", ["planner", "planner@contoh.go.id"])
def test_guessing_slowly_locks_the_account_in_the_database(client, people, login):
    for _attempt in range(8):
        cache.clear()  # a restart, or minutes in between
        answer = sign_in(client, login, "salah")
    assert answer.status_code == 429
    assert "Akun dikunci sementara" in answer.content.decode()
    cache.clear()
    assert sign_in(client, login).status_code == 429
    assert client.get("/pengaturan/").status_code == 302
    cache.clear()
    for other in ("leader", "leader@contoh.go.id"):  # other people still get in
        assert sign_in(Client(), other).status_code == 302


def test_after_signing_in_one_stays_on_this_server(client, people):
    answer = sign_in(client, "planner", next="https://contoh.com/")
    assert answer.url == "/"


def test_a_forgotten_password_is_renewed_by_letter_and_logged(client, people):
    client.post("/akun/password/reset/", {"email": "planner@contoh.go.id"})
    client.post("/akun/password/reset/", {"email": "tak.dikenal@contoh.go.id"})
    link = re.search(r"https?://[^/]+(/akun/password/reset/key/\S+)", mail.outbox[0].body).group(1)
    form = client.get(link, follow=True)
    target = form.redirect_chain[-1][0]
    client.post(target, {"password1": "perahu-pinisi-88", "password2": "perahu-pinisi-88"})
    assert User.objects.get(username="planner").check_password("perahu-pinisi-88")
    assert Event.objects.filter(action="people.reset_password").count() == 1


def test_a_changed_password_ends_other_sessions(client, people):
    other = Client()
    sign_in(client, "planner")
    sign_in(other, "planner")
    fresh = {"oldpassword": PASSWORD, "password1": "perahu-pinisi-88"}
    client.post("/akun/password/change/", {**fresh, "password2": "perahu-pinisi-88"})
    assert client.get("/pengaturan/").status_code == 200
    assert other.get("/pengaturan/").status_code == 302
    assert Event.objects.get().action == "people.own_password"


def test_the_address_is_changed_in_one_place(client, people):
    sign_in(client, "planner")
    assert client.get("/akun/email/").url == reverse("profile")
