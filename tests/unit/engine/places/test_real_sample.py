"""The hand-checked sample of real place strings: what was right stays right."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import polars as pl
import pytest
from tests.real import DATA, needs_real_files

from rakorsus.engine.places import Gazetteer, parse, regions_of
from rakorsus.engine.places.normal import compact

SAMPLES = Path(__file__).resolve().parents[4] / "benchmarks" / "real"


def _texts() -> dict[str, str]:
    """digest -> text of every place string of the files."""
    found = {}
    for name in ("lokasi_1.csv", "lokasi_2.csv"):
        path = DATA / "rup-bandung-2025" / name
        with path.open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file, escapechar="\\"):
                text = (row["detail_lokasi"] or "").strip()
                found[hashlib.sha256(text.encode()).hexdigest()[:12]] = text
    return found


@needs_real_files
@pytest.mark.parametrize(("sample", "size"), [("places.csv", 300), ("places_unseen.csv", 150)])
def test_the_judged_sample_is_kept(sample: str, size: int) -> None:
    gazetteer = Gazetteer.of(regions_of("32.04"))
    texts = _texts()
    rows = list(csv.DictReader((SAMPLES / sample).read_text(encoding="utf-8").splitlines()))
    assert len(rows) == size
    lost = []
    right = 0
    for row in rows:
        places = parse(texts[row["text_sha256"]], gazetteer)
        answer = "+".join(sorted({place.region or "-" for place in places}))
        grades = {place.grade.name.lower() for place in places}
        if row["verdict"] == "right":
            kept = answer == row["right"] and grades == set(row["grade"].split("+"))
            right += kept
            if not kept:
                lost.append((row["n"], answer, row["right"], grades))
    assert lost == []
    assert right / len(rows) >= 0.95


@needs_real_files
def test_every_kelurahan_of_the_official_list_is_in_the_table() -> None:
    """15 kecamatan and 153 kelurahan of Makassar, by code and by name (signs aside)."""
    path = DATA / "wilayah" / "makassar_kode.csv"
    with path.open(newline="", encoding="utf-8") as file:
        listed = {row["kode"]: compact(row["nama"]) for row in csv.DictReader(file)}
    inside = regions_of("73.71").filter(pl.col("code").str.starts_with("73.71"))
    ours = {code: compact(name) for code, name in inside.select("code", "name").iter_rows()}
    assert len(listed) == 1 + 15 + 153
    assert ours == listed
