"""What belongs to no stage: language, content policy, health, error pages, the front page."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rakorsus.people.models import Agency, Membership, Role, User
from rakorsus.people.rules import REGISTRY
from rakorsus.web.rights import WORDS


@pytest.fixture(autouse=True)
def _plain_files(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "whitenoise" not in m]


@pytest.fixture
def planner(db) -> User:
    agency = Agency.objects.create(code="1.03.01", name="Dinas PU")
    user = User.objects.create_user("pu", "pu@contoh.go.id", display_name="Perencana PU")
    Membership.objects.create(user=user, role=Role.PLANNER, agency=agency)
    return user


def test_pages_are_indonesian_whatever_the_browser_wishes(client, db):
    page = client.get("/akun/login/", headers={"accept-language": "en"})
    assert page.headers["Content-Language"] == "id"
    assert "Lupa kata sandi?" in page.content.decode()


def test_english_is_chosen_and_kept(client, db):
    answer = client.post("/bahasa/", {"language": "en", "next": "/akun/login/"})
    assert answer.url == "/akun/login/"
    page = client.get("/akun/login/").content.decode()
    assert '<html lang="en">' in page
    assert "Forgot the password?" in page


@pytest.mark.parametrize(
    ("data", "target"),
    [
        ({"language": "en", "next": "https://contoh.com/"}, "/"),
        ({"language": "en", "next": "//contoh.com"}, "/"),
        ({"language": "xx", "next": "/program/"}, "/program/"),
    ],
)
def test_language_sends_nobody_away(client, db, data, target):
    answer = client.post("/bahasa/", data)
    assert answer.url == target
    assert ("django_language" in answer.cookies) is (data["language"] == "en")


@pytest.mark.parametrize("path", ["/", "/akun/login/", "/akun/password/reset/", "/program/"])
def test_pages_carry_no_inline_script_and_a_policy_that_would_stop_it(client, db, path):
    page = client.get(path)
    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    text = page.content.decode()
    for attributes, body in re.findall(r"<script([^>]*)>(.*?)</script>", text, re.S):
        assert "application/json" in attributes or not body.strip()
    assert not re.search(r"<style|\son\w+=", text)


def test_every_right_has_words():
    assert set(WORDS) == set(REGISTRY)


def test_health(client, db):
    assert client.get("/sehat/").json() == {"status": "ok"}


def test_an_unknown_address_has_a_page(client, db):
    answer = client.get("/tidak-ada/")
    assert answer.status_code == 404
    assert "Halaman tidak ditemukan" in answer.content.decode()


def test_what_one_may_not_open_says_so(client, planner):
    client.force_login(planner)
    answer = client.get("/pengaturan/orang/")
    assert answer.status_code == 403
    assert "Anda tidak berhak" in answer.content.decode()


def test_the_header_shows_only_ways_one_may_go(client, planner):
    def ways() -> list[str]:
        return [way.url for way in client.get("/").context["ways"]]

    assert ways() == ["/", "/program/", "/publik/"]
    client.force_login(planner)
    assert ways() == [
        "/", "/program/", "/temuan/", "/rapat/", "/balai/", "/keputusan/", "/tindak-lanjut/",
        "/tindak-lanjut/peringatan/", "/kerja-sama/", "/publik/", "/impor/", "/pengaturan/",
    ]  # fmt: skip
    for url in ways():
        assert client.get(url).status_code == 200


def test_an_empty_front_page_says_what_to_do_next(client, planner):
    assert "Register masih kosong" in client.get("/").content.decode()
    assert reverse("intake:index") not in client.get("/").content.decode()
    client.force_login(planner)
    assert f'href="{reverse("intake:index")}"' in client.get("/").content.decode()


def test_the_front_page_asks_little(client, planner):
    client.force_login(planner)
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    assert len(asked) <= 25


def test_the_page_about_the_demonstration_is_only_there(client, db, settings):
    assert client.get("/peragaan/").status_code == 404
    settings.DEMO = True
    page = client.get("/peragaan/").content.decode()
    assert "rakorsus-2022" in page


@pytest.mark.parametrize(
    "address",
    ["/program/?q=%00", "/temuan/?q=%00", "/temuan/?perangkat=%00", "/keputusan/?q=%00",
     "/tindak-lanjut/?q=%00", "/tindak-lanjut/peringatan/?perangkat=%00", "/kerja-sama/?q=%00",
     "/temuan/mengapa/?cari_kiri=%00", "/temuan/mengapa/?kiri=%00", "/audit/?q=%00",
     "/publik/berita/?tag=%00", "/publik/peta/?q=%00", "/pengaturan/orang/?q=%00",
     "/api/v1/findings?q=%00", "/api/v1/programs?q=%00", "/api/v1/decisions?q=%00"],
)  # fmt: skip
def test_a_nul_is_the_senders_mistake(client, db, address):
    user = User.objects.create_user("bappeda", "b@contoh.go.id", display_name="Koordinator")
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
        Membership.objects.create(user=user, role=role)
    client.force_login(user)
    assert client.get(address).status_code in (200, 400, 422)
