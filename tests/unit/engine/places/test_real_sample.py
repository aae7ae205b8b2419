"""The hand-checked sample of real place strings: what was right stays right."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

from tests.real import DATA, needs_real_files

from rakorsus.engine.places import Gazetteer, parse, regions_of

SAMPLE = Path(__file__).resolve().parents[4] / "benchmarks" / "real" / "places.csv"


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
def test_the_judged_sample_is_kept() -> None:
    gazetteer = Gazetteer.of(regions_of("32.04"))
    texts = _texts()
    rows = list(csv.DictReader(SAMPLE.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 300
    lost = []
    right = 0
    for row in rows:
        places = parse(texts[row["text_sha256"]], gazetteer)
        answer = "+".join(sorted({place.region or "-" for place in places}))
        if row["verdict"] == "right":
            right += answer == row["right"]
            if answer != row["right"]:
                lost.append((row["n"], answer, row["right"]))
    assert lost == []
    assert right / len(rows) >= 0.95
