"""The whole run: invariances, incremental equals full, determinism, verdicts, file format."""

import json
from dataclasses import replace

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.engine.city import (
    CLINIC,
    HEALTH,
    HOUSING,
    WASTE,
    WORKS,
    activity,
    analysed,
    line,
    place,
    places,
    programs,
)

from rakorsus.engine.contract import to_json, to_line
from rakorsus.engine.records import FindingKind

TITLES = [
    "Pembangunan PSU Perdesaan RW 05 Desa Sukajadi",
    "Pembangunan Jalan Setapak RW 05 Desa Sukajadi",
    "Pembangunan Sumur Dangkal Desa Sukajadi",
    "Sumur Bumdes Desa Sukajadi",
    "Pembangunan Drainase Desa Sukajadi",
    "Rehabilitasi TPT Sungai Citarum",
    "Sosialisasi Pengelolaan Sampah Rumah Tangga",
    "Pelatihan Pengelolaan Sampah",
    "Belanja Perjalanan Dinas",
]
CASES = st.lists(
    st.tuples(
        st.sampled_from(TITLES),
        st.sampled_from([WORKS, HOUSING, WASTE]),
        st.sampled_from([75_240_000, 150_000_000, 199_950_000]),
        st.sampled_from(["announced", "contracted", "cancelled"]),
        st.sampled_from(["05", "06"]),
    ),
    min_size=2,
    max_size=10,
)


def build(cases):
    rows, where = [], []
    for i, (title, agency, budget, status, rw) in enumerate(cases):
        rows.append(line(i, title, agency=agency, budget=budget, status=status))
        where.append(place(f"nontender:{i}", rw=[rw], grade=4))
    return programs(*rows), places(*where)


def bare(findings):
    """Findings by id without the rank, which depends on what else is in the list."""
    return {f.id: replace(f, score=0.0) for f in findings}


@settings(max_examples=25, deadline=None)
@given(CASES, st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter_and_runs_are_equal_byte_for_byte(cases, random):
    lines, where = build(cases)
    first = analysed(lines, where)
    order = list(range(lines.height))
    random.shuffle(order)
    second = analysed(lines[order], where[order])
    assert [to_line(f) for f in first.findings] == [to_line(f) for f in second.findings]
    assert [to_line(f) for f in first.expected] == [to_line(f) for f in second.expected]


@settings(max_examples=25, deadline=None)
@given(CASES, st.sets(st.integers(0, 9), max_size=3))
def test_incremental_equals_the_full_run_restricted_to_the_keys(cases, chosen):
    lines, where = build(cases)
    only = {f"nontender:{i}" for i in chosen if i < len(cases)}
    full = bare(f for f in analysed(lines, where).findings if only & set(f.keys))
    assert bare(analysed(lines, where, only=only).findings) == full


def test_columns_that_no_rule_reads_change_nothing():
    lines, where = build([(t, HOUSING, 150_000_000, "announced", "05") for t in TITLES])
    other = lines.with_columns(
        file=pl.lit("lain.json"), row=pl.lit(7, pl.Int32), owner=pl.lit("Kepala Bidang")
    )
    assert analysed(lines, where).findings == analysed(other, where).findings


def test_scores_fall_along_the_list():
    lines, where = build(
        [(t, a, 150_000_000, "announced", "05") for t in TITLES for a in (WORKS, HOUSING, WASTE)]
    )
    scores = [f.score for f in analysed(lines, where).findings]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) > 1


def test_rejected_findings_stay_away_and_accepted_ones_rise():
    cases = [(TITLES[0], HOUSING, 150_000_000, "announced", "05")] * 2
    lines, where = build(cases)
    finding = analysed(lines, where).findings[0]

    def verdicts(accepted):
        left, right = finding.keys
        return pl.DataFrame({"left": [right], "right": [left], "accepted": [accepted]})

    assert analysed(lines, where, verdicts=verdicts(False)).findings == ()
    raised = analysed(lines, where, verdicts=verdicts(True)).findings[0]
    assert (raised.id, raised.score > finding.score) == (finding.id, True)


def test_normal_repetition_is_set_aside_with_its_reason():
    rows = [
        activity(1, "1.03.01.2.06.0002", "Penyediaan Peralatan Kantor", agency=WORKS),
        activity(2, "1.04.01.2.06.0002", "Penyediaan Peralatan Kantor", agency=HOUSING),
        activity(3, "1.02.02.2.01.0014", "Pengadaan Alat Kesehatan", agency=HEALTH),
        activity(4, "1.02.02.2.01.0014", "Pengadaan Alat Kesehatan", agency=CLINIC),
        activity(5, "7.01.03.2.01.0001", "Peningkatan Partisipasi", agency="7.01.01"),
        activity(6, "7.01.03.2.01.0001", "Peningkatan Partisipasi", agency="7.01.02"),
        activity(7, "2.11.11.2.01.0004", "Bank Sampah", agency=WASTE),
        activity(8, "2.11.11.2.01.0004", "Bank Sampah", agency=WASTE, budget=0),
        line(9, "Tenaga Ahli 1"),
        line(10, "Tenaga Ahli 2"),
        line(11, "Pembangunan Aula", status="cancelled"),
        line(12, "Pembangunan Aula"),
    ]
    result = analysed(programs(*rows))
    assert result.findings == ()
    assert {(f.rule, f.keys) for f in result.expected} == {
        ("expected.support", ("subkegiatan:1", "subkegiatan:2")),
        ("expected.unit", ("subkegiatan:3", "subkegiatan:4")),
        ("expected.series", ("subkegiatan:5", "subkegiatan:6")),
        ("expected.zero", ("subkegiatan:7", "subkegiatan:8")),
        ("expected.lots", ("nontender:10", "nontender:9")),
        ("expected.cycle", ("nontender:11", "nontender:12")),
    }
    assert {f.kind for f in result.expected} == {FindingKind.EXPECTED}


def test_agencies_that_share_their_functional_codes_are_old_and_new():
    names = ["Pemasaran Wisata", "Destinasi Wisata", "Desa Wisata", "Data Wisata", "Promosi Wisata"]
    rows = [
        activity(100 * side + i, f"3.26.02.2.01.000{i}", name, agency=agency)
        for side, agency in ((1, WORKS), (2, HOUSING))
        for i, name in enumerate(names)
    ]
    result = analysed(programs(*rows))
    assert result.findings == ()
    assert {f.rule for f in result.expected} == {"expected.reorganised"}


def test_one_line_of_json_has_the_agreed_shape():
    lines, where = build([(TITLES[0], HOUSING, 150_000_000, "announced", "05")] * 2)
    result = analysed(lines, where)
    read = json.loads(to_line(result.findings[0], result.agency_names))
    assert read == to_json(result.findings[0], result.agency_names)
    assert list(read) == [
        *("id", "kind", "score", "severity", "programs", "agencies", "places", "period"),
        *("money", "reasons", "options", "evidence", "sure", "rule"),
    ]
    assert read["programs"][0] == {
        "source": "nontender",
        "id": "0",
        "agency": HOUSING,
        "agency_name": "Dinas Perumahan",
        "title": TITLES[0],
        "budget": 150_000_000,
    }
    assert set(read["reasons"]) == {"id", "en"}
