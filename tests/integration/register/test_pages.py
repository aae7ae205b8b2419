"""Every page: open to everybody, by a number of queries that does not grow."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.integration.register.conftest import line, picture

from rakorsus.people import actor as actors
from rakorsus.people.models import Agency
from rakorsus.stages.register import panels
from rakorsus.stages.register.actions import follow, publish
from rakorsus.stages.register.models import Program
from rakorsus.synth import bulk

pytestmark = pytest.mark.django_db

PAGES = [
    "/program/", "/program/?q=drainase&urut=nama", "/program/?cetak=1", "/program/peta/",
    "/program/peta/?tingkat=paket&urut=nama", "/program/peta.geojson", "/program/waktu/",
    "/program/waktu.json", "/program/perangkat-daerah/", "/program/perangkat-daerah/1.03.01/",
    "/program/wilayah/", "/program/wilayah/?q=bar", "/program/wilayah/73.71/",
    "/program/wilayah/73.71.06.1001/", "/program/nomenklatur/", "/program/nomenklatur/1.03.06/",
    "/program/sasaran/", "/program/versi/", "/program/versi/1/", "/program/versi/1/?jenis=added",
    "/program/versi/1/unduh.csv", "/program/paket_penyedia:1/", "/program/subkegiatan:77/",
    "/program/program:1.03.06/", "/api/v1/programs", "/api/v1/programs/tender:9",
    "/api/v1/agencies", "/api/v1/regions", "/api/v1/versions", "/api/v1/versions/1/changes",
]  # fmt: skip
#: Lists whose queries are counted with 1, 3 and many lines.
LISTS = [
    "/program/", "/program/?q=pembangunan", "/program/?cetak=1", "/program/peta/",
    "/program/peta.geojson", "/program/waktu/", "/program/waktu.json",
    "/program/perangkat-daerah/", "/program/wilayah/", "/program/wilayah/73.71/",
    "/program/nomenklatur/", "/program/sasaran/", "/program/versi/", "/program/versi/1/",
    "/program/perangkat-daerah/1.03.01/", "/program/dpa:1/", "/api/v1/programs",
    "/api/v1/agencies", "/api/v1/regions", "/api/v1/versions", "/api/v1/versions/1/changes",
]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_everybody_may_read(client, city, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", [p for p in PAGES if "." not in p.split("?")[0][-8:]][:16])
def test_english_pages(client, city, address):
    client.cookies["django_language"] = "en"
    assert client.get(address).headers["Content-Language"] == "en"


@pytest.mark.parametrize(
    "address",
    ["/program/", "/program/peta/", "/program/waktu/", "/program/perangkat-daerah/",
     "/program/wilayah/", "/program/nomenklatur/", "/program/sasaran/", "/program/versi/"],
)  # fmt: skip
def test_empty_pages_say_what_to_do(client, db, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert 'class="empty"' in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/program/dpa:404/", "/program/versi/9/", "/program/wilayah/99/", "/program/unduh/exe/",
     "/program/perangkat-daerah/9/", "/program/nomenklatur/9.99/", "/program/tampilan/x/",
     "/api/v1/programs/dpa:404", "/api/v1/versions/9/changes"],
)  # fmt: skip
def test_what_is_not_there(client, city, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", LISTS)
def test_queries_do_not_grow_with_the_lines(client, installation, address):
    """With one, three and three hundred lines, nothing kept from before."""
    counts = []
    publish(installation, picture(line("dpa:1", code="1.03.06")), partial=True)
    for rows in ([], [line("dpa:2", agency="8.01"), line("dpa:3", places=["Kelurahan Gaddong"])]):
        if rows:
            publish(installation, picture(*rows), partial=True)
        counts.append(_queries(client, address))
    publish(installation, bulk.frames(200), partial=True)
    counts.append(_queries(client, address))
    assert counts[0] == counts[1] == counts[2]
    assert counts[0] <= 30


def _queries(client, address: str) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(address)
        if answer.streaming:
            b"".join(answer.streaming_content)
    assert answer.status_code == 200
    return len(seen)


def test_a_page_of_the_list_costs_few_queries_once_numbers_are_kept(client, city):
    client.get("/program/")
    with CaptureQueriesContext(connection) as seen:
        client.get("/program/")
    assert len(seen) <= 6


def test_the_list_shows_a_line_and_what_follows_from_it(client, city):
    text = client.get("/program/?tingkat=paket&urut=nama").content.decode()
    assert "Rehabilitasi drainase Baraya RW 03" in text
    assert "Kel. Baraya, Kec. Bontoala" in text
    assert "1 Apr – 1 Jul 2025" in text
    assert "Rp450 juta" in text


def test_who_else_works_here_now_for_these_people(client, city):
    context = client.get("/program/paket_penyedia:1/").context
    neighbours = context["neighbours"]
    assert [p.key for p in neighbours.here] == ["paket_penyedia:2"]  # its tender is itself
    assert [p.key for p in neighbours.alike] == ["paket_penyedia:2"]  # theme Banjir
    assert neighbours.people == []
    assert [p.key for p in context["documents"]] == [
        "paket_penyedia:1", "subkegiatan:77", "tender:9",
    ]  # fmt: skip
    assert [p.key for p in context["above"]] == ["program:1.03.06", "subkegiatan:77"]
    assert [p.key for p in context["below"]] == ["tender:9"]


def test_the_same_people(client, city, installation):
    other = line("dpa:5", title="Kelas ibu hamil", beneficiaries="ibu hamil", places=["Makassar"])
    publish(installation, picture(other), partial=True)
    neighbours = client.get("/program/paket_swakelola:3/").context["neighbours"]
    assert [p.key for p in neighbours.people] == ["dpa:5"]


def test_titles_are_text_not_markup(client, installation):
    publish(installation, picture(line("dpa:1", title="<script>alert(1)</script>")))
    for address in ("/program/", "/program/dpa:1/", "/program/versi/1/", "/program/wilayah/73.71/"):
        assert "<script>alert" not in client.get(address).content.decode()


def test_keys_with_slashes_and_dots_have_a_page(client, installation):
    publish(installation, picture(line("other:a/b.c d?e#f%2F")))
    program = Program.objects.get()
    assert client.get(program.get_absolute_url()).context["program"] == program


def test_the_agency_page_counts_its_units(client, city):
    context = client.get("/program/perangkat-daerah/1.02.01/").context
    assert [(r["level"], r["count"]) for r in context["summary"]["levels"]] == [("paket", 1)]


def test_the_area_page_counts_what_lies_inside(client, city):
    context = client.get("/program/wilayah/73.71.06/").context
    assert context["summary"]["total"]["count"] == 3
    assert {c["code"]: c["count"] for c in context["summary"]["children"]} == {
        "73.71.06.1001": 3, "73.71.06.1002": 0,
    }  # fmt: skip
    assert [p.key for p in context["works"]] == ["paket_penyedia:1", "paket_penyedia:2", "tender:9"]


def test_what_is_followed_costs_a_few_queries_each(client, planner):
    actor = actors.of_user(planner, "page")
    client.force_login(planner)
    counts = []
    for kind, value in (("place", "73.71.06"), ("tag", "Banjir"), ("agency", "1.03.01")):
        follow(actor, kind, value)
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/program/ikuti/").status_code == 200
        counts.append(len(seen))
    assert max(b - a for a, b in pairwise(counts)) <= 4


def test_later_stages_add_panels_and_columns(client, city, tmp_path, settings):
    """Templates get their variables beside those of the page."""
    (tmp_path / "panel.html").write_text("<p>{{ greeting }} {{ program.key }}</p>")
    (tmp_path / "cell.html").write_text("<b>{{ worth }}</b>")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    greet = panels.Panel("program", "panel.html", lambda actor, line: {"greeting": "halo"})
    silent = panels.Panel("program", "panel.html", lambda actor, line: None)
    worth = panels.Column("Nilai uji", "cell.html", lambda actor, ids: {min(ids): {"worth": 7}})
    panels.add_panel(greet)
    panels.add_panel(silent)
    panels.add_column(worth)
    try:
        page = client.get("/program/tender:9/").content.decode()
        rows = client.get("/program/").content.decode()
    finally:
        panels._panels.remove(greet)
        panels._panels.remove(silent)
        panels._columns.remove(worth)
    assert page.count("<p>halo tender:9</p>") == 1
    assert "Nilai uji" in rows
    assert rows.count("<b>7</b>") == 1


def test_a_new_name_of_an_agency_shows_at_once(client, city):
    for address in ("/program/", "/program/perangkat-daerah/"):
        client.get(address)
        Agency.objects.filter(code="1.03.01").update(name=f"Dinas Bina Marga {len(address)}")
        assert f"Dinas Bina Marga {len(address)}" in client.get(address).content.decode()


def test_units_of_each_other_are_not_lost(client, city):
    works, water = Agency.objects.get(code="1.03.01"), Agency.objects.get(code="1.03.02")
    Agency.objects.filter(pk=works.pk).update(parent=water)
    Agency.objects.filter(pk=water.pk).update(parent=works)
    text = client.get("/program/perangkat-daerah/").content.decode()
    assert text.count(works.name) == text.count(water.name) == 1
    assert client.get("/program/?perangkat=1.03.01").context["page"].count == 5


@pytest.mark.parametrize(
    "address", ["/program/", "/program/paket_penyedia:1/", "/program/waktu.json"]
)
def test_an_agency_is_called_as_it_is_written(client, city, address):
    Agency.objects.update(short="DLH")
    page = client.get(address).content.decode()
    assert "DLH" in page
    assert "Dlh" not in page
