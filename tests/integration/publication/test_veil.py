"""A plan that is excluded: nobody outside reads it on any surface, that it clashes is told."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.integration.publication.conftest import DRAIN, HOUSING, LANE, page

from rakorsus.people.models import Agency, Membership, Role, User
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.publication import actions
from rakorsus.stages.register import panels
from rakorsus.stages.register.models import Follow, Program
from rakorsus.stages.register.queries import versions

WORDS = "Lorong RW 01"  # of the hidden line's name only


@pytest.fixture
def hidden(city, found) -> Program:
    Agency.objects.filter(code=HOUSING).update(kind="outside")
    Program.objects.filter(key=LANE).update(lon=119.4, lat=-5.1)
    return Program.objects.get(key=LANE)


@pytest.fixture
def owner(hidden) -> User:
    user = User.objects.create_user("pln", "pln@x.invalid", "s", display_name="pln")
    Membership.objects.create(user=user, role=Role.GUEST, agency=hidden.agency)
    return user


def surfaces() -> list[str]:
    return [
        reverse("register:programs"), reverse("register:programs") + "?q=lorong",
        reverse("register:map"), reverse("register:map_data"), reverse("register:timeline"),
        reverse("register:timeline_data"), reverse("register:version", args=[1]),
        reverse("register:agency", args=[HOUSING]), reverse("register:program", args=[DRAIN]),
        "/api/v1/programs", "/api/v1/versions/1/changes",
    ]  # fmt: skip


def shown(client, address: str) -> bool:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return WORDS in answer.content.decode()


def test_the_public_reads_it_nowhere_and_the_government_everywhere(client, hidden, roads):
    seen = {address: shown(client, address) for address in surfaces()}
    assert not any(seen.values()), seen
    assert client.get(hidden.get_absolute_url()).status_code == 404
    assert client.get(f"/api/v1/programs/{LANE}").status_code == 404
    client.force_login(roads)
    assert shown(client, surfaces()[0])
    assert client.get(hidden.get_absolute_url()).status_code == 200


def test_who_follows_a_line_by_its_number_reads_neither_name_nor_change(
    client, hidden, stranger, owner, roads
):
    agency = hidden.agency.code
    for user, sees in ((stranger, False), (owner, True), (roads, True)):
        client.force_login(user)
        for kind, value in (("program", LANE), ("agency", agency)):
            client.post(reverse("register:follow"), {"kind": kind, "value": value})
        Follow.objects.update(seen=0)
        assert (WORDS in client.get(reverse("register:followed")).content.decode()) is sees, user
        news = [versions.news(f, panels.veil_of(page(user)))[0] for f in user.follows.all()]
        assert (sum(news) > 0) is sees


def test_a_line_that_is_hidden_is_not_there_for_who_may_not_change_it(client, hidden, stranger):
    known, gone = hidden.get_absolute_url(), "/program/paket_penyedia:9999/"
    for user in (None, stranger):
        if user:
            client.force_login(user)
        assert client.get(f"{known}ubah/").status_code == 404
        assert client.get(f"{gone}ubah/").status_code == 404


def test_other_bodies_do_not_read_it_and_its_own_does(client, hidden, owner, stranger):
    client.force_login(stranger)
    assert not any(shown(client, address) for address in surfaces())
    assert client.get(hidden.get_absolute_url()).status_code == 404
    client.force_login(owner)
    assert client.get(hidden.get_absolute_url()).status_code == 200
    assert shown(client, surfaces()[0])


def test_exports_leave_it_out(client, hidden):
    for kind in ("csv", "json", "geojson"):
        answer = client.get(reverse("register:export", args=[kind]))
        assert answer.status_code == 200
        text = b"".join(answer.streaming_content).decode()
        assert kind == "geojson" or "RW 01" in text
        assert WORDS not in text
    answer = client.get(reverse("register:version_export", args=[1]))
    assert WORDS not in b"".join(answer.streaming_content).decode()


def test_the_clash_is_told_not_what_it_is(client, hidden, found):
    Finding.objects.filter(pk=found.pk).update(kind="clash", place="Pampang")
    text = client.get(f"/program/{DRAIN}/").content.decode()
    assert "Bentrok dengan pekerjaan lembaga lain" in text
    assert "Pampang" in text
    assert WORDS not in text


def test_opening_and_closing_count_at_once(client, hidden, coordinator):
    address = surfaces()[0]
    assert not shown(client, address)
    kept = actions.classify(page(coordinator), "program", LANE, "berkala", "Sudah diumumkan.")
    assert shown(client, address)
    actions.follow_rule(page(coordinator), kept)
    assert not shown(client, address)
    actions.classify(page(coordinator), "program", DRAIN, "dikecualikan", "Uji konsekuensi.")
    assert client.get(f"/program/{DRAIN}/").status_code == 404
