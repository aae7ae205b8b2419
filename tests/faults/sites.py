"""An installation of the tests' own with the small meeting of `table`: one server, or several
machines as `deploy/README.md` says: homes of their own, one PostgreSQL, one key, one folder of
files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.faults.__main__ import ROOT, three_free_ports
from tests.faults.processes import Installation
from tests.faults.visitors import Visitor

_START = 600.0  # seconds; slow machines are not wrong
_NAMES = (
    "import django, json; django.setup()\n"
    "from collections import Counter\n"
    "from django.contrib.sessions.models import Session as SignIn\n"
    "from django_tasks_db.models import DBTaskResult\n"
    "from rakorsus.audit.models import *\n"
    "from rakorsus.hall.models import *\n"
    "from rakorsus.people.models import *\n"
    "from rakorsus.stages.intake.models import *\n"
    "from rakorsus.stages.findings.models import *\n"
    "from rakorsus.stages.meeting.models import *\n"
    "from rakorsus.stages.register.models import *\n"
)


class Site:
    """One machine's installation."""

    def __init__(self, home: Path, url: str = "", beside: Site | None = None) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.home = home
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("RAKORSUS_")},
            "RAKORSUS_HOME": str(home), "DATABASE_URL": url, "RAKORSUS_TODAY": "2022-03-14",
            "DJANGO_SETTINGS_MODULE": "rakorsus.web.settings", "RAKORSUS_STORM": f"{home}",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }  # fmt: skip
        if beside is not None:
            (home / "secret.key").write_bytes((beside.home / "secret.key").read_bytes())
            (home / "files").symlink_to(beside.home / "files")
        self.port = three_free_ports()
        self.city: dict[str, Any] = {}
        self._served: Installation | None = None

    def fill(self) -> None:
        self.run("-m", "django", "migrate", "-v0", "--skip-checks")
        self.city = json.loads(self.run("-m", "tests.faults.table").splitlines()[-1])
        (self.home / "files").mkdir(exist_ok=True)

    def start(self) -> None:
        self._served = Installation(self.port, self.environment, self.home / "serve.log")
        self._served.start()

    def wait(self) -> None:
        assert self._served is not None
        if not self._served.wait_until_up(_START):
            raise TimeoutError((self.home / "serve.log").read_text()[-3000:])

    def stop(self) -> None:
        if self._served is not None:
            self._served.stop()

    def run(self, *words: str) -> str:
        done = subprocess.run([sys.executable, *words], env=self.environment, cwd=ROOT,
                              capture_output=True, text=True, check=False)  # fmt: skip
        if done.returncode:
            raise RuntimeError(done.stdout[-2000:] + done.stderr[-3000:])
        return done.stdout

    def know(self, expression: str) -> Any:
        """What an expression over the models gives, read in another process."""
        return json.loads(self.run("-c", f"{_NAMES}print(json.dumps({expression}))"))

    def audit(self) -> str:
        """What `rakorsus audit verify` says; raises RuntimeError when the chain is broken."""
        return self.run("-m", "rakorsus.cli.main", "audit", "verify")

    def visitor(self, name: str, city: dict[str, Any] | None = None, port: int = 0) -> Visitor:
        who = (city or self.city)["who"][name]
        return Visitor(port or self.port, who["session"], self.port)
