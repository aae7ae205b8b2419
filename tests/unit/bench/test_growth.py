"""What the measurements of growth rest on: the floor counts right, the sampler tells stages."""

from __future__ import annotations

import time
from datetime import date
from itertools import combinations

import polars as pl
import pytest

from rakorsus.bench.countries import country, opened
from rakorsus.bench.floor import floor
from rakorsus.bench.sampling import shares
from rakorsus.engine.backends.government import Partition, analyse_government


@pytest.fixture(scope="module")
def path():
    with country(1_500) as folder:
        yield folder


def test_the_floor_multiplies_every_pair_of_a_block_once(path):
    folder = opened(path)
    told = floor(folder)
    lines = pl.concat([folder.programs(code) for code in folder.governments])
    blocks: dict[tuple[str, str], list[list[str]]] = {}
    for government, title, places in lines.select("government", "title", "places").iter_rows():
        words = "".join(c if c.isalpha() else " " for c in title.lower()).split()
        blocks.setdefault((government, places[0] if places else ""), []).append(words)
    pairs = 0
    for block in blocks.values():
        for a, b in combinations(block, 2):
            shared = sum(a.count(w) * b.count(w) for w in set(a))
            pairs += shared / (len(a) * len(b)) ** 0.5 >= 0.5 - 1e-5
    assert told["lines"] == lines.height
    assert told["pairs"] == pairs


def test_the_sampler_finds_the_stages_of_an_analysis(path):
    code = opened(path).governments[0]
    told = shares(
        lambda: analyse_government(Partition(str(path), code, date(2025, 7, 1))),
        "rakorsus.engine",
    )
    assert {"places", "facts"} <= set(told)
    assert 0.9 <= sum(told.values()) <= 1.1


def test_time_outside_the_package_is_no_stage_of_it():
    assert set(shares(lambda: time.sleep(0.1), "rakorsus.engine")) == {"files and frames"}
