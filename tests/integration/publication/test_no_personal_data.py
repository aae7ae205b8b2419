"""The demonstration, page by page and file by file: nothing public holds data about a person."""

from __future__ import annotations

import io
import re
from collections import deque
from urllib.parse import urljoin, urlparse

import polars as pl
import pytest
from django.core.cache import cache
from django.urls import resolve

from rakorsus.documents.models import Issued
from rakorsus.people.models import User
from rakorsus.stages.publication import public_urls
from rakorsus.stages.publication.models import Article
from rakorsus.stages.publication.personal import hits
from rakorsus.synth import city, demo

pytestmark = pytest.mark.django_db
#: Parts of pages that are no content of ours.
_OWN = re.compile(r"sha256|SHA-256|<code[^>]*>[0-9a-f]{16,64}…?</code>|#[0-9a-f]{6}")
_MOST = 1500


@pytest.fixture
def installed(settings, tmp_path):
    settings.HOME = tmp_path
    settings.DEMO = True
    settings.TODAY = city.TODAY
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files", "base_url": None},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "whitenoise" not in m]
    cache.clear()
    demo.install(lambda words: None)


def text_of(answer, path: str) -> str:
    content = (
        b"".join(answer.streaming_content) if getattr(answer, "streaming", False)
        else answer.content
    )  # fmt: skip
    if path.endswith(".parquet"):
        return pl.read_parquet(io.BytesIO(content)).write_csv()
    if path.endswith(".jpg"):
        return ""
    return content.decode("utf-8", "replace")


def walk(client) -> dict[str, list[str]]:
    """Every page and file of the public site that links reach, the pages that tell genuine papers,
    and the replayed year, with what the scan says of each."""
    papers = [f"/periksa/{key}/" for key in Issued.objects.values_list("key", flat=True)]
    queue = deque(
        ["/publik/", "/public/", "/sitemap.xml", "/robots.txt", "/periksa/",
         "/peragaan/tahun-2022/", "/publik/data/terbaru/program.csv", *papers]
    )  # fmt: skip
    found: dict[str, list[str]] = {}
    while queue and len(found) < _MOST:
        path = queue.popleft()
        if path in found:
            continue
        answer = client.get(path)
        assert answer.status_code in (200, 302), path
        text = _OWN.sub("", text_of(answer, path))
        found[path] = [f"{hit.kind}: {hit.text}" for hit in hits(text)]
        for link in re.findall(r'(?:href|src)="([^"]+)"|<loc>([^<]+)</loc>', text):
            to = urlparse(urljoin(path, link[0] or link[1]))
            if to.path.startswith(("/publik/", "/public/")) and "redaksi" not in to.path:
                queue.append(f"{to.path}?{to.query}" if "halaman=" in to.query else to.path)
    return found


def test_the_public_site_of_the_demonstration_holds_no_data_of_persons(installed, client):
    before, announced = Article.objects.order_by("published")
    assert before.live.facts["decisions"]
    assert not announced.live.facts["decisions"]
    assert announced.live.quotes == before.live.quotes == []
    found = walk(client)
    assert 60 < len(found) < _MOST  # all of it was seen
    kinds = {resolve(urlparse(path).path).url_name for path in found}
    assert {pattern.name for pattern in public_urls.urlpatterns} - kinds == set()
    files = [path for path in found if re.search(r"/data/\d+/", path)]
    assert {path.rsplit(".", 1)[1] for path in files} == {"csv", "json", "parquet", "geojson"}
    assert {path: said for path, said in found.items() if said} == {}
    names = [u.display_name for u in User.objects.all()]
    pages = " ".join(client.get(p).content.decode() for p in found if p.endswith("/"))
    assert not [n for n in names if n in pages]
    secret = {"Penggalian dan Penggelaran Kabel", "Penanaman Kabel Serat Optik"}
    assert not [s for s in secret if s in pages]
