"""Replay: nothing later is looked at, no lead time is negative, no rupiah is lost."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.real import DATA, needs_real_files

from rakorsus.cli import main as cli
from rakorsus.engine.intake import read_paths
from rakorsus.engine.records import Status
from rakorsus.engine.schema import PROGRAMS, conform, empty
from rakorsus.engine.warnings import report
from rakorsus.engine.warnings.durations import Durations, learn
from rakorsus.engine.warnings.events import EVENTS, events, made_on
from rakorsus.engine.warnings.judge import FALSE, OUTCOMES, TRUE, judge
from rakorsus.engine.warnings.places import difference
from rakorsus.engine.warnings.replay import replay
from rakorsus.engine.warnings.state import learnt, of_lines, on
from rakorsus.engine.warnings.watch import last_day, watch

YEAR = 2025
any_day = st.dates(date(YEAR - 1, 12, 1), date(YEAR, 4, 30))
money = st.integers(0, 10**14)


@st.composite
def happenings(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Events of a few lines in any order, with days that no file would have, and those too."""
    made = []
    for n in range(draw(st.integers(1, 5))):
        method = draw(st.sampled_from(["Tender", "Pengadaan Langsung", "Swakelola"]))
        line = {
            "key": f"tender:{n}", "attempt": f"tender:{n}", "agency": draw(st.sampled_from("ab")),
            "year": YEAR, "title": f"Pembangunan {n}", "method": method,
            "kind": draw(st.sampled_from(["konstruksi", "jasa"])),
        }  # fmt: skip
        whats = st.sampled_from(
            ["planned", "announced", "won", "awarding", "signing", "contracted", "done", "failed",
             "repeated", "cancelled", "paid", "misplaced"]
        )  # fmt: skip
        for what in draw(st.lists(whats, max_size=8)):
            event = {**line, "day": draw(any_day), "what": what, "money": draw(money)}
            if what == "planned":
                event["start"], event["end"] = draw(any_day), draw(any_day)
                event["tender_start"] = draw(st.none() | any_day)
            if what == "contracted":
                event["end"] = draw(st.none() | any_day)
            if what == "misplaced":
                event["note"] = "A | B"
            made.append(event)
    return made


def frame(made: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(made, schema=dict(EVENTS), orient="row").sort(
        "day", "key", "what", "money", nulls_last=True
    )


@given(happenings(), happenings(), st.dates(date(YEAR, 1, 1), date(YEAR, 4, 30)))
@settings(max_examples=20, deadline=None)
def test_later_rows_never_change_earlier_warnings(
    known: list[dict[str, Any]], later: list[dict[str, Any]], day: date
) -> None:
    """Byte for byte: what is warned until a day does not depend on anything after it."""
    first = [e for e in known if e["day"] <= day]
    after = [{**e, "day": max(e["day"], day + timedelta(days=1))} for e in later]
    alone = replay(frame(first), YEAR, until=day, least=0)
    both = replay(frame(first + after), YEAR, until=date(YEAR, 5, 31), least=0)
    assert repr(tuple(n for n in both.notices if n.day <= day)) == repr(alone.notices)


@given(happenings(), st.dates(date(YEAR, 1, 1), date(YEAR, 6, 30)))
@settings(max_examples=20, deadline=None)
def test_no_lead_time_is_negative_and_every_figure_has_records(
    made: list[dict[str, Any]], until: date
) -> None:
    happened = frame(made)
    done = replay(happened, YEAR, until=until, least=0)
    keys = set(happened["key"].to_list())
    for n in done.notices:
        assert n.by >= n.day
        assert n.keys
        assert set(n.keys) <= keys
        assert n.money >= 0
        assert n.words.id
        assert n.words.en
        assert "{" not in n.words.id + n.words.en
    verdict = judge(done, happened, until, frozenset())
    assert all(lead >= 0 for lead in verdict.leads())
    assert all(j.outcome in OUTCOMES for j in verdict.judged)
    assert len(verdict.judged) == len(done.notices)
    good, decided = verdict.precision()
    assert 0 <= good <= decided <= len(verdict.judged)
    told = report.summary(verdict)
    assert told["warnings"] == sum(row[o] for row in told["rules"].values() for o in OUTCOMES)
    assert json.loads(report.as_json(verdict, {}))["summary"] == json.loads(json.dumps(told))
    assert "<script" not in report.html(verdict, {}, title="x")


@given(happenings(), any_day)
@settings(max_examples=80, deadline=None)
def test_no_rupiah_is_lost(made: list[dict[str, Any]], day: date) -> None:
    """Payments and contracts of the state sum to those of the events known, to the rupiah."""
    happened = frame(made)
    state = on(happened, day)
    known = [e for e in made if e["day"] <= day]
    assert sum(v or 0 for v in state["paid"]) == sum(
        e["money"] for e in known if e["what"] == "paid"
    )
    signed = {e["key"] for e in known if e["what"] == "contracted"}
    for row in state.iter_rows(named=True):
        value = sum(
            e["money"] for e in known if e["what"] == "contracted" and e["key"] == row["key"]
        )
        if row["key"] in signed and value:
            assert row["money"] == value
        never_paid = not any(e["what"] == "paid" and e["key"] == row["key"] for e in known)
        assert (row["paid"] is None) == never_paid  # no record is not a zero
    assert set(state["key"]) == {e["key"] for e in known}


wild = st.none() | st.dates(date(1999, 1, 1), date(2101, 12, 31))
register_line = st.fixed_dictionaries(
    {
        "agency": st.sampled_from("ab"), "year": st.none() | st.integers(1999, 2100),
        "method": st.sampled_from(["Tender", "Pengadaan Langsung", "Swakelola", None]),
        "status": st.sampled_from([None, *(s.value for s in Status)]),
        "budget": st.none() | money, "contract_value": st.none() | money,
        "realised": st.none() | money, "strategic": st.booleans(),
        **dict.fromkeys(("start", "end", "tender_start", "announced", "contract_date",
                         "contract_end"), wild),
    }
)  # fmt: skip


@given(st.lists(register_line, max_size=14), any_day)
@settings(max_examples=80, deadline=None)
def test_a_registers_lines_warn_of_no_past_deadline_and_of_exact_sums(
    drawn: list[dict[str, Any]], day: date
) -> None:
    """The same for lines as a register has them, with dates and amounts of any kind."""
    rows = [
        {**row, "key": f"paket:{n}", "source": "paket_penyedia", "id": str(n), "level": "paket",
         "title": f"Pembangunan {n}"}
        for n, row in enumerate(drawn)
    ]  # fmt: skip
    lines = conform(pl.DataFrame(rows, schema_overrides={
        k: t for k, t in PROGRAMS.items() if rows and k in rows[0]
    }), PROGRAMS) if rows else empty(PROGRAMS)  # fmt: skip
    state = of_lines(lines)
    by_key = {row["key"]: row for row in rows}
    for n in watch(state, day, learnt(state), least=0):
        assert n.by >= n.day == day
        assert n.keys
        assert set(n.keys) <= set(by_key)
        assert n.money >= 0
        if n.rule == "warning.spending":
            mine = [by_key[key] for key in n.keys]
            assert n.basis["paid"] == sum(r["realised"] for r in mine)
            assert n.basis["budget"] == sum(r["budget"] for r in mine)
            assert n.money == n.basis["plan"] - n.basis["paid"]
            assert {r["agency"] for r in mine} == {n.agency}


def test_learnt_days_are_those_of_finished_ones() -> None:
    rows = pl.DataFrame({"method": ["Tender"] * 12, "kind": ["konstruksi"] * 12,
                         "days": [*range(30, 40), -5, 9999]})  # fmt: skip
    known = Durations(learn(rows), {}, table=False)
    found = known.to_contract("tender", "konstruksi")
    assert (found.median, found.ninth, found.count) == (34, 39, 10)
    assert known.to_contract("Seleksi", "jasa").source == "estimate"
    assert Durations({}, {}).to_contract("Tender", "konstruksi").source == "table"


def _story(*extra: dict[str, Any]) -> pl.DataFrame:
    line = {"key": "tender:1", "attempt": "tender:1", "agency": "a", "year": YEAR, "kind":
            "konstruksi", "title": "Pembangunan jembatan", "method": "Tender"}  # fmt: skip
    begun = {**line, "what": "announced", "day": date(YEAR, 3, 3), "money": 900_000_000}
    return frame([begun, *({**line, **e} for e in extra)])


def test_a_stuck_selection_is_warned_once_with_deadline_and_durations() -> None:
    done = replay(_story(), YEAR, until=date(YEAR, 9, 1))
    (stuck,) = done.notices
    assert stuck.rule == "warning.stuck"
    assert stuck.day == date(YEAR, 3, 3) + timedelta(days=76)  # the estimate's ninth is 75 days
    assert stuck.last == date(YEAR, 12, 20) - timedelta(days=90)
    assert "45 hari proses, perkiraan umum, dan 90 hari pelaksanaan" in stuck.words.id
    verdict = judge(done, _story(), date(YEAR, 9, 1), frozenset())
    assert verdict.judged[0].outcome == TRUE
    assert verdict.judged[0].lead == 14


def test_a_contract_in_time_makes_the_warning_false() -> None:
    signed = {"what": "contracted", "day": date(YEAR, 5, 25), "money": 800_000_000}
    done = replay(_story(signed), YEAR, until=date(YEAR, 9, 1))
    verdict = judge(done, _story(signed), date(YEAR, 9, 1), frozenset())
    assert [(j.notice.rule, j.outcome) for j in verdict.judged] == [("warning.stuck", FALSE)]
    assert verdict.leads() == []


def test_too_late_at_once_says_decide_now() -> None:
    line = _story().with_columns(day=pl.lit(date(YEAR, 11, 20)))
    (n,) = watch(
        on(line, date(YEAR, 11, 20)),
        date(YEAR, 11, 20),
        learnt(on(line, date(YEAR, 11, 20)), table=False),
    )
    assert n.rule == "warning.late"
    assert n.past
    assert n.by == n.day
    assert "putuskan sekarang" in n.words.id


def test_a_plan_of_its_own_length_is_believed() -> None:
    row = {"kind": "konstruksi", "start": date(YEAR, 6, 1), "end": date(YEAR, 7, 1), "year": YEAR,
           "announced": None}  # fmt: skip
    last, length, basis = last_day(row, date(YEAR, 5, 1), Durations({}, {}))
    assert (last, length, basis.source) == (date(YEAR, 11, 20), 30, "plan")


@pytest.mark.parametrize(
    ("title", "planned", "differs"),
    [
        ("Rehabilitasi bendung Ds. Cikuya Kec. Rancaekek", ["Ds. Cikuya Kec. Cicalengka"], True),
        ("Drainase Desa Sukamenak", ["Katapang"], True),
        ("Pembangunan PJU Desa Margamulya Kec. Pangalengan, Kecamatan Majalaya",
         ["Kecamatan Majalaya"], False),
        ("FS Fly Over Kopo", ["Kecamatan Margahayu"], False),
        ("Drainase Desa Sukamenak", ["Kabupaten Bandung"], False),
        ("Drainase Desa Sukamenak", ["Kec. Margahayu"], False),
        ("Penataan simpang Jl. Pettarani", ["Jl. Perintis Kemerdekaan"], True),
        ("Penataan simpang Jl. Pettarani", ["Jalan Pettarani No. 4"], False),
    ],
)  # fmt: skip
def test_places(title: str, planned: list[str], differs: bool) -> None:
    from rakorsus.engine.places import Gazetteer, regions_of

    gazetteer = Gazetteer.of(regions_of("32.04"), "32.04")
    assert (difference(title, planned, gazetteer) is not None) == differs


@needs_real_files
def test_on_real_files_no_day_sees_the_next(tmp_path: Path) -> None:
    """The events of the real files, cut at a day, give the same warnings until that day; and
    figures stay as published in benchmarks/real/replay.md."""
    reading = read_paths([DATA / "rup-bandung-2025"])
    happened, until = events(reading), made_on(reading)
    assert until == date(2025, 10, 3)
    day = date(2025, 4, 30)
    alone = replay(happened.filter(pl.col("day") <= day), 2025, until=day)
    with_later = replay(happened, 2025, until=day)
    assert repr(alone.notices) == repr(with_later.notices)
    assert alone.notices
    kinds = dict(happened["what"].value_counts().iter_rows())
    assert kinds["announced"] == 2476
    assert kinds["contracted"] == 1084
    assert happened.filter(pl.col("what") == "contracted")["money"].sum() == _contracts(reading)


def _contracts(reading: Any) -> int:
    """The money of all contracts of known announcements, each number in its newest version."""
    total = 0
    for noun in ("tender", "nontender"):
        known = set(reading.table(f"{noun}_pengumuman").filter(
            pl.col("announced").is_not_null() | pl.lit(True))["id"].to_list())  # fmt: skip
        newest: dict[tuple[str, str], tuple[float, int]] = {}
        for r in reading.table(f"{noun}_kontrak").sort("row").iter_rows(named=True):
            name = (r["id"], r["number"])
            if r["id"] in known and (r["version"] or 0) >= newest.get(name, (-1.0, 0))[0]:
                newest[name] = (r["version"] or 0, r["value"])
        total += sum(value for _, value in newest.values())
    return total


@needs_real_files
def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = DATA / "rup-bandung-2025"
    some = [str(folder / f"tender_{n}.json") for n in
            ("pengumuman", "jadwal", "kontrak", "selesai")]  # fmt: skip
    assert cli.main(["replay", *some, "--year", "2025", "--out", str(tmp_path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["until"] == "2025-10-03"
    assert told["decided"] >= told["true"] > 0
    page = (tmp_path / "replay.html").read_text(encoding="utf-8")
    assert "DATA-PRIBADI-DIHAPUS" not in page
    assert cli.main(["replay", str(folder / "master_satker.json")]) == 2
