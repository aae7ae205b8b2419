"""The public site: the same page for everybody, cached, light, in two languages, few queries."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.integration.publication.conftest import page, photo, publish_article

from rakorsus.stages.publication import actions

PAGES = (
    "", "berita/", "keputusan/", "peta/", "kerja-sama/", "rapat/", "data/", "data/kamus/",
    "data/tabel/program/", "rilis/", "informasi/", "berita.rss", "berita.atom", "rapat.ics",
)  # fmt: skip


@pytest.fixture
def illustrated(draft, editor, leader):
    picture = actions.store_picture(page(editor), photo())
    actions.save(page(editor), draft, 1, picture=picture, alternative="Bidang biru.",
                 quotes=[{"text": "Kita bersama.", "post": "Wali Kota"}])  # fmt: skip
    return publish_article(draft, editor, leader)


@pytest.mark.parametrize("path", PAGES)
def test_empty_pages_answer_too(client, db, path):
    assert client.get(f"/publik/{path}").status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_one_page_for_everybody(client, article, released, in_force, leader, path):
    first = client.get(f"/publik/{path}")
    assert first.status_code == 200
    assert "Cookie" not in first.headers.get("Vary", "")
    assert not first.cookies
    assert "public" in first.headers["Cache-Control"]
    again = client.get(f"/publik/{path}", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    client.force_login(leader)
    client.cookies["django_language"] = "en"
    assert client.get(f"/publik/{path}").content == first.content


def test_pages_that_change_have_another_tag(client, article, editor, leader):
    before = client.get(article.get_absolute_url())
    made = actions.save(page(editor), article, article.live.number, headline="Baru")
    actions.submit(page(editor), article, made.number)
    actions.approve(page(leader), article, made.number)
    after = client.get(
        article.get_absolute_url(), headers={"if-none-match": before.headers["ETag"]}
    )
    assert after.status_code == 200


def test_english_stands_beside(client, article, released):
    indonesian = client.get(article.get_absolute_url()).content.decode()
    english = client.get(article.get_absolute_url().replace("/publik/", "/public/"))
    assert english.headers["Content-Language"] == "en"
    text = english.content.decode()
    assert '<html lang="en"' in text
    assert "Open data" in text
    links = re.findall(r'href="(/publi[ck]/[^"]*)"', text)
    assert links
    assert all(link.startswith("/public/") for link in links if link != "/publik/")
    assert f'hreflang="en" href="http://testserver{english.request["PATH_INFO"]}"' in indonesian


def test_an_article_is_light(client, illustrated):
    """HTML, styles, scripts and fonts of an article without its picture, as they travel."""
    answer = client.get(illustrated.get_absolute_url(), headers={"accept-encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    html = gzip.decompress(answer.content).decode()
    plain = len(html.encode())
    total = len(answer.content)
    links = re.findall(r'(?:href|src)="/static/([^"]+)"', html)
    assert links
    fonts = set()
    for link in links:
        content = Path(finders.find(link)).read_bytes()
        plain += len(content)
        total += len(gzip.compress(content))
        if link.endswith(".css"):
            fonts |= set(re.findall(r"fonts/[\w-]+\.woff2", content.decode()))
    for font in fonts:
        size = Path(finders.find(f"web/{font}")).stat().st_size
        plain, total = plain + size, total + size
    assert len(fonts) == 2
    assert total < plain < 100_000
    assert total < 70_000


@pytest.mark.parametrize("path", ["", "berita/", "kerja-sama/", "rilis/", "data/"])
def test_lists_ask_the_same_number_of_questions(
    client, illustrated, released, in_force, editor, leader, coordinator, path
):
    def count() -> int:
        client.get(f"/publik/{path}")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/publik/{path}")
        return len(asked)

    few = count()
    for n in range(3):
        new = actions.begin(page(editor), f"Judul {n}", "Teras.")
        publish_article(new, editor, leader)
        actions.release(page(coordinator))
    assert count() <= few + (1 if path == "" else 0)
    assert few <= 12


def test_an_article_asks_the_same_number_of_questions(client, illustrated, editor, leader):
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(illustrated.get_absolute_url())
        return len(asked)

    few = count()
    for n in range(3):
        new = actions.begin(page(editor), f"Judul {n}", "Teras.")
        actions.save(page(editor), new, 1, tags=["rakorsus"])
        publish_article(new, editor, leader)
    assert count() <= few + 3
    assert few <= 20


@pytest.mark.parametrize(
    "path",
    ["berita/tidak-ada/", "kerja-sama/tidak-ada/", "rilis/9/", "data/9/program.csv",
     "data/tabel/tidak_ada/", "topik/tag/tidak-ada/", "topik/apa/x/", "gambar/aa/besar.jpg",
     "data/katalog.ttl"],
)  # fmt: skip
def test_what_is_not_there(client, db, path):
    assert client.get(f"/publik/{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "berita/", "data/"])
def test_the_public_site_only_reads(client, db, path):
    assert client.post(f"/publik/{path}").status_code == 405


def test_pages_carry_no_script_but_files(client, illustrated):
    text = client.get(illustrated.get_absolute_url()).content.decode()
    assert not re.search(r"<style|\son\w+=|javascript:", text)
    for body in re.findall(r"<script[^>]*>(.*?)</script>", text, re.S):
        assert not body.strip()
    assert not re.search(r'(?:src|srcset)="https?://(?!testserver)', text)
