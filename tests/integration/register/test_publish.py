"""What files say becomes the register, version by version."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.integration.register.conftest import (
    CLINIC,
    ROADS,
    WATER,
    agencies_table,
    line,
    lines,
    person,
    picture,
)

from rakorsus.audit.models import Event, OutboxMessage
from rakorsus.engine import schema
from rakorsus.people import actor as actors
from rakorsus.people.models import Agency
from rakorsus.stages.register import derive, queries
from rakorsus.stages.register.actions import Frames, publish
from rakorsus.stages.register.models import (
    Nomenclature,
    PlanVersion,
    Program,
    ProgramChange,
    ProgramPlace,
    ProgramTag,
    Region,
)

pytestmark = pytest.mark.django_db


def changes_of(version: PlanVersion) -> set[tuple[str, str]]:
    return set(version.changes.values_list("kind", "program__key"))


def test_first_publication_adds_every_line(installation):
    version = publish(installation, picture(line("dpa:1"), line("dpa:2", title="Jalan")))
    assert (version.added, version.changed, version.removed, version.same) == (2, 0, 0, 0)
    assert changes_of(version) == {("added", "dpa:1"), ("added", "dpa:2")}
    assert version.also == {"agencies": [4, 0], "regions": [7, 0]}


def test_the_same_content_again_changes_nothing(installation):
    publish(installation, picture(line("dpa:1"), line("dpa:2")))
    rows = [line("dpa:2", file="lain.xlsx", row=9), line("dpa:1", sheet="Lembar 2")]
    assert publish(installation, picture(*rows)) is None
    assert PlanVersion.objects.count() == 1
    assert Event.objects.filter(action="register.publish").count() == 1


def test_a_newer_file_is_shown_field_by_field(installation):
    publish(installation, picture(line("dpa:1"), line("dpa:2"), line("dpa:3")))
    later = [
        line("dpa:1"),
        line("dpa:2", budget=250_000_000, end=date(2025, 9, 30), places=["Kelurahan Gaddong"]),
        line("dpa:4"),
    ]
    version = publish(installation, picture(*later))
    assert (version.added, version.changed, version.removed, version.same) == (1, 1, 1, 1)
    assert changes_of(version) == {
        ("added", "dpa:4"), ("changed", "dpa:2"), ("removed", "dpa:3")
    }  # fmt: skip
    diff = version.changes.get(kind="changed").diff
    assert diff == {
        "budget": [100_000_000, 250_000_000],
        "end": ["2025-05-31", "2025-09-30"],
        "places": [["Kelurahan Baraya Kecamatan Bontoala"], ["Kelurahan Gaddong"]],
    }


def test_a_removed_line_comes_back_as_added(installation):
    publish(installation, picture(line("dpa:1"), line("dpa:2")))
    publish(installation, picture(line("dpa:1")))
    version = publish(installation, picture(line("dpa:1"), line("dpa:2", budget=7)))
    assert changes_of(version) == {("added", "dpa:2")}
    assert queries.frame()["key"].to_list() == ["dpa:1", "dpa:2"]


def test_a_document_removes_only_its_own_lines(installation):
    publish(installation, picture(line("renja:1", document="Renja 2025"), line("dpa:1")))
    version = publish(installation, picture(line("dpa:2")))
    assert changes_of(version) == {("added", "dpa:2"), ("removed", "dpa:1")}


def test_one_agency_s_file_leaves_the_others_lines(installation):
    publish(installation, picture(line("dpa:1"), line("dpa:2", agency=WATER)))
    version = publish(installation, picture(line("dpa:3", agency=WATER)))
    assert changes_of(version) == {("added", "dpa:3"), ("removed", "dpa:2")}


def test_a_whole_document_removes_an_agency_that_left_it(installation):
    rows = [line(f"dpa:{n}", agency=f"9.{n:02d}") for n in range(10)]
    publish(installation, picture(*rows))
    version = publish(installation, picture(*rows[1:]))
    assert changes_of(version) == {("removed", "dpa:0")}
    assert publish(installation, picture(*rows)).added == 1
    assert publish(installation, picture(*rows[:5]), whole=True).removed == 5


def test_corrected_rows_remove_nothing(installation):
    publish(installation, picture(line("dpa:1"), line("dpa:2")))
    version = publish(installation, picture(line("dpa:3")), partial=True)
    assert changes_of(version) == {("added", "dpa:3")}


def test_unknown_agencies_get_a_row(installation):
    publish(installation, picture(line("dpa:1", agency="8.01.02")))
    assert Agency.objects.get(code="8.01.02").name == "8.01.02"
    assert Agency.objects.get(code=CLINIC).parent.code == "1.02.01"


def test_a_null_in_a_file_erases_nothing(installation):
    publish(installation, picture(line("dpa:1")))
    bare = pl.DataFrame([{"code": ROADS, "name": "Dinas PU"}])
    publish(installation, Frames(agencies=schema.conform(bare, schema.AGENCIES)))
    assert Agency.objects.values_list("name", "short", "kind").get(code=ROADS) == (
        "Dinas PU", "PU", "opd",
    )  # fmt: skip


def test_parents_are_linked_in_any_order(installation):
    child = line("paket_penyedia:1", parent="subkegiatan:5")
    publish(installation, picture(child), partial=True)
    assert Program.objects.get(key="paket_penyedia:1").parent is None
    publish(installation, picture(line("subkegiatan:5")), partial=True)
    assert Program.objects.get(key="paket_penyedia:1").parent.key == "subkegiatan:5"
    assert publish(installation, picture(child, line("subkegiatan:5"))) is None


def test_what_follows_from_a_line(city):
    tender = Program.objects.get(key="tender:9")
    assert (tender.money, tender.affair) == (450_000_000, "1.03")
    assert (tender.begins, tender.ends, tender.date_grade) == (
        date(2025, 4, 1), date(2025, 7, 1), 5,
    )  # fmt: skip
    assert Program.objects.get(key="subkegiatan:77").date_grade == 1


def test_places_and_themes(city):
    located = ProgramPlace.objects.get(program__key="paket_penyedia:2")
    assert (located.region.code, located.grade) == ("73.71.06.1001", 3)
    assert Program.objects.get(key="paket_penyedia:2").place == "Kel. Baraya, Kec. Bontoala"
    tags = ProgramTag.objects.filter(program__key="paket_penyedia:2")
    assert list(tags.values_list("tag", flat=True)) == ["Air", "Banjir"]


def test_nomenclature_that_comes_later_gives_its_themes(city, installation):
    row = {"government_kind": "KABKOT", "code": "1.02.02.2.02.0001", "level": "sub_kegiatan",
           "title": "Pengelolaan Pelayanan Kesehatan Ibu Hamil", "tags": ["Stunting"]}  # fmt: skip
    table = schema.conform(pl.DataFrame([row]), schema.NOMENCLATURE)
    version = publish(installation, Frames(nomenclature=table))
    assert version.also == {"nomenclature": [1, 0]}
    assert (version.added, version.changed, version.removed) == (0, 0, 0)
    assert ProgramTag.objects.get(tag="Stunting").program.key == "paket_swakelola:3"
    assert publish(installation, Frames(nomenclature=table)) is None
    assert Nomenclature.objects.get().government_kind == "KABKOT"


def test_without_a_table_of_regions_the_national_one_is_taken(installation):
    version = publish(
        installation, Frames(programs=lines(line("dpa:1")), agencies=agencies_table())
    )
    placed = ProgramPlace.objects.get(program__key="dpa:1")
    assert placed.region.name == "Baraya"
    assert version.also["regions"][0] == Region.objects.count() > 150


def test_regions_that_come_later_locate_the_lines(installation):
    new = line("dpa:1", places=["Kelurahan Contoh Baru Kecamatan Bontoala"])
    publish(installation, picture(new))
    assert ProgramPlace.objects.get(program__key="dpa:1").region.code == "73.71.06"
    row = {"code": "73.71.06.1099", "name": "Contoh Baru", "level": 4, "parent": "73.71.06",
           "kind": "kelurahan"}  # fmt: skip
    publish(installation, Frames(regions=schema.conform(pl.DataFrame([row]), schema.REGIONS)))
    assert ProgramPlace.objects.get(program__key="dpa:1").region.code == "73.71.06.1099"
    assert Program.objects.get(key="dpa:1").place == "Kel. Contoh Baru, Kec. Bontoala"


def test_boundaries_are_kept_with_box_and_centre(city):
    region = Region.objects.get(code="73.71.06.1001")
    assert (region.min_lon, region.max_lat) == (119.42, -5.12)
    assert region.min_lon < region.lon < region.max_lon
    assert '"Polygon"' in region.outline


def test_versions_are_frozen(installation):
    first = publish(installation, picture(line("dpa:1"), line("dpa:2")))
    frozen = queries.snapshot(first)
    before = queries.frame()
    publish(installation, picture(line("dpa:1", budget=5)))
    first.refresh_from_db()
    assert queries.snapshot(first).equals(frozen)
    assert frozen.equals(before)
    assert queries.snapshot(PlanVersion.objects.first()).equals(queries.frame())


def test_a_changed_file_of_a_version_shows(installation):
    version = publish(installation, picture(line("dpa:1"), line("dpa:2")))
    assert queries.intact(version)
    with default_storage.open(version.snapshot, "wb") as file:
        queries.frame().with_columns(budget=pl.lit(1)).write_parquet(file)
    assert not queries.intact(version)


def test_the_digest_depends_on_the_content_only(installation):
    first = publish(installation, picture(line("dpa:1"), line("dpa:2")))
    publish(installation, picture(line("dpa:1", budget=5), line("dpa:2")))
    third = publish(installation, picture(line("dpa:2"), line("dpa:1")))
    assert third.sha256 == first.sha256
    assert PlanVersion.objects.get(number=2).sha256 != first.sha256


def test_the_log_and_the_outbox_hear_of_it(installation, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks():
        version = publish(installation, picture(line("dpa:1")))
    event = Event.objects.get(action="register.publish")
    assert (event.kind, event.object_id) == ("register.planversion", str(version.pk))
    message = OutboxMessage.objects.get(topic="register.published")
    assert (message.payload["version"], message.payload["keys"]) == (1, 1)


def test_who_may_publish(city, planner, stranger):
    own = Frames(programs=lines(line("dpa:1")))
    for user in (stranger, person("tamu")):
        with pytest.raises(PermissionDenied):
            publish(actors.of_user(user, "import"), own)
    with pytest.raises(PermissionDenied):
        publish(actors.Actor(None, "page"), own)
    actor = actors.of_user(planner, "import")
    assert publish(actor, own).added == 1
    with pytest.raises(PermissionDenied):  # reference tables are not a planner's
        publish(actor, picture(line("dpa:1")))
    with pytest.raises(PermissionDenied):  # a line of another agency under one's own name
        publish(actor, Frames(programs=lines(line("paket_penyedia:2"))))


@pytest.mark.parametrize("missing", ["title", "agency", "key"])
def test_lines_without_name_are_refused_as_a_whole(installation, missing):
    rows = lines(line("dpa:1"), line("dpa:2")).with_columns(
        pl.when(pl.col("id") == "2").then(None).otherwise(missing).alias(missing)
    )
    with pytest.raises(ValueError, match=missing):
        publish(installation, Frames(programs=rows))
    assert not Program.objects.exists()
    assert not PlanVersion.objects.exists()


_VALUES = st.fixed_dictionaries(
    {
        "budget": st.none() | st.integers(0, 10**15),
        "title": st.sampled_from(["Jalan", "Drainase 'A'", "=1+1", "Émbung “baru”"]),
        "description": st.none() | st.sampled_from(["", " ", "dua\nbaris", "\\N", "\t"]),
        "end": st.none() | st.dates(date(2024, 1, 1), date(2026, 1, 1)),
        "tags": st.none() | st.lists(st.sampled_from(["Banjir", "Air", ""]), max_size=2),
        "target": st.none() | st.floats(0, 1e6),
    }
)
_FILES = st.lists(
    st.dictionaries(st.sampled_from(["dpa:1", "dpa:2", "dpa:3", "dpa:4"]), _VALUES, min_size=1),
    min_size=1, max_size=4,
)  # fmt: skip


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(files=_FILES)
def test_any_row_of_files_leaves_what_the_last_one_says(installation, files):
    """Against a dictionary: the register holds the newest file; the changes are the difference."""
    for model in (ProgramChange, ProgramPlace, ProgramTag, Program, PlanVersion):
        model.objects.all().delete()
    held: dict[str, str] = {}
    for file in files:
        rows = lines(*(line(key, **values) for key, values in file.items()))
        clean = derive.clean(rows)
        said = dict(zip(clean["key"], derive.fingerprints(clean), strict=True))
        version = publish(installation, Frames(programs=rows))
        expected = (
            {("added", k) for k in said.keys() - held.keys()}
            | {("removed", k) for k in held.keys() - said.keys()}
            | {("changed", k) for k in said.keys() & held.keys() if said[k] != held[k]}
        )
        assert (changes_of(version) if version else set()) == expected
        held = said
        standing = queries.frame()
        assert standing.equals(clean)
