"""The log: chained, only appended, told to those who subscribe, shown and exported."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from rakorsus.audit import chain, outbox, queries
from rakorsus.audit.actions import record
from rakorsus.audit.models import Event, OutboxMessage
from rakorsus.people import actor as actors
from rakorsus.people.models import Membership, Role, User

SYSTEM = actors.system("cli")


@pytest.fixture(autouse=True)
def _plain_files(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "whitenoise" not in m]


def write(*names: str, **more) -> list[Event]:
    with transaction.atomic():
        return [record(SYSTEM, f"test.{n}", ("test.thing", n), **more) for n in names]


@pytest.fixture
def reader(client, db) -> User:
    user = User.objects.create_user("pimpinan", "p@contoh.go.id", display_name="Pimpinan")
    Membership.objects.create(user=user, role=Role.LEADER)
    client.force_login(user)
    return user


def test_events_are_chained(db):
    first, second, third = write("a", "b", "c", changes={"nilai": [1, "dua"]})
    assert first.previous == chain.GENESIS
    assert (second.previous, third.previous) == (first.digest, second.digest)
    assert chain.verify() is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("summary", "lain"), ("actor_name", "orang lain"), ("action", "test.x"),
        ("changes", {"nilai": [0, 0]}), ("object_id", "z"), ("agency_code", "1.01"),
        ("at", "2022-03-15T00:00:00Z"), ("address", "10.0.0.1"),
    ],
)  # fmt: skip
def test_a_changed_past_shows(db, field, value):
    events = write("a", "b", "c")
    Event.objects.filter(pk=events[1].pk).update(**{field: value})
    assert chain.verify() == events[1].pk


def test_a_removed_entry_shows(db):
    events = write("a", "b", "c")
    Event.objects.filter(pk=events[1].pk).delete()
    assert chain.verify() == events[2].pk


@pytest.mark.django_db(transaction=True)
def test_an_event_needs_the_transaction_of_its_change():
    with pytest.raises(RuntimeError):
        record(SYSTEM, "test.a", ("test.thing", "1"))
    with transaction.atomic():
        record(SYSTEM, "test.a", ("test.thing", "1"), topic="test.topic")
        transaction.set_rollback(True)  # what an exception does
    assert not Event.objects.exists()
    assert not OutboxMessage.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_subscribers_hear_after_the_commit_once(monkeypatch):
    heard: list[dict] = []
    monkeypatch.setattr(outbox, "_subscribers", {"test.topic": [heard.append]})
    with transaction.atomic():
        record(SYSTEM, "test.a", ("test.thing", "1"), topic="test.topic", changes={"n": 1})
        assert heard == []
    assert heard == [{"kind": "test.thing", "id": "1", "n": 1}]
    assert outbox.deliver_pending() == 0
    assert len(heard) == 1


@pytest.mark.django_db(transaction=True)
def test_what_a_stopped_process_left_is_delivered_later(monkeypatch):
    heard: list[dict] = []
    monkeypatch.setattr(outbox, "_subscribers", {"test.topic": [heard.append]})
    OutboxMessage.objects.create(topic="test.topic", payload={"n": 1})
    assert outbox.deliver_pending() == 1
    assert outbox.deliver_pending() == 0
    assert heard == [{"n": 1}]


def test_filters(db):
    write("a", agency="1.03.01")
    write("b")
    Event.objects.filter(action="test.a").update(at="2022-03-15T18:00:00Z")  # 16 March in Makassar
    assert [e.action for e in queries.events(agency="1.03.01")] == ["test.a"]
    assert [e.action for e in queries.events(action="test.b")] == ["test.b"]
    assert [e.action for e in queries.events(kind="test.thing", object_id="a")] == ["test.a"]
    day = date(2022, 3, 16)
    assert [e.action for e in queries.events(since=day, until=day)] == ["test.a"]
    assert queries.events(actor_name="SIST").count() == 2


def test_pages_filter_check_and_export(client, reader):
    write("a", summary="=1+1", agency="1.03.01")
    write("b")
    page = client.get("/audit/?action=test.a")
    assert [e.action for e in page.context["page"]] == ["test.a"]
    assert "Rantai utuh" in client.get("/audit/?periksa=1").content.decode()
    assert "Rantai utuh" not in page.content.decode()
    assert [e.object_id for e in client.get("/audit/test.thing/b/").context["page"]] == ["b"]
    answer = client.get("/audit/unduh.csv?agency=1.03.01")
    lines = list(csv.DictReader(io.StringIO(answer.getvalue().decode())))
    assert [line["tindakan"] for line in lines] == ["test.a"]
    assert not lines[0]["ringkasan"].startswith("=")  # no formula in a spreadsheet
    Event.objects.filter(action="test.b").update(summary="diubah")
    broken = Event.objects.get(action="test.b").pk
    assert f"catatan nomor {broken}" in client.get("/audit/?periksa=1").content.decode()


@pytest.mark.parametrize("query", ["since=kemarin", "page=x", "until=2022-99-99", "action=%00"])
def test_odd_filters_are_no_error(client, reader, query):
    write("a")
    assert client.get(f"/audit/?{query}").status_code == 200


def test_queries_do_not_grow_with_entries(client, reader):
    write("a")
    client.get("/audit/")
    with CaptureQueriesContext(connection) as one:
        client.get("/audit/")
    write("b", "c")
    with CaptureQueriesContext(connection) as three:
        client.get("/audit/")
    assert len(one) == len(three)
