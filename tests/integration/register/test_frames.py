"""The register as the engine gets it."""

from __future__ import annotations

import polars as pl
import pytest

from rakorsus.engine import schema
from rakorsus.engine.places import locate
from rakorsus.stages.register import derive, queries
from rakorsus.stages.register.actions import publish
from rakorsus.stages.register.models import Program
from rakorsus.synth import bulk

pytestmark = pytest.mark.django_db


def test_what_goes_in_comes_out(installation):
    frames = bulk.frames(300, seed=2)
    publish(installation, frames)
    assert queries.frame().equals(derive.clean(frames.programs))
    assert queries.agencies_frame().equals(frames.agencies.sort("code"))
    known = ["code", "name", "level", "parent", "kind", "lon", "lat"]
    out = queries.regions_frame().filter(pl.col("level") > 1)
    expected = frames.regions.filter(pl.col("level") > 1).sort("code")
    assert out.select(known).equals(expected.select(known))


def test_schemas(city):
    for made, columns in (
        (queries.frame(), schema.PROGRAMS),
        (queries.places_frame(), schema.PLACES),
        (queries.agencies_frame(), schema.AGENCIES),
        (queries.regions_frame(), schema.REGIONS),
        (queries.targets_frame(), schema.TARGETS),
        (queries.nomenclature_frame(), schema.NOMENCLATURE),
    ):
        assert dict(made.schema) == dict(columns)


def test_places_are_those_of_the_engine(city):
    direct = locate(queries.frame(), queries.regions_frame(), queries.agencies_frame())
    kept = queries.places_frame()
    order = ["key", "text", "grade"]
    assert kept.sort(order).equals(direct.sort(order))


def test_only_the_asked_and_standing_lines(city):
    Program.objects.filter(key="paket_penyedia:2").update(removed=True)
    asked = queries.frame(["paket_penyedia:1", "paket_penyedia:2", "tidak:ada"])
    assert asked["key"].to_list() == ["paket_penyedia:1"]
    assert queries.frame([]).equals(schema.empty(schema.PROGRAMS))
    assert "paket_penyedia:2" not in queries.places_frame()["key"].to_list()


def test_boundaries_come_back_as_shapes(city):
    shape = queries.regions_frame().filter(code="73.71.06.1001")["geometry"].item()
    assert shape.startswith("POLYGON ((119.42 -5.13")
