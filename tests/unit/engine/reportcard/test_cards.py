"""Report cards against a plain oracle on random tables; equality through published files."""

from __future__ import annotations

import json
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rakorsus.cli import main as cli
from rakorsus.engine.reportcard import (
    FIGURES,
    LEAST,
    MEASURES,
    TABLES,
    Card,
    Figure,
    Quarter,
    as_known,
    cards,
    figures,
)
from rakorsus.engine.reportcard.cards import index_of, ranked
from rakorsus.engine.reportcard.figures import GRACE, TERM, planned_by
from rakorsus.engine.reportcard.published import figures_frame, publish

UNITS = {"a": "opd", "b": "opd", "k": "kecamatan"}
days = st.dates(date(2021, 11, 1), date(2023, 2, 28))
maybe = st.none() | days
unit = st.sampled_from(sorted(UNITS))
money = st.integers(0, 10**15)
quarters = st.sampled_from([Quarter(2022, n) for n in (1, 2, 3, 4)])

Rows = list[dict[str, Any]]


def rows(*key: str, **columns: st.SearchStrategy[Any]) -> st.SearchStrategy[Rows]:
    row = st.fixed_dictionaries({"agency": unit, **columns})
    return st.lists(row, max_size=14, unique_by=lambda r: tuple(r[k] for k in key))


def frame(name: str, content: Rows) -> pl.DataFrame:
    return pl.DataFrame(content, schema=TABLES[name].schema, orient="row")


number = st.integers(0, 30).map(str)
tables = st.fixed_dictionaries(
    {
        "answers": rows("finding", "agency", finding=number, kind=st.just("clash"), opened=days,
                        answered=maybe, closed=maybe),
        "actions": rows("id", id=number, decision=number, due=days, done=maybe, cancelled=maybe),
        "tenders": rows("key", key=number, planned=days, announced=maybe),
        "spending": rows("key", "as_of", key=number, as_of=days, start=maybe, end=maybe,
                         budget=st.none() | money, realised=st.none() | money),
        "quality": rows("key", "as_of", key=number, as_of=days,
                        placed=st.none() | st.booleans(), dated=st.none() | st.booleans(),
                        measured=st.none() | st.booleans()),
        "coordination": rows("id", id=number, other=unit, kind=st.just("usulan"), day=days),
    }
).map(
    lambda made: {
        "units": pl.DataFrame(
            [{"code": c, "name": c, "kind": k} for c, k in UNITS.items()],
            schema=TABLES["units"].schema,
        ),
        **{name: frame(name, content) for name, content in made.items()},
    }
)  # fmt: skip


def oracle(made: dict[str, pl.DataFrame], agency: str, q: Quarter) -> dict[str, tuple[Any, ...]]:
    """measure -> (records, part, whole), written apart from the engine, row by row."""

    def mine(name: str) -> Rows:
        return [r for r in made[name].to_dicts() if r["agency"] == agency]

    def inside(day: date | None) -> bool:
        return day is not None and q.begins <= day <= q.ends

    out: dict[str, tuple[Any, ...]] = {}
    due = []
    for r in mine("answers"):
        last = r["opened"] + timedelta(days=TERM)
        if inside(last):
            gone = r["closed"] and r["closed"] < last
            if gone and not (r["answered"] and r["answered"] <= r["closed"]):
                continue
            due.append((r["finding"], bool(r["answered"] and r["answered"] <= last)))
    out["answered"] = ({k for k, _ in due}, sum(h for _, h in due), len(due))
    took = [
        (r["finding"], (r["answered"] - r["opened"]).days)
        for r in mine("answers")
        if inside(r["answered"]) and r["answered"] >= r["opened"]
    ]
    out["answer_days"] = (
        {k for k, _ in took}, round(2 * median(d for _, d in took)) if took else None, 2,
    )  # fmt: skip
    items = [r for r in mine("actions") if inside(r["due"])]
    items = [r for r in items if not (r["cancelled"] and r["cancelled"] <= q.ends)]
    out["kept"] = (
        {r["id"] for r in items}, sum(bool(r["done"] and r["done"] <= r["due"]) for r in items),
        len(items),
    )  # fmt: skip
    begun = [r for r in mine("tenders") if inside(r["planned"] + timedelta(days=GRACE))]
    out["tenders"] = (
        {r["key"] for r in begun},
        sum(
            bool(r["announced"] and (r["announced"] - r["planned"]).days <= GRACE) for r in begun
        ),
        len(begun),
    )  # fmt: skip
    newest: dict[str, dict[str, Any]] = {}
    for r in sorted(made["spending"].to_dicts(), key=lambda r: r["as_of"]):
        if r["as_of"] <= q.ends:
            newest[r["key"]] = r
    spent = plan = 0
    keys = set()
    for key, r in newest.items():
        if r["agency"] != agency or r["budget"] is None or not (r["start"] and r["end"]):
            continue
        if r["start"] > q.ends or r["end"] < r["start"]:
            continue
        if r["realised"] is None or r["as_of"] < q.begins:
            continue
        keys.add(key)
        spent += r["realised"]
        total = (r["end"] - r["start"]).days + 1
        gone_days = min(max((r["as_of"] - r["start"]).days + 1, 0), total)
        plan += int(Fraction(r["budget"]) * gone_days / total)
    out["spending"] = (keys if plan else set(), spent, plan)
    last: dict[str, dict[str, Any]] = {}
    for r in sorted(made["quality"].to_dicts(), key=lambda r: r["as_of"]):
        if r["as_of"] <= q.ends:
            last[r["key"]] = r
    good = {
        k: r for k, r in last.items()
        if r["agency"] == agency and {r["placed"], r["dated"], r["measured"]} != {None}
    }  # fmt: skip
    out["quality"] = (
        set(good),
        sum(bool(r["placed"] and r["dated"] and r["measured"]) for r in good.values()),
        len(good),
    )  # fmt: skip
    given_ = [r for r in mine("coordination") if inside(r["day"]) and r["other"] != agency]
    out["coordination"] = ({r["id"] for r in given_}, len(given_), 1)
    return out


@given(tables, quarters)
@settings(max_examples=150, deadline=None)
def test_figures_equal_the_oracle_and_open_their_records(
    made: dict[str, pl.DataFrame], q: Quarter
) -> None:
    found = figures(made, q)
    assert set(found) == set(UNITS)
    for agency, own in found.items():
        assert set(own) == set(MEASURES)
        for name, (records, part, whole) in oracle(made, agency, q).items():
            figure = own[name]
            assert set(figure.records) == records
            assert len(figure.records) == len(records) == figure.n  # each record once
            if records:
                assert (figure.part, figure.whole) == (part, whole)
                assert set(figure.hits) <= records
            else:  # no data is not a zero
                assert figure.value is None
                assert (figure.part, figure.whole) == (None, None)
            assert not set(figure.missing) & set(figure.records)


@given(tables, quarters)
@settings(max_examples=100, deadline=None)
def test_later_rows_change_no_closed_quarter(made: dict[str, pl.DataFrame], q: Quarter) -> None:
    known = as_known(made, q)
    assert figures(known, q) == figures(made, q)
    assert cards(known, q) == cards(made, q)
    again = as_known(known, q)
    assert all(again[name].equals(known[name]) for name in TABLES)
    for name in ("answers", "actions", "tenders", "spending", "quality", "coordination"):
        for column, kind in known[name].schema.items():
            if kind == pl.Date and column not in ("due", "start", "end"):
                assert all(d is None or d <= q.ends for d in known[name][column])


EARLY = {
    "units": pl.DataFrame(
        [{"code": c, "name": c, "kind": k} for c, k in UNITS.items()],
        schema=TABLES["units"].schema,
    ),
    **{name: frame(name, []) for name in TABLES if name not in ("units", "answers")},
    "answers": frame("answers", [
        {"finding": "1", "agency": next(iter(UNITS)), "kind": "clash", "opened": date(2022, 6, 25),
         "answered": date(2022, 7, 1), "closed": None},
    ]),
}  # fmt: skip


@given(tables, quarters, st.integers(0, 91))
@example(EARLY, Quarter(2022, 3), 0)  # answered before the term ends
@settings(max_examples=100, deadline=None)
def test_a_running_quarter_counts_terms_that_have_ended(
    made: dict[str, pl.DataFrame], q: Quarter, gone: int
) -> None:
    today = min(q.begins + timedelta(days=gone), q.ends)
    known = as_known(made, q, today)
    for agency, own in figures(known, q).items():
        for name, column, term in (
            ("answered", "opened", TERM), ("kept", "due", 0), ("tenders", "planned", GRACE),
        ):  # fmt: skip
            table = {"answered": "answers", "kept": "actions"}.get(name, name)
            key = TABLES[table].key[0]
            last = {
                r[key]: r[column] + timedelta(days=term)
                for r in made[table].to_dicts() if r["agency"] == agency
            }  # fmt: skip
            ended = {k for k in figures(made, q)[agency][name].records if last[k] < today}
            assert set(own[name].records) == ended
    assert all(as_known(made, q, q.next.begins)[n].equals(as_known(made, q)[n]) for n in TABLES)


@given(st.lists(st.tuples(money, days, st.integers(0, 500)), min_size=1, max_size=20), days)
@settings(max_examples=200, deadline=None)
def test_no_rupiah_is_lost(lines: list[tuple[int, date, int]], day: date) -> None:
    for budget, start, length in lines:
        end = start + timedelta(days=length)
        planned = planned_by(budget, start, end, day)
        assert 0 <= planned <= budget
        assert planned_by(budget, start, end, end) == budget
        assert planned <= planned_by(budget, start, end, day + timedelta(days=1))


def test_ranks_are_among_like_units_only() -> None:
    q = Quarter(2022, 3)

    def card(code: str, kind: str, index: Fraction | None) -> Card:
        return Card(code, kind, q, {}, "", index)

    half, full = Fraction(1, 2), Fraction(1)
    made = ranked(
        [card("a", "opd", half), card("b", "opd", full), card("c", "opd", half),
         card("d", "opd", None), card("k", "kecamatan", Fraction(1, 9))]
    )  # fmt: skip
    assert [(c.agency, c.rank, c.among) for c in made] == [
        ("a", 2, 3), ("b", 1, 3), ("c", 2, 3), ("d", None, 3), ("k", 1, 1),
    ]  # fmt: skip


def test_few_records_give_no_index() -> None:
    few = [Figure(m, tuple("abcd"), part=4, whole=4) for m in ("answered", "kept", "tenders")]
    enough = [Figure(m, tuple("abcde"), part=4, whole=5) for m in ("answered", "kept", "tenders")]
    over = Figure("spending", tuple("abcde"), part=300, whole=100)
    assert LEAST == 5
    assert index_of(few) is None
    assert index_of(enough) == Fraction(4, 5)
    assert index_of([*enough, over]) == Fraction(17, 20)  # more than the plan is not better


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_quarters(day: date) -> None:
    q = Quarter.of(day)
    assert q.begins <= day <= q.ends
    assert Quarter.parse(str(q)) == q
    assert q.next.before == q
    assert q.next.begins == q.ends + timedelta(days=1)


def _publish(folder: Path, made: dict[str, pl.DataFrame], suffix: str) -> None:
    known = {q: as_known(made, q) for q in (Quarter(2022, 1), Quarter(2022, 2))}
    told = publish(known)
    told["rapor"] = FIGURES.publish(
        {q: figures_frame(cards(made, q), q.number == 1) for q in known}
    )
    folder.mkdir(exist_ok=True)
    for name, file in told.items():
        if suffix == "csv":
            file.write_csv(folder / f"{name}.csv")
        elif suffix == "json":
            file.write_json(folder / f"{name}.json")
        else:
            file.write_parquet(folder / f"{name}.parquet")


@pytest.mark.parametrize("suffix", ["csv", "json", "parquet"])
@given(made=tables)
@settings(max_examples=15, deadline=None)
def test_the_command_gives_the_published_figures(
    suffix: str, made: dict[str, pl.DataFrame], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("data")
    _publish(folder, made, suffix)
    assert cli.main(["rapor", str(folder), "--json"]) == 0


def test_a_forged_figure_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    q = Quarter(2022, 1)
    made = {
        **{name: pl.DataFrame(schema=t.schema) for name, t in TABLES.items()},
        "units": pl.DataFrame(
            [{"code": "a", "name": "A", "kind": "opd"}], schema=TABLES["units"].schema
        ),
        "actions": frame("actions", [
            {"id": str(i), "agency": "a", "decision": "1", "due": date(2022, 2, i + 1),
             "done": date(2022, 2, 3), "cancelled": None} for i in range(6)
        ]),
    }  # fmt: skip
    _publish(tmp_path, made, "csv")
    assert cli.main(["rapor", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert "Semua angka sama" in told
    assert "4 dari 6 = 67 %" in told
    path = tmp_path / "rapor.csv"
    path.write_text(path.read_text().replace("2022-1,a,kept,6,4,6", "2022-1,a,kept,6,6,6"))
    assert cli.main(["rapor", str(tmp_path)]) == 1
    assert "part: 6 ≠ 4" in capsys.readouterr().out
    assert cli.main(["rapor", str(tmp_path), "--quarter", "2022-1", "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    kept = report["cards"][0]["figures"]["kept"]
    assert kept["records"] == ["0", "1", "2", "3", "4", "5"]
    assert kept["hits"] == ["2", "3", "4", "5"]
    (tmp_path / "rapor_tindak_lanjut.csv").write_text("salah\n1\n")
    assert cli.main(["rapor", str(tmp_path)]) == 2
    assert str(q) == "2022-1"
