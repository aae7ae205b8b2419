"""Every page of the desk and of agreements, asked by everybody who must not."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.integration.publication.conftest import page

from rakorsus.stages.publication.models import Article, Release, Revision

#: address, its arguments, who may read it
DESK = ("index", "releases", "classes")
POSTS = ("begin", "begin_decision")


def test_the_desk_is_for_those_who_edit(
    client, article, roads, partner, editor, leader, coordinator
):
    address = reverse("publication:article", args=[article.pk])
    pages = [reverse(f"publication:{name}") for name in DESK] + [address]
    for path in pages:
        client.logout()
        assert client.get(path).status_code == 302
        for user, status in (
            (roads, 403), (partner, 403), (editor, 200), (leader, 200), (coordinator, 200)
        ):  # fmt: skip
            client.force_login(user)
            assert client.get(path).status_code == status, (path, user)


def test_nothing_changes_by_whom_it_must_not(client, draft, roads, partner, leader):
    before = (Article.objects.count(), Revision.objects.count(), Release.objects.count())
    move = reverse("publication:move", args=[draft.pk])
    edit = reverse("publication:article", args=[draft.pk])
    for user in (roads, partner, leader):
        client.force_login(user)
        for path, data in (
            (reverse("publication:begin"), {"headline": "x"}),
            (edit, {"headline": "x", "lead": "y", "seen": 1}),
            (move, {"step": "submit", "seen": 1}),
            (move, {"step": "refresh", "seen": 1}),
            (reverse("publication:releases"), {"note": "x"}),
            (reverse("publication:classes"),
             {"kind": "article", "ident": draft.slug, "value": "berkala", "reason": "x"}),
        ):  # fmt: skip
            assert client.post(path, data).status_code == 403, (path, user)
    draft.refresh_from_db()
    assert draft.state == Article.State.DRAFT
    after = (Article.objects.count(), Revision.objects.count(), Release.objects.count())
    assert after == before


def test_the_writer_sees_no_button_to_approve_and_may_not_press_it(client, draft, editor):
    client.force_login(editor)
    move = reverse("publication:move", args=[draft.pk])
    client.post(move, {"step": "submit", "seen": 1})
    text = client.get(reverse("publication:article", args=[draft.pk])).content.decode()
    assert "penulis tidak menyetujui tulisannya sendiri" in text
    assert 'value="approve"' not in text
    assert client.post(move, {"step": "approve", "seen": 1}).status_code == 403


def test_the_page_plays_the_whole_way(client, draft, editor, leader):
    edit = reverse("publication:article", args=[draft.pk])
    move = reverse("publication:move", args=[draft.pk])
    client.force_login(editor)
    answer = client.post(edit, {
        "headline": "Judul yang disunting", "lead": "Teras.", "body": "Satu.\n\n## Dua\n\nTiga.",
        "tags": "air, jalan", "seen": 1, "quote_0": "Kita bersama.", "post_0": "Wali Kota",
    })  # fmt: skip
    assert answer.status_code == 302
    client.post(move, {"step": "submit", "seen": 2})
    client.force_login(leader)
    client.post(move, {"step": "approve", "seen": 2})
    draft.refresh_from_db()
    text = client.get(draft.get_absolute_url()).content.decode()
    assert draft.slug == "judul-yang-disunting"
    for words in ("Judul yang disunting", "<h2>Dua</h2>", "“Kita bersama.”", "Wali Kota", "jalan"):
        assert words in text


AGREEMENT = ("amend", "add_party", "add_milestone")
CHANGES = ("clause", "requirement", "sign", "end")


@pytest.mark.parametrize("who", ["partner", "roads", "stranger", "leader"])
def test_agreements_are_changed_by_editors_only(client, prepared, who, request):
    user = request.getfixturevalue(who)
    client.force_login(user)
    before = prepared.requirements.count(), prepared.clauses.count(), prepared.version
    for name in AGREEMENT:
        path = reverse(f"agreements:{name}", args=[prepared.slug])
        assert client.get(path).status_code == 403
        assert client.post(path, {"title": "x"}).status_code == 403
    for name in CHANGES:
        path = reverse(f"agreements:{name}", args=[prepared.slug])
        assert client.post(path, {"title": "x", "name": "x", "on": "2022-03-15"}).status_code == 403
    assert client.get(reverse("agreements:create")).status_code == 403
    prepared.refresh_from_db()
    after = prepared.requirements.count(), prepared.clauses.count(), prepared.version
    assert after == before
    assert prepared.state == "draft"


def test_a_visitor_is_asked_to_sign_in(client, prepared):
    for name in (*AGREEMENT, "agreement"):
        answer = client.get(reverse(f"agreements:{name}", args=[prepared.slug]))
        assert answer.status_code == 302
        assert "/akun/login/" in answer.headers["Location"]


def test_a_picture_of_a_draft_is_for_the_desk(client, draft, editor, roads):
    from tests.integration.publication.conftest import photo

    from rakorsus.stages.publication import actions

    kept = actions.store_picture(page(editor), photo())
    path = reverse("publication:picture", args=[kept.sha256])
    assert client.get(path).status_code == 302
    client.force_login(roads)
    assert client.get(path).status_code == 403
    client.force_login(editor)
    assert client.get(path).status_code == 200
