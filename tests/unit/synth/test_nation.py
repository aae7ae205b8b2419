"""The synthetic nation: counts, shape, determinism, and a truth that holds."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import polars as pl
import pytest

from rakorsus.engine import schema
from rakorsus.engine.places import nation
from rakorsus.synth.nation import government, sizes, write
from rakorsus.synth.nation.concepts import concepts

CODES = ("32.04", "73.71", "92", "31.01")


@pytest.fixture(scope="module", params=CODES)
def made(request):
    return government(request.param, 3_000, seed=7, words="test")


def test_the_country_has_38_provinces_and_514_regencies_and_cities():
    counts = nation().group_by("level").len()
    assert dict(counts.iter_rows()) | {3: 0, 4: 0} == {1: 38, 2: 514, 3: 0, 4: 0}
    shares = sizes(5_000_000)
    assert len(shares) == 552
    assert sum(shares.values()) == 5_000_000
    assert min(shares.values()) > 5_000


def test_small_nations_have_fewer_governments_of_the_usual_size():
    assert len(sizes(50_000)) == 6
    assert sum(sizes(50_000).values()) == 50_000
    assert len(sizes(4_000, governments=2)) == 2


def test_as_many_lines_as_asked_in_the_columns_of_the_schema(made):
    assert made.programs.height == 3_000
    assert dict(made.programs.schema) == dict(schema.PROGRAMS)
    assert dict(made.agencies.schema) == dict(schema.AGENCIES)
    assert made.programs["key"].is_unique().all()
    assert made.programs["title"].null_count() == 0
    assert set(made.programs["agency"]) <= set(made.agencies["code"])
    assert made.agencies["code"].is_unique().all()
    assert 39 <= made.agencies.height <= 100


def test_packages_hang_below_a_sub_kegiatan_of_their_agency_with_its_money(made):
    heads = made.programs.filter(pl.col("level") == "sub_kegiatan")
    below = made.programs.filter(pl.col("level") == "paket").join(
        heads.select(parent="key", head_agency="agency", head_code="code"), on="parent", how="left"
    )
    assert below["head_agency"].equals(below["agency"], null_equal=False)
    assert below["head_code"].equals(below["code"], null_equal=False)
    plans = below.filter(pl.col("source").str.starts_with("paket_"))
    sums = plans.group_by("parent").agg(pl.col("budget").sum().alias("sum"))
    both = heads.join(sums, left_on="key", right_on="parent", how="left").fill_null(0)
    assert both["budget"].equals(both["sum"])


def test_shares_are_those_measured_on_real_plans():
    plans = government("32.04", 10_000).programs.filter(pl.col("level") == "paket")
    dated = plans.filter(pl.col("start").is_not_null())
    year = (dated["start"].dt.ordinal_day() == 1) & (dated["end"].dt.month() == 12)
    assert 0.73 <= year.mean() <= 0.83
    assert 0.53 <= (plans["volume"] == "1 Paket").mean() <= 0.63
    only = plans["places"].list.first().str.to_lowercase().str.contains("^kab.* bandung$")
    assert 0.2 <= only.mean() <= 0.3


def test_equal_arguments_equal_frames_and_every_argument_matters():
    first, again = government("73.71", 1_500, 3), government("73.71", 1_500, 3)
    assert first.programs.equals(again.programs)
    assert first.truth.equals(again.truth)
    for other in (government("73.71", 1_500, 4), government("73.71", 1_500, 3, "test"),
                  government("32.73", 1_500, 3)):  # fmt: skip
        assert not first.programs["title"].equals(other.programs["title"])


def test_true_pairs_are_rare_and_ordinary_traps_are_labelled(made):
    labels = dict(made.truth.group_by("label").len().iter_rows())
    true = sum(labels.values()) - labels["normal"]
    assert 0.005 <= true / 3_000 <= 0.025
    assert {"duplicate", "overlap", "clash"} <= set(labels)
    cases = set(made.truth["case"])
    assert {"elsewhere", "lots", "phases", "stages", "other", "support", "cycle"} <= cases
    if "." in made.code:
        assert "series" in cases


def test_a_true_pair_shares_its_days_and_its_ground(made):
    lines = made.programs.select("key", "agency", "start", "end", "places", "title", "description")
    true = made.truth.filter(pl.col("label") != "normal")
    left = true.join(lines, left_on="left", right_on="key")
    pairs = left.join(lines, left_on="right", right_on="key")
    assert pairs.height == true.height
    assert (pairs["start"] <= pairs["end_right"]).all()
    assert (pairs["start_right"] <= pairs["end"]).all()
    across = pairs.filter(pl.col("case") != "twice")
    assert (across["agency"] != across["agency_right"]).all()


def test_traps_of_one_house_stay_in_it_and_the_others_do_not(made):
    owner = dict(made.programs.select("key", "agency").iter_rows())
    for case, left, right in made.truth.select("case", "left", "right").iter_rows():
        same = owner[left] == owner[right]
        assert same == (case in ("lots", "phases", "stages", "cycle", "twice")), case


def test_the_two_lists_share_no_pair_of_wordings():
    train = {c.wordings for c in concepts("train") if c.id.startswith("a")}
    test = {c.wordings for c in concepts("test") if c.id.startswith("z")}
    assert not {frozenset(w) for w in train} & {frozenset(w) for w in test}
    heads = [w.split(" {}")[0] for c in concepts("train") + concepts("test") for w in c.wordings]
    ordinary = sum(len(c.wordings) for c in concepts("train") if c.id.startswith("o"))
    assert len(heads) - len(set(heads)) == ordinary


def test_half_of_the_synonyms_of_the_test_list_are_never_seen_in_training():
    made = [government(code, 5_000, 1, "test").truth for code in ("32.04", "73.71")]
    used = pl.concat(made)["words"].drop_nulls()
    assert 0.35 <= used.str.starts_with("z").mean() <= 0.65


@pytest.mark.parametrize("words", ["train", "test"])
def test_an_activity_is_worded_in_other_words_without_loss(words):
    for concept in concepts(words):
        assert len(concept.wordings) == 2
        assert concept.low < concept.high
        assert len({o.affair for o in concept.owners}) == len(concept.owners) >= 2
        content = [set(w.lower().replace("{}", "").split()) for w in concept.wordings]
        for a, b in combinations(content, 2):
            assert len(a & b) <= 1, concept.wordings


def test_written_as_one_file_for_each_government(tmp_path: Path):
    done = dict(write(tmp_path, 6_000, governments=3))
    assert list(done) == ["11", "11.01", "11.02"]
    for table in ("programs", "agencies", "truth"):
        names = sorted(p.name for p in (tmp_path / table).iterdir())
        assert names == ["11.01.parquet", "11.02.parquet", "11.parquet"]
    total = sum(pl.read_parquet(p).height for p in (tmp_path / "programs").iterdir())
    assert total == 6_000


def test_too_few_lines_for_a_government_are_refused(tmp_path: Path):
    with pytest.raises(ValueError, match="needs 1000"):
        government("32.04", 400)
    with pytest.raises(ValueError, match="fewer than 1000"):
        list(write(tmp_path, 2_000, governments=10))
