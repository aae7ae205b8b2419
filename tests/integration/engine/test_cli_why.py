"""`rakorsus why` on the files of the made-up city."""

from __future__ import annotations

import json

import pytest

from rakorsus.cli.main import main
from rakorsus.synth import city, files


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("city")
    files.write(city.build(), made)
    return str(made)


def _planted(kind: str) -> list[str]:
    plant = next(p for p in city.build().plants if p.kind == kind)
    return [f"paket_penyedia:{number}" for number in plant.numbers[:2]]


def test_a_planted_duplicate_is_found_and_ends_with_0(folder, capsys):
    assert main(["why", *_planted("duplicate"), folder, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert "duplicate.place" in [f["rule"] for f in told["found"]]
    assert told["conditions"][0] | {"text": ""} == {
        "rules": ["duplicate.place"], "refusal": None, "text": "",
    }  # fmt: skip


def test_two_that_have_nothing_in_common_are_told_why_in_both_languages(folder, capsys):
    keys = [_planted("duplicate")[0], _planted("clash")[0]]
    assert main(["why", *keys, folder]) == 1
    printed = capsys.readouterr().out
    assert "Pekerjaan yang sama di tempat yang sama:" in printed
    assert "The places differ" in printed


def test_an_unknown_key_or_file_ends_with_2(folder, capsys):
    assert main(["why", "a:1", "b:2", folder]) == 2
    assert "a:1: tidak ada / unknown" in capsys.readouterr().err
    assert main(["why", "a:1", "b:2", f"{folder}/none.xlsx"]) == 2
