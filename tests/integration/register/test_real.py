"""The register over the real planning files of a regency."""

from __future__ import annotations

import re

import polars as pl
import pytest
from django.db import connection
from tests.real import DATA, needs_real_files

from rakorsus.engine import intake
from rakorsus.stages.register import queries
from rakorsus.stages.register.actions import Frames, publish
from rakorsus.stages.register.models import Program, Region

pytestmark = pytest.mark.django_db
REMOVED = "DATA-PRIBADI-DIHAPUS"


@pytest.fixture(scope="module")
def picture():
    return intake.join(intake.read_paths([DATA / "rup-bandung-2025", DATA / "nomenklatur"]))


@needs_real_files
def test_a_year_of_real_plans_becomes_the_register(client, picture, installation):
    version = publish(installation, picture)
    assert version.added == picture.programs["key"].n_unique() == Program.objects.count()
    assert Region.objects.filter(code__startswith="32.04.", level=3).count() == 31
    assert publish(installation, picture) is None
    assert queries.snapshot(version).equals(queries.frame())
    _nothing_personal()
    _pages(client)


def _nothing_personal() -> None:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith(("register_program", "people_", "audit_", "register_")):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
                assert not any(REMOVED in str(value) for row in cursor for value in row), table


def _pages(client) -> None:
    """Every page that the register links to from its lists, one of each kind."""
    first = ["/program/?tingkat=paket&wilayah=32.04", "/program/peta/", "/program/waktu/",
             "/program/perangkat-daerah/", "/program/wilayah/", "/program/nomenklatur/",
             "/program/versi/1/"]  # fmt: skip
    seen: dict[str, str] = {}
    for address in first:
        text = client.get(address).content.decode()
        for link in re.findall(r'href="(/program/[^"?#]*)', text):
            seen.setdefault(re.sub(r"[0-9.]+|(?<=:).+", "n", link), link)
    assert len(seen) >= 12
    for link in seen.values():
        answer = client.get(link)
        assert answer.status_code == 200, link
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert REMOVED.encode() not in body, link


@needs_real_files
def test_a_changed_real_file_is_a_small_version(picture, installation):
    publish(installation, picture)
    own = pl.col("source") == "paket_swakelola"
    first = picture.programs.filter(own)["key"].sort().head(2).to_list()
    later = picture.programs.filter(pl.col("key") != first[0]).with_columns(
        pl.when(pl.col("key") == first[1])
        .then(pl.col("budget") + 1)
        .otherwise("budget")
        .alias("budget")
    )
    version = publish(installation, Frames(programs=later))
    assert (version.added, version.changed, version.removed) == (0, 1, 1)
    assert version.changes.get(kind="removed").program.key == first[0]
    changed = version.changes.get(kind="changed")
    assert (changed.program.key, list(changed.diff)) == (first[1], ["budget"])
