"""A short storm in every run of the suite; the long one is `python -m tests.faults`."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.db import connection
from tests.integration.register.test_kill import ROOT


@pytest.mark.xdist_group("storm")
def test_nothing_is_lost_doubled_torn_or_left_when_processes_are_killed() -> None:
    own = {k: v for k, v in os.environ.items() if k != "RAKORSUS_TEST_DATABASE_URL"}
    own["PYTHONPATH"] = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
    words = ["--rounds", "1", "--kills", "8", "--small"]
    if connection.vendor == "postgresql":
        words += ["--database", "postgresql"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", *words], env=own, cwd=ROOT, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert "8 kills in" in done.stdout, done.stdout
    assert "| no half import | 1 | 0 |" in done.stdout
