"""What is hidden in the demonstration city on purpose is found from its files."""

from collections import defaultdict
from datetime import date

import pytest

from rakorsus.engine import analyse
from rakorsus.engine.intake import join, read_paths
from rakorsus.engine.rules import Rules
from rakorsus.synth import city, files

KINDS = ("duplicate", "overlap", "fragmentation")


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("city")
    made = city.build()
    files.write(made, folder)
    picture = join(read_paths([folder]))
    result = analyse(
        picture.programs,
        picture.agencies,
        picture.regions,
        picture.targets,
        Rules(nomenclature=picture.nomenclature),
        today=date(2022, 3, 14),
    )
    keys = defaultdict(set)
    for key, package in picture.programs.select("key", "package").iter_rows():
        keys[package or key.split(":")[1]].add(key)
    return made.plants, keys, result


@pytest.mark.parametrize("kind", KINDS)
def test_every_planted_case_of_the_kind_is_one_finding(found, kind):
    plants, keys, result = found
    mine = [set(f.keys) for f in result.findings if f.kind.value == kind]
    planted = [p for p in plants if p.kind == kind]
    assert planted
    for plant in planted:
        assert any(
            all(keys[str(number)] & finding for number in plant.numbers) for finding in mine
        ), plant.note


def test_few_others_are_found_beside_them(found):
    plants, keys, result = found
    planted = set().union(*(keys[str(n)] for p in plants for n in p.numbers))
    others = [
        f for f in result.findings if f.kind.value in KINDS and len(planted & set(f.keys)) < 2
    ]
    assert len(others) <= 20
