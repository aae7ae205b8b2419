"""`rakorsus analyse` on the files of a made-up city: what it writes, prints and returns."""

import json
from contextlib import redirect_stdout
from io import StringIO

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


@pytest.fixture(scope="module")
def written(folder, tmp_path_factory):
    """Two runs over the same files, the second asking for a severity: folders, codes, output."""
    first, second = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second")
    asked = ["--json", "--severity", "low"]
    with redirect_stdout(StringIO()) as printed:
        code = main(["analyse", str(folder), "--out", str(first / "out"), "--json"])
    with redirect_stdout(StringIO()):
        loud = main(["analyse", str(folder), "--out", str(second / "out"), *asked])
    return first / "out", second / "out", (code, loud), printed.getvalue()


def test_four_files_are_written(written):
    out, _, codes, _ = written
    assert codes[0] == 0
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
    assert len(findings) > 10
    assert len(expected) > 10
    assert programs.schema == pl.Schema(schema.PROGRAMS)
    scores = [f["score"] for f in findings]
    assert scores == sorted(scores, reverse=True)
    report = (out / "report.html").read_text(encoding="utf-8")
    assert findings[0]["id"] in report


def test_same_input_same_bytes(written):
    first, second, *_ = written
    for name in ("findings.jsonl", "expected.jsonl", "programs.parquet", "report.html"):
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_asking_for_a_severity_ends_with_one(written):
    assert written[2][1] == 1


def test_the_summary_agrees_with_the_files(written):
    out, _, _, printed = written
    summary = json.loads(printed)
    lines = (out / "findings.jsonl").read_text(encoding="utf-8").splitlines()
    assert summary["findings"] == len(lines) == sum(summary["kinds"].values())
    assert summary["programs"] == pl.read_parquet(out / "programs.parquet").height


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
