"""The API tells what the pages tell, to whom the pages tell it."""

from __future__ import annotations

import hashlib

BASE = "/api/v1/publication"


def test_articles(client, article):
    (row,) = client.get(f"{BASE}/articles").json()
    assert row["headline"] == article.live.headline
    assert row["url"] == article.get_absolute_url()
    detail = client.get(f"{BASE}/articles/{article.slug}").json()
    assert detail["decisions"] == article.live.facts["decisions"]
    assert client.get(f"{BASE}/articles/tidak-ada").status_code == 404


def test_drafts_are_not_told(client, draft):
    assert client.get(f"{BASE}/articles").json() == []
    assert client.get(f"{BASE}/articles/{draft.slug}").status_code == 404


def test_releases(client, released):
    (row,) = client.get(f"{BASE}/releases").json()
    assert row == client.get(f"{BASE}/releases/1").json()
    for table in row["tables"]:
        for file in table["files"].values():
            content = client.get(file["url"]).content
            assert hashlib.sha256(content).hexdigest() == file["sha256"]
    assert client.get(f"{BASE}/releases/2").status_code == 404
    assert client.get(f"{BASE}/releases/99999999999999").status_code == 404


def test_agreements(client, prepared, partner, stranger, leader):
    def told() -> list[str]:
        answer = client.get(f"{BASE}/agreements")
        assert answer.status_code == 200
        assert "Nama Orang" not in answer.content.decode()
        return [row["slug"] for row in answer.json()]

    assert told() == []
    for user, own in ((partner, True), (stranger, False), (leader, True)):
        client.force_login(user)
        assert told() == ([prepared.slug] if own else [])
