"""The page and the API that say why two lines are a finding, or why not."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.integration.findings.conftest import HEALTH, ROADS, duplicates, fill, line

from rakorsus.people import actor as actors
from rakorsus.people.models import Role
from rakorsus.stages.findings import actions

A, B, FAR = "paket_penyedia:1001", "paket_penyedia:2001", "paket_penyedia:3001"


def _client(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def wide(db, person):
    """The planted duplicate, and a drain in another village."""
    far = line(3001, HEALTH, "Pembangunan Drainase RW 09 Tamamaung",
               "RW 09 Kel. Tamamaung Kec. Panakkukang")  # fmt: skip
    fill([*duplicates(1), far])
    actions.analyse_register(actors.system("cli"))
    return person("bappeda", Role.COORDINATOR)


def test_two_lines_of_a_finding_are_told_so(wide) -> None:
    page = _client(wide).get("/temuan/mengapa/", {"kiri": A, "kanan": B}).content.decode()
    assert "Keduanya sudah menjadi temuan" in page
    assert "terpenuhi" in page


def test_two_that_are_none_are_told_which_condition_failed(wide) -> None:
    page = _client(wide).get("/temuan/mengapa/", {"kiri": A, "kanan": FAR}).content.decode()
    assert "<h2>Bukan temuan</h2>" in page
    assert "Tempatnya berbeda: Kelurahan Pampang, Kecamatan Panakkukang; Kelurahan Tama" in page


def test_a_program_is_picked_by_title_or_number_without_scripts(wide) -> None:
    client = _client(wide)
    page = client.get("/temuan/mengapa/", {"kiri": A, "cari_kanan": "drainase"}).content.decode()
    assert f"kanan={FAR.replace(':', '%3A')}" in page
    assert f"kanan={A.replace(':', '%3A')}" not in page  # not with itself
    page = client.get("/temuan/mengapa/", {"cari_kiri": "3001"}).content.decode()
    assert "RW 09 Tamamaung" in page
    assert "RW 01 Pampang" not in page
    page = client.get("/temuan/mengapa/", {"kiri": "tidak:ada"}).content.decode()
    assert "tidak ada di register" in page


def test_the_same_line_twice_is_refused_and_an_empty_page_asks(wide) -> None:
    client = _client(wide)
    assert "berbeda" in client.get("/temuan/mengapa/", {"kiri": A, "kanan": A}).content.decode()
    assert client.get("/temuan/mengapa/").status_code == 200


def test_a_program_page_links_to_it_for_those_who_may_read_findings(wide) -> None:
    page = f"/program/{A}/"
    assert "/temuan/mengapa/?kiri=" in _client(wide).get(page).content.decode()
    assert "/temuan/mengapa/" not in Client().get(page).content.decode()


def test_the_public_is_sent_to_sign_in_and_a_guest_sees_only_own_findings(wide, person) -> None:
    asked = {"kiri": A, "kanan": B}
    assert Client().get("/temuan/mengapa/", asked).status_code == 302
    assert Client().get("/api/v1/findings/why", {"left": A, "right": B}).status_code == 403
    own = _client(person("g1", Role.GUEST, ROADS)).get("/temuan/mengapa/", asked)
    assert "Keduanya sudah menjadi temuan" in own.content.decode()
    other = _client(person("g2", Role.GUEST, HEALTH)).get("/temuan/mengapa/", asked)
    assert "Keduanya sudah menjadi temuan" not in other.content.decode()


def test_the_api_says_the_same(wide) -> None:
    client = _client(wide)
    told = json.loads(client.get("/api/v1/findings/why", {"left": A, "right": B}).content)
    assert len(told["found"]) >= 1
    assert told["conditions"][0]["rules"] == ["duplicate.place"]
    assert told["conditions"][0]["refusal"] is None
    told = json.loads(client.get("/api/v1/findings/why", {"left": A, "right": FAR}).content)
    assert told["found"] == []
    assert told["conditions"][0]["refusal"] == "apart"
    assert client.get("/api/v1/findings/why", {"left": A, "right": "x:1"}).status_code == 404


def test_a_changed_register_is_read_anew(wide) -> None:
    client = _client(wide)
    asked = {"kiri": A, "kanan": FAR}
    assert "Tempatnya berbeda" in client.get("/temuan/mengapa/", asked).content.decode()
    far = line(3001, HEALTH, "Pembangunan Drainase RW 01 Pampang",
               "RW 01 Kel. Pampang Kec. Panakkukang")  # fmt: skip
    fill([*duplicates(1), far])
    assert "Tempatnya berbeda" not in client.get("/temuan/mengapa/", asked).content.decode()


def test_the_lines_around_two_are_enough_on_a_large_register(wide, monkeypatch) -> None:
    import importlib

    module = importlib.import_module("rakorsus.stages.findings.queries.why")
    monkeypatch.setattr(module, "_ALL", 0)
    page = _client(wide).get("/temuan/mengapa/", {"kiri": A, "kanan": FAR}).content.decode()
    assert "Tempatnya berbeda" in page


def test_queries_do_not_grow_with_the_register(wide) -> None:
    client = _client(wide)
    asked = {"kiri": A, "kanan": FAR}

    def count() -> int:
        client.get("/temuan/mengapa/", asked)
        with CaptureQueriesContext(connection) as queries:
            client.get("/temuan/mengapa/", asked)
        return len(queries)

    before = count()
    far = line(3001, HEALTH, "Pembangunan Drainase RW 09 Tamamaung",
               "RW 09 Kel. Tamamaung Kec. Panakkukang")  # fmt: skip
    fill([*duplicates(4), far])
    assert count() == before
