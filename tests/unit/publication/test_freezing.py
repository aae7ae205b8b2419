"""What a release freezes: one content in every format, and the change list against an oracle."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rakorsus.stages.publication.opendata import freezing
from rakorsus.stages.publication.opendata.kinds import Column, Context, Table

COLUMNS = (
    Column("kunci", "text", "Kunci", "Kunci."), Column("nama", "text", "Nama", "Nama."),
    Column("nilai", "money", "Nilai", "Nilai."), Column("ukuran", "number", "Ukuran", "Ukuran."),
    Column("hari", "date", "Hari", "Hari."), Column("saat", "moment", "Saat", "Saat."),
    Column("ya", "boolean", "Ya", "Ya."),
)  # fmt: skip
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12)
KEYS = st.text("abcdef", min_size=1, max_size=2)
VALUES = st.tuples(
    st.none() | TEXT, st.none() | st.integers(0, 10**15),
    st.none() | st.floats(-180, 180, allow_nan=False),
    st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.none() | st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001
        lambda t: t.replace(microsecond=0)
    ),
    st.none() | st.booleans(),
)  # fmt: skip
ROWS = st.dictionaries(KEYS, VALUES, max_size=12)


def table(rows) -> Table:
    return Table("uji", "Uji", "Uji.", ("kunci",), "nama", COLUMNS, lambda _context: rows)


def frame(rows: dict) -> pl.DataFrame:
    made, _masked = freezing.frame_of(table([(k, *v) for k, v in rows.items()]), Context())
    return made


@settings(max_examples=150, deadline=None)
@given(ROWS)
def test_every_format_says_the_same(rows):
    made = frame(rows)
    parquet = pl.read_parquet(io.BytesIO(freezing.as_parquet(made)))
    assert parquet.equals(made)
    objects = json.loads(freezing.as_json(made))
    lines = list(csv.DictReader(io.StringIO(freezing.as_csv(made).decode("utf-8-sig"))))
    assert len(objects) == len(lines) == made.height == len(rows)
    for known, shown, line in zip(made.iter_rows(named=True), objects, lines, strict=True):
        assert shown["nilai"] == known["nilai"]
        assert shown["ya"] is known["ya"]
        assert shown["hari"] == (known["hari"].isoformat() if known["hari"] else None)
        assert (line["nilai"] or None) == (
            str(known["nilai"]) if known["nilai"] is not None else None
        )
        assert line["hari"] == (shown["hari"] or "")
        assert line["saat"] == (shown["saat"] or "")
        assert line["nama"].removeprefix("'").lstrip() == (
            (shown["nama"] or "").removeprefix("'").lstrip()
        )
        if known["ukuran"] is not None:
            assert float(line["ukuran"]) == shown["ukuran"] == known["ukuran"]


@settings(max_examples=200, deadline=None)
@given(ROWS, ROWS)
def test_the_change_list_is_what_a_dictionary_says(before, after):
    old, new = frame(before), frame(after)
    olds = {r["kunci"]: r for r in old.iter_rows(named=True)}
    news = {r["kunci"]: r for r in new.iter_rows(named=True)}
    found = freezing.difference(table([]), old, new)
    changed = {k for k in olds.keys() & news.keys() if olds[k] != news[k]}
    assert found.added == len(news.keys() - olds.keys())
    assert found.removed == len(olds.keys() - news.keys())
    assert found.changed == len(changed)
    assert found.any == (olds != news)
    told = {(row["kind"], row["key"]) for row in found.rows}
    assert told == (
        {("added", k) for k in news.keys() - olds.keys()}
        | {("removed", k) for k in olds.keys() - news.keys()}
        | {("changed", k) for k in changed}
    )
    for row in found.rows:
        if row["kind"] == "changed":
            was, now = olds[row["key"]], news[row["key"]]
            assert set(row["fields"]) == {c for c in was if was[c] != now[c]}
    json.dumps(found.rows)


def test_the_first_release_has_everything_new():
    found = freezing.difference(table([]), None, frame({"a": ("x", 1, None, None, None, None)}))
    assert (found.added, found.changed, found.removed) == (1, 0, 0)


def test_a_column_that_is_new_is_no_change_of_its_rows():
    new = frame({"a": ("x", 1, None, None, None, None)})
    assert not freezing.difference(table([]), new.drop("nilai"), new).any


@pytest.mark.parametrize("text", ["=1+1", "+62", "-5", "@x", " =cmd"])
def test_texts_that_a_spreadsheet_would_run_are_made_harmless_in_csv_only(text):
    made = frame({"a": (text, None, None, None, None, None)})
    line = next(csv.DictReader(io.StringIO(freezing.as_csv(made).decode("utf-8-sig"))))
    assert line["nama"] == f"'{text}"
    assert json.loads(freezing.as_json(made))[0]["nama"] == text


@pytest.mark.parametrize(
    "text",
    ["hubungi 0812-3456-7890", "NIK 7371012345678901", "198001012005011002", "a.b@contoh.go.id",
     "DATA-PRIBADI-DIHAPUS"],
)  # fmt: skip
def test_personal_data_are_masked_and_counted(text):
    made, count = freezing.frame_of(table([("a", text, None, None, None, None, None)]), Context())
    assert count == 1
    assert made["nama"][0] != text


@pytest.mark.parametrize("rows", [[("a",), ("a",)], [(None,)], [("",)]])
def test_a_key_stands_once(rows):
    whole = [(*row, None, None, None, None, None, None) for row in rows]
    with pytest.raises(ValueError, match="uji"):
        freezing.frame_of(table(whole), Context())


def test_points_become_features():
    made = pl.DataFrame({"nama": ["a", "b"], "x": [119.4, None], "y": [-5.1, None]})
    shown = json.loads(freezing.as_geojson(made, "x", "y"))
    assert shown["features"] == [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [119.4, -5.1]},
         "properties": {"nama": "a"}}
    ]  # fmt: skip
