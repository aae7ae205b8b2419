"""An article from the meeting's record to the public: facts, words, approval, withdrawal."""

from __future__ import annotations

import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from PIL import Image
from tests.integration.publication.conftest import HOUSING, ROADS, page, photo, publish_article

from rakorsus.audit import chain
from rakorsus.stages.meeting.models import Meeting
from rakorsus.stages.publication import actions, drafts
from rakorsus.stages.publication.models import Article
from rakorsus.stages.publication.queries import articles as queries

State = Article.State


def test_a_draft_says_what_the_record_says_and_nothing_else(draft, signed, meeting, outcome):
    last = draft.revisions.get()
    assert last.facts["signed"] == signed.digest
    assert [d["text"] for d in last.facts["decisions"]] == [outcome.text]
    assert last.facts["decisions"][0]["agencies"] == sorted([ROADS, HOUSING])
    assert [s["title"] for s in last.facts["sessions"]] == [s.title for s in meeting.sessions.all()]
    assert last.quotes == []
    assert last.picture is None
    assert meeting.title in last.lead
    assert meeting.place in last.lead
    assert draft.byline == "Sekretaris Rakorsus"
    assert draft.state == State.DRAFT
    assert not queries.published().exists()


def test_a_meeting_to_come_is_announced(meeting, editor):
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.PUBLISHED)
    proposal = drafts.of_meeting(Meeting.objects.get(pk=meeting.pk))
    assert "akan berlangsung Selasa, 15 Maret 2022" in proposal.lead
    assert "satu perkara" in proposal.headline


def test_a_decision_becomes_a_draft(decided, editor):
    proposal = drafts.of_decision(decided)
    assert proposal.headline == decided.title
    assert decided.label in proposal.lead
    made = actions.begin_from(page(editor), proposal, f"decision:{decided.pk}")
    assert made.revisions.get().facts["decisions"][0]["text"] == decided.text


def test_a_draft_of_a_decision_that_was_not_taken_is_refused(drafted):
    with pytest.raises(ValidationError):
        drafts.of_decision(drafted)


def test_published_only_when_another_person_has_approved(draft, editor, leader, coordinator):
    actions.submit(page(editor), draft, 1)
    with pytest.raises(PermissionDenied):
        actions.approve(page(editor), draft, 1)
    actions.approve(page(leader), draft, 1)
    assert list(queries.published()) == [draft]
    assert draft.live.approved_by == leader
    assert chain.verify() is None


def test_whoever_wrote_does_not_approve(signed, meeting, coordinator, leader):
    made = actions.begin_from_meeting(page(coordinator), Meeting.objects.get(pk=meeting.pk))
    actions.submit(page(coordinator), made, 1)
    with pytest.raises(PermissionDenied):
        actions.approve(page(coordinator), made, 1)
    actions.approve(page(leader), made, 1)


def test_a_change_of_a_published_article_waits_and_its_writer_may_not_approve(
    article, editor, coordinator, leader
):
    before = article.live
    made = actions.save(page(coordinator), article, before.number, headline="Judul baru")
    article.refresh_from_db()
    assert article.live == before
    assert queries.published().get().live.headline == before.headline
    slug = article.slug
    actions.submit(page(coordinator), article, made.number)
    with pytest.raises(PermissionDenied):
        actions.approve(page(coordinator), article, made.number)
    actions.approve(page(leader), article, made.number)
    article.refresh_from_db()
    assert article.live.headline == "Judul baru"
    assert article.slug == slug
    assert article.updated is not None


def test_only_the_revision_that_was_seen_is_approved(draft, editor, leader):
    actions.submit(page(editor), draft, 1)
    actions.save(page(editor), draft, 1, headline="Lain")
    assert draft.state == State.DRAFT  # a change takes it back from approval
    with pytest.raises(ValidationError, match="Muat ulang"):
        actions.approve(page(leader), draft, 1)


def test_the_slower_of_two_writers_is_refused(draft, editor, coordinator):
    actions.save(page(editor), draft, 1, lead="Satu.")
    with pytest.raises(ValidationError, match="Muat ulang"):
        actions.save(page(coordinator), draft, 1, lead="Dua.")
    assert draft.revisions.count() == 2


def test_quotes_are_typed_with_the_post_of_the_speaker(draft, editor):
    with pytest.raises(ValidationError, match="jabatan"):
        actions.save(page(editor), draft, 1, quotes=[{"text": "Kita bersama.", "post": ""}])
    made = actions.save(
        page(editor), draft, 1,
        quotes=[{"text": "“Kita bersama.”", "post": "Wali Kota"}, {"text": " ", "post": ""}],
    )  # fmt: skip
    assert made.quotes == [{"text": "Kita bersama.", "post": "Wali Kota"}]


@pytest.mark.parametrize("field", ["headline", "lead", "body", "alternative", "credit"])
def test_personal_data_are_refused(draft, editor, field):
    with pytest.raises(ValidationError, match="data pribadi"):
        actions.save(page(editor), draft, 1, **{field: "hubungi 0812-3456-7890"})


def test_a_withdrawn_article_says_why(article, leader, client):
    address = article.get_absolute_url()
    assert client.get(address).status_code == 200
    actions.withdraw(page(leader), article, "Angkanya keliru.")
    answer = client.get(address)
    assert answer.status_code == 410
    assert "Angkanya keliru." in answer.content.decode()
    assert not queries.published().exists()
    assert article.live.headline not in client.get("/publik/berita/").content.decode()


def test_returned_with_a_reason(draft, editor, leader):
    actions.submit(page(editor), draft, 1)
    with pytest.raises(ValidationError):
        actions.return_draft(page(leader), draft, " ")
    actions.return_draft(page(leader), draft, "Teras terlalu panjang.")
    assert draft.state == State.DRAFT


def exif() -> bytes:
    made = Image.Exif()
    made[0x010F] = "KAMERA-RAHASIA"
    made[0x8825] = {1: "S", 2: (5.0, 8.0, 0.0)}
    return made.tobytes()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_pictures_are_encoded_anew_without_metadata(db, editor, kind):
    kept = actions.store_picture(page(editor), photo(kind, exif=exif()))
    for path in (kept.file, kept.small):
        with default_storage.open(path) as file:
            content = file.read()
        assert b"KAMERA-RAHASIA" not in content
        with Image.open(io.BytesIO(content)) as opened:
            assert opened.format == "JPEG"
            assert not dict(opened.getexif())
            assert "icc_profile" not in opened.info


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a" + b"\0" * 50, b"<svg xmlns='http://www.w3.org/2000/svg'/>",
     b"\xff\xd8\xff\xe0" + b"x" * 40, photo()[:300]],
)  # fmt: skip
def test_what_is_no_picture_is_refused(db, editor, content):
    with pytest.raises(ValidationError):
        actions.store_picture(page(editor), content)


def test_a_picture_needs_its_words(draft, editor, leader, client):
    picture = actions.store_picture(page(editor), photo())
    with pytest.raises(ValidationError, match="teks pengganti"):
        actions.save(page(editor), draft, 1, picture=picture)
    actions.save(page(editor), draft, 1, picture=picture, alternative="Bidang biru.")
    address = f"/publik/gambar/{picture.sha256}/besar.jpg"
    assert client.get(address).status_code == 404  # not yet public
    publish_article(draft, editor, leader)
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert 'alt="Bidang biru."' in client.get(draft.get_absolute_url()).content.decode()


def test_related_share_marks_and_neighbours_follow_in_time(article, editor, leader):
    made = []
    for title, tags in (("Satu", ["air"]), ("Dua", ["air", "jalan"]), ("Tiga", ["lain"])):
        new = actions.begin(page(editor), title, "Teras.")
        actions.save(page(editor), new, 1, tags=tags)
        made.append(publish_article(new, editor, leader))
    one, two, three = made
    assert queries.related(one) == [two]
    assert queries.related(two) == [one]
    assert queries.related(three) == []
    assert queries.neighbours(two) == (one, three)
    assert queries.neighbours(article) == (None, one)
    assert three in queries.recommended(one, [two])["articles"]
