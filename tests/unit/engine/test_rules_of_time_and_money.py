"""Clash, opportunity, order, gap, mismatch, warning, unclear: when they fire and when not."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from tests.unit.engine.city import (
    AGENCIES,
    HOUSING,
    REGIONS,
    TODAY,
    activity,
    line,
    place,
    places,
    programs,
)

from rakorsus.engine import Findings, analyse, schema
from rakorsus.engine.rules import Rules

MAY, JUNE, JULY = date(2025, 5, 1), date(2025, 6, 1), date(2025, 7, 1)
STREET = {"grade": 5, "street": "jalan melati"}


def work(number: int, title: str, start: date, end: date, **more: Any) -> dict[str, Any]:
    return line(number, title, start=start, end=end, status="planned", **more)


def kinds(found: Findings) -> list[str]:
    return sorted(f.rule for f in found.findings)


def judged(
    *rows: dict[str, Any], where: dict[str, Any] | None = None, targets: pl.DataFrame | None = None,
    rules: Rules | None = None, agencies: pl.DataFrame = AGENCIES, only: list[str] | None = None,
) -> Findings:  # fmt: skip
    """The run over some lines that all work in one street, unless `where` says otherwise."""
    spots = [place(r["key"], **(STREET if where is None else where)) for r in rows]
    return analyse(
        programs(*rows), agencies, REGIONS, targets, rules, today=TODAY, places=places(*spots),
        only=only,
    )  # fmt: skip


ROAD = work(1, "Rehabilitasi Jalan Melati", MAY, date(2025, 6, 15))


@pytest.mark.parametrize(
    ("other", "rule"),
    [
        (work(2, "Penggalian Kabel Tanah Jalan Melati", JUNE, JULY, agency=HOUSING),
         "clash.same_time"),
        (work(2, "Penggalian Kabel Tanah Jalan Melati", JULY, date(2025, 8, 1), agency=HOUSING),
         "clash.dig_after_pave"),
        (work(2, "Pembangunan Drainase Jalan Melati", JULY, date(2025, 8, 20), agency=HOUSING),
         "order.pave"),
        (work(2, "Perencanaan Rehabilitasi Jalan Melati", JUNE, JULY), "order.design"),
        (work(2, "Pembebasan Lahan Rehabilitasi Jalan Melati", JUNE, JULY), "order.land"),
    ],
)  # fmt: skip
def test_what_meets_at_a_street(other: dict[str, Any], rule: str) -> None:
    assert rule in kinds(judged(ROAD, other))


@pytest.mark.parametrize(
    "other",
    [
        # studies and training disturb nobody
        work(2, "Kajian Kabel Tanah Jalan Melati", JUNE, JULY, agency=HOUSING),
        # the whole year says nothing about when
        work(2, "Penggalian Kabel Tanah Jalan Melati", date(2025, 1, 1), date(2025, 12, 31),
             agency=HOUSING),
        # dug before the surface is laid: that is the right order
        work(2, "Penggalian Kabel Tanah Jalan Melati", date(2025, 2, 1), date(2025, 4, 1),
             agency=HOUSING),
        # design before the works
        work(2, "Perencanaan Rehabilitasi Jalan Melati", date(2025, 2, 1), date(2025, 4, 1)),
    ],
)  # fmt: skip
def test_what_does_not_disturb(other: dict[str, Any]) -> None:
    found = kinds(judged(ROAD, other))
    assert not [r for r in found if r.startswith(("clash", "order", "opportunity"))]


def test_another_street_of_the_village_is_no_clash() -> None:
    cable = work(2, "Penggalian Kabel Tanah", JUNE, JULY, agency=HOUSING)
    spots = places(place(ROAD["key"], **STREET),
                   place(cable["key"], grade=5, street="jalan mawar"))  # fmt: skip
    found = analyse(programs(ROAD, cable), AGENCIES, REGIONS, today=TODAY, places=spots)
    assert not [r for r in kinds(found) if r.startswith("clash")]


def test_two_digs_in_turn_are_an_opportunity() -> None:
    pipe = work(1, "Pemasangan Pipa Air Limbah", MAY, JUNE)
    cable = work(2, "Penanaman Kabel Serat Optik", date(2025, 6, 20), JULY, agency=HOUSING)
    assert "opportunity.joint" in kinds(judged(pipe, cable))
    late = cable | {"start": date(2025, 11, 1), "end": date(2025, 12, 1)}
    assert "opportunity.joint" not in kinds(judged(pipe, late))


def test_drawn_shapes_clash_without_words_for_the_place() -> None:
    one = work(
        1, "Rehabilitasi Jalan Raya", MAY, JULY, geometry="LINESTRING (119.4 -5.1, 119.41 -5.1)"
    )
    two = work(
        2, "Penggalian Kabel", JUNE, JULY, agency=HOUSING, geometry="POINT (119.405 -5.1001)"
    )
    far = two | {"geometry": "POINT (119.405 -5.2)"}
    nothing = {"grade": 1, "region": "99.01"}
    assert "clash.same_time" in kinds(judged(one, two, where=nothing))
    assert "clash.same_time" not in kinds(judged(one, far, where=nothing))


def _target(**more: Any) -> pl.DataFrame:
    row = dict.fromkeys(schema.TARGETS) | {
        "id": "1", "title": "Drainase kota", "indicator": "panjang drainase", "unit": "m",
        "baseline": 0.0, "target": 1000.0, "year": 2025, "code": "1.03.06",
    }  # fmt: skip
    return schema.conform(pl.DataFrame([row | more], infer_schema_length=None), schema.TARGETS)


def test_gaps() -> None:
    def drain(n: int, metres: int) -> dict[str, Any]:
        return work(n, f"Pembangunan Drainase {n}", MAY, JULY, code="1.03.06.2.01.0012",
                    volume=f"{metres} m")  # fmt: skip

    enough = judged(drain(1, 600), drain(2, 400), targets=_target())
    short = judged(drain(1, 300), drain(2, 100), targets=_target())
    nothing = judged(ROAD, targets=_target())
    assert [f.rule for f in enough.findings if f.kind == "gap"] == []
    assert [f.rule for f in short.findings if f.kind == "gap"] == ["gap.sum"]
    assert "40 persen" in next(f.reasons.id for f in short.findings if f.kind == "gap")
    assert [f.rule for f in nothing.findings if f.kind == "gap"] == ["gap.none"]


def test_sums_of_levels() -> None:
    above = line(9, "Kegiatan", source="kegiatan", level="kegiatan", budget=5_000_000_000)
    parts = [
        activity(n, f"1.03.06.2.01.000{n}", f"Sub {n}", parent=above["key"], budget=amount)
        for n, amount in ((1, 3_000_000_000), (2, 1_000_000_000))
    ]
    found = judged(above, *parts)
    (finding,) = [f for f in found.findings if f.rule == "mismatch.sum"]
    assert finding.money == 1_000_000_000
    agreeing = judged(above | {"budget": 4_000_000_000}, *parts)
    assert "mismatch.sum" not in kinds(agreeing)


def test_a_contract_above_its_budget() -> None:
    over = work(1, "Rehabilitasi Jembatan", MAY, JULY, budget=900_000_000,
                contract_value=1_085_000_000)  # fmt: skip
    (finding,) = [f for f in judged(over).findings if f.rule == "mismatch.contract"]
    assert finding.money == 185_000_000
    assert "mismatch.contract" not in kinds(judged(over | {"contract_value": 900_500_000}))


def _tender(**more: Any) -> dict[str, Any]:
    return work(1, "Pembangunan Drainase Primer", MAY, date(2025, 11, 30), budget=3_000_000_000,
                source="paket_penyedia", method="Tender") | more  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"tender_start": date(2025, 1, 15)}, "warning.unbegun"),
        ({"announced": date(2024, 11, 1), "status": "announced"}, "warning.stuck"),
        ({"contract_start": MAY, "contract_end": date(2026, 2, 1), "status": "contracted",
          "contract_value": 2_900_000_000}, "warning.beyond_year"),
        ({"status": "failed"}, "warning.failed"),
        ({"contract_start": date(2025, 1, 2), "contract_end": date(2025, 2, 1),
          "status": "contracted", "contract_value": 2_900_000_000}, "warning.overdue"),
        ({"strategic": True}, "warning.owner"),
    ],
)  # fmt: skip
def test_warnings(changes: dict[str, Any], rule: str) -> None:
    found = [f for f in judged(_tender(**changes)).findings if f.kind == "warning"]
    assert rule in [f.rule for f in found]
    assert all(f.evidence["by"] for f in found)


@pytest.mark.parametrize(
    "changes",
    [
        {"tender_start": date(2025, 6, 1)},  # not yet due
        {"tender_start": date(2025, 1, 15), "announced": date(2025, 2, 20), "status": "announced"},
        {"status": "failed", "budget": 20_000_000},  # too small to warn about
        {"strategic": True, "owner": "Kepala Bidang Drainase"},
    ],
)
def test_nothing_to_warn_of(changes: dict[str, Any]) -> None:
    assert not [f for f in judged(_tender(**changes)).findings if f.kind == "warning"]


def test_questions_only_where_it_matters() -> None:
    vague = _tender(title="Pembangunan Drainase Tersebar", volume="1 Paket")
    nowhere = {"grade": 1, "region": "99.01"}
    (finding,) = [f for f in judged(vague, where=nowhere).findings if f.kind == "unclear"]
    assert finding.rule == "unclear.place"
    assert finding.evidence["question"]["id"].endswith("?")
    assert not [f for f in judged(vague).findings if f.kind == "unclear"]
    small = vague | {"budget": 100_000_000}
    assert not [f for f in judged(small, where=nowhere).findings if f.kind == "unclear"]


@pytest.mark.parametrize("rule", ["clash.same_time", "warning.unbegun"])
def test_a_rule_can_be_switched_off(rule: str) -> None:
    cable = work(2, "Penggalian Kabel Tanah Jalan Melati", JUNE, JULY, agency=HOUSING)
    rows = (ROAD, cable, _tender(tender_start=date(2025, 1, 15)) | {"key": "paket_penyedia:3"})
    assert rule in kinds(judged(*rows))
    assert rule not in kinds(judged(*rows, rules=Rules(disabled=frozenset([rule]))))


def test_a_partial_run_gives_the_findings_that_touch_the_lines() -> None:
    cable = work(2, "Penggalian Kabel Tanah Jalan Melati", JUNE, JULY, agency=HOUSING)
    late = _tender(tender_start=date(2025, 1, 15)) | {"key": "paket_penyedia:3", "id": "3"}
    full = judged(ROAD, cable, late)
    for key in (ROAD["key"], late["key"]):
        part = judged(ROAD, cable, late, only=[key])
        assert {f.id for f in part.findings} == {f.id for f in full.findings if key in f.keys}
