"""What machines read: catalogue, feeds, calendar, sitemap, robots, microdata; each is parsed."""

from __future__ import annotations

import hashlib
from email.utils import parsedate_to_datetime

import pytest
from defusedxml import ElementTree
from icalendar import Calendar
from rdflib import DCAT, DCTERMS, RDF, Graph, Namespace
from rdflib.compare import isomorphic

from rakorsus.stages.meeting.models import Meeting
from rakorsus.stages.publication.opendata.kinds import tables

CSVW = Namespace("http://www.w3.org/ns/csvw#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def graph(released, client) -> Graph:
    return Graph().parse(data=client.get("/publik/data/katalog.ttl").content, format="turtle")


# rdflib's own reader of JSON-LD still uses it
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_turtle_and_jsonld_say_the_same(graph, client):
    answer = client.get("/publik/data/katalog.jsonld")
    assert answer.headers["Content-Type"] == "application/ld+json"
    other = Graph().parse(data=answer.content, format="json-ld")
    assert len(graph) > 500
    assert isomorphic(graph, other)


def test_every_table_is_a_dataset_with_its_columns_and_files(graph, released):
    datasets = set(graph.subjects(RDF.type, DCAT.Dataset))
    assert len(datasets) == len(tables())
    catalogues = list(graph.subjects(RDF.type, DCAT.Catalog))
    assert len(catalogues) == 1
    assert set(graph.objects(catalogues[0], DCAT.dataset)) == datasets
    for dataset in datasets:
        for needed in (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.license,
                       DCTERMS.issued, DCTERMS.identifier, DCAT.keyword):  # fmt: skip
            assert list(graph.objects(dataset, needed)), (dataset, needed)
        name = str(dataset).rstrip("/").rsplit("/", 1)[1]
        columns = {str(graph.value(c, CSVW.name)) for c in graph.objects(dataset, CSVW.column)}
        assert columns == {c.name for c in tables()[name].columns}
        kept = released.tables.get(name=name)
        assert len(list(graph.objects(dataset, DCAT.distribution))) == len(kept.files)
    standards = {str(t) for s in graph.subjects(RDF.type, DCTERMS.Standard)
                 for t in graph.objects(s, DCTERMS.title)}  # fmt: skip
    assert any("Dalam Negeri" in s for s in standards)
    assert any("nomenklatur" in s for s in standards)


def test_every_distribution_is_there_with_its_size_and_checksum(graph, client):
    count = 0
    for file in graph.subjects(RDF.type, DCAT.Distribution):
        answer = client.get(str(graph.value(file, DCAT.downloadURL)).split("testserver")[1])
        assert answer.status_code == 200
        assert len(answer.content) == int(graph.value(file, DCAT.byteSize))
        check = graph.value(file, SPDX.checksum)
        value = str(graph.value(check, SPDX.checksumValue)).lower()
        assert hashlib.sha256(answer.content).hexdigest() == value
        assert answer.headers["ETag"] == f'"{value}"'
        assert "immutable" in answer.headers["Cache-Control"]
        count += 1
    assert count > 30


def test_the_lasting_address_leads_to_the_newest_release(released, client):
    answer = client.get("/publik/data/terbaru/program.csv")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/publik/data/1/program.csv"
    assert client.get("/publik/data/terbaru/tidak_ada.csv").status_code == 404
    assert client.get("/publik/data/terbaru/keputusan.geojson").status_code == 404


def test_rss(article, client):
    answer = client.get("/publik/berita.rss")
    assert answer.headers["Content-Type"].startswith("application/rss+xml")
    channel = ElementTree.fromstring(answer.content).find("channel")
    for needed in ("title", "link", "description", "language", "lastBuildDate"):
        assert channel.findtext(needed)
    item = channel.find("item")
    assert item.findtext("title") == article.live.headline
    assert item.findtext("link") == f"http://testserver{article.get_absolute_url()}"
    assert item.findtext("guid") == item.findtext("link")
    assert parsedate_to_datetime(item.findtext("pubDate")).tzinfo is not None
    assert not item.findall("author")  # RSS wants a mail address there


def test_atom(article, client):
    answer = client.get("/publik/berita.atom")
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    assert feed.tag == f"{ATOM}feed"
    for needed in ("id", "title", "updated"):
        assert feed.findtext(ATOM + needed)
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == "http://testserver/publik/berita.atom"
    entry = feed.find(f"{ATOM}entry")
    for needed in ("id", "title", "updated", "published"):
        assert entry.findtext(ATOM + needed)
    assert entry.find(f"{ATOM}author/{ATOM}name").text == article.byline


def test_the_calendar_has_public_meetings_only(meeting, coordinator, client):
    assert client.get("/publik/rapat.ics").content.count(b"BEGIN:VEVENT") == 0
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.PUBLISHED)
    answer = client.get("/publik/rapat.ics")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["SUMMARY"] == meeting.title
    assert event["DTSTART"].dt == meeting.starts
    assert event["DTEND"].dt == meeting.ends
    assert event["UID"]
    assert event["DTSTAMP"]
    assert client.get("/publik/rapat.ics").content == answer.content


def test_every_address_of_the_sitemap_answers(article, released, in_force, client):
    answer = client.get("/sitemap.xml")
    root = ElementTree.fromstring(answer.content)
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    addresses = [e.findtext(f"{name}loc") for e in root.findall(f"{name}url")]
    assert len(addresses) == len(set(addresses)) > 40
    assert f"http://testserver{article.get_absolute_url()}" in addresses
    for address in addresses:
        assert client.get(address.removeprefix("http://testserver")).status_code == 200, address


def test_robots(client, db):
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /publik/redaksi/" in text


def test_an_article_tells_machines_what_it_is(article, client):
    text = client.get(article.get_absolute_url()).content.decode()
    assert 'itemtype="https://schema.org/NewsArticle"' in text
    for prop in ("headline", "datePublished", "author", "publisher", "description", "articleBody"):
        assert f'itemprop="{prop}"' in text
    for prop in ("og:type", "og:title", "og:url", "og:description", "article:published_time"):
        assert f'property="{prop}"' in text
    assert "https://wa.me/?text=" in text
    assert 'href="mailto:?subject=' in text
    assert "data-copy=" in text
