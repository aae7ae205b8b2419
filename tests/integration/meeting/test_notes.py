"""Notes that several people type at once."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Doc, Text
from tests.integration.meeting.conftest import page
from tests.integration.meeting.live import play, reading
from tests.integration.meeting.test_live import change
from tests.integration.meeting.test_refusals import refusals

from rakorsus.audit.models import Event
from rakorsus.stages.meeting import actions, shared_text
from rakorsus.stages.meeting.models import Note, NoteChange

pytestmark = pytest.mark.django_db(transaction=True)
FIELD = Note.Field.DISCUSSION


class Writer:
    """Somebody's browser: a document of its own."""

    def __init__(self) -> None:
        self.doc = Doc()
        self.text = self.doc.get("text", type=Text)

    def insert(self, at: int, words: str) -> bytes:
        before = self.doc.get_state()
        self.text.insert(at, words)
        return self.doc.get_update(before)

    def take(self, update: bytes) -> None:
        self.doc.apply_update(update)


def test_two_who_type_at_once_lose_no_word(desk, roads, housing) -> None:
    one, two = Writer(), Writer()
    first, second = one.insert(0, "Volume disatukan. "), two.insert(0, "Jadwal menyusul.")
    actions.type_note(page(roads), desk, FIELD, first)
    actions.type_note(page(housing), desk, FIELD, second)
    kept = Note.objects.get()
    assert sorted(kept.text.split(". ")) == sorted(["Volume disatukan", "Jadwal menyusul."]) or (
        "Volume disatukan" in kept.text and "Jadwal menyusul." in kept.text
    )
    for writer in (one, two):
        for row in NoteChange.objects.all():
            writer.take(bytes(row.data))
        assert str(writer.text) == kept.text
    assert kept.version == 2


def test_an_update_that_is_sent_again_changes_nothing(desk, roads) -> None:
    update = Writer().insert(0, "Sekali saja.")
    for _ in range(3):
        actions.type_note(page(roads), desk, FIELD, update)
    assert Note.objects.get().text == "Sekali saja."
    assert NoteChange.objects.count() == 1


def test_a_plain_form_and_those_who_type_see_each_other(desk, roads, secretary) -> None:
    writer = Writer()
    actions.type_note(page(roads), desk, FIELD, writer.insert(0, "Dari PU."))
    seen = Note.objects.get().version
    actions.note(page(secretary), desk, FIELD, "Dari PU. Dan sekretariat.", seen)
    writer.take(bytes(NoteChange.objects.get(number=2).data))
    assert str(writer.text) == "Dari PU. Dan sekretariat."
    with pytest.raises(ValidationError, match="belum disimpan"):
        actions.note(page(secretary), desk, FIELD, "lain", seen)


def test_a_note_from_before_becomes_shared_once(desk, roads, housing) -> None:
    Note.objects.create(item=desk, field=FIELD, text="Lama.", version=4, by_name="x")
    from rakorsus.stages.meeting.queries.noting import changes

    one, two = Writer(), Writer()
    for writer, user in ((one, roads), (two, housing)):
        (whole,) = changes(desk.pk, FIELD, None)
        writer.take(b64decode(whole.update))
        actions.type_note(page(user), desk, FIELD, writer.insert(0, "* "))
    assert Note.objects.get().text == "* * Lama."


@pytest.mark.parametrize("bad", [b"", b"bukan", b"\xff" * 60])
def test_what_is_no_update_is_refused(desk, roads, bad) -> None:
    with pytest.raises(ValidationError, match="tidak dapat disimpan"):
        actions.type_note(page(roads), desk, FIELD, bad)
    with pytest.raises(ValidationError):
        actions.type_note(page(roads), desk, FIELD, Writer().insert(0, "x" * 8001))
    assert not Note.objects.exists()


def test_only_sides_and_staff_type_and_nobody_after_the_signature(
    desk, roads, health, secretary, coordinator, meeting
) -> None:
    with pytest.raises(PermissionDenied):
        actions.type_note(page(health), desk, FIELD, Writer().insert(0, "x"))
    actions.type_note(page(roads), desk, FIELD, Writer().insert(0, "Sebelum."))
    actions.sign(page(coordinator), meeting, "Kepala Bappeda")
    with pytest.raises(ValidationError, match="ditandatangani"):
        actions.type_note(page(secretary), desk, FIELD, Writer().insert(0, "Sesudah."))
    assert Note.objects.get().text == "Sebelum."
    assert len(refusals("meeting.note")) == 2


def test_typing_stands_on_the_log_once_a_minute_and_person(desk, roads, housing) -> None:
    writer = Writer()
    for n in range(5):
        actions.type_note(page(roads), desk, FIELD, writer.insert(n, "a"))
    actions.type_note(page(housing), desk, FIELD, writer.insert(0, "b"))
    assert Event.objects.filter(action="meeting.note").count() == 2


def test_the_small_interface(desk, roads, health, client) -> None:
    address = f"/rapat/acara/{desk.pk}/catatan/{FIELD}/"
    client.force_login(roads)
    empty = client.get(address).json()
    assert (empty["head"], empty["text"], empty["changes"], empty["may_write"]) == (0, "", [], True)
    update = b64encode(Writer().insert(0, "Halo.")).decode()

    def post(body):
        return client.post(address, json.dumps(body), content_type="application/json")

    assert post({"update": update}).json() == {"head": 1}
    assert post({"update": "%%"}).status_code == post({}).status_code == 400
    assert post([]).status_code == 400
    found = client.get(address).json()
    assert (found["head"], found["text"], found["topic"]) == (1, "Halo.", f"note:{desk.pk}-{FIELD}")
    assert client.get(f"{address}?sejak=1").json()["changes"] == []
    client.force_login(health)
    assert client.get(address).json()["may_write"] is False
    assert post({"update": update}).status_code == 403
    assert client.get(f"/rapat/acara/{desk.pk}/catatan/lain/").status_code == 404


def test_what_is_typed_comes_by_the_stream_and_is_resumed(desk, roads, housing) -> None:
    topic = f"note:{desk.pk}-{FIELD}"
    writer, other, by = Writer(), Writer(), page(roads)

    async def story():
        async with reading([f"item:{desk.pk}", topic]) as one:
            await one.wait(1)
            await change(actions.type_note, by, desk, FIELD, writer.insert(0, "a"))
            news = (await one.wait(2))[1]
            assert (news["topic"], news["head"], news["body"]["by"]) == (topic, "1", "pu")
            other.take(b64decode(news["body"]["update"]))
            seen = news["id"]
        for n in range(3):
            await change(actions.type_note, by, desk, FIELD, writer.insert(n + 1, "b"))
        async with reading([f"item:{desk.pk}", topic], since=seen) as again:
            missed = await again.wait(3)
            assert [m["head"] for m in missed] == ["2", "3", "4"]
            for news in missed:
                other.take(b64decode(news["body"]["update"]))
        assert str(other.text) == "abbb"

    play(story)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)))
def test_any_text_is_replaced_by_its_smallest_change(versions) -> None:
    state = b""
    follower = Writer()
    for words in versions:
        state, update = shared_text.replaced(state, words)
        follower.take(update)
        assert str(follower.text) == words
