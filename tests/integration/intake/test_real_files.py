"""The real planning files, through the command line into the register."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.real import DATA, needs_real_files

ROOT = Path(__file__).resolve().parents[3]
LOOK = """
import json, django
django.setup()
from django.apps import apps
from rakorsus.stages.register.models import Program
secret = "DATA-PRIBADI-DIHAPUS"
where = []
for model in apps.get_models():
    for row in model.objects.values().iterator():
        if secret in json.dumps(row, default=str):
            where.append(model._meta.label)
            break
print(json.dumps([where, Program.objects.filter(removed=False).count()]))
"""


@needs_real_files
def test_the_real_files_into_the_register_and_again(tmp_path) -> None:
    own = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
        "RAKORSUS_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "rakorsus.web.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }

    def run(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words], env=own, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def load() -> dict:
        return json.loads(run("-m", "rakorsus.cli.main", "import", str(DATA), "--json"))

    first = load()
    assert first["state"] == "done"
    by_name = {file["name"]: file for file in first["files"]}
    assert by_name["README.md"]["state"] == "refused"
    assert {f["state"] for n, f in by_name.items() if n != "README.md"} == {"read"}
    for file in first["files"]:
        assert file["read"] == file["accepted"] + file["set_aside"], file["name"]
        for sheet in file["sheets"]:
            assert sheet["read"] == sheet["accepted"] + sheet["set_aside"], file["name"]
    assert by_name["paket_swakelola.csv"]["read"] == 5524
    assert by_name["lokasi_1.csv"]["read"] + by_name["lokasi_2.csv"]["read"] == 31_735
    assert by_name["nomenklatur_subkegiatan_2027_1.xlsx"]["read"] == 7581
    (version,) = first["versions"]
    secrets, lines = json.loads(run("-c", LOOK))
    assert secrets == []
    assert lines == version["added"] > 10_000
    again = load()
    assert again["versions"] == []
    assert (again["read"], again["accepted"]) == (first["read"], first["accepted"])
    assert not list((tmp_path / "files" / "intake").rglob("*.*"))
