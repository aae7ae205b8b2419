"""A process killed in the middle of publishing leaves the register as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import os, signal, sys
import django
django.setup()
from rakorsus.people import actor
from rakorsus.stages.register import queries
from rakorsus.stages.register.actions import publish
from rakorsus.stages.register.models import PlanVersion, ProgramChange, ProgramPlace
from rakorsus.synth import bulk

what, step = sys.argv[1:]

def die(share, now):
    if now == step:
        os.kill(os.getpid(), signal.SIGKILL)

if what == "fill":
    publish(actor.system("cli"), bulk.frames(100, seed=1))
elif what == "die":
    publish(actor.system("cli"), bulk.frames(300, seed=2), progress=die)
print(queries.frame().hash_rows().sum(), queries.regions_frame().height,
      ProgramPlace.objects.count(), ProgramChange.objects.count(), PlanVersion.objects.count())
"""


def environment(home: Path) -> dict[str, str]:
    """A database of the test's own: a file for SQLite, the test database on PostgreSQL."""
    own = os.environ | {
        "RAKORSUS_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "rakorsus.web.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    if connection.vendor == "postgresql":
        now = connection.settings_dict
        own["DATABASE_URL"] = (
            f"postgresql://{now['USER']}:{now['PASSWORD']}@:{now['PORT'] or 5432}/{now['NAME']}"
            f"?host={quote(now['HOST'], safe='')}"
        )
    return own


@pytest.mark.django_db(transaction=True)
def test_killed_while_publishing(tmp_path):
    own = environment(tmp_path)

    def run(what: str, step: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", PROGRAM, what, step],
            env=own, capture_output=True, text=True, check=False,
        )  # fmt: skip

    if connection.vendor == "sqlite":
        migrate = [sys.executable, "-m", "django", "migrate", "-v0", "--skip-checks"]
        subprocess.run(migrate, env=own, check=True)
    before = run("fill")
    assert before.returncode == 0, before.stderr
    for step in ("lines", "changes", "done"):
        assert run("die", step).returncode == -signal.SIGKILL
        assert run("look").stdout == before.stdout
    after = run("die", "never")
    assert after.returncode == 0
    assert after.stdout != before.stdout
