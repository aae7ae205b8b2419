"""Saved views and what someone follows; who may."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from tests.integration.register.conftest import line, picture

from rakorsus.people import actor as actors
from rakorsus.stages.register.actions import follow, mark_seen, publish, save_view, unfollow
from rakorsus.stages.register.models import Follow, SavedView

pytestmark = pytest.mark.django_db


def test_a_view_has_an_address(client, planner):
    client.force_login(planner)
    answer = client.post("/program/tampilan/", {"nama": "Banjir 2025", "query": "tema=Banjir"})
    view = SavedView.objects.get()
    assert answer.url == f"/program/tampilan/{view.slug}/"
    assert client.get(answer.url).url == "/program/?tema=Banjir"


def test_own_views_are_own_and_shared_ones_are_everybody_s(client, planner, stranger):
    actor = actors.of_user(planner, "page")
    own, shared = (
        save_view(actor, "Punya saya", "q=a"),
        save_view(actor, "Bersama", "q=b", shared=True),
    )
    for user in (None, stranger):
        if user:
            client.force_login(user)
        assert client.get(f"/program/tampilan/{own.slug}/").status_code == 403
        assert client.get(f"/program/tampilan/{shared.slug}/").status_code == 302
        assert client.post(f"/program/tampilan/{shared.slug}/hapus/").status_code == 403
        listed = client.get("/program/").context["views"]
        assert [v.slug for v in listed] == [shared.slug]


def test_a_view_is_deleted_after_asking(client, planner):
    client.force_login(planner)
    view = save_view(actors.of_user(planner, "page"), "Sementara", "")
    assert client.get(f"/program/tampilan/{view.slug}/hapus/").status_code == 200
    assert SavedView.objects.exists()
    client.post(f"/program/tampilan/{view.slug}/hapus/")
    assert not SavedView.objects.exists()


def test_a_view_cannot_lead_elsewhere(client, planner):
    client.force_login(planner)
    view = save_view(actors.of_user(planner, "page"), "x", "//jahat.example/?q=1")
    assert client.get(f"/program/tampilan/{view.slug}/").url.startswith("/program/?")


def test_the_public_follows_and_saves_nothing(client, city):
    for address in ("/program/ikuti/", "/program/ikuti/ubah/", "/program/ikuti/dilihat/"):
        answer = client.post(address, {"kind": "tag", "value": "Banjir"})
        assert answer.status_code == 302
        assert answer.url.startswith("/akun/")
    assert client.post("/program/tampilan/", {"nama": "x"}).status_code == 403
    assert client.get("/program/paket_penyedia:1/ubah/").status_code == 403
    assert not Follow.objects.exists()
    assert not SavedView.objects.exists()
    with pytest.raises(PermissionDenied):
        follow(actors.Actor(None, "page"), "tag", "Banjir")


CASES = [
    ("agency", "1.03.01", {"paket_penyedia:1"}),
    ("agency", "1.02.01", {"paket_swakelola:3"}),
    ("place", "73.71.06", {"paket_penyedia:1"}),
    ("tag", "Banjir", {"paket_penyedia:1"}),
    ("code", "1.03.06", {"paket_penyedia:1"}),
    ("program", "paket_penyedia:1", {"paket_penyedia:1"}),
    ("program", "paket_penyedia:2", set()),
    ("tag", "Air", set()),
]


def test_what_changed_since_it_was_looked_at(client, planner, installation):
    actor = actors.of_user(planner, "page")
    for kind, value, _expected in CASES:
        follow(actor, kind, value)
    changed = [
        line("paket_penyedia:1", title="Rehabilitasi drainase Baraya RW 03", package="1",
             code="1.03.06.2.01.0010", parent="subkegiatan:77", tags=["Banjir"], fund="DAK",
             budget=1),
        line("paket_swakelola:3", title="Penyuluhan ibu hamil", agency="1.02.01.0001",
             places=["Kelurahan Paropo Kecamatan Panakkukang"], budget=2),
    ]  # fmt: skip
    publish(installation, picture(*changed), partial=True)
    client.force_login(planner)
    entries = client.get("/program/ikuti/").context["entries"]
    seen = {
        (e["follow"].kind, e["follow"].value): {c.program.key for c, _fields in e["changes"]}
        for e in entries
    }
    assert seen == {(kind, value): expected for kind, value, expected in CASES}
    client.post("/program/ikuti/dilihat/")
    assert client.get("/program/ikuti/").context["news"] == 0


def test_following_twice_is_following_once(planner):
    actor = actors.of_user(planner, "page")
    follow(actor, "tag", "Banjir")
    follow(actor, "tag", " Banjir ")
    assert Follow.objects.count() == 1
    unfollow(actor, "tag", "Banjir")
    unfollow(actor, "tag", "Banjir")
    assert not Follow.objects.exists()
    mark_seen(actor)


@pytest.mark.parametrize(("kind", "value"), [("apa", "x"), ("tag", " "), ("tag", "x" * 201)])
def test_nonsense_is_not_followed(planner, kind, value):
    with pytest.raises(ValidationError):
        follow(actors.of_user(planner, "page"), kind, value)


def test_follow_goes_back_only_inside(client, planner):
    client.force_login(planner)
    form = {"kind": "tag", "value": "Banjir", "next": "https://jahat.example/"}
    assert client.post("/program/ikuti/ubah/", form).url == "/program/ikuti/"
    assert (
        client.post("/program/ikuti/ubah/", form | {"next": "/program/?q=a"}).url == "/program/?q=a"
    )
