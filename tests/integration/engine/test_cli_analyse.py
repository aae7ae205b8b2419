"""`rakorsus analyse` on the files of a made-up city: what it writes, prints and returns."""

import json

import polars as pl
import pytest

from rakorsus.cli.main import main
from rakorsus.engine import schema
from rakorsus.synth import city, files


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("city")
    files.write(city.build(), made)
    return made


def test_four_files_are_written_and_the_summary_agrees(folder, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["analyse", str(folder), "--out", str(out), "--json"]) == 0
    summary = json.loads(capsys.readouterr().out)
    findings, expected = (
        [json.loads(line) for line in (out / name).read_text(encoding="utf-8").splitlines()]
        for name in ("findings.jsonl", "expected.jsonl")
    )
    programs = pl.read_parquet(out / "programs.parquet")
    assert sorted(p.name for p in out.iterdir()) == [
        "expected.jsonl",
        "findings.jsonl",
        "programs.parquet",
        "report.html",
    ]
    assert summary["findings"] == len(findings) > 10
    assert summary["expected"] == len(expected) > 10
    assert summary["programs"] == programs.height
    assert programs.schema == pl.Schema(schema.PROGRAMS)
    assert sum(summary["kinds"].values()) == len(findings)
    scores = [f["score"] for f in findings]
    assert scores == sorted(scores, reverse=True)
    report = (out / "report.html").read_text(encoding="utf-8")
    assert findings[0]["id"] in report


def test_same_input_same_bytes(folder, tmp_path):
    for name in ("a", "b"):
        assert main(["analyse", str(folder), "--out", str(tmp_path / name), "--json"]) == 0
    for name in ("findings.jsonl", "expected.jsonl", "programs.parquet", "report.html"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_asking_for_a_severity_ends_with_one(folder, tmp_path):
    asked = ["analyse", str(folder), "--out", str(tmp_path), "--json", "--severity", "low"]
    assert main(asked) == 1


def test_unusable_input_ends_with_two(tmp_path, capsys):
    out = str(tmp_path / "out")
    assert main(["analyse", str(tmp_path / "missing"), "--out", out]) == 2
    empty = tmp_path / "empty"
    empty.mkdir()
    assert main(["analyse", str(empty), "--out", out]) == 2
    assert "not found" in capsys.readouterr().err


def test_a_year_without_lines_ends_with_two(folder, tmp_path):
    out = str(tmp_path / "out")
    assert main(["analyse", str(folder), "--out", out, "--year", "1999"]) == 2
