"""The sources page: every number is the number of rows that its link opens; the template."""

from __future__ import annotations

import io

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from rakorsus.engine.intake import read_bytes
from rakorsus.people import actor as actors
from rakorsus.people.models import Membership, Role, User
from rakorsus.stages.register.actions import publish
from rakorsus.stages.register.models import Program
from rakorsus.stages.register.queries import quality
from rakorsus.stages.register.queries.filters import Filters, narrow
from rakorsus.synth import bulk

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(db):
    cache.clear()
    publish(actors.system("cli"), bulk.frames(400, seed=3))


@pytest.fixture
def reader(client, db):
    user = User.objects.create_user("pimpinan", "p@contoh.go.id", "rahasia-sekali")
    Membership.objects.create(user=user, role=Role.LEADER)
    client.force_login(user)
    return client


def opened(code: str, lacking: str) -> int:
    asked = Filters(agency=code, more={"mutu": lacking})
    return narrow(Program.objects.all(), asked).count()


def test_every_number_opens_its_rows(register) -> None:
    rows = quality.qualities()
    assert rows
    for row in rows:
        assert row.lines == opened(row.code, "semua")
        assert row.undated == opened(row.code, "waktu")
        assert row.unplaced == opened(row.code, "tempat")
        assert row.unmeasured == opened(row.code, "volume")
    work = Program.objects.filter(quality.WORK, removed=False)
    assert sum(row.lines for row in rows) == work.count()
    for found in quality.documents():
        asked = Filters(document=found.document, source=found.source)
        assert found.lines == narrow(Program.objects.all(), asked).count()


@pytest.mark.parametrize(
    ("volume", "says"),
    [("1 Paket", False), ("", False), ("1 paket/tahun", False), ("12 Bulan", False),
     ("120 m", True), ("3 unit", True), ("1 Paketan", True), ("21 paket", True)],
)  # fmt: skip
def test_what_counts_as_a_volume(register, volume: str, says: bool) -> None:
    line = Program.objects.filter(quality.WORK).first()
    Program.objects.filter(pk=line.pk).update(volume=volume, target=None)
    lacking = Program.objects.filter(quality.LACKING["volume"], pk=line.pk).exists()
    assert lacking is not says


def test_the_page_for_those_who_sign_in(register, reader, client) -> None:
    address = reverse("register:sources")
    assert reader.get(address).status_code == 200
    with CaptureQueriesContext(connection) as caught:
        page = reader.get(address, {"urut": "lines"}).content.decode()
    assert len(caught) <= 6
    assert "Mutu data per perangkat daerah" in page
    client.logout()
    assert client.get(address).status_code == 302


def test_an_empty_register_says_what_to_do(reader) -> None:
    cache.clear()
    page = reader.get(reverse("register:sources")).content.decode()
    assert "Register masih kosong" in page


def test_the_template_offers_this_installations_lists(register, client) -> None:
    user = User.objects.create_user("bappeda", "b@contoh.go.id", "rahasia-sekali")
    Membership.objects.create(user=user, role=Role.COORDINATOR)
    address = reverse("register:template")
    assert client.get(address).status_code == 302
    client.force_login(user)
    response = client.get(address)
    book = load_workbook(io.BytesIO(response.content))
    offered = {str(c.value) for row in book["Daftar"].iter_rows() for c in row if c.value}
    line = Program.objects.select_related("agency").filter(quality.WORK).exclude(fund="").first()
    assert f"{line.agency.code} {line.agency.name}" in offered
    assert line.fund in offered
    (report,) = read_bytes("templat.xlsx", response.content).files
    assert (report.kind, report.read) in {("template", 0), ("unreadable", 0)}


def test_the_template_is_for_those_who_load(register, reader) -> None:
    assert reader.get(reverse("register:template")).status_code == 403
