"""A job that is killed while it writes: noticed at the next start, nothing written, run again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.integration.intake.conftest import HEALTH, ROADS

ROOT = Path(__file__).resolve().parents[3]
HEAD = "Nomor Baris;Tahun Anggaran;Perangkat Daerah;Nama Perangkat Daerah;Nama Pekerjaan;Pagu (Rp)"
FIRST = f"{HEAD}\n1;2025;{HEALTH};Dinas Kesehatan;Pengadaan obat;1.500.000\n"
SECOND = FIRST + f"2;2025;{ROADS};Dinas PU;Perbaikan Jalan Nuri;lima\n3;2025;{ROADS};;Drainase;7\n"
PROGRAM = """
import json, os, signal, sys
import django
django.setup()
from django.core.files.base import ContentFile
from rakorsus.people import actor
from rakorsus.stages.intake import actions
from rakorsus.stages.intake.models import ImportBatch, SetAsideRow
from rakorsus.stages.register.loading import load
from rakorsus.stages.register.models import PlanVersion, Program

what, content = sys.argv[1:]

def die(progress, text):
    if progress >= 95:
        os.kill(os.getpid(), signal.SIGKILL)

if what != "look":
    batch = actions.receive(
        actor.system("cli"), [ContentFile(content.encode(), name="kerja.csv")],
        queue=what == "queue",
    )
    if what in ("load", "die"):
        load(batch, tell=die if what == "die" else None)
newest = ImportBatch.objects.order_by("-created").first()
print(json.dumps([
    newest.state, str(newest.pk), PlanVersion.objects.count(), SetAsideRow.objects.count(),
    sorted(Program.objects.values_list("title", flat=True)),
]))
"""


def test_killed_while_writing(tmp_path) -> None:
    own = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
        "RAKORSUS_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "rakorsus.web.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }

    def run(*words: str, good: bool = True) -> str:
        done = subprocess.run(
            [sys.executable, *words], env=own, capture_output=True, text=True, check=False
        )
        assert done.returncode == (0 if good else -signal.SIGKILL), done.stderr
        return done.stdout

    def worker() -> None:
        run("-m", "django", "job_worker", "--queue-name", "*", "--batch", "--no-startup-delay")

    def look() -> list[object]:
        return json.loads(run("-c", PROGRAM, "look", ""))

    run("-m", "django", "migrate", "-v0", "--skip-checks")
    before = json.loads(run("-c", PROGRAM, "load", FIRST))
    assert before[0] == "done"
    run("-c", PROGRAM, "die", SECOND, good=False)
    state, _batch, *register = look()
    assert state == "writing"
    assert register == before[2:]
    worker()
    state, batch, *register = look()
    assert state == "interrupted"
    assert register == before[2:]
    again = (
        "import sys, django; django.setup()\n"
        "from rakorsus.people import actor\n"
        "from rakorsus.stages.intake import actions\n"
        "from rakorsus.stages.intake.models import ImportBatch\n"
        "actions.run_again(actor.system('cli'), ImportBatch.objects.get(pk=sys.argv[1]))\n"
    )
    run("-c", again, str(batch))
    worker()
    state, _batch, versions, aside, titles = look()
    assert (state, versions, aside) == ("done", 2, 1)
    assert titles == ["Drainase", "Pengadaan obat"]
