"""`rakorsus synth nation` and `rakorsus analyse` of its folder, as an operator calls them."""

from __future__ import annotations

import json

import pytest

from rakorsus.cli.main import main


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    path = tmp_path_factory.mktemp("country")
    words = ["synth", "nation", "--lines", "4000", "--governments", "3", "--out", str(path)]
    assert main(words) == 0
    return path


def test_files_and_page_of_a_nation(country, tmp_path, capsys):
    words = ["analyse", str(country), "--out", str(tmp_path), "--workers", "1", "--json"]
    assert main([*words, "--severity", "high"]) == 1
    summary = json.loads(capsys.readouterr().out)
    assert summary["governments"] == 3
    assert summary["lines"] == 4000
    told = (tmp_path / "governments.jsonl").read_text(encoding="utf-8")
    heads = [json.loads(line) for line in told.splitlines()]
    assert [head["government"] for head in heads] == ["11", "11.01", "11.02"]
    findings = (tmp_path / "findings.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(findings) == summary["findings"] == sum(head["findings"] for head in heads)
    page = (tmp_path / "nation.html").read_text(encoding="utf-8")
    assert page.count("<tr>") == 4
    assert "Kabupaten Aceh Selatan" in page
    assert "<script" not in page
    assert "http" not in page
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "expected.jsonl", "findings.jsonl", "governments.jsonl", "nation.html", "programs.parquet",
    ]  # fmt: skip


def test_options_of_single_files_are_refused(country, tmp_path, capsys):
    assert main(["analyse", str(country), "--out", str(tmp_path), "--year", "2025"]) == 2
    assert "--year" in capsys.readouterr().err


def test_a_scheduler_that_does_not_answer_is_told(country, tmp_path, capsys):
    pytest.importorskip("distributed")
    words = ["analyse", str(country), "--out", str(tmp_path), "--scheduler", "bukan-alamat:x"]
    assert main(words) == 2
    assert capsys.readouterr().err


def test_too_few_lines_are_refused(tmp_path, capsys):
    words = ["synth", "nation", "--lines", "900", "--out", str(tmp_path)]
    assert main(words) == 2
    assert "fewer than 1000" in capsys.readouterr().err
